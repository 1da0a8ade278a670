//! Borders that move. A division that comes to lie below another is not rewritten, nor is what lies in it; but who covers
//! the new place must get all of it at their next pull, and who covered the old one alone must drop it.

use std::collections::BTreeSet;

use bianfang_domain::document::id_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_protocol::pull::Check;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::{self, Statement, all_in, execute_in, number};
use crate::records::load::Loaded;

/// Divisions of the touched records that lie elsewhere than when they were loaded, with what they lay below.
pub fn moved(loaded: &Loaded, touched: &BTreeSet<RecordId>) -> Vec<(RecordId, RecordId)> {
    let moved = touched.iter().filter_map(|id| {
        let before = *loaded.lay_below.get(id)?;
        let now = id_in(&loaded.world.find(*id)?.doc, "parent");
        (now != Some(before)).then_some((*id, before))
    });
    moved.collect()
}

/// Gives everything in a moved division a new feed number, and its old place an exit. Call it when the projection of the
/// tree is written.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn follow(
    conn: &mut AnyConnection,
    county: &str,
    moved: &[(RecordId, RecordId)],
    feed: u64,
) -> Result<(), ServerError> {
    if moved.is_empty() {
        return Ok(());
    }
    let tree = Tree::load(conn, county).await?;
    for (division, before) in moved {
        let inside = tree.below(&[*division]);
        let above = |id: RecordId| -> BTreeSet<RecordId> { tree.ancestors(id).into_iter().chain([id]).collect() };
        let now: BTreeSet<RecordId> = tree.ancestors(*division).into_iter().collect();
        let lost: BTreeSet<RecordId> = above(*before).difference(&now).copied().collect();
        let gained: BTreeSet<RecordId> = now.difference(&above(*before)).copied().collect();
        let own = lying(conn, county, &inside, false).await?;
        let above_now = lying(conn, county, &gained, true).await?;
        let above_then = lying(conn, county, &lost, true).await?;
        // Whoever covers the nearest of the lost places covers all of them that matter.
        let mut exits = Vec::new();
        if lost.contains(before) {
            exits.extend(own.iter().map(|(record, kind)| exit(county, feed, *before, kind, record)));
        }
        for place in &inside {
            exits.extend(above_then.iter().map(|(record, kind)| exit(county, feed, *place, kind, record)));
        }
        let head = "insert into scope_exit (county, feed, division, kind, record) values ";
        sql::insert(conn, head, " on conflict (county, feed, division, record) do nothing", exits).await?;
        let again: Vec<String> = own.into_iter().chain(above_now).map(|(record, _)| record).collect();
        give_again(conn, county, &again, feed).await?;
    }
    Ok(())
}

fn exit(county: &str, feed: u64, division: RecordId, kind: &str, record: &str) -> Vec<sql::Value> {
    vec![county.into(), feed.into(), division.into(), kind.into(), record.into()]
}

/// Records that lie in these divisions, with their kinds; of kinds that come down to all, or of every kind.
async fn lying(
    conn: &mut AnyConnection,
    county: &str,
    divisions: &BTreeSet<RecordId>,
    only_down: bool,
) -> Result<Vec<(String, String)>, ServerError> {
    if divisions.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Statement::new("select distinct record, kind from record_scope where county = ").bind(county);
    let rows = rows.then(" and division in ").list(divisions.iter().copied());
    let rows = if only_down { rows.then(" and kind in ").list(kind::down()) } else { rows };
    let rows = rows.all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get("record")?, row.try_get("kind")?))).collect()
}

/// A new number for records, wherever they lie, and the checks of those divisions.
async fn give_again(conn: &mut AnyConnection, county: &str, records: &[String], feed: u64) -> Result<(), ServerError> {
    execute_in(conn, records, |part| {
        Statement::new("update record set feed = ")
            .bind(feed)
            .then(" where county = ")
            .bind(county)
            .then(" and id in ")
            .list(part)
    })
    .await?;
    execute_in(conn, records, |part| {
        Statement::new("update record_scope set feed = ")
            .bind(feed)
            .then(" where county = ")
            .bind(county)
            .then(" and record in ")
            .list(part)
    })
    .await?;
    let rows = all_in(conn, records, |part| {
        Statement::new("select distinct division from record_scope where county = ")
            .bind(county)
            .then(" and record in ")
            .list(part)
    })
    .await?;
    let divisions = rows.iter().map(|row| row.try_get("division")).collect::<Result<BTreeSet<String>, _>>()?;
    for division in divisions {
        let rows = Statement::new("select record, feed from record_scope where county = ")
            .bind(county)
            .then(" and division = ")
            .bind(&division)
            .all(conn)
            .await?;
        let mut check = Check::default();
        for found in &rows {
            check.add(row::parse(found, "record_scope", "record", &division)?, number(found.try_get("feed")?));
        }
        let row: Vec<sql::Value> =
            vec![county.into(), division.into(), check.count.into(), check.sum.cast_signed().into()];
        let head = "insert into scope_check (county, division, records, term_sum) values ";
        let tail = " on conflict (county, division) do update set records = excluded.records, \
            term_sum = excluded.term_sum";
        sql::insert(conn, head, tail, vec![row]).await?;
    }
    Ok(())
}
