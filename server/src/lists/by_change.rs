//! Pages of records in the order of their last change, newest first: what waits for a reviewer is listed so.

use bianfang_domain::id::RecordId;
use sqlx::AnyConnection;

use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, number};
use crate::records::load::{RECORD, read};
use bianfang_domain::record::Record;
use sqlx::Row;

/// Records on one page.
pub const PAGE: usize = 50;

/// A place in a list that is ordered by the last change, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark(u64, String);

impl Mark {
    /// Reads what a page before gave; None for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (feed, id) = text.split_once('/')?;
        Some(Self(feed.parse().ok()?, id.parse::<RecordId>().ok()?.to_string()))
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.0, self.1)
    }
}

/// One page of the records that `chosen` says, in these divisions, newest change first; and the mark of the next page.
pub(super) async fn page(
    conn: &mut AnyConnection,
    county: &str,
    chosen: impl FnOnce(Statement) -> Statement,
    divisions: &[RecordId],
    after: Option<&Mark>,
) -> Result<(Vec<Record>, Option<String>), ServerError> {
    let (feed, id) = after.map_or((i64::MAX.cast_unsigned(), ""), |mark| (mark.0, mark.1.as_str()));
    let rows = chosen(Statement::new(RECORD).then(" where county = ").bind(county))
        .then(" and (feed < ")
        .bind(feed)
        .then(" or (feed = ")
        .bind(feed)
        .then(" and id > ")
        .bind(id)
        .then(")) and id in (select record from record_scope where county = ")
        .bind(county)
        .then(" and division in ")
        .list(divisions.iter().copied())
        .then(") order by feed desc, id limit ")
        .bind(i64::try_from(PAGE + 1).unwrap_or(i64::MAX))
        .all(conn)
        .await?;
    let last = rows.get(PAGE - 1).filter(|_| rows.len() > PAGE);
    let next = match last {
        Some(last) => {
            let id: String = last.try_get("id")?;
            let _: RecordId = row::parse(last, "record", "id", &id)?;
            Some(Mark(number(last.try_get("feed")?), id).to_string())
        }
        None => None,
    };
    let records = rows.iter().take(PAGE).map(|row| Ok(read(row)?.0)).collect::<Result<_, ServerError>>()?;
    Ok((records, next))
}
