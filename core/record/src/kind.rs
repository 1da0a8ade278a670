//! A kind of record as the mechanism sees it: everything else (ops, merging, holding, storage, feed, rebuild) knows kinds only
//! through this trait. What there is to say of a kind is said by answering it; the kinds themselves stand in another crate.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::actor::{Right, Role};
use crate::decision::Opened;
use crate::document::Document;
use crate::field::{Fault, Field};
use crate::id::{AccountId, RecordId};
use crate::judge::Judgement;
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
    /// As [`Flow::Own`], and only to who has this right: what is decided at a desk is there for nobody else.
    Desk(Right),
    /// As [`Flow::Own`], and to its author wherever they work: it goes past everybody between the two.
    Author,
}

/// One kind of record.
pub trait Kind: Sync {
    /// Its name in ops and tables.
    fn name(&self) -> &'static str;
    /// Fact or shared data.
    fn nature(&self) -> Nature;
    /// Its fields, in the order in which a form asks for them. A value of another form than the field's is refused; fields that
    /// no kind names (of newer versions) are kept as they come.
    fn fields(&self) -> &'static [Field] {
        &[]
    }
    /// Whether a document can be true at all. What cannot is refused.
    ///
    /// # Errors
    /// [`Fault`] names the first field that is wrong.
    fn check(&self, doc: &Document) -> Result<(), Fault>;
    /// Whether a value says no more than its author could see of the one that stands (the month of a day): it changes nothing.
    fn repeats(&self, _field: &str, _stands: &Value, _said: &Value) -> bool {
        false
    }
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
    /// Whether nobody but its author learns whose it is.
    fn unnamed(&self, _doc: &Document) -> bool {
        false
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
    /// Fields a new record starts with, over what the op says (a worker's new person is a DRAFT). As long as one stands as a
    /// worker's word begins it, it is its author's to correct.
    fn starts_with(&self, _doc: &Document, _reviewer: bool) -> Vec<(&'static str, Value)> {
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
    /// What of this kind was judged by a setting of the bureau, and is again when it is another from a day on. A kind that
    /// reads a setting only when it is asked names nothing.
    fn ruled(&self, _setting: &str, _since: Day) -> Vec<Reach> {
        Vec::new()
    }
    /// Why a person must look at a record before it is accepted, as a code; None: it is accepted by itself.
    fn needs_look(&self, _record: &Record) -> Option<&'static str> {
        None
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
    /// Whether its records are divisions of the tree that scope hangs on.
    fn is_division(&self) -> bool {
        self.links().iter().any(|link| link.names == Names::Above)
    }
    /// Whether its records are the cases that a decision opens ([`crate::case`]). At most one kind's are.
    fn keeps_cases(&self) -> bool {
        false
    }
    /// The record of this kind that says where an account works, there or not.
    fn of_account(&self, _account: AccountId) -> Option<RecordId> {
        None
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

/// The divisions that a record itself named as its place, now and on any day before.
#[must_use]
pub fn places_ever(kind: &dyn Kind, record: &Record) -> BTreeSet<RecordId> {
    ever(record, |doc| kind.places(record.id, doc))
}

fn ever(record: &Record, of: impl Fn(&Document) -> Vec<RecordId>) -> BTreeSet<RecordId> {
    let mut all: BTreeSet<RecordId> = of(&record.doc).into_iter().collect();
    // One value alone is the one that shows.
    let changed = record.meta.dated.values().filter(|values| values.len() > 1).flatten();
    let days: BTreeSet<Day> = changed.map(|dated| dated.from).collect();
    all.extend(days.into_iter().flat_map(|day| of(&record.doc_on(day))));
    all
}
