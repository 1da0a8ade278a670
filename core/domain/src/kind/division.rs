//! Division 区划: county, township, village. The tree that scope and figures hang on; changed by the county only.

use super::{Fault, Field, Flow, Kind, Nature, Sets};
use crate::actor::Right;
use crate::document::{Document, id_in, text_in};
use crate::id::RecordId;
use crate::projection::{Row, Table, int, text};
use crate::record::Record;

/// The kind. Document: {name, level: COUNTY|TOWNSHIP|VILLAGE, parent?, code12?}.
pub struct Division;

const COUNTY: Sets = Sets::Only(Right::County);

impl Kind for Division {
    fn name(&self) -> &'static str {
        "division"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn flow(&self) -> Flow {
        Flow::Down
    }

    fn fields(&self) -> &'static [Field] {
        const {
            &[
                Field::new("name", COUNTY),
                Field::new("level", COUNTY),
                Field::new("parent", COUNTY).placing(),
                Field::new("code12", COUNTY),
            ]
        }
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "name").ok_or_else(|| Fault::missing("name"))?;
        match text_in(doc, "level") {
            Some("COUNTY") => Ok(()),
            Some("TOWNSHIP" | "VILLAGE") if id_in(doc, "parent").is_some() => Ok(()),
            Some("TOWNSHIP" | "VILLAGE") => Err(Fault::missing("parent")),
            _ => Err(Fault::malformed("level")),
        }
    }

    fn places(&self, id: RecordId, _doc: &Document) -> Vec<RecordId> {
        vec![id]
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "division",
                columns: &[text("name"), text("level"), text("parent"), text("code12"), int("depth")],
                indexes: &[("parent", "parent")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        let depth = match text_in(doc, "level") {
            Some("COUNTY") => 0,
            Some("TOWNSHIP") => 1,
            _ => 2,
        };
        vec![Row {
            table: "division",
            owner: record.id.to_string(),
            cells: vec![
                text_in(doc, "name").into(),
                text_in(doc, "level").into(),
                id_in(doc, "parent").into(),
                text_in(doc, "code12").into(),
                i64::from(depth).into(),
            ],
        }]
    }
}
