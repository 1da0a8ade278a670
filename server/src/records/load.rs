//! Loading follows the question: what was asked of the world and is not there is read in batched queries, one a table, and
//! the question is asked again, until nothing is lacking.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::document::id_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, KINDS};
use bianfang_domain::world::{Need, World};
use sqlx::{AnyConnection, Row};

use super::reach;
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
    pub spoke_of: BTreeMap<RecordId, BTreeSet<RecordId>>,
}

impl Loaded {
    /// Nothing loaded yet.
    #[must_use]
    pub fn new(county: &str) -> Self {
        Self {
            county: county.to_owned(),
            world: World::complete(KINDS),
            originals: BTreeMap::new(),
            lay_below: BTreeMap::new(),
            spoke_of: BTreeMap::new(),
        }
    }

    /// Asks, and loads what was lacking, until the answer is one.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn asked<T>(&mut self, conn: &mut AnyConnection, ask: impl Fn(&World) -> T) -> Result<T, ServerError> {
        // What was asked before is nothing of this question.
        let _ = self.world.lacking();
        loop {
            let answer = ask(&self.world);
            let lacking = self.world.lacking();
            if lacking.is_empty() {
                return Ok(answer);
            }
            self.fetch(conn, lacking).await?;
        }
    }

    /// Reads what is needed, and the divisions that it lies in up to the county, for every decision asks for those.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn fetch(&mut self, conn: &mut AnyConnection, mut needs: BTreeSet<Need>) -> Result<(), ServerError> {
        while !needs.is_empty() {
            let fresh = self.read(conn, needs).await?;
            let found = fresh.iter().filter_map(|id| self.world.find(*id));
            let places = found.flat_map(|record| {
                let kind = kind::by_name(&record.kind);
                let above = id_in(&record.doc, "parent").filter(|_| record.kind == "division");
                kind.into_iter().flat_map(|kind| kind.divisions(record)).chain(above)
            });
            needs = places.map(Need::Record).collect();
            needs.retain(|need| !self.world.has(need));
        }
        Ok(())
    }

    /// Reads once; gives what was not at hand before.
    async fn read(&mut self, conn: &mut AnyConnection, needs: BTreeSet<Need>) -> Result<Vec<RecordId>, ServerError> {
        let mut fresh = Vec::new();
        let (mut ids, mut subjects, mut holders) = (Vec::new(), Vec::new(), Vec::new());
        for need in &needs {
            match need {
                Need::Record(id) => ids.push(id.to_string()),
                Need::Facts(id) => subjects.push(id.to_string()),
                Need::Holder(field, print) => holders.push((field.clone(), print.clone())),
                Need::Reached(reach) => {
                    let found = reach::of(conn, &self.county, reach).await?;
                    ids.extend(found.iter().map(ToString::to_string));
                    self.world.load_reached(reach.clone(), found);
                }
            }
        }
        let county = self.county.clone();
        let mut rows = all_in(conn, &ids, |part| select(&county).then(" and id in ").list(part)).await?;
        rows.extend(all_in(conn, &subjects, |part| speaking_of(select(&county), &county, part)).await?);
        for row in rows {
            let (record, original) = read(&row)?;
            if !self.world.at_hand(record.id) {
                fresh.push(record.id);
                self.spoke_of.insert(record.id, kind::found_by(&record));
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
        needs.into_iter().for_each(|need| self.world.answered(need));
        Ok(fresh)
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
            if !self.world.at_hand(holder) {
                self.world.load_holder(field, print, holder);
            }
        }
        Ok(())
    }
}
