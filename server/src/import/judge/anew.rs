//! Records that left only because an import was taken back: when a row speaks of one again, it says what the row says, as if
//! the undone import had never been. What somebody else set in the meantime stays, and is told.

use std::collections::BTreeSet;

use bianfang_domain::document::{Document, text_in};
use bianfang_domain::kind;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde_json::{Value, json};

use super::{Judge, Line, Note, RowWrite, Why};
use crate::import::compare::shown;

impl Judge<'_> {
    /// The change that makes a record say what a new one would, and what is told of it.
    pub(super) fn anew(&self, line: &Line, record: &Record, wanted: &Document) -> (RowWrite, Vec<Note>) {
        let (mut set, mut before, mut notes) = (Document::new(), Document::new(), Vec::new());
        let names: BTreeSet<&String> = record.doc.keys().chain(wanted.keys()).collect();
        for name in names {
            let held = self.opened(record, name);
            let mut told = wanted.get(name).cloned().unwrap_or(Value::Null);
            if held == told {
                continue;
            }
            let theirs = record.meta.fields.get(name).is_some_and(|meta| !self.undone.contains(&meta.op.installation));
            if theirs {
                notes.push(Why::Stays.on(line, name, Some(shown(name, &held)), Some(shown(name, &told))));
                continue;
            }
            if told.is_null() && held.is_array() {
                // A protected list is emptied, not dropped: its sealed form would stay.
                told = json!([]);
            }
            if !held.is_null() {
                before.insert(name.clone(), held);
            }
            set.insert(name.clone(), told);
        }
        (RowWrite { since: Some(Day::MIN), ..RowWrite::change(record, set, before) }, notes)
    }

    /// A value as it was typed.
    fn opened(&self, record: &Record, name: &str) -> Value {
        let held = record.value(name).clone();
        let Some(kind) = kind::by_name(&record.kind).filter(|kind| kind::field(*kind, name).sealed.is_some()) else {
            return held;
        };
        let sealer = self.desk.sealer();
        if kind::field(kind, name).list {
            return sealer.open_list(record, name).unwrap_or(held);
        }
        sealer.open(record, name).map_or(held, Value::from)
    }

    /// Whether only imports that were taken back brought a record out of the register.
    pub(super) fn undone_by_import(&self, record: &Record, field: &str) -> bool {
        let last = record.meta.fields.get(field);
        last.is_some_and(|meta| self.undone.contains(&meta.op.installation))
    }
}

/// Whether a record left the register because the import that brought it was taken back.
pub(super) fn was_undone(record: &Record) -> bool {
    text_in(&record.doc, "removed_note").is_some_and(|note| note.starts_with(crate::import::undo::UNDONE))
}
