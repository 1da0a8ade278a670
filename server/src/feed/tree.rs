//! The tree of divisions of a county, a few hundred rows: what lies below a grant, and what above.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::id::RecordId;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::row;
use crate::write::sql::Statement;

/// Division to its parent.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    parents: BTreeMap<RecordId, Option<RecordId>>,
}

/// No tree of divisions is deeper (county, township, village, and room to spare).
const DEPTH: usize = 8;

impl Tree {
    /// Loads it.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn load(conn: &mut AnyConnection, county: &str) -> Result<Self, ServerError> {
        let rows = Statement::new("select owner, parent from division where county = ").bind(county).all(conn).await?;
        let mut parents = BTreeMap::new();
        for found in rows {
            let id = row::parse(&found, "division", "owner", "")?;
            let has_parent = found.try_get::<Option<String>, _>("parent")?.is_some();
            let parent = if has_parent { Some(row::parse(&found, "division", "parent", "")?) } else { None };
            parents.insert(id, parent);
        }
        Ok(Self { parents })
    }

    /// Whether a division is known.
    #[must_use]
    pub fn has(&self, division: RecordId) -> bool {
        self.parents.contains_key(&division)
    }

    /// The divisions above one, nearest first.
    #[must_use]
    pub fn ancestors(&self, division: RecordId) -> Vec<RecordId> {
        let mut above = Vec::new();
        let mut here = self.parents.get(&division).copied().flatten();
        while let Some(id) = here.filter(|_| above.len() < DEPTH) {
            above.push(id);
            here = self.parents.get(&id).copied().flatten();
        }
        above
    }

    /// These and all below them.
    #[must_use]
    pub fn below(&self, grants: &[RecordId]) -> BTreeSet<RecordId> {
        let granted: BTreeSet<RecordId> = grants.iter().copied().collect();
        let mut below = granted.clone();
        below.extend(
            self.parents.keys().copied().filter(|id| self.ancestors(*id).iter().any(|above| granted.contains(above))),
        );
        below
    }

    /// All above these.
    #[must_use]
    pub fn above(&self, grants: &[RecordId]) -> BTreeSet<RecordId> {
        grants.iter().flat_map(|id| self.ancestors(*id)).collect()
    }

    /// Those directly below one, and for each known division below it the one of these it belongs to (itself, for `top`).
    #[must_use]
    pub fn children(&self, top: RecordId) -> BTreeMap<RecordId, RecordId> {
        let mut under = BTreeMap::from([(top, top)]);
        for id in self.parents.keys().copied().filter(|id| *id != top) {
            let path: Vec<RecordId> = [id].into_iter().chain(self.ancestors(id)).collect();
            let child = path.windows(2).find(|step| step.last() == Some(&top)).and_then(|step| step.first().copied());
            under.extend(child.map(|child| (id, child)));
        }
        under
    }
}
