//! A kind of record, in one file each: its fields, its rules, its projection. Everything else (ops, merging, holding,
//! storage, feed, rebuild) is the mechanism's and knows kinds only through this trait.

mod assignment;
mod basis_person;
pub(crate) mod case;
mod code_table;
mod contact;
mod division;
mod household;
pub mod letter;
mod person;
mod photo;
pub mod plaque;
mod question_set;
mod rule;
mod same_as;
mod snooze;
mod staff;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

pub use basis_person::discharged;
pub use contact::{Contact, ContactedRow, Entry, Method, VisitResult, late, result_of, retargeted};
pub use division::{joined, parents, parted};
pub use household::moves_along;
pub use person::{
    IdState, Life, PersonView, Span, categories, died_on, gone_by, id_state, phones, responsible_on, spans,
};
pub use photo::PhotoView;
pub use plaque::event::PlaqueEvent;
pub use plaque::{Plaque, PlaqueAct, PlaqueRule, PlaqueState};
pub use same_as::SameAs;
pub use staff::{actor_on, at_work, staff_id, staff_scope};

use crate::actor::{Right, Role};
use crate::decision::{Case, Opened, Raised};
use crate::document::{Document, id_in};
use crate::form::Form;
use crate::id::RecordId;
use crate::life_cycle::LifeCycle;
use crate::link::{self, Link, Names};
use crate::op::Part;
use crate::projection::{Row, Table};
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::{Reach, World};

/// Facts are appended; shared data is changed per field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Somebody did or saw it.
    Fact,
    /// How things are.
    Shared,
}

/// Which way records travel to phones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// To who works at or above the divisions it lies in.
    Own,
    /// Also to everybody below them: the tree of divisions, rules, code tables, names of staff.
    Down,
}

/// Who may set a field of shared data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sets {
    /// Whoever records: it shows at once.
    AtOnce,
    /// Whoever records proposes; whoever reviews sets.
    Proposed,
    /// Only who has the right.
    Only(Right),
}

/// A field of shared data that is not simply applied at once. Fields that no kind names (of newer versions) are.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the document.
    pub name: &'static str,
    /// Who may set it.
    pub sets: Sets,
    /// Merged by element.
    pub list: bool,
    /// Holds from a day on; its history is kept by day.
    pub dated: bool,
    /// Personal and protected: kept sealed, shown to whoever has the right.
    pub sealed: Option<Right>,
    /// No two records of the kind may hold the same value (by fingerprint).
    pub unique: bool,
    /// Who accepts that field accepts what the same op says of this one.
    pub with: Option<&'static str>,
}

impl Field {
    /// A plain field.
    #[must_use]
    pub const fn new(name: &'static str, sets: Sets) -> Self {
        Self { name, sets, list: false, dated: false, sealed: None, unique: false, with: None }
    }
    /// It holds from a day on.
    #[must_use]
    pub const fn dated(mut self) -> Self {
        self.dated = true;
        self
    }
    /// It merges by element.
    #[must_use]
    pub const fn list(mut self) -> Self {
        self.list = true;
        self
    }
    /// It is protected.
    #[must_use]
    pub const fn sealed(mut self, right: Right) -> Self {
        self.sealed = Some(right);
        self
    }
    /// It is accepted along with another.
    #[must_use]
    pub const fn with(mut self, field: &'static str) -> Self {
        self.with = Some(field);
        self
    }
    /// No two records hold the same.
    #[must_use]
    pub const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }
}

/// A malformed document: why, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Why.
    pub reason: Reason,
    /// Which field.
    pub field: String,
}

impl Fault {
    /// A required field is not there.
    #[must_use]
    pub fn missing(field: &str) -> Self {
        Self { reason: Reason::Missing, field: field.to_owned() }
    }
    /// A field has the wrong form.
    #[must_use]
    pub fn malformed(field: &str) -> Self {
        Self { reason: Reason::Malformed, field: field.to_owned() }
    }
}

/// What a rule says of all the facts about one subject: which it holds, which cases a person must see, and what the
/// facts say the register should say.
#[derive(Debug, Default)]
pub struct Judgement {
    /// Fact to the reason it is held for, as far as it speaks of this subject.
    pub held: BTreeMap<RecordId, Reason>,
    /// Facts that count and move nothing in what they name besides.
    pub idle: BTreeSet<RecordId>,
    /// Cases.
    pub cases: Vec<Raised>,
    /// Values for fields of the subject, kept beside them until a reviewer chooses.
    pub proposals: Vec<Proposal>,
    /// Cases between several records that these facts answer: they lapse.
    pub answered: Vec<Case>,
    /// The record that counts in the subject's place.
    pub counts_as: Option<RecordId>,
}

