//! The phone's own ops: waiting, answered, kept.

use bianfang_domain::id::RecordId;
use bianfang_domain::op::Op;
use bianfang_protocol::push::Answer;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::error::StoreError;
use crate::open::Store;

/// Kept ops are worth pushing again after a restore for this long.
const KEEP_MS: i64 = 30 * 86_400_000;

/// Where an op stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpState {
    /// Waits for its answer.
    Pending,
    /// Answered; the mirror does not show it yet (a held op may stay so).
    Acked,
    /// The mirror shows it.
    Mirrored,
    /// Refused, kept with its reason.
    Refused,
}

/// An op with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// The op.
    pub op: Op,
    /// Where it stands.
    pub state: OpState,
    /// The server's answer.
    pub answer: Option<Answer>,
    /// The server holds it, as far as the phone knows.
    pub held: bool,
    /// When it was written, corrected UTC milliseconds.
    pub written_ms: i64,
}

/// An op that still shapes what is shown.
#[derive(Debug)]
pub(crate) struct Active {
    pub seq: i64,
    pub op: Op,
    pub written_ms: i64,
    /// What it was not written before ([`bianfang_domain::time::CorrectedTime::floor`]).
    pub floor_ms: Option<i64>,
    /// 0 until answered.
    pub revision: u64,
}

pub(crate) fn op_from(seq: i64, json: &str) -> Result<Op, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::corrupt("outbox.op", seq))
}

/// Ops that the mirror does not show yet, in the order they were written.
pub(crate) async fn active(conn: &mut SqliteConnection) -> Result<Vec<Active>, StoreError> {
    let sql =
        "select seq, op, written_ms, revision, floor_ms from outbox where state in ('PENDING', 'ACKED') order by seq";
    let rows = sqlx::query(sql).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let seq = row.try_get("seq")?;
            Ok(Active {
                seq,
                op: op_from(seq, row.try_get("op")?)?,
                written_ms: row.try_get("written_ms")?,
                floor_ms: row.try_get("floor_ms")?,
                revision: row.try_get::<i64, _>("revision")?.unsigned_abs(),
            })
        })
        .collect()
}

/// What the op after this number is not written before; None where there is none.
pub(crate) async fn floor(conn: &mut SqliteConnection, last: i64) -> Result<Option<i64>, StoreError> {
    let row: Option<(String, i64, Option<i64>)> =
        sqlx::query_as("select op, written_ms, floor_ms from outbox where seq = $1")
            .bind(last)
            .fetch_optional(conn)
            .await?;
    let Some((json, written_ms, floor_ms)) = row else { return Ok(None) };
    Ok(op_from(last, &json)?.at.corrected(floor_ms, written_ms).floor(floor_ms))
}

fn sent_from(row: &SqliteRow) -> Result<Sent, StoreError> {
    let seq: i64 = row.try_get("seq")?;
    let answer: Option<String> = row.try_get("answer")?;
    let answer = answer.map(|json| serde_json::from_str(&json)).transpose();
    Ok(Sent {
        op: op_from(seq, row.try_get("op")?)?,
        state: match row.try_get("state")? {
            "PENDING" => OpState::Pending,
            "ACKED" => OpState::Acked,
            "MIRRORED" => OpState::Mirrored,
            _ => OpState::Refused,
        },
        answer: answer.map_err(|_| StoreError::corrupt("outbox.answer", seq))?,
        held: row.try_get::<i64, _>("held")? != 0,
        written_ms: row.try_get("written_ms")?,
    })
}

impl Store {
    /// The oldest ops without an answer.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn pending(&self, limit: usize) -> Result<Vec<Op>, StoreError> {
        let sql = "select seq, op from outbox where state = 'PENDING' order by seq limit $1";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows: Vec<(i64, String)> = sqlx::query_as(sql).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(|(seq, json)| op_from(*seq, json)).collect()
    }

    /// The last number that the server answered; 0 where there is none.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn answered(&self) -> Result<u64, StoreError> {
        let sql = "select seq from outbox where state <> 'PENDING' order by seq desc limit 1";
        let last: Option<i64> = sqlx::query_scalar(sql).fetch_optional(&self.readers).await?;
        Ok(last.map_or(0, i64::unsigned_abs))
    }

    /// Everything the phone still has of what it wrote about a record, oldest first, with the answers.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn sent(&self, target: RecordId) -> Result<Vec<Sent>, StoreError> {
        let sql = "select seq, op, state, answer, held, written_ms from outbox where target = $1 order by seq";
        let rows = sqlx::query(sql).bind(target.to_string()).fetch_all(&self.readers).await?;
        rows.iter().map(sent_from).collect()
    }

    /// What the server held or refused of the phone's ops, newest first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn troubled(&self) -> Result<Vec<Sent>, StoreError> {
        let sql = "select seq, op, state, answer, held, written_ms from outbox where held = 1 or state = 'REFUSED' \
                   order by seq desc";
        sqlx::query(sql).fetch_all(&self.readers).await?.iter().map(sent_from).collect()
    }

    /// Drops ops that the mirror shows and that were answered thirty days ago: a server that is put back asks for those it lost,
    /// however long before they were written. Held and refused ones stay: they carry their reason.
    /// The newest op always stays, for the corrected time of the next.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn purge(&self, now_ms: i64) -> Result<u64, StoreError> {
        let sql = "delete from outbox where state = 'MIRRORED' and held = 0 and answered_ms < $1 and seq < (select max(seq) from outbox)";
        let mut conn = self.writer.lock().await;
        Ok(sqlx::query(sql).bind(now_ms - KEEP_MS).execute(&mut *conn).await?.rows_affected())
    }
}
