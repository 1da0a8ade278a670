//! Person 服务对象: whom the bureau serves. Counted once, in the responsible division, as the register stood that day.

pub mod fields;
mod span;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use span::{Span, spans};

use super::{Fault, Field, Judgement, Kind, Nature};
use crate::actor::Right;
use crate::codes::PLACEMENT;
use crate::decision::{Case, CaseKind};
use crate::document::{Document, id_in, int_in, text_in};
use crate::id::RecordId;
use crate::life_cycle::{LifeCycle, step};
use crate::link::Link;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::{BesideWhy, Record};
use crate::time::Day;
use crate::warning;
use crate::world::World;

/// The kind. Its fields stand in [`fields`].
pub struct Person;

/// 在册状态. Who is REMOVED comes back ACTIVE, also after a death that was none; nobody leaves without the reason.
const REGISTER: LifeCycle = LifeCycle {
    field: "register",
    begins: &["DRAFT", "REVIEWING", "ACTIVE", "REMOVED"],
    steps: &[
        step("DRAFT", "REVIEWING", Right::Review, &[]),
        step("DRAFT", "ACTIVE", Right::Review, &[]),
        step("DRAFT", "REJECTED", Right::Review, &[]),
        step("REVIEWING", "DRAFT", Right::Review, &[]),
        step("REVIEWING", "ACTIVE", Right::Review, &[]),
        step("REVIEWING", "REJECTED", Right::Review, &[]),
        step("REJECTED", "REVIEWING", Right::Review, &[]),
        step("REJECTED", "ACTIVE", Right::Review, &[]),
        step("ACTIVE", "REMOVED", Right::Review, &["removed_for"]),
        step("REMOVED", "ACTIVE", Right::Review, &[]),
    ],
};

/// 优待证: applying itself stays in the ministry's system; here stands where the card is.
const CARD: LifeCycle = LifeCycle {
    field: "card_state",
    begins: &["NOT_APPLIED", "APPLIED", "MADE", "HANDED_OVER", "LOST", "REPLACING"],
    steps: &[
        step("NOT_APPLIED", "APPLIED", Right::Record, &["card_kind"]),
        step("APPLIED", "NOT_APPLIED", Right::Record, &[]),
        step("APPLIED", "MADE", Right::Record, &[]),
        step("MADE", "HANDED_OVER", Right::Record, &[]),
        step("HANDED_OVER", "LOST", Right::Record, &[]),
        step("HANDED_OVER", "REPLACING", Right::Record, &[]),
        step("LOST", "REPLACING", Right::Record, &[]),
        step("LOST", "HANDED_OVER", Right::Record, &[]),
        step("REPLACING", "MADE", Right::Record, &[]),
        step("REPLACING", "HANDED_OVER", Right::Record, &[]),
        // Another department hands cards over too: what was never applied for here may be in the hand already.
        step("NOT_APPLIED", "HANDED_OVER", Right::Review, &["card_kind"]),
    ],
};

/// How far the id number can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IdState {
    /// 有效: it passed its check and is nobody else's.
    Valid,
    /// 存疑: one was given that fails its check, cannot be opened or is another's.
    Suspect,
    /// 缺失
    Missing,
}

/// How far the id number can be relied on, as it follows from what was written.
#[must_use]
pub fn id_state(person: &Record) -> IdState {
    let suspect =
        |other: &&crate::record::Beside| other.field == "id_number" && matches!(other.why, BesideWhy::Held(_));
    if text_in(&person.doc, "id_number").is_some() {
        IdState::Valid
    } else if person.meta.beside.iter().any(|other| suspect(&other)) {
        IdState::Suspect
    } else {
        IdState::Missing
    }
}

/// Whether the register has them as dead. A word of a death that was taken back never was one.
#[must_use]
pub fn deceased(person: &Record) -> bool {
    text_in(&person.doc, "life") == Some("DECEASED")
}

/// The day a person died, as far as the register names one. The day it was told or entered is none.
#[must_use]
pub fn died_on(person: &Record) -> Option<Day> {
    int_in(&person.doc, "died_on").filter(|_| deceased(person)).and_then(|day| i32::try_from(day).ok()).map(Day)
}

