//! What the ledgers read: records with the parts that the order allows, and values of documents as text.

use std::collections::BTreeMap;

use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde_json::Value;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::ask::Order;
use crate::ServerError;
use crate::write::Desk;
use crate::write::load::{RECORD, read};
use crate::write::sql::{Statement, all_in};

/// A reading of one order, in one snapshot of the database.
pub struct Reading<'a> {
    /// The snapshot.
    pub conn: &'a mut AnyConnection,
    /// The county and its keys.
    pub desk: Desk<'a>,
    pub(super) order: &'a Order,
}

impl Reading<'_> {
    /// Records by id; protected fields opened where the order is for full data, else as the open part shows them: masked.
    ///
    /// # Errors
    /// [`ServerError::Database`], [`ServerError::Row`].
    pub async fn records(
        &mut self,
        ids: impl IntoIterator<Item = RecordId>,
    ) -> Result<BTreeMap<RecordId, Record>, ServerError> {
        let county = self.desk.county;
        let make = |part: &[String]| {
            Statement::new(RECORD).then(" where county = ").bind(county).then(" and id in ").list(part)
        };
        let mut records = BTreeMap::new();
        for row in self.rows_in(ids, make).await? {
            let record = self.opened(read(&row)?.0);
            records.insert(record.id, record);
        }
        Ok(records)
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

/// The first of these places of a document that holds anything: `employment/state` is a field within a field.
#[must_use]
pub fn text(doc: &Document, places: &[&str]) -> Option<String> {
    places.iter().find_map(|place| {
        let (field, within) = place.split_at(place.find('/').unwrap_or(place.len()));
        plain(doc.get(field)?.pointer(within)?)
    })
}

/// A day in a document, written as text (as it stands) or counted from 1970; of several the first.
#[must_use]
pub fn day(doc: &Document, places: &[&str]) -> Option<String> {
    let written = text(doc, places)?;
    match written.parse::<i32>() {
        // A bare year is a year; no day of service lies before 1975 in days, and none in the year 22.
        Ok(year @ 1900..=2200) => Some(year.to_string()),
        Ok(number) if !matches!(written.len(), 6 | 8) => Some(Day(number).to_string()),
        _ => Some(written),
    }
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
