//! Villages whose phones have not synchronized: a figure is only as good as what has arrived.

use std::collections::BTreeMap;

use bianfang_domain::id::RecordId;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::Statement;

/// Villages at or below a division, each with the time its phones last pushed or had pulled everything; None: never. Its
/// phones are those granted the village itself; where there are none, those of the nearest division above that has some: a
/// phone of the township does not stand for the phone of the village. Only those not synchronized since `since_ms`, oldest first.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn behind(
    conn: &mut AnyConnection,
    county: &str,
    division: RecordId,
    since_ms: i64,
) -> Result<Vec<(RecordId, Option<i64>)>, ServerError> {
    let tree = Tree::load(conn, county).await?;
    let villages = Statement::new("select owner from division where county = ")
        .bind(county)
        .then(" and level = 'VILLAGE' and owner in ")
        .list(tree.below(&[division]))
        .all(conn)
        .await?;
    let mut heard: BTreeMap<RecordId, Option<i64>> = BTreeMap::new();
    // Imports and the console write from the bureau's desk: nothing of theirs is still out in a village.
    let rows = Statement::new(
        "select installation, scope, pushed_ms, pulled_ms from installation_state s where not exists \
         (select 1 from installation i where i.county = s.county and i.id = s.installation and i.kind <> 'PHONE') \
         and s.county = ",
    )
    .bind(county)
    .all(conn)
    .await?;
    for found in rows {
        let key: String = found.try_get("installation")?;
        let scope: Vec<RecordId> = row::json(&found, "installation_state", "scope", &key)?;
        let pulled: Option<i64> = found.try_get("pulled_ms")?;
        let seen = pulled.max(found.try_get("pushed_ms")?);
        for granted in scope {
            let known = heard.entry(granted).or_default();
            *known = (*known).max(seen);
        }
    }
    let mut behind = Vec::new();
    for found in &villages {
        let village = row::parse(found, "division", "owner", "")?;
        let mut way = std::iter::once(village).chain(tree.ancestors(village));
        let seen = way.find_map(|division| heard.get(&division).copied()).flatten();
        if seen.is_none_or(|seen| seen < since_ms) {
            behind.push((village, seen));
        }
    }
    behind.sort_by_key(|(village, seen)| (*seen, *village));
    Ok(behind)
}
