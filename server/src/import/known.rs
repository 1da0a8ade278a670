//! What the register knows of the people, households and facts that some rows speak of: a few wide queries for thousands of
//! rows, never one a row.

use std::collections::{BTreeSet, HashMap};

use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::matching::{Candidate, Traits};
use bianfang_domain::name;
use bianfang_domain::record::Record;
use sqlx::AnyConnection;

use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, all_in};
use crate::records::read;

/// Some of the register.
#[derive(Debug, Default)]
pub struct Known {
    /// Full records.
    pub records: HashMap<RecordId, Record>,
    by_print: HashMap<String, Vec<RecordId>>,
    by_name: HashMap<String, Vec<RecordId>>,
}

impl Known {
    /// Loads everybody with one of these fingerprints or names.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn people(
        &mut self,
        conn: &mut AnyConnection,
        county: &str,
        (prints, names): (Vec<String>, BTreeSet<String>),
    ) -> Result<(), ServerError> {
        let columns = "select owner from person where county = ";
        let by_print =
            all_in(conn, &prints, |part| Statement::new(columns).bind(county).then(" and id_print in ").list(part))
                .await?;
        let keys: Vec<String> = names.iter().map(|name| name::sort_key(name)).collect();
        let by_name =
            all_in(conn, &keys, |part| Statement::new(columns).bind(county).then(" and name_key in ").list(part))
                .await?;
        let mut ids = BTreeSet::new();
        for found in by_print.iter().chain(&by_name) {
            ids.insert(row::parse(found, "person", "owner", "")?);
        }
        self.load(conn, county, ids).await?;
        self.follow(conn, county).await?;
        for record in self.records.values().filter(|record| record.kind == "person") {
            // Who was found to be somebody else stands for them: number and name lead to the record that counts.
            let counts = record.canonical();
            if let Some(print) = record.meta.fingerprints.get("id_number") {
                self.by_print.entry(print.clone()).or_default().push(counts);
            }
            if let Some(name) = text_in(&record.doc, "name") {
                self.by_name.entry(name::normalise(name)).or_default().push(counts);
            }
        }
        Ok(())
    }

    /// Loads the records that count for loaded duplicates.
    async fn follow(&mut self, conn: &mut AnyConnection, county: &str) -> Result<(), ServerError> {
        let counting = self.records.values().filter_map(|record| record.meta.counts_as).collect();
        self.load(conn, county, counting).await
    }

    /// Whether a number is one that a duplicate of this record brought: it speaks for the same person.
    #[must_use]
    pub fn brought(&self, record: &Record, print: Option<&str>) -> bool {
        let of = print.and_then(|print| self.by_print.get(print)).into_iter().flatten();
        record.meta.fingerprints.get("id_number").map(String::as_str) != print
            && of.into_iter().any(|id| *id == record.id)
    }

    /// Loads records by their ids.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn load(
        &mut self,
        conn: &mut AnyConnection,
        county: &str,
        ids: BTreeSet<RecordId>,
    ) -> Result<(), ServerError> {
        let new = ids.into_iter().filter(|id| !self.records.contains_key(id)).collect::<Vec<_>>();
        let records = read::get_many(conn, county, new).await?;
        self.records.extend(records.into_iter().map(|record| (record.id, record)));
        Ok(())
    }

    /// The household of somebody, where it is loaded and one of the register.
    #[must_use]
    pub fn home(&self, person: &Record) -> Option<&Record> {
        let home = id_in(&person.doc, "household").and_then(|id| self.records.get(&id));
        home.filter(|home| text_in(&home.doc, "register") != Some("REMOVED"))
    }

    /// People of a fingerprint, or of a name, as matching reads them.
    #[must_use]
    pub fn candidates(&self, print: Option<&str>, name: &str) -> Vec<Candidate> {
        let by_print = print.and_then(|print| self.by_print.get(print)).into_iter().flatten();
        let by_name = self.by_name.get(&name::normalise(name)).into_iter().flatten();
        let numbered: BTreeSet<RecordId> = by_print.copied().collect();
        let ids: BTreeSet<RecordId> = by_name.chain(&numbered).copied().collect();
        let mut found: Vec<Candidate> = ids.iter().filter_map(|id| self.records.get(id)).map(candidate).collect();
        // Also by the number of a duplicate.
        let numbered = found.iter_mut().filter(|candidate| numbered.contains(&candidate.id));
        numbered.for_each(|candidate| candidate.traits.print = print.map(str::to_owned));
        found
    }
}

/// The divisions of a person, in the order that tells which is responsible.
#[must_use]
pub fn villages(person: &Record) -> Vec<RecordId> {
    let fields = ["responsible_division", "living_division", "registered_division"];
    fields.iter().filter_map(|field| id_in(&person.doc, field)).collect()
}

fn candidate(person: &Record) -> Candidate {
    let text = |field| text_in(&person.doc, field).map(str::to_owned);
    Candidate {
        id: person.id,
        traits: Traits {
            print: person.meta.fingerprints.get("id_number").cloned(),
            name: text("name").unwrap_or_default(),
            birth: text("birth"),
            villages: villages(person),
        },
        removed: text("register").as_deref() == Some("REMOVED"),
    }
}
