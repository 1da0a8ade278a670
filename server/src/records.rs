//! Records as they are stored, where they lie, their kept ops and their projections: below whoever decides, lists or counts.

pub mod load;
pub mod oplog;
pub mod project;
pub mod rows;
pub mod scope;

use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use sqlx::AnyConnection;

use crate::ServerError;
use crate::db::Db;
use crate::db::sql::{Statement, all_in};
use load::{RECORD, read};

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

/// Records as they are stored, those that are there.
pub async fn get_many(
    conn: &mut AnyConnection,
    county: &str,
    ids: impl IntoIterator<Item = RecordId>,
) -> Result<Vec<Record>, ServerError> {
    let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    let rows = all_in(conn, &ids, |part| {
        Statement::new(RECORD).then(" where county = ").bind(county).then(" and id in ").list(part)
    })
    .await?;
    rows.iter().map(|row| Ok(read(row)?.0)).collect()
}
