//! The kept ops: which installation stands where, what was answered, what waits for its target, and the history from
//! which the past is rebuilt.

use bianfang_domain::actor::Actor;
use bianfang_domain::decide;
use bianfang_domain::decision::Decision;
use bianfang_domain::id::{InstallationId, OpId, RecordId};
use bianfang_domain::op::{Act, Arrival, Op, Sealed};
use bianfang_domain::time::DeviceTime;
use bianfang_domain::world::World;
use bianfang_protocol::push::Answer;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::county::sealed::Prints;
use crate::db::row;
use crate::db::sql::{self, Statement, Value, all_in, number};

/// An op with all that replaying it needs.
#[derive(Debug, Clone)]
pub struct LoggedOp {
    /// As it was taken: protected fields masked and sealed.
    pub op: Op,
    /// Its author as they were.
    pub actor: Actor,
    /// UTC milliseconds.
    pub received_ms: i64,
    /// Corrected time of the installation's op before.
    pub previous_ms: Option<i64>,
    /// Of its sealed fields.
    pub prints: Prints,
    /// The number at which it took effect; 0: refused.
    pub feed: u64,
    /// What was decided.
    pub decision: Decision,
    /// What the author was told, the first time.
    pub answer: Answer,
    /// The record's document is this op's.
    pub is_document: bool,
}

impl LoggedOp {
    /// Does to the world what it did when it took effect.
    pub fn replay(&self, world: &mut World) {
        let arrival = Arrival {
            op: &self.op,
            actor: &self.actor,
            received_ms: self.received_ms,
            previous_ms: self.previous_ms,
            fingerprints: self.prints.clone(),
        };
        decide::replay(world, &arrival, &self.decision, self.feed);
    }
}

/// Where an installation stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LogPosition {
    /// Its last number.
    pub last_seq: u64,
    /// Corrected time of its last op.
    pub corrected_ms: Option<i64>,
}

/// Where an installation stands; at the beginning if nothing came from it yet.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn standing(
    conn: &mut AnyConnection,
    county: &str,
    installation: InstallationId,
) -> Result<LogPosition, ServerError> {
    let row = Statement::new("select last_seq, corrected_ms from installation_state where county = ")
        .bind(county)
        .then(" and installation = ")
        .bind(installation.to_string())
        .first(conn)
        .await?;
    let Some(row) = row else { return Ok(LogPosition::default()) };
    Ok(LogPosition { last_seq: number(row.try_get("last_seq")?), corrected_ms: row.try_get("corrected_ms")? })
}

/// Notes where an installation now stands, and that it pushed.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Json`].
pub async fn update_standing(
    conn: &mut AnyConnection,
    county: &str,
    actor: &Actor,
    standing: LogPosition,
    now_ms: i64,
) -> Result<(), ServerError> {
    let row = vec![
        county.into(),
        actor.installation.to_string().into(),
        actor.account.to_string().into(),
        json_word(&actor.role)?.into(),
        serde_json::to_string(&actor.scope)?.into(),
        standing.last_seq.into(),
        standing.corrected_ms.into(),
        now_ms.into(),
    ];
    let head = "insert into installation_state \
        (county, installation, account, role, scope, last_seq, corrected_ms, pushed_ms) values ";
    let tail = " on conflict (county, installation) do update set account = excluded.account, role = excluded.role, \
        scope = excluded.scope, last_seq = excluded.last_seq, corrected_ms = excluded.corrected_ms, \
        pushed_ms = excluded.pushed_ms";
    Ok(sql::insert(conn, head, tail, vec![row]).await?)
}

/// Notes that an installation has all there is for it.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Json`].
pub async fn note_pull(conn: &mut AnyConnection, county: &str, actor: &Actor, now_ms: i64) -> Result<(), ServerError> {
    let row = vec![
        county.into(),
        actor.installation.to_string().into(),
        actor.account.to_string().into(),
        json_word(&actor.role)?.into(),
        serde_json::to_string(&actor.scope)?.into(),
        0i64.into(),
        now_ms.into(),
    ];
    let head = "insert into installation_state \
        (county, installation, account, role, scope, last_seq, pulled_ms) values ";
    let tail = " on conflict (county, installation) do update set role = excluded.role, scope = excluded.scope, \
        pulled_ms = excluded.pulled_ms";
    Ok(sql::insert(conn, head, tail, vec![row]).await?)
}

fn json_word<T: serde::Serialize>(value: &T) -> Result<String, ServerError> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}

