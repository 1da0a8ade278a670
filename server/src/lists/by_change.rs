//! Pages of records in the order of their last change, newest first: what waits for a reviewer is listed so.

use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use sqlx::AnyConnection;

use crate::ServerError;
use crate::db::page::{self, Mark, PAGE};
use crate::db::sql::Statement;
use crate::records::read;

/// One page of the records that `chosen` says, in these divisions, newest change first; and the mark of the next page.
pub(super) async fn page(
    conn: &mut AnyConnection,
    county: &str,
    chosen: impl FnOnce(Statement) -> Statement,
    divisions: &[RecordId],
    after: Option<&Mark<u64>>,
) -> Result<(Vec<Record>, Option<String>), ServerError> {
    let (feed, id) = after.map_or_else(|| (i64::MAX.cast_unsigned(), String::new()), |m| (m.key, m.id.to_string()));
    let asked = |asked: Statement| {
        chosen(asked)
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
            .bind(page::limit(PAGE))
    };
    let mut rows = read::list(conn, county, asked).await?;
    let next = page::cut(&mut rows, PAGE, |last| Mark { key: last.revision, id: last.id }.to_string());
    Ok((rows, next))
}
