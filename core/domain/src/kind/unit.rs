//! Unit 单位: who employs, garrisons or trains. Never counted as a person. A garrison has the bureau's alias only (驻军一):
//! no military designation is kept anywhere.

use serde_json::Value;

use super::{Fault, Field, Kind, Nature, Sets};
use crate::actor::Right;
use crate::document::{Document, id_in, text_in};
use crate::link::Link;
use crate::projection::{Row, Table, int, text};
use crate::record::Record;

/// The kind. Document: {unit_kind: EMPLOYER|FORCES|TRAINER, name, division, contact_name?, contact_phone?: [number],
/// hiring?: 用人需求, removed?: why it is no more, or was entered in error}.
pub struct Unit;

impl Kind for Unit {
    fn name(&self) -> &'static str {
        "unit"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn fields(&self) -> &'static [Field] {
        const {
            &[
                Field::new("unit_kind", Sets::Proposed),
                Field::new("name", Sets::Proposed),
                Field::new("division", Sets::Proposed).dated(),
                Field::new("contact_phone", Sets::AtOnce).list().sealed(Right::Phones),
                Field::new("removed", Sets::Only(Right::Review)),
            ]
        }
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "name").ok_or_else(|| Fault::missing("name"))?;
        id_in(doc, "division").ok_or_else(|| Fault::missing("division"))?;
        match text_in(doc, "unit_kind") {
            Some("EMPLOYER" | "FORCES" | "TRAINER") => {}
            Some(_) => return Err(Fault::malformed("unit_kind")),
            None => return Err(Fault::missing("unit_kind")),
        }
        match doc.get("contact_phone") {
            None | Some(Value::Array(_) | Value::Object(_) | Value::Null) => Ok(()),
            Some(_) => Err(Fault::malformed("contact_phone")),
        }
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::place("division")] }
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "unit",
                columns: &[
                    text("unit_kind"),
                    text("name"),
                    text("name_key"),
                    text("division"),
                    int("hiring"),
                    int("counts"),
                ],
                indexes: &[("division", "division, name_key")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        vec![Row {
            table: "unit",
            owner: record.id.to_string(),
            cells: vec![
                text_in(doc, "unit_kind").into(),
                text_in(doc, "name").into(),
                text_in(doc, "name").map(crate::name::sort_key).into(),
                id_in(doc, "division").into(),
                text_in(doc, "hiring").is_some().into(),
                text_in(doc, "removed").is_none().into(),
            ],
        }]
    }
}
