//! The tree of divisions of a county, a few hundred rows: what lies below a grant, what above, and what each is called.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::alike;
use bianfang_domain::id::RecordId;
use bianfang_domain::time::Day;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::row;
use crate::db::sql::Statement;

/// Division to its parent, and to what it is called.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    parents: BTreeMap<RecordId, Option<RecordId>>,
    called: BTreeMap<RecordId, Called>,
    /// What each is called, as names are compared ([`alike::key`]).
    keys: BTreeMap<RecordId, String>,
    /// Statistical units, and what an import that was taken back had brought: nobody is put there by name.
    hidden: BTreeSet<RecordId>,
}

/// What a division is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Called {
    /// 名称
    pub name: String,
    /// COUNTY | TOWNSHIP | VILLAGE
    pub level: String,
}

/// No tree of divisions is deeper (county, township, village, and room to spare).
const DEPTH: usize = 8;

impl Tree {
    /// Loads it.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn load(conn: &mut AnyConnection, county: &str) -> Result<Self, ServerError> {
        Self::read(
            Statement::new("select owner, parent, name, level, hidden from division where county = ")
                .bind(county)
                .all(conn)
                .await?,
        )
    }

    /// Loads it as it stood on a day: villages merge, townships change, and figures are told by old and by new borders.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn load_on(conn: &mut AnyConnection, county: &str, day: Day) -> Result<Self, ServerError> {
        let rows = Statement::new(
            "select d.owner as owner, s.parent as parent, d.name as name, d.level as level, d.hidden as hidden from division d \
             join division_span s on s.county = d.county and s.owner = d.owner where d.county = ",
        )
        .bind(county)
        .then(" and s.from_day <= ")
        .bind(i64::from(day.0))
        .then(" and s.to_day > ")
        .bind(i64::from(day.0))
        .all(conn)
        .await?;
        Self::read(rows)
    }

    fn read(rows: Vec<AnyRow>) -> Result<Self, ServerError> {
        let mut tree = Self::default();
        for found in rows {
            let id = row::parse(&found, "division", "owner", "")?;
            let has_parent = found.try_get::<Option<String>, _>("parent")?.is_some();
            let parent = if has_parent { Some(row::parse(&found, "division", "parent", "")?) } else { None };
            tree.parents.insert(id, parent);
            if found.try_get::<Option<i64>, _>("hidden")? == Some(1) {
                tree.hidden.insert(id);
            }
            let called = Called { name: found.try_get("name")?, level: found.try_get("level")? };
            tree.keys.insert(id, alike::key(&called.name));
            tree.called.insert(id, called);
        }
        Ok(tree)
    }

    /// What a division is called; None for one that is not known.
    #[must_use]
    pub fn called(&self, division: RecordId) -> Option<&Called> {
        self.called.get(&division)
    }

    /// What a division is called, as names are compared.
    #[must_use]
    pub fn key(&self, division: RecordId) -> Option<&str> {
        self.keys.get(&division).map(String::as_str)
    }

    /// COUNTY, TOWNSHIP or VILLAGE; None for one that is not known, or is hidden.
    #[must_use]
    pub fn level(&self, division: RecordId) -> Option<&str> {
        self.called(division).filter(|_| !self.hidden.contains(&division)).map(|called| called.level.as_str())
    }

    /// The highest of these grants: where somebody who sees all of them begins.
    #[must_use]
    pub fn top(&self, grants: &[RecordId]) -> Option<RecordId> {
        grants.iter().copied().filter(|id| self.has(*id)).min_by_key(|id| (self.ancestors(*id).len(), *id))
    }

    /// The county itself, above everything.
    #[must_use]
    pub fn root(&self) -> Option<RecordId> {
        self.parents.iter().find(|(_, parent)| parent.is_none()).map(|(id, _)| *id)
    }

    /// Every division, with what it lies in.
    pub fn all(&self) -> impl Iterator<Item = (RecordId, Option<RecordId>)> + '_ {
        self.parents.iter().map(|(id, parent)| (*id, *parent))
    }

    /// Divisions of a name, or of `township/village`; never hidden ones.
    #[must_use]
    pub fn named(&self, path: &str) -> Vec<RecordId> {
        let (above, name) = path.rsplit_once('/').map_or((None, path), |(above, name)| (Some(above), name));
        let (name, above) = (alike::key(name), above.map(alike::key));
        let is = |id: &RecordId, name: &str| self.key(*id) == Some(name);
        let under = |id: &RecordId| match &above {
            // A village that merged into another lies below it, and is still its township's.
            Some(above) => self.ancestors(*id).iter().any(|parent| is(parent, above)),
            None => true,
        };
        self.parents.keys().copied().filter(|id| is(id, &name) && under(id) && !self.hidden.contains(id)).collect()
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

    /// Whether these grants cover all of it.
    #[must_use]
    pub fn is_whole(&self, grants: &[RecordId]) -> bool {
        let below = self.below(grants);
        self.parents.keys().all(|id| below.contains(id))
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
