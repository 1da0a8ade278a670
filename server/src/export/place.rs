//! The divisions of an export in the order of the file: township by township, village by village, by their codes.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::id::RecordId;
use sqlx::{AnyConnection, Row};

use super::ask::Exporter;
use crate::ServerError;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::Statement;
use crate::error::AskError;

/// A division with the names that stand in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlace {
    /// The division.
    pub id: RecordId,
    /// 乡镇; empty for the county itself.
    pub township: String,
    /// 村; empty above a village.
    pub village: String,
}

/// Where an export reads.
pub(super) struct ExportPlaces {
    /// In order.
    pub all: Vec<RowPlace>,
    /// What they are called together.
    pub name: String,
    /// All divisions of the exporter; None where that is the whole county.
    pub seen: Option<BTreeSet<RecordId>>,
}

/// The divisions asked for, within the exporter's.
pub(super) async fn ordered(
    conn: &mut AnyConnection,
    county: &str,
    exporter: &Exporter,
    division: Option<RecordId>,
) -> Result<ExportPlaces, ServerError> {
    let tree = Tree::load(conn, county).await?;
    let mut within = tree.below(&exporter.scope);
    let seen = Some(within.clone()).filter(|_| !tree.is_whole(&exporter.scope));
    let mut tops = exporter.scope.clone();
    if let Some(division) = division {
        if !within.contains(&division) {
            return Err(AskError::Division.into());
        }
        within = tree.below(&[division]);
        tops = vec![division];
    }
    let codes = codes(conn, county).await?;
    // From the top down, so that a township's own people stand before its first village; a place without a code comes last.
    let path = |id: RecordId| {
        let mut path: Vec<RecordId> = [id].into_iter().chain(tree.ancestors(id)).collect();
        path.reverse();
        path.into_iter()
            .map(|id| (codes.get(&id).cloned().unwrap_or_else(|| "~".into()), name(&tree, id), id))
            .collect::<Vec<_>>()
    };
    let mut all: Vec<RecordId> = within.into_iter().filter(|id| tree.has(*id)).collect();
    all.sort_by_cached_key(|id| path(*id));
    tops.sort();
    tops.dedup();
    let names: Vec<String> = tops.iter().map(|id| full_name(&tree, *id)).collect();
    Ok(ExportPlaces { all: all.into_iter().map(|id| place(&tree, id)).collect(), name: names.join("、"), seen })
}

fn name(tree: &Tree, id: RecordId) -> String {
    tree.called(id).map(|called| called.name.clone()).unwrap_or_default()
}

fn full_name(tree: &Tree, id: RecordId) -> String {
    let place = place(tree, id);
    if place.village.is_empty() { name(tree, id) } else { format!("{}{}", place.township, place.village) }
}

fn place(tree: &Tree, id: RecordId) -> RowPlace {
    let of = |level: &str| {
        let mut path = [id].into_iter().chain(tree.ancestors(id));
        path.find(|id| tree.called(*id).is_some_and(|called| called.level == level)).map(|id| name(tree, id))
    };
    RowPlace { id, township: of("TOWNSHIP").unwrap_or_default(), village: of("VILLAGE").unwrap_or_default() }
}

async fn codes(conn: &mut AnyConnection, county: &str) -> Result<BTreeMap<RecordId, String>, ServerError> {
    let sql = "select owner, code12 from division where code12 is not null and county = ";
    let rows = Statement::new(sql).bind(county).all(conn).await?;
    rows.iter().map(|found| Ok((row::parse(found, "division", "owner", "")?, found.try_get("code12")?))).collect()
}
