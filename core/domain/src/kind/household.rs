//! Household 户: where people live together, and where a plaque hangs. Its members are the persons that name it.
//! 分户 is a new household to which some members move; 并户 is a mark on the one that ends, whose members and plaque
//! questions go to the other; 迁移 is another division and address from a day on.

use std::collections::BTreeSet;

use serde_json::Value;

use super::plaque::event::{act, brings};
use super::{Fault, Field, Judgement, Kind, Nature};
use crate::actor::Right;
use crate::case;
use crate::decision::{Case, CaseKind, Raised};
use crate::document::{Document, id_in, text_in};
use crate::form::Form;
use crate::id::RecordId;
use crate::life_cycle::{LifeCycle, step};
use crate::link::Link;
use crate::op::Part;
use crate::projection::{Row, Table, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::{Input, World};

/// The kind. Document: {head_name, head?: person, division, address?, registered_address?, point?: {lat, lon, accuracy_m,
/// source}, door_photo?: photo id or SHA-256, way_note?, register: ACTIVE|MERGED|REMOVED, merged_into?, removed_note?,
/// withdrawn_members?: [person], household_no?: 户号 as a sheet has it, split_from?}.
pub struct Household;

/// 在户 → 并入另一户, or 注销 where it was entered in error; and back where that was a mistake.
const REGISTER: LifeCycle = LifeCycle {
    field: "register",
    begins: &["ACTIVE"],
    steps: &[
        step("ACTIVE", "MERGED", Right::Review, &["merged_into"]),
        step("MERGED", "ACTIVE", Right::Review, &[]),
        step("ACTIVE", "REMOVED", Right::Review, &["removed_note"]),
        step("REMOVED", "ACTIVE", Right::Review, &[]),
    ],
};

/// Every field of a household.
pub const FIELDS: &[Field] = &[
    Field::new("head_name", "户主", "Head", Form::Name).proposed().headers(&["户主姓名", "户主"]),
    Field::new("head", "户主", "Head", Form::Id).proposed(),
    Field::new("household_no", "户号", "Household no.", Form::Text).headers(&["户号", "户编号", "户口簿号"]),
    Field::new("division", "区划", "Division", Form::Id).proposed().dated(),
    Field::new("address", "住址", "Address", Form::Text),
    Field::new("registered_address", "户籍地址", "Registered address", Form::Text).proposed(),
    Field::new("point", "位置", "Point", Form::Any),
    Field::new("door_photo", "门牌照片", "Photo of the door", Form::Text),
    Field::new("way_note", "找路说明", "How to find it", Form::Text),
    Field::new("register", "登记状态", "Register", Form::Code).of(&["REGISTER"]).proposed().dated(),
    // By days like the state it belongs to: a merger told late does not part the two.
    Field::new("merged_into", "并入", "Merged into", Form::Id).proposed().dated(),
    Field::new("removed_note", "移出说明", "Note on the removal", Form::Text),
    Field::new("split_from", "分自", "Split from", Form::Id),
    Field::new("withdrawn_members", "撤户时的成员", "Members when it was withdrawn", Form::Any),
];

impl Kind for Household {
    fn name(&self) -> &'static str {
        "household"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn life_cycles(&self) -> &'static [LifeCycle] {
        &[REGISTER]
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        text_in(doc, "head_name").ok_or_else(|| Fault::missing("head_name"))?;
        id_in(doc, "division").ok_or_else(|| Fault::missing("division"))?;
        if text_in(doc, "register") == Some("MERGED") && id_in(doc, "merged_into").is_none() {
            return Err(Fault::missing("merged_into"));
        }
        match doc.get("point") {
            None | Some(Value::Null) => Ok(()),
            Some(point) if on_earth(point) => Ok(()),
            Some(_) => Err(Fault::malformed("point")),
        }
    }

    fn check_around(&self, id: RecordId, doc: &Document, _since: Day, world: &World) -> Result<(), Fault> {
        let itself = id_in(doc, "merged_into") == Some(id) || id_in(doc, "split_from") == Some(id);
        let fault = |reason| Err(Fault { reason, field: "merged_into".into() });
        if itself {
            fault(Reason::Malformed)
        } else if ends_in(doc).is_some_and(|into| no_household(into, world)) {
            fault(Reason::TargetUnknown)
        } else if comes_back(id, doc, world) {
            fault(Reason::MergedAlready)
        } else {
            Ok(())
        }
    }

    fn links(&self) -> &'static [Link] {
        const {
            &[
                Link::place("division"), // The one it goes into is judged again: two plaques may now hang on one family's walls.
                Link::reader("merged_into").tie().chain(),
            ]
        }
    }

    /// A hung plaque on both of two merged households: which stays is decided by people.
    fn judge(&self, household: &Record, _facts: &[&Record], world: &World) -> Judgement {
        let hangs = |id: RecordId| {
            let facts = world.facts(id, "plaque_event");
            let counted: Vec<&Record> = facts.into_iter().filter(|fact| fact.counts(&Part::Whole)).collect();
            super::PlaqueEvent::fold(id, &counted, world).state.state.on_wall()
        };
        let merged = |record: &Record| Some((record.id, ends_in(&record.doc)?));
        let mut pairs: Vec<(RecordId, RecordId)> = merged(household).into_iter().collect();
        // Also those that were to end here once and now end elsewhere are found.
        let others = world.facts(household.id, "household").into_iter().filter_map(merged);
        pairs.extend(others.filter(|(_, into)| *into == household.id));
        let both = pairs.into_iter().filter(|(one, other)| hangs(*one) && hangs(*other));
        let cases = both.map(|(one, other)| {
            let mut subjects = vec![one, other];
            subjects.sort();
            Case { kind: CaseKind::Double, subjects, facts: Vec::new() }
        });
        let cases: Vec<Case> = cases.collect();
        // The merger was undone, or one of the plaques came off its wall.
        let households = |case: &Case| case.subjects.iter().all(|id| !no_household(*id, world));
        let between = case::opened_between(household.id, CaseKind::Double, world).filter(households);
        let answered = between.filter(|case| !cases.contains(case)).collect();
        let brought = |id: &RecordId| {
            let facts = world.facts(*id, "plaque_event").into_iter();
            facts.filter(|fact| act(&fact.doc).is_some_and(brings)).count()
        };
        // One that came off its wall and hangs again is new.
        let weight = |case: &Case| case.subjects.iter().map(brought).sum::<usize>() as u64;
        let cases = cases.into_iter().map(|case| Raised { weight: weight(&case), case }).collect();
        Judgement { cases, answered, ..Judgement::default() }
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "household",
                columns: &[
                    text("head_name"),
                    text("head_key"),
                    text("division"),
                    text("address"),
                    text("register"),
                    text("merged_into"),
                ],
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
                REGISTER.state(doc).into(),
                id_in(doc, "merged_into").into(),
            ],
        }]
    }
}

