//! Kinds that lie by [`record_scope`](crate::records::scope), as basis persons and units do: those of some divisions by name,
//! and how many stand in each state.

use bianfang_domain::id::RecordId;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::paging::{self, Search};
use super::plaques::StateCount;
use crate::ServerError;
use crate::db::row;
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

/// A kind whose projection has a name.
pub struct ByName {
    /// Its name.
    pub kind: &'static str,
    /// Selects `owner` and the name's key as `page_key` from the projection; ends with `where`.
    pub select: &'static str,
    /// ` and …` with the column of the state that is looked for; ends with `=`.
    pub state: &'static str,
}

/// One page of those that lie in the search's divisions, by name; and the mark of the next page.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    conn: &mut AnyConnection,
    county: &str,
    of: &ByName,
    search: Search<'_>,
) -> Result<(Vec<RecordId>, Option<String>), ServerError> {
    let like = search.like();
    let mut ask = lying(paging::begin().then(of.select), county, of.kind, &search.divisions);
    if let Some(state) = search.state {
        ask = ask.then(of.state).bind(state);
    }
    if !search.plain().is_empty() {
        ask = ask.then(" and (name like ").bind(&like).then(" escape '!' or replace(name_key, ' ', '') like ");
        ask = ask.bind(&like).then(" escape '!')");
    }
    let (found, next) = paging::rows(ask, search.after, conn).await?;
    let ids = found.iter().map(|found| row::parse(found, of.kind, "owner", "")).collect::<Result<_, ServerError>>()?;
    Ok((ids, next))
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