/// The day after which nobody can have been met: that of the death, or where the register knows no day the one from which it
/// has them as deceased, which is only the last on which it can have been.
#[must_use]
pub fn gone_by(person: &Record) -> Option<Day> {
    let told = || person.since("life").unwrap_or(Day::of(person.meta.origin.written.ms));
    deceased(person).then(|| died_on(person).unwrap_or_else(told))
}

/// Ways of 安置, in a sheet's own words, in which one finds work oneself or draws money instead; every other is a placement by
/// the state.
const UNPLACED: [&str; 6] = ["自主就业", "自主择业", "逐月", "复员", "供养", "退休"];

/// Whether the state places who is discharged this way in work. Forms write the code, sheets their words.
fn by_the_state(placement: &str) -> bool {
    match PLACEMENT.item(placement) {
        Some(item) => item.code == "ASSIGNED",
        None => !UNPLACED.iter().any(|word| placement.contains(word)),
    }
}

/// The year in which the state placed a person in work (安置年度), if the register says so.
#[must_use]
pub fn placed_year(doc: &Document) -> Option<i32> {
    let kind = text_in(doc, "placement_kind").unwrap_or_default();
    let year = match doc.get("placement_year")? {
        Value::String(text) => text.get(..4)?.parse().ok(),
        value => value.as_i64().and_then(|year| i32::try_from(year).ok()),
    };
    year.filter(|year| (1950..=9999).contains(year) && by_the_state(kind))
}

/// Telephone numbers as far as the reader may see them, written plainly or with their owner beside.
#[must_use]
pub fn phones(person: &Record) -> Vec<String> {
    let number = |phone: &Value| phone.as_str().or_else(|| phone.get("number")?.as_str()).map(str::to_owned);
    person.value("phones").as_array().into_iter().flatten().filter_map(number).collect()
}

/// Category codes, as they stand last.
#[must_use]
pub fn categories(person: &Record) -> Vec<String> {
    categories_on(person, Day::MAX)
}

/// Category codes of a day.
#[must_use]
pub fn categories_on(person: &Record, day: Day) -> Vec<String> {
    let list = person.value_on("categories", day).as_array().into_iter().flatten();
    list.filter_map(|code| code.as_str().map(str::to_owned)).collect()
}

/// Whether a person lived in a household on a day. What they were entered with reaches back without end. Whom another record
/// counts for lives where that one does.
#[must_use]
pub fn lives_in(person: &Record, household: RecordId, day: Day) -> bool {
    let lives = person.value_on("household", day).as_str().and_then(|id| id.parse().ok()) == Some(household);
    lives && person.meta.counts_as.is_none()
}

/// The division that owes the visit on a day: the override, else the living one (if inside the county), else the registered.
#[must_use]
pub fn responsible_on(person: &Record, day: Day) -> Option<RecordId> {
    let id = |field: &str| person.value_on(field, day).as_str().and_then(|id| id.parse().ok());
    id("responsible_division").or_else(|| id("living_division")).or_else(|| id("registered_division"))
}