/// What a fact says a field of its subject should hold: somebody reported dead at a door.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The field of the subject.
    pub field: &'static str,
    /// The value.
    pub value: serde_json::Value,
    /// From which day.
    pub since: Day,
    /// The fact that says so. The proposal goes when the fact is voided.
    pub fact: RecordId,
}

/// One kind of record.
pub trait Kind: Sync {
    /// Its name in ops and tables.
    fn name(&self) -> &'static str;
    /// Fact or shared data.
    fn nature(&self) -> Nature;
    /// The fields of shared data that need more than "applied at once".
    fn fields(&self) -> &'static [Field] {
        &[]
    }
    /// The form of the fields that rules and figures read: a value of another form is refused.
    fn forms(&self) -> &'static [(&'static str, Form)] {
        &[]
    }
    /// Whether a document can be true at all. What cannot is refused.
    ///
    /// # Errors
    /// [`Fault`] names the first field that is wrong.
    fn check(&self, doc: &Document) -> Result<(), Fault>;
    /// The life-cycles of its fields ([`crate::life_cycle`]).
    fn life_cycles(&self) -> &'static [LifeCycle] {
        &[]
    }
    /// Whether a document can be true beside what is around it, from a day on. What cannot is refused.
    ///
    /// # Errors
    /// [`Fault`] names the first field that is wrong.
    fn check_around(&self, _id: RecordId, _doc: &Document, _since: Day, _world: &World) -> Result<(), Fault> {
        Ok(())
    }
    /// Whether an id that follows from what it names ([`RecordId::derived`]) is that of such a document. Whoever wrote
    /// something else there first would be read as what it is not, or stand in its way for ever.
    fn derives(&self, _id: RecordId, _doc: &Document) -> bool {
        false
    }
    /// Whether somebody of a role may begin such a record. Who may not is refused with what to do instead.
    ///
    /// # Errors
    /// [`Fault`] names the field that is not theirs to say.
    fn begun_by(&self, _doc: &Document, _role: Role) -> Result<(), Fault> {
        Ok(())
    }
    /// The right without which nobody writes a record of this kind in any way. None: recording and reviewing are enough.
    fn kept_by(&self) -> Option<Right> {
        None
    }
    /// What its fields name ([`crate::link`]).
    fn links(&self) -> &'static [Link] {
        &[]
    }
    /// Divisions that a record gives to somebody.
    fn grants(&self, doc: &Document) -> Vec<RecordId> {
        link::named(self, doc, Names::Grant)
    }
    /// Fields that contradict others of the document: two phones may have written them, so a reviewer chooses.
    fn contradictions(&self, _doc: &Document) -> Vec<(&'static str, Reason)> {
        Vec::new()
    }
    /// Its records tie others together (two persons are one, two households became one): chains of them are judged as a
    /// whole.
    fn chains(&self) -> bool {
        self.links().iter().any(|link| link.chain)
    }
    /// What a fact speaks of: its folds and its scope hang on these.
    fn subjects(&self, doc: &Document) -> Vec<RecordId> {
        link::named(self, doc, Names::Subject)
    }
    /// Records whose rules read this one.
    fn linked(&self, doc: &Document) -> Vec<RecordId> {
        link::named(self, doc, Names::Reader)
    }
    /// Everything a record is found by: what it speaks of and what it is linked to.
    fn about(&self, doc: &Document) -> Vec<RecordId> {
        let mut about = self.subjects(doc);
        about.extend(self.linked(doc));
        about
    }
    /// Which way its records travel.
    fn flow(&self) -> Flow {
        Flow::Own
    }
    /// Whether a record of this kind is there for who writes to it. One that is not is as unknown as if it had never come.
    fn is_there(&self, _record: &Record) -> bool {
        true
    }
    /// Whether a fact is held whole, or only what it says of one subject.
    fn held_whole(&self) -> bool {
        true
    }
    /// When the thing happened, by the device's clock, where the form says so.
    fn happened_ms(&self, _doc: &Document) -> Option<i64> {
        None
    }
    /// Fields a new record starts with, over what the op says (a worker's new person is a DRAFT).
    fn starts_with(&self, _doc: &Document, _reviewer: bool) -> Vec<(&'static str, serde_json::Value)> {
        Vec::new()
    }
    /// What a record as it now stands, and stood before, opens beside itself, once: a discharged soldier, somebody to be
    /// served.
    fn opens(&self, _before: Option<&Record>, _record: &Record, _world: &World) -> Vec<Opened> {
        Vec::new()
    }
    /// What a change of this record reaches though nothing links it to that: who lies below a border, what happened since a
    /// setting changed.
    fn reaches(&self, _before: Option<&Record>, _record: &Record) -> Vec<Reach> {
        Vec::new()
    }
    /// Applies the kind's rule to all standing facts about one subject, in fold order.
    fn judge(&self, _subject: &Record, _facts: &[&Record], _world: &World) -> Judgement {
        Judgement::default()
    }
    /// The divisions a document itself names.
    fn places(&self, _id: RecordId, doc: &Document) -> Vec<RecordId> {
        link::named(self, doc, Names::Place)
    }
    /// The divisions a record itself names.
    fn divisions(&self, record: &Record) -> Vec<RecordId> {
        self.places(record.id, &record.doc)
    }
    /// Whether a record's unique values are taken (those of a removed person are free again).
    fn holds_unique(&self, _doc: &Document) -> bool {
        true
    }
    /// Its projections.
    fn tables(&self) -> &'static [Table] {
        &[]
    }
    /// Rows made from one record.
    fn rows(&self, _record: &Record) -> Vec<Row> {
        Vec::new()
    }
    /// Whether it also makes rows of a subject from everything about it ([`Kind::fold_rows`]).
    fn folds(&self) -> bool {
        false
    }
    /// Rows made from everything about one subject (the fold's state). The world holds at least the subject, what speaks of
    /// it or is linked to it, and the rules.
    fn fold_rows(&self, _subject: RecordId, _world: &World) -> Vec<Row> {
        Vec::new()
    }
}

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

