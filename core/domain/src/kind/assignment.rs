//! Assignment 指派: who takes care of a person or a household, by hand or by a campaign; "taken today" shows colleagues who
//! is already on the way there.

use super::{Fault, Field, Kind, Nature};
use crate::document::{Document, id_in, int_in, text_in};
use crate::form::Form;
use crate::link::Link;
use crate::projection::{Row, Table, int, text};
use crate::record::Record;
use crate::time::Day;

/// The kind. Document: {person | household, owner (account), name, on (day: taken for that day) | due_on (day), why,
/// state OPEN|DONE|DROPPED}.
pub struct Assignment;

fn day_in(doc: &Document, field: &str) -> Option<Day> {
    int_in(doc, field).and_then(|day| i32::try_from(day).ok()).map(Day)
}

/// Every field of an assignment.
pub const FIELDS: &[Field] = &[
    Field::new("person", "人员", "Person", Form::Id),
    Field::new("household", "户", "Household", Form::Id),
    Field::new("owner", "承办人", "Owner", Form::Text),
    Field::new("name", "姓名", "Name", Form::Text),
    Field::new("on", "认领日期", "Taken for", Form::Day),
    Field::new("due_on", "到期日", "Due on", Form::Day),
    Field::new("why", "事由", "Why", Form::Text),
    Field::new("state", "状态", "State", Form::Code),
];

impl Kind for Assignment {
    fn name(&self) -> &'static str {
        "assignment"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        if id_in(doc, "person").is_none() && id_in(doc, "household").is_none() {
            return Err(Fault::missing("person"));
        }
        text_in(doc, "owner").ok_or_else(|| Fault::missing("owner"))?;
        for field in ["on", "due_on"] {
            if doc.contains_key(field) && day_in(doc, field).is_none() {
                return Err(Fault::malformed(field));
            }
        }
        match text_in(doc, "state") {
            Some("OPEN" | "DONE" | "DROPPED") => Ok(()),
            _ => Err(Fault::malformed("state")),
        }
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("person"), Link::subject("household")] }
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "assignment",
                columns: &[
                    text("person"),
                    text("household"),
                    text("account"),
                    text("name"),
                    int("on_day"),
                    int("due_on"),
                    text("why"),
                    int("made_day"),
                    int("open"),
                ],
                indexes: &[("person", "person"), ("household", "household"), ("open", "open, on_day")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        vec![Row {
            table: "assignment",
            owner: record.id.to_string(),
            cells: vec![
                id_in(doc, "person").into(),
                id_in(doc, "household").into(),
                text_in(doc, "owner").into(),
                text_in(doc, "name").into(),
                day_in(doc, "on").into(),
                day_in(doc, "due_on").into(),
                text_in(doc, "why").into(),
                Day::of(record.meta.origin.written.ms).into(),
                (text_in(doc, "state") == Some("OPEN")).into(),
            ],
        }]
    }
}
