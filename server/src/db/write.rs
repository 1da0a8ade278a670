//! A writing transaction of one county. It locks the county's row before it reads anything, on both databases, so that the
//! order of feed and audit numbers is the order of commits and no decision is taken on stale reads. (A bare sequence on
//! PostgreSQL let a reader miss 31.7 % of the rows of eight writers.)

use serde_json::Value;
use sqlx::AnyConnection;
use sqlx::{Any, Row, Transaction};

use crate::ServerError;
use crate::db::{Db, audit};

/// The transaction. Dropped without [`CountyWrite::commit`] it rolls back.
pub struct CountyWrite {
    tx: Transaction<'static, Any>,
    county: String,
    now_ms: i64,
    feed: i64,
    audit_n: i64,
    audit_head: String,
    /// The last number of the feed when it began.
    began: i64,
    db: Db,
}

/// Whether the feed has grown twofold, when the database is measured again: what it found of a half holds of the whole.
fn doubled(began: i64, feed: i64) -> bool {
    feed >= 1_024 && began.max(1).ilog2() != feed.ilog2()
}

impl Db {
    /// Begins to write in a county: waits for its lock.
    ///
    /// # Errors
    /// [`ServerError::CountyUnknown`], [`ServerError::Database`].
    pub async fn begin(&self, county: &str, now_ms: i64) -> Result<CountyWrite, ServerError> {
        let mut tx = self.pool().begin().await?;
        let row = sqlx::query("update county set feed = feed where code = $1 returning feed, audit_n, audit_head")
            .bind(county)
            .fetch_all(&mut *tx)
            .await?
            .into_iter()
            .next()
            .ok_or_else(|| ServerError::CountyUnknown(county.to_owned()))?;
        let feed = row.try_get("feed")?;
        Ok(CountyWrite {
            county: county.to_owned(),
            now_ms,
            feed,
            began: feed,
            db: self.clone(),
            audit_n: row.try_get("audit_n")?,
            audit_head: row.try_get("audit_head")?,
            tx,
        })
    }
}

impl CountyWrite {
    /// The county that is locked.
    #[must_use]
    pub fn county(&self) -> &str {
        &self.county
    }

    /// The time of this transaction, UTC milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }

    /// The connection, for reads and writes inside the lock.
    pub fn conn(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }

    /// The last number of the feed.
    #[must_use]
    pub fn feed(&self) -> i64 {
        self.feed
    }

    /// Takes the next number of the feed. It is written with the commit.
    pub fn next_feed(&mut self) -> i64 {
        self.feed += 1;
        self.feed
    }

    /// Number and hash of the last audit entry, this transaction's included.
    #[must_use]
    pub fn audit_head(&self) -> (i64, &str) {
        (self.audit_n, &self.audit_head)
    }

    /// Appends one entry to the audit log. `actor` is an account id, or `system`.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn audit(&mut self, actor: &str, act: &'static str, detail: &Value) -> Result<(), ServerError> {
        let entry = audit::AuditEntry::after(
            &self.audit_head,
            self.audit_n + 1,
            self.now_ms,
            &self.county,
            (actor, act, detail.to_string()),
        );
        audit::insert(&mut self.tx, &self.county, &entry).await?;
        self.audit_n = entry.n;
        self.audit_head = entry.hash;
        Ok(())
    }

    /// Writes the new feed number and the audit head, and commits. Only after this may a caller be answered.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn commit(mut self) -> Result<(), ServerError> {
        sqlx::query("update county set feed = $2, audit_n = $3, audit_head = $4 where code = $1")
            .bind(&self.county)
            .bind(self.feed)
            .bind(self.audit_n)
            .bind(&self.audit_head)
            .execute(&mut *self.tx)
            .await?;
        self.tx.commit().await?;
        if doubled(self.began, self.feed)
            && let Err(error) = self.db.measure().await
        {
            // What was written stands.
            tracing::warn!(%error, "the database could not be measured");
        }
        Ok(())
    }
}
