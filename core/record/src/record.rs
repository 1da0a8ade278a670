//! A record as both sides keep it: the document, who last set each field, and what was decided about it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::actor::Actor;
use crate::document::Document;
use crate::id::{OpId, RecordId};
use crate::op::{Part, Review, Sealed};
use crate::reason::Reason;
use crate::time::{CorrectedTime, Day};

/// One record of any kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The kind's name.
    pub kind: String,
    /// Its id.
    pub id: RecordId,
    /// The document as it now reads (a fact with its amendments).
    pub doc: Document,
    /// The sealed part, under the keeper's key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sealed: Sealed,
    /// Everything else.
    #[serde(flatten)]
    pub meta: Meta,
    /// The feed number of its last change; 0 on a phone before the server knows it.
    pub revision: u64,
}

/// What is known about a record beside its document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// Which op made it, by whom.
    pub origin: Origin,
    /// Field to the op and revision that last set it (shared data).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, FieldMeta>,
    /// Dated field to its values by day, oldest first.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dated: BTreeMap<String, Vec<Dated>>,
    /// Values kept beside the field until a reviewer chooses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Beside>,
    /// What a rule holds back, smallest part first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<(Part, Reason)>,
    /// Parts that count and yet move nothing in what the fact names besides: a plaque put up that was handed out before takes
    /// none from the lot it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub idle: Vec<Part>,
    /// What a reviewer settled: part to "let it count". Settled stays settled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<(Part, bool)>,
    /// Where it stands with the reviewer.
    #[serde(default)]
    pub review: Review,
    /// What its reviewer wants mended, while it is returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Who last looked at it as its reviewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked: Option<FieldMeta>,
    /// Why it was voided, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voided: Option<String>,
    /// The record that counts in its place: both are one (SAME_AS), whatever chain leads there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_as: Option<RecordId>,
    /// Fingerprints of sealed fields, for uniqueness. Never sent to a phone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fingerprints: BTreeMap<String, String>,
}

/// Where a record came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Its first op.
    pub op: OpId,
    /// Its author, with the divisions they had.
    pub actor: Actor,
    /// When it was written.
    pub written: CorrectedTime,
    /// When the thing happened (for shared data: when written).
    pub happened: CorrectedTime,
    /// UTC milliseconds when the receiver had it: a phone's own work lies there from the moment it is written.
    #[serde(default)]
    pub received_ms: i64,
}

/// Who last set a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMeta {
    /// Feed number of the change.
    pub revision: u64,
    /// The op.
    pub op: OpId,
}

/// A value and the first day it holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dated {
    /// First day.
    pub from: Day,
    /// The value.
    pub value: Value,
}

/// A value kept beside the field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Beside {
    /// The field.
    pub field: String,
    /// The other value.
    pub value: Value,
    /// The op that brought it.
    pub op: OpId,
    /// Why it is beside and not in it.
    pub why: BesideWhy,
    /// The fact that says so, where a fact does and nobody wrote to the record itself. It goes with what the fact says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<RecordId>,
    /// The day from which it would hold (dated fields).
    pub since: Day,
    /// Its sealed form, for a sealed field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
    /// Its fingerprint, for a sealed field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

/// Why a value is kept beside a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BesideWhy {
    /// Waits for the township.
    Proposed,
    /// Another chain set the field since: this is the value that lost for now.
    Conflict,
    /// A rule holds it.
    Held(Reason),
}

impl Record {
    /// The field's value, JSON null where absent.
    #[must_use]
    pub fn value(&self, field: &str) -> &Value {
        self.doc.get(field).unwrap_or(&Value::Null)
    }

    /// Whether a part counts: not voided, not returned, not turned down, nothing of it held.
    #[must_use]
    pub fn counts(&self, part: &Part) -> bool {
        let free = match part {
            Part::Whole => self.meta.held.is_empty(),
            part => self.held_for(part).is_none() && self.held_for(&Part::Whole).is_none(),
        };
        self.stands() && free && self.settled(part) != Some(false)
    }

    /// The day it was entered: its first op was received, or written where no receiver is known.
    #[must_use]
    pub fn entered_on(&self) -> Day {
        let origin = &self.meta.origin;
        Day::of(if origin.received_ms == 0 { origin.written.ms } else { origin.received_ms })
    }

    /// The value beside a field that a part names.
    #[must_use]
    pub fn beside(&self, part: &Part) -> Option<&Beside> {
        let mut newest_first = self.meta.beside.iter().rev();
        newest_first.find(|beside| match part {
            Part::Field(name) => beside.field == *name,
            Part::Value(name, op) => beside.field == *name && beside.op == *op,
            Part::Whole | Part::Of(_) => false,
        })
    }

    /// The document with its dated fields as they stood on a day.
    #[must_use]
    pub fn doc_on(&self, day: Day) -> Cow<'_, Document> {
        if self.meta.dated.values().all(|values| values.len() < 2) {
            return Cow::Borrowed(&self.doc);
        }
        let mut doc = self.doc.clone();
        for field in self.meta.dated.keys() {
            doc.insert(field.clone(), self.value_on(field, day).clone());
        }
        Cow::Owned(doc)
    }

    /// The record that counts for it: another, or itself.
    #[must_use]
    pub fn canonical(&self) -> RecordId {
        self.meta.counts_as.unwrap_or(self.id)
    }

    /// Not voided, not returned, not settled against as a whole.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.meta.voided.is_none() && self.meta.review != Review::Returned && self.settled(&Part::Whole) != Some(false)
    }

    /// Why a part is held.
    #[must_use]
    pub fn held_for(&self, part: &Part) -> Option<Reason> {
        self.meta.held.iter().find(|(held, _)| held == part).map(|(_, reason)| *reason)
    }

    /// Whether a part moves nothing in what the fact names besides.
    #[must_use]
    pub fn is_idle(&self, part: &Part) -> bool {
        self.meta.idle.contains(part)
    }

    /// What a reviewer settled about a part.
    #[must_use]
    pub fn settled(&self, part: &Part) -> Option<bool> {
        self.meta.settled.iter().find(|(settled, _)| settled == part).map(|(_, accept)| *accept)
    }

    /// The days on which a dated field changed, oldest first; its first value reaches back without end.
    pub fn cuts(&self, field: &str) -> impl Iterator<Item = Day> {
        self.meta.dated.get(field).into_iter().flatten().skip(1).map(|dated| dated.from)
    }

    /// The value of a dated field on a day (the earliest known before the first).
    #[must_use]
    pub fn value_on(&self, field: &str, day: Day) -> &Value {
        let Some(values) = self.meta.dated.get(field) else { return self.value(field) };
        values
            .iter()
            .rev()
            .find(|dated| dated.from <= day)
            .or(values.first())
            .map_or(&Value::Null, |dated| &dated.value)
    }

    /// The first day of a dated field's last value; None for what the record was born with, whose first day is not known.
    #[must_use]
    pub fn since(&self, field: &str) -> Option<Day> {
        let born = self.meta.fields.get(field).is_none_or(|meta| meta.op == self.meta.origin.op);
        self.meta.dated.get(field)?.last().map(|dated| dated.from).filter(|_| !born)
    }

    /// The order of folds: when it happened, then the op, never the arrival.
    #[must_use]
    pub fn fold_key(&self) -> (i64, OpId) {
        (self.meta.origin.happened.ms, self.meta.origin.op)
    }
}
