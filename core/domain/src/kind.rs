//! A kind of record, in one file each: its fields, its rules, its projection. Everything else (ops, merging, holding,
//! storage, feed, rebuild) is the mechanism's (`core/record`) and knows kinds only through the trait [`Kind`].

mod assignment;
mod basis_person;
mod case;
mod code_table;
mod contact;
mod division;
mod household;
pub mod letter;
pub mod need;
mod person;
mod photo;
pub mod plaque;
mod question_set;
mod rule;
mod same_as;
mod snooze;
mod staff;
pub mod suggestion;
mod unit;

use std::collections::BTreeSet;

pub use basis_person::discharged;
pub use contact::{Contact, ContactedRow, Entry, Method, VisitResult, late, result_of, retargeted};
pub use division::{joined, parents, parted};
pub use household::moves_along;
pub use person::{IdState, Span, categories, died_on, gone_by, id_state, phones, responsible_on, spans};
pub use photo::PhotoView;
pub use plaque::event::PlaqueEvent;
pub use plaque::{Plaque, PlaqueAct, PlaqueRule, PlaqueState};
pub use same_as::SameAs;
pub use staff::{actor_on, at_work, staff_id, staff_scope};

/// What the mechanism asks a kind, and the words it is answered in.
pub use bianfang_record::field::{Fault, Field, Sets, check, field, kept};
pub use bianfang_record::judge::{Judgement, Proposal};
pub use bianfang_record::kind::{Flow, Kind, Nature, about_ever, linked_ever, part_of, places_ever};
pub use bianfang_record::kinds::Kinds;

use crate::actor::Role;
use crate::document::{Document, id_in};
use crate::free_text;
use crate::id::RecordId;
use crate::reason::Reason;
use crate::record::Record;
use crate::world::World;

/// Every kind, in the order projections are created.
pub const ALL: &[&dyn Kind] = &[
    &division::Division,
    &household::Household,
    &person::Person,
    &contact::ContactKind,
    &plaque::event::PlaqueEvent,
    &plaque::stock::PlaqueStock,
    &plaque::request::PlaqueRequest,
    &plaque::request::PlaqueRequestStep,
    &letter::Letter,
    &letter::step::LetterStep,
    &need::NeedKind,
    &need::step::NeedStep,
    &suggestion::SuggestionKind,
    &suggestion::step::SuggestionStep,
    &photo::Photo,
    &case::CaseRecord,
    &rule::RuleRecord,
    &staff::Staff,
    &same_as::SameAs,
    &basis_person::BasisPerson,
    &unit::Unit,
    &assignment::Assignment,
    &question_set::QuestionSetRecord,
    &code_table::CodeTable,
    &snooze::Snooze,
];

/// Every kind, what people are said of first: where a name means several things, it means theirs.
pub fn people_first<'a>(kinds: &[&'a dyn Kind]) -> impl Iterator<Item = &'a dyn Kind> + use<'a> {
    let (people, others): (Vec<_>, Vec<_>) = kinds.iter().copied().partition(|kind| kind.name() == "person");
    people.into_iter().chain(others)
}

/// The same as the mechanism takes them, with what no op may say whatever its kind: every world is made with these.
pub const KINDS: Kinds = Kinds::new(ALL).forbidding(free_text::check_op);

/// Names of the kinds whose records also travel down to everybody below.
pub fn down() -> impl Iterator<Item = &'static str> {
    KINDS.down()
}

/// Names of the kinds that do not come down to a role: they are decided at a desk.
pub fn withheld(role: Role) -> impl Iterator<Item = &'static str> {
    KINDS.withheld(role)
}

/// What a record of a known kind is found by, now and before.
#[must_use]
pub fn found_by(record: &Record) -> BTreeSet<RecordId> {
    KINDS.found_by(record)
}

/// A kind by its name; None for one of a newer version.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static dyn Kind> {
    KINDS.by_name(name)
}

/// Settings hold for the whole county, so they lie in the division above all others, and only who works there writes them.
///
/// # Errors
/// [`Fault`] names the field `division`.
pub(crate) fn of_the_county(doc: &Document, world: &World) -> Result<(), Fault> {
    let division = id_in(doc, "division").and_then(|id| world.find(id));
    let lower = division.is_some_and(|division| id_in(&division.doc, "parent").is_some());
    if lower { Err(Fault { reason: Reason::NotAllowed, field: "division".into() }) } else { Ok(()) }
}
