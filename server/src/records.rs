//! Records as they are stored, where they lie, their kept ops and their projections: below whoever decides, lists or counts.

pub mod load;
pub mod oplog;
pub mod project;
mod reach;
pub mod read;
pub mod rows;
pub mod scope;

use crate::ServerError;
use crate::db::Db;

/// Connects to a database whose projections are as this program declares them: a kind whose projection was declared
/// otherwise before is projected again.
///
/// # Errors
/// As [`Db::open`] and [`project::ensure`].
pub async fn open(url: &str, now_ms: i64) -> Result<Db, ServerError> {
    let db = Db::open(url, now_ms).await?;
    project::ensure(&db, now_ms).await?;
    if db.is_sqlite()
        && let Err(error) = db.measure().await
    {
        // On a full disk, or while another writes, pages are slower; nothing else is.
        tracing::warn!(%error, "the database could not be measured");
    }
    Ok(db)
}
