//! Household 户: where people live together, and where a plaque hangs.

use super::{Fault, Field, Kind, Nature, Sets};
use crate::document::{Document, id_in, text_in};
use crate::id::RecordId;
use crate::projection::{Row, Table, text};
use crate::record::Record;

/// The kind. Document: {head_name, division, address?, registered_address?, point?, way_note?, register?}.
pub struct Household;

impl Kind for Household {
    fn name(&self) -> &'static str {
        "household"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn fields(&self) -> &'static [Field] {
        const {
            &[
                Field::new("head_name", Sets::Proposed),
                Field::new("division", Sets::Proposed).placing(),
                Field::new("registered_address", Sets::Proposed),
            ]
        }
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "head_name").ok_or_else(|| Fault::missing("head_name"))?;
        id_in(doc, "division").map(|_| ()).ok_or_else(|| Fault::missing("division"))
    }

    fn places(&self, _id: RecordId, doc: &Document) -> Vec<RecordId> {
        id_in(doc, "division").into_iter().collect()
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "household",
                columns: &[text("head_name"), text("head_key"), text("division"), text("address")],
                indexes: &[("division", "division")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        vec![Row {
            table: "household",
            owner: record.id.to_string(),
            cells: vec![
                text_in(doc, "head_name").into(),
                text_in(doc, "head_name").map(crate::name::sort_key).into(),
                id_in(doc, "division").into(),
                text_in(doc, "address").into(),
            ],
        }]
    }
}