impl Kind for Person {
    fn name(&self) -> &'static str {
        "person"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn fields(&self) -> &'static [Field] {
        fields::FIELDS
    }

    fn life_cycles(&self) -> &'static [LifeCycle] {
        &[REGISTER, CARD]
    }

    /// Outside the server a birth date shows to the month, and a remark without the numbers in it.
    fn repeats(&self, field: &str, stands: &Value, said: &Value) -> bool {
        let open = stands.is_string() && stands != said;
        open && crate::shown::value(self.name(), field, stands.clone()) == *said
    }

    fn contradictions(&self, doc: &Document) -> Vec<(&'static str, Reason)> {
        warning::contradictions(doc)
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "name").ok_or_else(|| Fault::missing("name"))?;
        if text_in(doc, "removed_for") == Some("OTHER") && text_in(doc, "removed_note").is_none() {
            return Err(Fault::missing("removed_note"));
        }
        for field in ["phones", "tags", "restricted_tags", "contact_staff"] {
            // As a whole list, or as what comes and goes.
            if !matches!(doc.get(field), None | Some(Value::Array(_) | Value::Object(_) | Value::Null)) {
                return Err(Fault::malformed(field));
            }
        }
        if id_in(doc, "registered_division").is_none() && id_in(doc, "living_division").is_none() {
            return Err(Fault::missing("living_division"));
        }
        match doc.get("categories") {
            None | Some(Value::Array(_) | Value::Null) => Ok(()),
            Some(_) => Err(Fault::malformed("categories")),
        }
    }

    fn starts_with(&self, doc: &Document, reviewer: bool) -> Vec<(&'static str, Value)> {
        if reviewer && text_in(doc, "register").is_some() { Vec::new() } else { vec![("register", json!("DRAFT"))] }
    }

    fn holds_unique(&self, doc: &Document) -> bool {
        text_in(doc, "register") != Some("REMOVED")
    }

    fn links(&self) -> &'static [Link] {
        const {
            &[
                Link::place("living_division"),
                Link::place("registered_division"),
                Link::place("responsible_division"),
                // What a household is entitled to (its plaque) hangs on who lives in it.
                Link::reader("household").tie(),
            ]
        }
    }

    /// Whether two are one person is asked no more once neither has the other's number beside it. What was said with SAME_AS
    /// answers by itself.
    fn judge(&self, person: &Record, _facts: &[&Record], world: &World) -> Judgement {
        let said = |case: &Case| {
            let facts = world.facts(person.id, "same_as");
            facts
                .iter()
                .any(|fact| case.subjects.iter().all(|id| super::same_as::SameAs.subjects(&fact.doc).contains(id)))
        };
        let between =
            crate::case::opened_between(person.id, CaseKind::Merge, world).filter(|_| person.kind == self.name());
        let answered = between.filter(|case| !said(case) && !super::same_as::one_number(world, case)).collect();
        Judgement { answered, ..Judgement::default() }
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[
                Table {
                    name: "person",
                    columns: &[
                        text("name"),
                        text("name_key"),
                        text("name_matched"),
                        text("id_masked"),
                        text("id_print"),
                        text("household"),
                        text("division"),
                        text("register"),
                        text("life"),
                        int("gone_by"),
                        text("sex"),
                        text("birth"),
                        text("phone"),
                        text("id_state"),
                        text("card_state"),
                        text("presence"),
                        int("key_contact"),
                        // The record that counts for them, where it is another.
                        text("counts_as"),
                    ],
                    indexes: &[
                        ("counts_as", "counts_as"),
                        ("household", "household"),
                        ("name", "name_key"),
                        ("name_matched", "name_matched"),
                        ("birth", "birth"),
                        ("division", "division, name_key"),
                    ],
                    unique: &[(
                        "one_id_number",
                        "id_print",
                        "id_print is not null and coalesce(register, '') <> 'REMOVED'",
                    )],
                },
                // One row for each stretch of days in which nothing that figures read of the person changed.
                Table {
                    name: "person_span",
                    columns: &[
                        int("from_day"),
                        int("to_day"),
                        text("division"),
                        int("counted"),
                        text("categories"),
                        int("entered_day"),
                    ],
                    indexes: &[("division", "division, counted, from_day, to_day, owner")],
                    unique: &[],
                },
            ]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        let owner = record.id.to_string();
        let mut rows = vec![Row {
            table: "person",
            owner: owner.clone(),
            cells: vec![
                text_in(doc, "name").into(),
                text_in(doc, "name").map(crate::name::sort_key).into(),
                text_in(doc, "name").map(crate::name::matched).into(),
                text_in(doc, "id_number").into(),
                record.meta.fingerprints.get("id_number").cloned().into(),
                id_in(doc, "household").into(),
                responsible_on(record, Day::MAX).into(),
                text_in(doc, "register").into(),
                text_in(doc, "life").into(),
                gone_by(record).into(),
                text_in(doc, "sex").into(),
                text_in(doc, "birth").into(),
                phones(record).first().map(|number| crate::mask::phone(number)).into(),
                code(&id_state(record)).into(),
                text_in(doc, "card_state").into(),
                text_in(doc, "presence").into(),
                doc.get("key_contact").and_then(Value::as_bool).unwrap_or(false).into(),
                record.meta.counts_as.into(),
            ],
        }];
        rows.extend(spans(record).into_iter().map(|span| Row {
            table: "person_span",
            owner: owner.clone(),
            cells: vec![
                span.from.into(),
                span.to.into(),
                span.division.into(),
                span.counted.into(),
                format!(" {} ", span.categories.join(" ")).into(),
                record.entered_on().into(),
            ],
        }));
        rows
    }
}

/// The code of an enumeration as documents have it.
fn code(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
