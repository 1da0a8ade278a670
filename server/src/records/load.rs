//! Loading what a decision reads: rounds of batched queries, one a table, until nothing more is needed.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::decide;
use bianfang_domain::document::id_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::op::Op;
use bianfang_domain::rules;
use bianfang_domain::world::{Need, World};
use sqlx::{AnyConnection, Row};

use super::read::{read, select, speaking_of};
use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, all_in};

/// A world that can fetch what it lacks, and remembers what the store already had.
#[derive(Debug)]
pub struct Loaded {
    county: String,
    /// The records at hand.
    pub world: World,
    /// Facts: the document of their first op, as text.
    pub originals: BTreeMap<RecordId, String>,
    /// What a division lay below when it was loaded.
    pub lay_below: BTreeMap<RecordId, RecordId>,
    /// What a loaded record spoke of when it was loaded: an amendment may have moved it since.
    pub spoke_of: BTreeMap<RecordId, Vec<RecordId>>,
    absent: BTreeSet<RecordId>,
}

impl Loaded {
    /// Nothing loaded yet.
    #[must_use]
    pub fn new(county: &str) -> Self {
        Self {
            county: county.to_owned(),
            world: World::complete(),
            originals: BTreeMap::new(),
            lay_below: BTreeMap::new(),
            spoke_of: BTreeMap::new(),
            absent: BTreeSet::new(),
        }
    }

    /// Loads what the ops need, the places of all that was found, and those places' ancestors.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn for_ops(
        &mut self,
        conn: &mut AnyConnection,
        ops: &[Op],
        mut wanted: BTreeSet<Need>,
    ) -> Result<(), ServerError> {
        loop {
            for op in ops {
                wanted.extend(decide::needs(op, &self.world));
            }
            wanted.retain(|need| !self.world.has(need));
            if wanted.is_empty() {
                return self.places(conn).await;
            }
            self.fetch(conn, std::mem::take(&mut wanted)).await?;
        }
    }

    /// Loads all facts about records, what these speak of, and all places.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn around(&mut self, conn: &mut AnyConnection, ids: &BTreeSet<RecordId>) -> Result<(), ServerError> {
        let mut wanted: BTreeSet<Need> = ids.iter().flat_map(|id| [Need::Record(*id), Need::Facts(*id)]).collect();
        wanted.extend(rules::ids().map(Need::Record));
        wanted.retain(|need| !self.world.has(need));
        self.fetch(conn, wanted).await?;
        // A fact about a fact about a person: three steps reach the place.
        for _ in 0..3 {
            let subjects = self.subjects_of_all();
            self.fetch(conn, subjects.into_iter().map(Need::Record).collect()).await?;
        }
        self.places(conn).await
    }

    fn subjects_of_all(&self) -> BTreeSet<RecordId> {
        let records = self.world.records().filter_map(|record| Some((record, kind::by_name(&record.kind)?)));
        records.flat_map(|(record, kind)| kind.subjects(&record.doc)).filter(|id| self.lacks(*id)).collect()
    }

    fn lacks(&self, id: RecordId) -> bool {
        self.world.find(id).is_none() && !self.absent.contains(&id)
    }

    /// Scope is judged along the tree of divisions, which `needs` does not name.
    async fn places(&mut self, conn: &mut AnyConnection) -> Result<(), ServerError> {
        loop {
            let mut wanted = BTreeSet::new();
            for record in self.world.records() {
                let Some(kind) = kind::by_name(&record.kind) else { continue };
                wanted.extend(kind.divisions(record));
                if record.kind == "division" {
                    wanted.extend(id_in(&record.doc, "parent"));
                }
            }
            wanted.retain(|id| self.lacks(*id));
            if wanted.is_empty() {
                return Ok(());
            }
            self.fetch(conn, wanted.into_iter().map(Need::Record).collect()).await?;
        }
    }

    async fn fetch(&mut self, conn: &mut AnyConnection, needs: BTreeSet<Need>) -> Result<(), ServerError> {
        let (mut ids, mut subjects, mut holders) = (Vec::new(), Vec::new(), Vec::new());
        for need in &needs {
            match need {
                Need::Record(id) => ids.push(id.to_string()),
                Need::Facts(id) => subjects.push(id.to_string()),
                Need::Holder(field, print) => holders.push((field.clone(), print.clone())),
            }
        }
        let county = self.county.clone();
        let mut rows = all_in(conn, &ids, |part| select(&county).then(" and id in ").list(part)).await?;
        rows.extend(all_in(conn, &subjects, |part| speaking_of(select(&county), &county, part)).await?);
        for row in rows {
            let (record, original) = read(&row)?;
            if self.world.find(record.id).is_none() {
                if let Some(kind) = kind::by_name(&record.kind) {
                    self.spoke_of.insert(record.id, kind.about(&record.doc));
                }
                if record.kind == "division"
                    && let Some(parent) = id_in(&record.doc, "parent")
                {
                    self.lay_below.insert(record.id, parent);
                }
                self.originals.insert(record.id, original);
                self.world.load(record);
            }
        }
        self.holders(conn, &holders).await?;
        for need in needs {
            if let Need::Record(id) = need
                && self.world.find(id).is_none()
            {
                self.absent.insert(id);
            }
            self.world.answered(need);
        }
        Ok(())
    }

    async fn holders(&mut self, conn: &mut AnyConnection, wanted: &[(String, String)]) -> Result<(), ServerError> {
        let prints: Vec<String> = wanted.iter().map(|(_, print)| print.clone()).collect();
        let county = self.county.clone();
        let rows = all_in(conn, &prints, |part| {
            Statement::new("select field, print, record from record_print where county = ")
                .bind(&county)
                .then(" and print in ")
                .list(part)
        })
        .await?;
        for row in rows {
            let (field, print): (String, String) = (row.try_get("field")?, row.try_get("print")?);
            // What this transaction already changed is newer than what is stored.
            let holder = row::parse(&row, "record_print", "record", &print)?;
            if self.world.find(holder).is_none() {
                self.world.load_holder(field, print, holder);
            }
        }
        Ok(())
    }
}
