//! What the ledgers read: records with the parts that the order allows, and values of documents as text.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::codes::Codes;
use bianfang_domain::document::{Document, id_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::op::Part;
use bianfang_domain::record::Record;
use serde_json::Value;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::ask::Order;
use crate::ServerError;
use crate::county::Desk;
use crate::db::sql::{Statement, all_in};
use crate::records::{read, scope};

/// A reading of one order, in one snapshot of the database.
pub struct Reading<'a> {
    /// The snapshot.
    pub conn: &'a mut AnyConnection,
    /// The county and its keys.
    pub desk: Desk<'a>,
    /// The county's words.
    pub codes: &'a Codes,
    pub(super) order: &'a Order,
    pub(super) seen: Option<&'a BTreeSet<RecordId>>,
}

impl Reading<'_> {
    /// Records by id; protected fields opened where the order is for full data, else as the open part shows them: masked.
    /// Of a person who lies in no division of the exporter's nothing is told: their document is empty ([`foreign`]).
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn records(
        &mut self,
        ids: impl IntoIterator<Item = RecordId>,
    ) -> Result<BTreeMap<RecordId, Record>, ServerError> {
        let ids: BTreeSet<RecordId> = ids.into_iter().collect();
        let mut records = read::get_many(self.conn, self.desk.county, ids).await?;
        if let Some(divisions) = self.seen {
            let people: Vec<RecordId> =
                records.iter().filter(|record| record.kind == "person").map(|record| record.id).collect();
            let seen = scope::within(self.conn, self.desk.county, divisions, &people).await?;
            for record in records.iter_mut().filter(|record| record.kind == "person" && !seen.contains(&record.id)) {
                record.doc.clear();
                record.sealed.clear();
            }
        }
        Ok(records.into_iter().map(|record| self.opened(record)).map(|record| (record.id, record)).collect())
    }

    /// Rows of a statement over a list of ids, each asked for once.
    ///
    /// # Errors
    /// [`ServerError::Database`].
    pub async fn rows_in(
        &mut self,
        ids: impl IntoIterator<Item = RecordId>,
        make: impl Fn(&[String]) -> Statement,
    ) -> Result<Vec<AnyRow>, ServerError> {
        let mut ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
        ids.sort();
        ids.dedup();
        Ok(all_in(self.conn, &ids, make).await?)
    }

    /// The facts of a kind about some records, as far as they stand.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn facts(
        &mut self,
        kind: &'static str,
        subjects: impl Iterator<Item = RecordId>,
    ) -> Result<Vec<Record>, ServerError> {
        let subjects: BTreeSet<RecordId> = subjects.collect();
        let facts = read::about(self.conn, self.desk.county, (subjects, kind)).await?;
        Ok(facts.into_iter().filter(Record::stands).map(|fact| self.opened(fact)).collect())
    }

    /// Steps of a kind that count, by the record that each names in a field, oldest first.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn steps(
        &mut self,
        (kind, field): (&'static str, &'static str),
        subjects: impl Iterator<Item = RecordId>,
    ) -> Result<BTreeMap<RecordId, Vec<Record>>, ServerError> {
        let mut steps: BTreeMap<RecordId, Vec<Record>> = BTreeMap::new();
        for step in self.facts(kind, subjects).await? {
            if let Some(about) = id_in(&step.doc, field).filter(|_| step.counts(&Part::Whole)) {
                steps.entry(about).or_default().push(step);
            }
        }
        steps.values_mut().for_each(|steps| steps.sort_by_key(Record::fold_key));
        Ok(steps)
    }

    /// Whether the order takes this person in: their categories, as far as it names one.
    #[must_use]
    pub fn wants(&self, person: &Record) -> bool {
        let wanted = self.order.category.as_deref();
        wanted.is_none_or(|code| kind::categories(person).iter().any(|has| has == code))
    }

    /// Whether numbers leave in full, and with them what only few may read.
    #[must_use]
    pub fn full(&self) -> bool {
        self.order.full
    }

    fn opened(&self, mut record: Record) -> Record {
        let fields = kind::by_name(&record.kind).map(|kind| kind.fields()).unwrap_or_default();
        let sealer = self.desk.sealer();
        for field in fields.iter().filter(|field| self.order.full && field.sealed.is_some()) {
            let value = if field.list {
                sealer.open_list(&record, field.name)
            } else {
                sealer.open(&record, field.name).map(Value::String)
            };
            if let Some(value) = value {
                record.doc.insert(field.name.to_owned(), value);
            }
        }
        record
    }
}

/// Whether somebody lies in no division of the exporter's.
#[must_use]
pub fn foreign(person: &Record) -> bool {
    person.doc.is_empty()
}

/// What a field of a document says.
#[must_use]
pub fn text(doc: &Document, field: &str) -> Option<String> {
    plain(doc.get(field)?)
}

/// A value as a cell says it; several joined by 、.
#[must_use]
pub fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::Array(list) => list.iter().filter_map(plain).collect::<Vec<_>>().join("、"),
        Value::Object(map) => {
            let named = ["name", "number", "text", "value"].iter().find_map(|key| map.get(*key));
            return named.and_then(plain);
        }
        Value::Null => String::new(),
    };
    Some(text).filter(|text| !text.is_empty())
}
