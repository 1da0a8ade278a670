//! Opening the store: the key, the schema, the projections, and what a kill left behind.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection, SqlitePool};
use tokio::sync::Mutex;

use crate::error::StoreError;
use crate::file::PhotoFiles;
use crate::{photo, projection};

/// Each step is one transaction; `user_version` counts them. Released steps never change.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_create_mirror.sql"),
    include_str!("../migrations/0002_create_outbox.sql"),
    include_str!("../migrations/0003_create_photo_file.sql"),
    include_str!("../migrations/0004_index_waiting.sql"),
    include_str!("../migrations/0005_keep_clock.sql"),
    include_str!("../migrations/0006_purge_by_answer.sql"),
];

/// The schema this version writes.
pub const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// Connections that screens read through. Two lists and a counter are the most a screen asks for at once.
const READERS: u32 = 3;

/// The phone's store of one account.
#[derive(Debug)]
pub struct Store {
    pub(crate) writer: Mutex<SqliteConnection>,
    pub(crate) readers: SqlitePool,
    pub(crate) files: PhotoFiles,
}

impl Store {
    /// Opens or creates the store in a folder that exists, under a key of 32 random bytes. `now_ms` only judges the age of
    /// photo files that have no row.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`], [`StoreError::Newer`], and faults of files and database.
    pub async fn open(folder: &Path, key: [u8; 32], now_ms: i64) -> Result<Self, StoreError> {
        // OpenSSL too would clean up when the process ends, while a connection still writes its last checkpoint.
        openssl_sys::init();
        let options = options(folder, &key);
        let mut writer = options.connect().await?;
        // SQLCipher reads nothing before the first query: only now would a wrong key show.
        let found: i64 = sqlx::query_scalar("pragma user_version").fetch_one(&mut writer).await?;
        sqlx::query("select count(*) from sqlite_master").fetch_one(&mut writer).await?;
        migrate(&mut writer, found).await?;
        projection::renew(&mut writer).await?;
        let files = PhotoFiles::open(&folder.join("photos"))?;
        files.sweep(&photo::names(&mut writer).await?, now_ms)?;
        let readers =
            SqlitePoolOptions::new().max_connections(READERS).connect_with(options.pragma("query_only", "on")).await?;
        Ok(Self { writer: Mutex::new(writer), readers, files })
    }

    /// The encrypted photo files.
    #[must_use]
    pub fn files(&self) -> &PhotoFiles {
        &self.files
    }

    /// Closes all connections, so that the folder can be moved or deleted.
    ///
    /// # Errors
    /// Faults of the database at its last checkpoint.
    pub async fn close(self) -> Result<(), StoreError> {
        self.readers.close().await;
        self.writer.into_inner().close().await?;
        Ok(())
    }
}

fn options(folder: &Path, key: &[u8; 32]) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(folder.join("store.db"))
        .create_if_missing(true)
        // A raw key: a passphrase would cost 81 ms at each of the four connections.
        .pragma("key", format!("\"x'{}'\"", hex::encode(key)))
        // A wrong key is our typed error; SQLCipher would also print it into the phone's log.
        .pragma("cipher_log_level", "none")
        .journal_mode(SqliteJournalMode::Wal)
        // "Saved" means it survives a flat battery: NORMAL may lose the last commits.
        .synchronous(SqliteSynchronous::Full)
        // iOS: fsync alone leaves data in the drive's cache. Without effect elsewhere.
        .pragma("fullfsync", "on")
        .pragma("checkpoint_fullfsync", "on")
        .pragma("temp_store", "memory")
        .foreign_keys(true)
        .disable_statement_logging()
}

async fn migrate(conn: &mut SqliteConnection, found: i64) -> Result<(), StoreError> {
    if found > SCHEMA {
        return Err(StoreError::Newer { found, known: SCHEMA });
    }
    for (step, sql) in (1i64..).zip(MIGRATIONS).filter(|(step, _)| *step > found) {
        let mut tx = conn.begin_with("begin immediate").await?;
        sqlx::raw_sql(*sql).execute(&mut *tx).await?;
        sqlx::raw_sql(AssertSqlSafe(format!("pragma user_version = {step}"))).execute(&mut *tx).await?;
        tx.commit().await?;
    }
    Ok(())
}
