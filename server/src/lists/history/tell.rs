//! One op as the changes it made: a row for each field it set, or one for the record as a whole (taken back, settled,
//! reviewed).

use bianfang_domain::actor::{Actor, Right, Role};
use bianfang_domain::decision::FieldVerdict;
use bianfang_domain::op::{Act, Part, Review};
use bianfang_domain::reason::Reason;
use bianfang_domain::record::Record;
use bianfang_domain::shown;
use serde_json::{Value, json};

use super::FieldChange;
use crate::feed::show;
use crate::records::oplog::LoggedOp;

/// What an op did, by the record before and after it.
pub(super) fn changes(
    reader: &Actor,
    kept: &LoggedOp,
    by: Option<&String>,
    (before, after): (Option<&Record>, Option<&Record>),
) -> Vec<FieldChange> {
    // Before and after as the reader may see them: what was said and kept is the same to them as on every page.
    let cut = |record: Option<&Record>| record.cloned().map(|record| show::masked(reader, record));
    let whole = (before, after);
    let (before, after) = (cut(before), cut(after));
    let told = Telling { role: reader.role, kept, by, before: before.as_ref(), after: after.as_ref(), whole };
    match &kept.op.act {
        Act::Record { .. } | Act::Change { .. } => told.written(),
        Act::Amend { set, reason, .. } => {
            let rows = set.keys().map(|name| told.because(told.field(name, "AMENDED", told.now(name)), reason));
            rows.collect()
        }
        Act::Void { reason } => vec![told.because(told.whole("VOIDED", None), reason)],
        Act::Settle { part, accept, reason } => {
            let row = match (beside(part), part) {
                (Some(name), _) => {
                    let other = told.before.and_then(|record| record.beside(part)).map(|beside| beside.value.clone());
                    told.field(name, if *accept { "CHOSEN" } else { "TURNED_DOWN" }, other)
                }
                (None, part) => told.whole(if *accept { "LET_COUNT" } else { "NOT_COUNTED" }, subject(part)),
            };
            vec![told.because(row, reason)]
        }
        Act::Unsettle { part, reason } => {
            let row = beside(part).map_or_else(
                || told.whole("REOPENED", subject(part)),
                |name| told.field(name, "REOPENED", told.now(name)),
            );
            vec![told.because(row, reason)]
        }
        Act::Review { verdict, comment } => {
            let what = if *verdict == Review::Returned { "RETURNED" } else { "ACCEPTED" };
            vec![told.because(told.whole(what, None), comment.as_deref().unwrap_or_default())]
        }
    }
}

/// The field beside which a part waits.
fn beside(part: &Part) -> Option<&str> {
    match part {
        Part::Field(name) | Part::Value(name, _) => Some(name),
        Part::Whole | Part::Of(_) => None,
    }
}

/// Of whom a part of a fact speaks.
fn subject(part: &Part) -> Option<Value> {
    match part {
        Part::Of(subject) => Some(json!(subject)),
        _ => None,
    }
}

struct Telling<'a> {
    role: Role,
    kept: &'a LoggedOp,
    by: Option<&'a String>,
    before: Option<&'a Record>,
    after: Option<&'a Record>,
    /// Before and after, uncut: what only the eye cannot tell apart is a change all the same.
    whole: (Option<&'a Record>, Option<&'a Record>),
}

impl Telling<'_> {
    fn now(&self, name: &str) -> Option<Value> {
        self.after.and_then(|record| record.doc.get(name)).cloned()
    }

    fn whole(&self, what: &str, to: Option<Value>) -> FieldChange {
        let op = &self.kept.op;
        FieldChange {
            field: None,
            at_ms: op.at.corrected(self.kept.previous_ms, self.kept.received_ms).ms,
            feed: self.kept.feed,
            by: self.by.cloned(),
            what: what.to_owned(),
            from: None,
            to,
            since: match &op.act {
                Act::Change { since, .. } => since.map(|day| day.to_string()),
                _ => None,
            },
            reason: None,
        }
    }

    fn field(&self, name: &str, what: &str, to: Option<Value>) -> FieldChange {
        let from = self.before.and_then(|record| record.doc.get(name)).cloned();
        FieldChange { field: Some(name.to_owned()), from, ..self.whole(what, to) }
    }

    fn because(&self, row: FieldChange, reason: &str) -> FieldChange {
        FieldChange { reason: Some(reason.to_owned()).filter(|reason| !reason.trim().is_empty()), ..row }
    }

    /// A new record, or fields of one changed.
    fn written(&self) -> Vec<FieldChange> {
        let op = &self.kept.op;
        let mut names: Vec<&String> = op.set().into_iter().flat_map(|set| set.keys()).collect();
        // What a new record is given beside what its author said (a draft).
        names.extend(self.after.filter(|_| self.before.is_none()).into_iter().flat_map(|record| record.doc.keys()));
        names.sort();
        names.dedup();
        let written = |name: &str| op.value(name).cloned().map(|value| shown::value(&op.kind, name, value));
        let tell = |name: &String| match self.kept.decision.fields.get(name) {
            None => self.field(name, "SET", self.now(name)),
            Some(FieldVerdict::Conflict) => self.field(name, "CONFLICT", self.now(name)),
            // As it stands for this reader: set, or a proposal.
            Some(FieldVerdict::Held(Reason::IdNumberTaken)) if !self.role.may(Right::Reveal) => {
                let set = self.now(name).is_some() && self.now(name) == written(name);
                self.field(name, if set { "SET" } else { "PROPOSED" }, written(name))
            }
            Some(FieldVerdict::Proposed) => self.field(name, "PROPOSED", written(name)),
            Some(FieldVerdict::Held(_)) => self.field(name, "HELD", written(name)),
        };
        // What was sent unchanged is no change; what is told of an earlier day is one.
        let told = names.into_iter().map(tell);
        let value = |record: Option<&Record>, name: &str| record.and_then(|record| record.doc.get(name)).cloned();
        let changed = |row: &FieldChange| {
            let name = row.field.as_deref().unwrap_or_default();
            row.from != row.to || value(self.whole.0, name) != value(self.whole.1, name)
        };
        told.filter(|row| row.what != "SET" || changed(row) || row.since.is_some()).collect()
    }
}
