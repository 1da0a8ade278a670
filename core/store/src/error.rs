//! What can go wrong in the phone's store, by what the app can do about it.

use sqlx::error::DatabaseError;

/// SQLite result codes (sqlite.org/rescode.html): the low byte of an extended code.
const CORRUPT: u32 = 11;
const FULL: u32 = 13;
const NOT_A_DATABASE: u32 = 26;

/// The store's errors.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key does not open the database. Nothing was changed.
    #[error("the key does not open this store")]
    WrongKey,
    /// A newer version of the app wrote it. Nothing was changed.
    #[error("the store has schema {found}, this version knows {known}")]
    Newer {
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// No room left. What was being written was not written, nothing else is lost.
    #[error("the phone's storage is full")]
    Full,
    /// A stored value cannot be read.
    #[error("damaged: {what} {key}")]
    Corrupt {
        /// Table and column.
        what: &'static str,
        /// The row.
        key: String,
    },
    /// A photo file cannot be read.
    #[error("photo file {name}: {fault:?}")]
    File {
        /// Its name in the photo folder.
        name: String,
        /// What is wrong with it.
        fault: FileFault,
    },
    /// Nobody is enrolled: the store does not know who writes.
    #[error("no account is enrolled in this store")]
    NotEnrolled,
    /// The source of randomness failed.
    #[error("no randomness")]
    Random,
    /// A file or folder.
    #[error("file: {0}")]
    Io(std::io::Error),
    /// The database.
    #[error("database: {0}")]
    Sql(sqlx::Error),
}

/// What is wrong with a photo file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFault {
    /// Not there.
    Missing,
    /// Shorter or longer than it was written.
    Torn,
    /// Its content is not what was written.
    Altered,
    /// More was asked for than it holds.
    OutOfRange,
}

impl StoreError {
    pub(crate) fn corrupt(what: &'static str, key: impl ToString) -> Self {
        Self::Corrupt { what, key: key.to_string() }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(DatabaseError::code).and_then(|code| code.parse::<u32>().ok());
        match code.map(|code| code & 0xff) {
            Some(NOT_A_DATABASE) => Self::WrongKey,
            Some(FULL) => Self::Full,
            Some(CORRUPT) => Self::corrupt("database", ""),
            _ => Self::Sql(error),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io(error),
        }
    }
}