/// The answers that were given to ops up to a number, in the order asked.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn answers(
    conn: &mut AnyConnection,
    county: &str,
    installation: InstallationId,
    seqs: &[u64],
) -> Result<Vec<Answer>, ServerError> {
    if seqs.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Statement::new("select seq, feed, decision, answer from op where county = ")
        .bind(county)
        .then(" and installation = ")
        .bind(installation.to_string())
        .then(" and seq in ")
        .list(seqs.iter().copied())
        .all(conn)
        .await?;
    let mut answers = Vec::with_capacity(rows.len());
    for row in rows {
        let op = OpId { installation, seq: number(row.try_get("seq")?) };
        let kept = row.try_get::<Option<String>, _>("answer")?.is_some();
        answers.push(if kept {
            row::json(&row, "op", "answer", &op.to_string())?
        } else {
            let decision: Decision = row::json(&row, "op", "decision", &op.to_string())?;
            Answer::of(op, &decision, number(row.try_get("feed")?))
        });
    }
    Ok(answers)
}

/// Ops that wait for one of these targets, in the order they came.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn waiting(conn: &mut AnyConnection, county: &str, targets: &[String]) -> Result<Vec<LoggedOp>, ServerError> {
    let rows = all_in(conn, targets, |part| {
        Statement::new(KEPT)
            .then(" where o.county = ")
            .bind(county)
            .then(" and o.waiting = 1 and o.target in ")
            .list(part)
            .then(" order by o.feed")
    })
    .await?;
    rows.iter().map(read).collect()
}

/// Ops that wait though their target is here, for who wrote them could not see it: those whose target speaks of one of these,
/// or of what speaks of one, as a photo of a visit of somebody.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn waiting_for_sight(
    conn: &mut AnyConnection,
    county: &str,
    subjects: &[String],
) -> Result<Vec<LoggedOp>, ServerError> {
    let rows = all_in(conn, subjects, |part| {
        Statement::new(KEPT)
            .then(" where o.county = ")
            .bind(county)
            .then(" and o.waiting = 1 and o.target in (select fact from record_subject where county = ")
            .bind(county)
            .then(" and subject in ")
            .list(part)
            .then(
                " union all select f.fact from record_subject s join record_subject f on f.county = s.county \
                  and f.subject = s.fact where s.county = ",
            )
            .bind(county)
            .then(" and s.subject in ")
            .list(part)
            .then(") order by o.feed")
    })
    .await?;
    rows.iter().map(read).collect()
}

/// All of those: a border that moved changes what anybody sees.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn waiting_for_any_sight(conn: &mut AnyConnection, county: &str) -> Result<Vec<LoggedOp>, ServerError> {
    let rows = Statement::new(KEPT)
        .then(" where o.county = ")
        .bind(county)
        .then(" and o.waiting = 1 and o.target in (select id from record where county = ")
        .bind(county)
        .then(") order by o.feed")
        .all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// The ops that took effect after one number and up to another, oldest first, at most `limit`.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn effective(
    conn: &mut AnyConnection,
    county: &str,
    (after, upto): (u64, u64),
    limit: i64,
) -> Result<Vec<LoggedOp>, ServerError> {
    let rows = Statement::new(KEPT)
        .then(" where o.county = ")
        .bind(county)
        .then(" and o.feed > ")
        .bind(after)
        .then(" and o.feed <= ")
        .bind(upto)
        .then(" order by o.feed limit ")
        .bind(limit)
        .all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// The ops that took effect on one record, oldest first.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn of_target(conn: &mut AnyConnection, county: &str, target: RecordId) -> Result<Vec<LoggedOp>, ServerError> {
    let rows = Statement::new(KEPT)
        .then(" where o.county = ")
        .bind(county)
        .then(" and o.target = ")
        .bind(target)
        .then(" and o.feed > 0 and o.waiting = 0 order by o.feed")
        .all(conn)
        .await?;
    rows.iter().map(read).collect()
}

/// Keeps ops; one that waited takes its new place.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Json`].
pub async fn insert(conn: &mut AnyConnection, county: &str, kept: &[LoggedOp]) -> Result<(), ServerError> {
    let mut rows = Vec::with_capacity(kept.len());
    for kept in kept {
        rows.push(row_of(county, kept)?);
    }
    let head = "insert into op (county, installation, seq, feed, kind, target, act, body, sealed, fingerprints, base, \
        device_ms, monotonic_ms, offset_ms, account, actor, received_ms, previous_ms, decision, answer, waiting) values ";
    let tail = " on conflict (county, installation, seq) do update set feed = excluded.feed, body = excluded.body, \
        sealed = excluded.sealed, decision = excluded.decision, waiting = excluded.waiting";
    Ok(sql::insert(conn, head, tail, rows).await?)
}

