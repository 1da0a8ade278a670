//! Villages whose phones have not synchronized: a figure is only as good as what has arrived.

use std::collections::BTreeMap;

use bianfang_domain::id::RecordId;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::row;
use crate::feed::tree::Tree;
use crate::write::sql::Statement;

/// Villages at or below a division, each with the time its own phones last pushed or had pulled
/// everything; None: never. Only those not synchronized since `since_ms`, oldest first.
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
    let mut last: BTreeMap<RecordId, Option<i64>> = BTreeMap::new();
    for found in &villages {
        last.insert(row::parse(found, "division", "owner", "")?, None);
    }
    let rows =
        Statement::new("select installation, scope, pushed_ms, pulled_ms from installation_state where county = ")
            .bind(county)
            .all(conn)
            .await?;
    for found in rows {
        let key: String = found.try_get("installation")?;
        let scope: Vec<RecordId> = row::json(&found, "installation_state", "scope", &key)?;
        let pulled: Option<i64> = found.try_get("pulled_ms")?;
        let seen = pulled.max(found.try_get("pushed_ms")?);
        // A phone of the township does not stand for the phone of the village.
        for village in scope {
            if let Some(known) = last.get_mut(&village) {
                *known = (*known).max(seen);
            }
        }
    }
    let mut behind: Vec<_> = last.into_iter().filter(|(_, seen)| seen.is_none_or(|seen| seen < since_ms)).collect();
    behind.sort_by_key(|(village, seen)| (*seen, *village));
    Ok(behind)
}
