//! What the server's answers change: the outbox, what is shown, and what may now leave the phone.

use std::collections::BTreeSet;

use bianfang_domain::decision::Verdict;
use bianfang_domain::id::RecordId;
use bianfang_protocol::push::Answer;
use sqlx::{Connection, SqliteConnection};

use crate::error::StoreError;
use crate::meta::{self, MetaKey};
use crate::open::Store;
use crate::{overlay, photo, read};

impl Store {
    /// Keeps the answers, which came at `now_ms` of the server: refused ops leave the screen but not the phone; the others stay
    /// shown until the mirror has them.
    ///
    /// # Errors
    /// Faults of the database; nothing was changed then.
    pub async fn acknowledge(&self, answers: &[Answer], now_ms: i64) -> Result<(), StoreError> {
        let mut conn = self.writer.lock().await;
        let mut tx = conn.begin_with("begin immediate").await?;
        let mut changed = BTreeSet::new();
        for answer in answers {
            changed.extend(answered(&mut tx, answer, now_ms).await?);
        }
        let gone = release(&mut tx, &mut changed).await?;
        overlay::refresh(&mut tx, &changed).await?;
        tx.commit().await?;
        self.files.delete_all(&gone)
    }

    /// Lets all kept ops from a number on wait again: the server does not know them.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn push_again(&self, from: u64) -> Result<(), StoreError> {
        let mut conn = self.writer.lock().await;
        let mut tx = conn.begin_with("begin immediate").await?;
        again(&mut tx, from).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The server is at this epoch. Where another was known it was restored from a backup: kept ops from `from` on wait
    /// again, younger receipts count no more, and the next pull begins at the beginning. No record is removed.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn set_epoch(&self, epoch: &str, from: Option<u64>) -> Result<(), StoreError> {
        let mut conn = self.writer.lock().await;
        let mut tx = conn.begin_with("begin immediate").await?;
        if let Some(from) = from {
            again(&mut tx, from).await?;
            meta::clear(&mut tx, MetaKey::Cursor).await?;
        }
        meta::set(&mut tx, MetaKey::Epoch, &epoch).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn answered(conn: &mut SqliteConnection, answer: &Answer, now_ms: i64) -> Result<Option<RecordId>, StoreError> {
    let seq = i64::try_from(answer.op.seq).unwrap_or(i64::MAX);
    let json = serde_json::to_string(answer).map_err(|_| StoreError::corrupt("outbox.answer", seq))?;
    // The pull may have been faster than a lost answer: then the mirror shows it already.
    let sql = "update outbox set answer = $2, held = $3, revision = $4, answered_ms = $6, state = case when $5 = 1 then 'REFUSED' \
               when exists (select 1 from record where id = outbox.target and revision >= $4) then 'MIRRORED' \
               else 'ACKED' end where seq = $1 and state = 'PENDING' returning target";
    let target: Option<String> = sqlx::query_scalar(sql)
        .bind(seq)
        .bind(json)
        .bind(i64::from(answer.verdict == Verdict::Held))
        .bind(i64::try_from(answer.revision).unwrap_or(i64::MAX))
        .bind(i64::from(answer.verdict == Verdict::Refused))
        .bind(now_ms)
        .fetch_optional(conn)
        .await?;
    target.map(|id| read::id_from(&id)).transpose()
}

async fn again(conn: &mut SqliteConnection, from: u64) -> Result<(), StoreError> {
    let from = i64::try_from(from).unwrap_or(i64::MAX);
    let since: Option<i64> = sqlx::query_scalar("select written_ms from outbox where seq >= $1 order by seq limit 1")
        .bind(from)
        .fetch_optional(&mut *conn)
        .await?;
    let sql = "update outbox set state = 'PENDING', answer = null, held = 0, revision = 0, answered_ms = null where seq >= $1 returning target";
    let targets: Vec<String> = sqlx::query_scalar(sql).bind(from).fetch_all(&mut *conn).await?;
    let changed: Result<BTreeSet<RecordId>, StoreError> = targets.iter().map(|id| read::id_from(id)).collect();
    let changed = changed?;
    if let Some(since) = since {
        photo::forget_receipts(conn, since, &read::list(&changed)).await?;
    }
    overlay::refresh(conn, &changed).await?;
    Ok(())
}

/// Drops hidden records whose work the server now has, and returns the photo files that go with them.
pub(crate) async fn release(
    conn: &mut SqliteConnection,
    changed: &mut BTreeSet<RecordId>,
) -> Result<Vec<String>, StoreError> {
    let sql = "select id from record indexed by record_hidden where hidden = 1 \
        and not exists (select 1 from outbox where state = 'PENDING' and (target = record.id \
          or exists (select 1 from record_subject where fact = outbox.target and subject = record.id))) \
        and not exists (select 1 from photo_file indexed by photo_file_waiting \
          where owed = 1 and state <> 'RECEIPT' and photo_file.record is not null \
          and (photo_file.record = record.id \
          or exists (select 1 from record_subject where fact = photo_file.record and subject = record.id)))";
    let free: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut *conn).await?;
    if free.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Result<BTreeSet<RecordId>, StoreError> = free.iter().map(|id| read::id_from(id)).collect();
    let ids = ids?;
    let list = read::list(&ids);
    let ended =
        "update outbox set state = 'MIRRORED' where state = 'ACKED' and target in (select value from json_each($1))";
    sqlx::query(ended).bind(&list).execute(&mut *conn).await?;
    let dropped = "delete from record where id in (select value from json_each($1))";
    sqlx::query(dropped).bind(&list).execute(&mut *conn).await?;
    let gone = photo::delete_of(conn, &list).await?;
    changed.extend(ids);
    Ok(gone)
}
