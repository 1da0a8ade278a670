//! Basis person 荣誉主体: whose service a family's plaque and merit letters rest on. Not served, in no denominator, never
//! a unit. A serving soldier who is discharged becomes somebody whom the bureau serves: a proposed person and the
//! must-visit 返乡.

use serde_json::{Value, json};

use super::{Fault, Field, Kind, Nature};
use crate::actor::Right;
use crate::decision::Opened;
use crate::document::{Document, id_in, text_in};
use crate::form::Form;
use crate::id::RecordId;
use crate::life_cycle::{LifeCycle, step};
use crate::link::Link;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::warning;
use crate::world::World;

/// The kind. Document: {basis: SERVING|VETERAN|MARTYR|ON_DUTY|ILLNESS, name, household?, division?: where no household is
/// known yet, relations: [{person, relation}], certificate_no?, enlisted?, discharged?, died_on?, plaque_at?: the
/// household the soldier chose where parents are divorced, parents_household?, removed?: why it was entered in error}.
pub struct BasisPerson;

/// 现役 → 退役 or one of the three deaths; what is in the papers wrongly, the county corrects.
const BASIS: LifeCycle = LifeCycle {
    field: "basis",
    begins: &["SERVING", "VETERAN", "MARTYR", "ON_DUTY", "ILLNESS"],
    steps: &[
        step("SERVING", "VETERAN", Right::Review, &["discharged"]),
        step("SERVING", "MARTYR", Right::County, &["certificate_no"]),
        step("SERVING", "ON_DUTY", Right::County, &["certificate_no"]),
        step("SERVING", "ILLNESS", Right::County, &["certificate_no"]),
        step("VETERAN", "SERVING", Right::County, &[]),
        step("ILLNESS", "ON_DUTY", Right::County, &["certificate_no"]),
        step("ILLNESS", "MARTYR", Right::County, &["certificate_no"]),
        step("ON_DUTY", "MARTYR", Right::County, &["certificate_no"]),
    ],
};

/// Not entered in error.
#[must_use]
pub fn stands(basis: &Record) -> bool {
    text_in(&basis.doc, "removed").is_none()
}

/// The person that a discharge opens: follows from the basis person, so that two who decide it open one.
fn person_of(basis: RecordId) -> RecordId {
    RecordId::derived(&["discharged", &basis.to_string()])
}

/// What a discharged soldier's record opens: a DRAFT with what is known and the trigger of the must-visit. None while
/// serving. `division` is where they come home to.
#[must_use]
pub fn discharged(basis: &Record, division: RecordId) -> Option<Opened> {
    let discharged = text_in(&basis.doc, "discharged").filter(|_| text_in(&basis.doc, "basis") == Some("VETERAN"))?;
    let mut fields = Document::new();
    for field in ["name", "household", "enlisted"] {
        if let Some(value) = basis.doc.get(field) {
            fields.insert(field.to_owned(), value.clone());
        }
    }
    fields.insert("living_division".into(), json!(division));
    fields.insert("discharged".into(), json!(discharged));
    fields.insert("basis_person".into(), json!(basis.id));
    // 返乡必访: due until a visit names it, also before the township made the draft a person of the register.
    fields.insert("must_visit".into(), json!("RETURNED_HOME"));
    Some(Opened { kind: "person".into(), id: person_of(basis.id), fields })
}

/// Every field of a basis person.
pub const FIELDS: &[Field] = &[
    Field::new("basis", "荣誉主体类别", "Basis", Form::Code).of(&["BASIS"]).proposed().dated().headers(&[
        "荣誉主体类别",
        "类别",
        "主体类别",
    ]),
    Field::new("name", "姓名", "Name", Form::Name).proposed().headers(&["姓名", "军人姓名", "荣誉主体姓名"]),
    Field::new("household", "户", "Household", Form::Id).proposed().dated(),
    Field::new("division", "区划", "Division", Form::Id).proposed().dated(),
    Field::new("relations", "与家庭成员关系", "Relations", Form::Any).list(),
    Field::new("certificate_no", "证件编号", "Certificate no.", Form::Text).proposed().headers(&[
        "证件编号",
        "证书编号",
        "烈士证编号",
    ]),
    Field::new("enlisted", "入伍时间", "Enlisted", Form::Date).headers(&["入伍时间", "入伍年月"]),
    Field::new("discharged", "退役时间", "Discharged", Form::Date).headers(&["退役时间", "退伍时间"]),
    Field::new("died_on", "去世日期", "Died on", Form::Day).headers(&["去世日期", "牺牲时间", "病故时间"]),
    Field::new("plaque_at", "本人选定悬挂的户", "Home chosen for the plaque", Form::Id).proposed().dated(),
    Field::new("parents_household", "父母的户", "Parents' household", Form::Id).dated(),
    Field::new("removed", "作废原因", "Why it was taken out", Form::Text).only(Right::Review),
];

impl Kind for BasisPerson {
    fn name(&self) -> &'static str {
        "basis_person"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn life_cycles(&self) -> &'static [LifeCycle] {
        &[BASIS]
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "name").ok_or_else(|| Fault::missing("name"))?;
        text_in(doc, "basis").ok_or_else(|| Fault::missing("basis"))?;
        if id_in(doc, "household").is_none() && id_in(doc, "division").is_none() {
            return Err(Fault::missing("household"));
        }
        match doc.get("relations") {
            None | Some(Value::Array(_) | Value::Object(_) | Value::Null) => Ok(()),
            Some(_) => Err(Fault::malformed("relations")),
        }
    }

    /// One who was a veteran from the first word on came home long ago: the discharge must have been told of a soldier.
    fn opens(&self, before: Option<&Record>, record: &Record, world: &World) -> Vec<Opened> {
        let serving = |before: &Record| text_in(&before.doc, "basis") != Some("VETERAN");
        // Of one who was taken out it is not known what was opened: the discharge that was said meanwhile opens now.
        let born = record.meta.fields.get("basis").is_none_or(|meta| meta.op == record.meta.origin.op);
        let served = before.is_some_and(|before| serving(before) || (!stands(before) && !born));
        let home = world.divisions(record.id).into_iter().next().filter(|_| served && stands(record));
        home.and_then(|division| discharged(record, division)).into_iter().collect()
    }

    fn contradictions(&self, doc: &Document) -> Vec<(&'static str, Reason)> {
        warning::contradictions(doc)
    }

    fn links(&self) -> &'static [Link] {
        const {
            &[
                Link::subject("household").tie(),
                // A plaque rests on it, also one at the parents' home.
                Link::reader("plaque_at").tie(),
                Link::reader("parents_household").tie(),
                Link::place("division"),
            ]
        }
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "basis_person",
                columns: &[
                    text("basis"),
                    text("name"),
                    text("name_key"),
                    text("name_matched"),
                    text("household"),
                    text("division"),
                    text("plaque_at"),
                    int("counts"),
                ],
                indexes: &[("household", "household")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        vec![Row {
            table: "basis_person",
            owner: record.id.to_string(),
            cells: vec![
                text_in(doc, "basis").into(),
                text_in(doc, "name").into(),
                text_in(doc, "name").map(crate::name::sort_key).into(),
                text_in(doc, "name").map(crate::name::matched).into(),
                id_in(doc, "household").into(),
                id_in(doc, "division").into(),
                id_in(doc, "plaque_at").into(),
                stands(record).into(),
            ],
        }]
    }
}
