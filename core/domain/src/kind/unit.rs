//! Unit 单位: who employs, garrisons or trains. Never counted as a person. A garrison has the bureau's alias only (驻军一):
//! no military designation is kept anywhere.

use serde_json::Value;

use super::{Fault, Field, Kind, Nature};
use crate::actor::Right;
use crate::document::{Document, id_in, text_in};
use crate::form::Form;
use crate::link::Link;
use crate::projection::{Row, Table, int, text};
use crate::record::Record;

/// The kind. Document: {unit_kind: EMPLOYER|FORCES|TRAINER, name, division, contact_name?, contact_phone?: [number],
/// hiring?: 用人需求, removed?: why it is no more, or was entered in error}.
pub struct Unit;

/// Every field of a unit.
pub const FIELDS: &[Field] = &[
    Field::new("unit_kind", "单位类别", "Kind of unit", Form::Code).of(&["UNIT_KIND"]).proposed().headers(&[
        "单位类别",
        "单位类型",
        "类别",
    ]),
    Field::new("name", "名称", "Name", Form::Text).proposed().headers(&["单位名称", "名称", "企业名称", "单位"]),
    Field::new("division", "区划", "Division", Form::Id).proposed().dated(),
    Field::new("contact_name", "单位联系人", "Contact of the unit", Form::Text).headers(&["联系人", "单位联系人"]),
    Field::new("contact_phone", "单位电话", "Telephone of the unit", Form::Phones)
        .list()
        .sealed(Right::Phones)
        .headers(&["联系电话", "单位电话", "电话"]),
    Field::new("hiring", "用人需求", "Hiring", Form::Text).headers(&["用人需求", "招聘需求", "招工需求"]),
    Field::new("removed", "作废原因", "Why it was taken out", Form::Text).only(Right::Review),
    Field::new("extra", "其他列", "Other columns", Form::Any),
    Field::new("note", "备注", "Note", Form::Text).headers(super::person::fields::NOTE),
];

impl Kind for Unit {
    fn name(&self) -> &'static str {
        "unit"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
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
                    text("name_matched"),
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
                text_in(doc, "name").map(crate::name::matched).into(),
                id_in(doc, "division").into(),
                text_in(doc, "hiring").is_some().into(),
                text_in(doc, "removed").is_none().into(),
            ],
        }]
    }
}
