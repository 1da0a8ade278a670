//! States down: a page and its cursor in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::id::RecordId;
use bianfang_domain::kind::KINDS;
use bianfang_domain::record::Record;
use bianfang_domain::world::World;
use bianfang_protocol::pull::{Change, Check, PullResponse};
use sqlx::{Connection, SqliteConnection};

use crate::error::StoreError;
use crate::meta::{self, MetaKey};
use crate::open::Store;
use crate::{acknowledge, at_work, overlay, read};

impl Store {
    /// Applies a page. `begins`: the first page of a pull from the beginning; what such a pull has not brought by its last
    /// page left the scope. A record that left stays hidden while it carries work or photos the server does not have.
    ///
    /// # Errors
    /// Faults of the database; page and cursor are not kept then.
    pub async fn apply_page(&self, page: &PullResponse, begins: bool, now_ms: i64) -> Result<(), StoreError> {
        let mut conn = self.writer.lock().await;
        let mut tx = conn.begin_with("begin immediate").await?;
        let mut pull: i64 = meta::get(&mut tx, MetaKey::Pull).await?.unwrap_or(0);
        if begins {
            pull += 1;
            meta::set(&mut tx, MetaKey::Pull, &pull).await?;
            meta::set(&mut tx, MetaKey::Sweeping, &true).await?;
        }
        let mut changed = BTreeSet::new();
        for change in &page.changes {
            match change {
                Change::Put { record } => {
                    put(&mut tx, record, pull).await?;
                    at_work::note(&mut tx, record).await?;
                    changed.insert(record.id);
                }
                Change::Remove { id, .. } => {
                    hide(&mut tx, *id).await?;
                    changed.insert(*id);
                }
            }
        }
        if !page.more && meta::get(&mut tx, MetaKey::Sweeping).await? == Some(true) {
            let sql = "update record set hidden = 1 where pull < $1 and hidden = 0 returning id";
            let left: Vec<String> = sqlx::query_scalar(sql).bind(pull).fetch_all(&mut *tx).await?;
            for id in left {
                changed.insert(read::id_from(&id)?);
            }
            meta::clear(&mut tx, MetaKey::Sweeping).await?;
        }
        let gone = acknowledge::release(&mut tx, &mut changed).await?;
        overlay::refresh(&mut tx, &changed).await?;
        meta::set(&mut tx, MetaKey::Cursor, &page.cursor).await?;
        if !page.more {
            meta::set(&mut tx, MetaKey::LastSyncMs, &now_ms).await?;
        }
        tx.commit().await?;
        self.files.delete_all(&gone)
    }

    /// The divisions whose records here differ from what the server says, by count or sum.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] and faults of the database.
    pub async fn compare(&self, checks: &BTreeMap<RecordId, Check>) -> Result<Vec<RecordId>, StoreError> {
        let sql = "select id, json from record where hidden = 0";
        let rows: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(&self.readers).await?;
        let mut world = World::partial(KINDS);
        for (id, json) in &rows {
            world.load(read::record_from(id, json)?);
        }
        let mut here: BTreeMap<RecordId, Check> = BTreeMap::new();
        for record in world.records() {
            for division in world.divisions(record.id) {
                here.entry(division).or_default().add(record.id, record.revision);
            }
        }
        let differs = |(id, check): &(&RecordId, &Check)| here.get(id).copied().unwrap_or_default() != **check;
        Ok(checks.iter().filter(differs).map(|(id, _)| *id).collect())
    }
}

async fn put(conn: &mut SqliteConnection, record: &Record, pull: i64) -> Result<(), StoreError> {
    let json = serde_json::to_string(record).map_err(|_| StoreError::corrupt("record.json", record.id))?;
    let revision = i64::try_from(record.revision).unwrap_or(i64::MAX);
    let sql = "insert into record (id, kind, revision, json, hidden, pull) values ($1, $2, $3, $4, 0, $5) \
               on conflict (id) do update set kind = excluded.kind, revision = excluded.revision, json = excluded.json, \
               hidden = 0, pull = excluded.pull";
    sqlx::query(sql)
        .bind(record.id.to_string())
        .bind(&record.kind)
        .bind(revision)
        .bind(json)
        .bind(pull)
        .execute(&mut *conn)
        .await?;
    // A held op waits for a reviewer until nothing of its record is held or kept beside any more.
    let waits = !record.meta.held.is_empty() || !record.meta.beside.is_empty();
    // And one that was taken is held after all when an earlier fact of somebody else arrived since.
    let held = record.meta.voided.is_none() && !record.meta.held.is_empty();
    let sql = "update outbox set state = 'MIRRORED', held = max(held * $3, $4) \
               where target = $1 and state in ('ACKED', 'MIRRORED') and revision <= $2";
    sqlx::query(sql)
        .bind(record.id.to_string())
        .bind(revision)
        .bind(i64::from(waits))
        .bind(i64::from(held))
        .execute(conn)
        .await?;
    Ok(())
}

async fn hide(conn: &mut SqliteConnection, id: RecordId) -> Result<(), StoreError> {
    sqlx::query("update record set hidden = 1 where id = $1").bind(id.to_string()).execute(&mut *conn).await?;
    // Answered work on it is the server's; there is nothing left to show it on.
    sqlx::query("update outbox set state = 'MIRRORED' where target = $1 and state = 'ACKED'")
        .bind(id.to_string())
        .execute(conn)
        .await?;
    Ok(())
}
