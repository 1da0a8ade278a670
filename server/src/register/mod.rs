//! The register of people as the console shows it: a list to search in, and one person's page. Whoever asks sees what
//! lies in their divisions; what lies outside is as if it were not there.

pub mod alike;
pub mod codes;
pub mod history;
pub mod house;
pub mod household;
pub mod letter;
pub mod letters;
pub mod offers;
pub mod paging;
pub mod people;
pub mod person;
pub mod plaque;
pub mod plaques;
pub mod request_form;
pub mod reveal;
pub mod same;
pub mod steps;
pub mod timeline;

use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use serde::Serialize;
use sqlx::AnyConnection;
use uuid::Uuid;

use crate::ServerError;
use crate::feed::tree::Tree;
use crate::write::load::{RECORD, read};
use crate::write::sql::{Statement, all_in};

/// Records as they are stored, those that are there.
pub(crate) async fn records(
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

/// A division as answers name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DivisionRef {
    /// The division.
    pub id: Uuid,
    /// 名称
    pub name: String,
    /// COUNTY | TOWNSHIP | VILLAGE
    pub level: String,
}

impl DivisionRef {
    /// Of the tree; without a name where the tree does not know it (its record is held).
    #[must_use]
    pub fn of(tree: &Tree, id: RecordId) -> Self {
        let called = tree.called(id).cloned().unwrap_or_default();
        Self { id: id.0, name: called.name, level: called.level }
    }

    /// From a caller's topmost division down to this one.
    #[must_use]
    pub fn path(tree: &Tree, grants: &[RecordId], to: RecordId) -> Vec<Self> {
        let covered = tree.below(grants);
        let mut path: Vec<RecordId> = std::iter::once(to).chain(tree.ancestors(to)).collect();
        path.retain(|id| covered.contains(id));
        path.into_iter().rev().map(|id| Self::of(tree, id)).collect()
    }
}
