//! What the register knows of the people, households and facts that some rows speak of: a few wide queries for thousands of
//! rows, never one a row.

use std::collections::{BTreeSet, HashMap};

use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::matching::{Candidate, Traits};
use bianfang_domain::name;
use bianfang_domain::record::Record;
use serde_json::Value;
use sqlx::AnyConnection;

use crate::ServerError;
use crate::county::sealed::Sealer;
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
    by_birth: HashMap<String, Vec<RecordId>>,
}

/// By what some rows ask for people.
#[derive(Debug, Default)]
pub struct AskedPeople {
    /// Fingerprints of id numbers.
    pub prints: Vec<String>,
    /// Names, in any way of writing.
    pub names: BTreeSet<String>,
    /// Births to the day, of rows that may tell somebody under another name.
    pub births: BTreeSet<String>,
}

impl Known {
    /// Loads everybody with one of these fingerprints, names or births.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn people(
        &mut self,
        conn: &mut AnyConnection,
        county: &str,
        asked: AskedPeople,
    ) -> Result<(), ServerError> {
        let columns = "select owner from person where county = ";
        let names: BTreeSet<String> = asked.names.iter().map(|name| name::matched(name)).collect();
        let by = [
            (" and id_print in ", asked.prints),
            (" and name_matched in ", names.into_iter().collect()),
            (" and birth in ", asked.births.into_iter().collect()),
        ];
        let mut ids = BTreeSet::new();
        for (column, keys) in by {
            let of = |part: &[String]| Statement::new(columns).bind(county).then(column).list(part);
            for found in all_in(conn, &keys, of).await? {
                ids.insert(row::parse(&found, "person", "owner", "")?);
            }
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
                self.by_name.entry(name::matched(name)).or_default().push(counts);
            }
            if let Some(birth) = text_in(&record.doc, "birth") {
                self.by_birth.entry(birth.to_owned()).or_default().push(counts);
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
        let by_name = self.by_name.get(&name::matched(name)).into_iter().flatten();
        let numbered: BTreeSet<RecordId> = by_print.copied().collect();
        let ids: BTreeSet<RecordId> = by_name.chain(&numbered).copied().collect();
        let mut found: Vec<Candidate> = ids.iter().filter_map(|id| self.records.get(id)).map(candidate).collect();
        // Also by the number of a duplicate.
        let numbered = found.iter_mut().filter(|candidate| numbered.contains(&candidate.id));
        numbered.for_each(|candidate| candidate.traits.print = print.map(str::to_owned));
        found
    }

    /// Who was born on the day, lies in the village and has telephone numbers, under whatever name.
    #[must_use]
    pub fn born(&self, traits: &Traits, sealer: Sealer<'_>) -> Vec<Candidate> {
        let born = traits.birth.as_ref().and_then(|birth| self.by_birth.get(birth)).into_iter().flatten();
        let ids: BTreeSet<RecordId> = born.copied().collect();
        let people = ids.iter().filter_map(|id| self.records.get(id));
        let here = people.filter(|one| villages(one).iter().any(|village| traits.villages.contains(village)));
        here.map(|one| {
            let mut candidate = candidate(one);
            candidate.traits.phones = sealer.open_list(one, "phones").map(|list| numbers(&list)).unwrap_or_default();
            candidate
        })
        .collect()
    }
}

/// Telephone numbers of a list, digits alone. Of a short one too many have the like.
#[must_use]
pub fn numbers(list: &Value) -> BTreeSet<String> {
    let number = |element: &Value| element.get("number").unwrap_or(element).as_str().map(bare);
    list.as_array().into_iter().flatten().filter_map(number).filter(|number| number.len() >= 7).collect()
}

/// The digits of a telephone number.
#[must_use]
pub fn bare(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
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
            phones: BTreeSet::new(),
        },
        removed: text("register").as_deref() == Some("REMOVED"),
    }
}
