//! The database: one SQL text for SQLite and PostgreSQL (docs/adr/0002), and the one way to begin a writing transaction.

pub mod account;
pub mod audit;
pub mod county;
pub mod enrol_code;
pub mod installation;
mod migrate;
pub mod page;
pub mod refresh_token;
pub mod row;
pub mod sql;
pub mod staff;
pub mod write;

use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{Any, AnyPool, Transaction};

use crate::ServerError;

/// A pool of connections to either database.
#[derive(Clone)]
pub struct Db {
    pool: AnyPool,
    /// Begins a transaction that reads one state of the database from its first statement to its last.
    snapshot: &'static str,
    sqlite: bool,
}

/// Durable before answering: WAL with FULL syncs each commit. The time to wait covers a long import on the one writer.
const SQLITE_SETUP: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
     pragma busy_timeout = 20000; pragma journal_size_limit = 67108864";

impl Db {
    /// Connects and brings the schema up to date.
    ///
    /// # Errors
    /// [`ServerError::Database`] when it cannot be reached, and the migration errors.
    pub async fn open(url: &str, now_ms: i64) -> Result<Self, ServerError> {
        // OpenSSL would clean up when the process ends, while the thread of a connection that was closed still ends too: now and
        // then a command died with all its work done.
        openssl_sys::init();
        sqlx::any::install_default_drivers();
        let sqlite = url.starts_with("sqlite:");
        let pool = AnyPoolOptions::new()
            .max_connections(if sqlite { 8 } else { 16 })
            .acquire_timeout(Duration::from_secs(20))
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if sqlite {
                        sqlx::raw_sql(SQLITE_SETUP).execute(connection).await?;
                    }
                    Ok(())
                })
            })
            .connect(url)
            .await?;
        migrate::run(&pool, now_ms).await?;
        // SQLite's WAL gives every reading transaction a snapshot; PostgreSQL must be asked.
        let snapshot = if sqlite { "begin" } else { "begin isolation level repeatable read, read only" };
        Ok(Self { pool, snapshot, sqlite })
    }

    /// For reads outside a writing transaction.
    #[must_use]
    pub fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// On a file, not on PostgreSQL.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.sqlite
    }

    /// Reads that must agree with each other, however long they take. Dropped, it ends.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn snapshot(&self) -> Result<Transaction<'static, Any>, ServerError> {
        Ok(self.pool.begin_with(self.snapshot).await?)
    }

    /// Lets the database look at how many rows share a value, for by that it chooses an index: every index begins with the
    /// county, and unmeasured SQLite takes that for a few rows and walks all of them. PostgreSQL does it by itself, but some
    /// minutes after a large import.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn measure(&self) -> Result<(), ServerError> {
        // A change of SQLite's schema makes the other connections read what was found.
        const SQLITE: &str = "pragma analysis_limit = 1000; pragma optimize = 0x10002; \
             begin immediate; create table looked (at bigint); drop table looked; commit";
        sqlx::raw_sql(if self.sqlite { SQLITE } else { "analyze" }).execute(&self.pool).await?;
        Ok(())
    }

    /// Answers when the database answers.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn ping(&self) -> Result<(), ServerError> {
        sqlx::query("select 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