fn row_of(county: &str, kept: &LoggedOp) -> Result<Vec<Value>, ServerError> {
    let op = &kept.op;
    let mut act = op.act.clone();
    if let Act::Record { sealed, .. } | Act::Change { sealed, .. } = &mut act {
        sealed.clear();
    }
    let body = if kept.is_document { None } else { Some(serde_json::to_string(&act)?) };
    let sealed = op.sealed().filter(|sealed| !sealed.is_empty() && !kept.is_document);
    let prints = if kept.prints.is_empty() { None } else { Some(serde_json::to_string(&kept.prints)?) };
    Ok(vec![
        county.into(),
        op.id.installation.to_string().into(),
        op.id.seq.into(),
        kept.feed.into(),
        op.kind.clone().into(),
        op.target.into(),
        act_word(&op.act).into(),
        body.into(),
        sealed.map(serde_json::to_string).transpose()?.into(),
        prints.into(),
        op.base.into(),
        op.at.device_ms.into(),
        op.at.monotonic_ms.into(),
        op.at.offset_ms.into(),
        kept.actor.account.to_string().into(),
        serde_json::to_string(&kept.actor)?.into(),
        kept.received_ms.into(),
        kept.previous_ms.into(),
        serde_json::to_string(&kept.decision)?.into(),
        Some(serde_json::to_string(&kept.answer)?).into(),
        i64::from(kept.decision.waits).into(),
    ])
}

fn act_word(act: &Act) -> &'static str {
    match act {
        Act::Record { .. } => "record",
        Act::Change { .. } => "change",
        Act::Amend { .. } => "amend",
        Act::Void { .. } => "void",
        Act::Settle { .. } => "settle",
        Act::Unsettle { .. } => "unsettle",
        Act::Review { .. } => "review",
    }
}

/// A fact's first op has no body of its own: the record's first document is it.
const KEPT: &str = "select o.installation, o.seq, o.feed, o.kind, o.target, o.body, o.sealed, o.fingerprints, o.base, \
    o.device_ms, o.monotonic_ms, o.offset_ms, o.actor, o.received_ms, o.previous_ms, o.decision, o.answer, \
    r.doc as document, r.sealed as document_sealed \
    from op o left join record r on r.county = o.county and r.id = o.target and o.body is null";

fn read(row: &AnyRow) -> Result<LoggedOp, ServerError> {
    let installation: String = row.try_get("installation")?;
    let key = format!("{installation}/{}", row.try_get::<i64, _>("seq")?);
    let has = |column: &str| Ok::<_, sqlx::Error>(row.try_get::<Option<String>, _>(column)?.is_some());
    let is_document = !has("body")?;
    let sealed_column = if is_document { "document_sealed" } else { "sealed" };
    let sealed_text: Sealed =
        if has(sealed_column)? { row::json(row, "op", sealed_column, &key)? } else { Sealed::new() };
    let mut act = if is_document {
        Act::Record { fields: row::json(row, "record", "document", &key)?, sealed: Sealed::new() }
    } else {
        row::json(row, "op", "body", &key)?
    };
    if let Act::Record { sealed, .. } | Act::Change { sealed, .. } = &mut act {
        *sealed = sealed_text;
    }
    let id = OpId { installation: row::parse(row, "op", "installation", &key)?, seq: number(row.try_get("seq")?) };
    let target: RecordId = row::parse(row, "op", "target", &key)?;
    let at = DeviceTime {
        device_ms: row.try_get("device_ms")?,
        monotonic_ms: row.try_get("monotonic_ms")?,
        offset_ms: row.try_get("offset_ms")?,
    };
    let decision: Decision = row::json(row, "op", "decision", &key)?;
    let feed = number(row.try_get("feed")?);
    Ok(LoggedOp {
        op: Op { id, kind: row.try_get("kind")?, target, act, base: number(row.try_get("base")?), at },
        actor: row::json(row, "op", "actor", &key)?,
        received_ms: row.try_get("received_ms")?,
        previous_ms: row.try_get("previous_ms")?,
        prints: if has("fingerprints")? { row::json(row, "op", "fingerprints", &key)? } else { Prints::new() },
        feed,
        answer: if has("answer")? { row::json(row, "op", "answer", &key)? } else { Answer::of(id, &decision, feed) },
        decision,
        is_document,
    })
}
