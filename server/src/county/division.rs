//! Divisions as answers name them.

use bianfang_domain::id::RecordId;
use serde::Serialize;
use uuid::Uuid;

use super::tree::Tree;

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

    /// The order of lists: by name, in pinyin, then by id.
    #[must_use]
    pub fn by_name(&self) -> (String, Uuid) {
        (bianfang_domain::name::sort_key(&self.name), self.id)
    }
}