/// Names of the kinds whose records also travel down to everybody below.
pub fn down() -> impl Iterator<Item = &'static str> {
    ALL.iter().filter(|kind| kind.flow() == Flow::Down).map(|kind| kind.name())
}

/// What a rule of a kind holds of a fact about one subject: all of it, or only what it says of this one.
#[must_use]
pub fn part_of(kind: &dyn Kind, doc: &Document, subject: RecordId) -> Part {
    // With several subjects each is judged by itself, and the fact is free when none holds it.
    if kind.held_whole() && kind.subjects(doc).len() == 1 { Part::Whole } else { Part::Of(subject) }
}

/// What a record speaks of or is linked to, now and on any day before: an event of last year is judged by who lived there then.
#[must_use]
pub fn about_ever(kind: &dyn Kind, record: &Record) -> BTreeSet<RecordId> {
    ever(record, |doc| kind.about(doc))
}

/// The same of its links alone.
#[must_use]
pub fn linked_ever(kind: &dyn Kind, record: &Record) -> BTreeSet<RecordId> {
    ever(record, |doc| kind.linked(doc))
}

/// What a record of a known kind is found by, now and before.
#[must_use]
pub fn found_by(record: &Record) -> BTreeSet<RecordId> {
    by_name(&record.kind).map(|kind| about_ever(kind, record)).unwrap_or_default()
}

fn ever(record: &Record, of: impl Fn(&Document) -> Vec<RecordId>) -> BTreeSet<RecordId> {
    let mut all: BTreeSet<RecordId> = of(&record.doc).into_iter().collect();
    // One value alone is the one that shows.
    let changed = record.meta.dated.values().filter(|values| values.len() > 1).flatten();
    let days: BTreeSet<Day> = changed.map(|dated| dated.from).collect();
    all.extend(days.into_iter().flat_map(|day| of(&record.doc_on(day))));
    all
}

/// A kind by its name; None for one of a newer version.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static dyn Kind> {
    ALL.iter().copied().find(|kind| kind.name() == name)
}

/// Whether a document can be true at all: the forms of its fields, what its kind says of it, and that what is declared a list
/// is one. A sealed list has other forms at rest; who opens it looks at it.
///
/// # Errors
/// [`Fault`] names the first field that is wrong.
pub fn check(kind: &dyn Kind, doc: &Document) -> Result<(), Fault> {
    let odd = kind.forms().iter().find(|(name, form)| doc.get(*name).is_some_and(|value| !form.fits(value)));
    odd.map_or(Ok(()), |(name, _)| Err(Fault::malformed(name)))?;
    kind.check(doc)?;
    let lists = kind.fields().iter().filter(|field| field.list && field.sealed.is_none());
    let wrong = |field: &&Field| doc.get(field.name).is_some_and(|value| !value.is_array() && !value.is_null());
    lists.filter(wrong).map(|field| Err(Fault::malformed(field.name))).next().unwrap_or(Ok(()))
}

/// A field's value as it is kept.
#[must_use]
pub fn kept(kind: &dyn Kind, name: &str, value: serde_json::Value) -> serde_json::Value {
    match kind.forms().iter().find(|(field, _)| *field == name) {
        Some((_, form)) => form.kept(value),
        None => value,
    }
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

/// What a kind says of a field.
#[must_use]
pub fn field(kind: &dyn Kind, name: &str) -> Field {
    // A sealed list carries its elements one by one, as `phones/1`: they are under the rules of the list.
    let name = name.split('/').next().unwrap_or(name);
    let known = kind.fields().iter().find(|field| field.name == name).copied();
    known.unwrap_or(Field::new("", Sets::AtOnce))
}
