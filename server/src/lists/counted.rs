//! How many records of a kind that lies by [`record_scope`](crate::records::scope) stand in each state, in some divisions.

use bianfang_domain::id::RecordId;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::plaques::StateCount;
use crate::ServerError;
use crate::db::sql::Statement;

/// Goes on with `… where` of a statement over the projection of a kind: rows of a county that count, in some divisions.
#[must_use]
pub fn lying(ask: Statement, county: &str, kind: &'static str, divisions: &[RecordId]) -> Statement {
    ask.then(" counts = 1 and county = ")
        .bind(county)
        .then(" and owner in (select record from record_scope where kind = ")
        .bind(kind)
        .then(" and county = ")
        .bind(county)
        .then(" and division in ")
        .list(divisions.iter().copied())
        .then(")")
}

/// Reads `state` and `n`.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn read(ask: Statement, conn: &mut AnyConnection) -> Result<Vec<StateCount>, ServerError> {
    let rows = ask.then(" group by state order by state").all(conn).await?;
    let read = |found: &AnyRow| Ok(StateCount { state: found.try_get("state")?, count: found.try_get("n")? });
    rows.iter().map(read).collect::<Result<_, sqlx::Error>>().map_err(Into::into)
}