/// The household that one went into.
fn ends_in(doc: &Document) -> Option<RecordId> {
    id_in(doc, "merged_into").filter(|_| text_in(doc, "register") == Some("MERGED"))
}

fn no_household(id: RecordId, world: &World) -> bool {
    match world.record(id) {
        Input::Known(record) => record.is_none_or(|record| record.kind != "household"),
        Input::Elsewhere => false,
    }
}

/// Whether a household would, merger by merger, end in itself: then nobody could say where its members belong.
fn comes_back(id: RecordId, doc: &Document, world: &World) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = ends_in(doc);
    while let Some(here) = next.filter(|here| *here != id && seen.insert(*here)) {
        next = world.find(here).and_then(|record| ends_in(&record.doc));
    }
    next == Some(id)
}

/// Whether a member goes along when the household moves: who lives there. A son who works in town stays where he is.
#[must_use]
pub fn moves_along(household: &Record, member: &Record) -> bool {
    member.value("living_division") == household.value("division")
}

/// WGS-84 degrees.
fn on_earth(point: &Value) -> bool {
    let degrees = |name: &str, most: f64| {
        let value = point.get(name).and_then(Value::as_f64);
        value.is_some_and(|value| value.abs() <= most)
    };
    degrees("lat", 90.0) && degrees("lon", 180.0)
}
