//! Snooze 暂缓: somebody who is due is put off until a day, with the reason. A fact: it is taken back by a void.

use super::{Fault, Field, Kind, Nature};
use crate::document::{Document, id_in, int_in, text_in};
use crate::form::Form;
use crate::link::Link;
use crate::op::Part;
use crate::projection::{Row, Table, int, text};
use crate::record::Record;
use crate::time::Day;

/// The kind. Document: {person, until (day), reason, at}.
pub struct Snooze;

/// Every field of a snooze.
pub const FIELDS: &[Field] = &[
    Field::new("person", "人员", "Person", Form::Id),
    Field::new("until", "暂缓至", "Until", Form::Day),
    Field::new("reason", "原因", "Reason", Form::Text),
    Field::new("at", "时间", "Time", Form::Moment),
];

impl Kind for Snooze {
    fn name(&self) -> &'static str {
        "snooze"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "person").ok_or_else(|| Fault::missing("person"))?;
        int_in(doc, "at").ok_or_else(|| Fault::missing("at"))?;
        int_in(doc, "until").filter(|day| i32::try_from(*day).is_ok()).ok_or_else(|| Fault::missing("until"))?;
        text_in(doc, "reason").map(|_| ()).ok_or_else(|| Fault::missing("reason"))
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("person")] }
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "snooze",
                columns: &[text("person"), int("until_day"), int("made_day"), text("reason"), int("counts")],
                indexes: &[("person", "person, counts, until_day")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        vec![Row {
            table: "snooze",
            owner: record.id.to_string(),
            cells: vec![
                id_in(&record.doc, "person").into(),
                int_in(&record.doc, "until").and_then(|day| i32::try_from(day).ok()).map(Day).into(),
                Day::of(record.meta.origin.happened.ms).into(),
                text_in(&record.doc, "reason").into(),
                record.counts(&Part::Whole).into(),
            ],
        }]
    }
}
