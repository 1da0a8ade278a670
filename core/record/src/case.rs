//! Cases as records: what stands in the document of one that a decision opens, and whether it still rests on a ground. Which
//! kind they are of, who may settle them and how they are listed is for that kind to say ([`Kind::keeps_cases`]).
//!
//! [`Kind::keeps_cases`]: crate::kind::Kind::keeps_cases

use serde_json::{Value, json};

use crate::decision::{Case, CaseKind, Raised};
use crate::document::{Document, text_in};
use crate::id::RecordId;
use crate::record::Record;
use crate::world::World;

/// Somebody is to look at it.
pub const OPEN: &str = "OPEN";
/// Somebody looked, and said how.
pub const SETTLED: &str = "SETTLED";
/// The ground it was opened on is gone.
pub const LAPSED: &str = "LAPSED";

/// The state of a case's document.
#[must_use]
pub fn state(doc: &Document) -> Option<&str> {
    text_in(doc, "state")
}

impl Case {
    /// Reads a case's document.
    #[must_use]
    pub fn read(doc: &Document) -> Option<Self> {
        let list = |field: &str| serde_json::from_value(doc.get(field)?.clone()).ok();
        let kind = serde_json::from_value(doc.get("case")?.clone()).ok()?;
        Some(Self { kind, subjects: list("subjects")?, facts: list("facts")? })
    }
}

/// Writes how much there is to a case: it is open, unless somebody settled it who had seen as much.
pub(crate) fn open(doc: &mut Document, Raised { case, weight }: &Raised) {
    let list = |ids: &[RecordId]| Value::from(ids.iter().map(ToString::to_string).collect::<Vec<_>>());
    doc.insert("case".into(), json!(case.kind));
    doc.insert("subjects".into(), list(&case.subjects));
    doc.insert("facts".into(), list(&case.facts));
    doc.insert("weight".into(), json!(weight));
    let settled = seen(doc).is_some_and(|seen| *weight <= seen);
    doc.insert("state".into(), json!(if settled { SETTLED } else { OPEN }));
}

/// Writes that its ground is gone. One that somebody settled is settled; should there be more than they saw it opens again.
pub(crate) fn lapse(doc: &mut Document) {
    doc.insert("weight".into(), json!(0));
    if state(doc) == Some(OPEN) {
        let state = if seen(doc).is_some() { SETTLED } else { LAPSED };
        doc.insert("state".into(), json!(state));
    }
}

/// Writes what follows when a person said how a case stands, which is when their word shows: `stood` is the state before, and
/// what they said may repeat it. Who settles it says how much there was to it when they looked (`seen`; else as much as there
/// is): what came meanwhile nobody has looked at.
pub(crate) fn looked(doc: &mut Document, stood: Option<&str>, said: Option<&Document>) {
    let now = state(doc);
    if now == stood && said.and_then(state) != now {
        return;
    }
    if now != Some(SETTLED) {
        doc.remove("seen");
        return;
    }
    if !said.is_some_and(|said| said.contains_key("seen")) {
        doc.insert("seen".into(), json!(weight(doc)));
    }
    if seen(doc).is_some_and(|seen| weight(doc) > seen) {
        doc.insert("state".into(), json!(OPEN));
    }
}

/// How much there was to a case for whoever last settled it.
fn seen(doc: &Document) -> Option<u64> {
    doc.get("seen").and_then(Value::as_u64)
}

/// Whether a case that judging wants open must be written: it is not there, its ground is there again, or there is another
/// weight to it.
pub(crate) fn opens(raised: &Raised, world: &World) -> bool {
    let Some(record) = world.find(raised.case.id()) else { return true };
    state(&record.doc) == Some(LAPSED) || weight(&record.doc) != raised.weight
}

/// Whether a case still rests on a ground, settled or not.
pub(crate) fn rests(record: &Record) -> bool {
    match state(&record.doc) {
        Some(OPEN) => true,
        Some(SETTLED) => weight(&record.doc) > 0,
        _ => false,
    }
}

fn weight(doc: &Document) -> u64 {
    doc.get("weight").and_then(Value::as_u64).unwrap_or(1)
}

/// Cases about a record that the rules opened and whose ground was there when it was last judged: their ids follow from what
/// they say. One that a reviewer opened by hand has another id, and is not among them.
pub(crate) fn opened(subject: RecordId, world: &World) -> impl Iterator<Item = Case> {
    let all = world.kinds().cases().map(|name| world.facts(subject, name)).unwrap_or_default();
    let open = all.into_iter().filter(|record| rests(record));
    open.filter_map(|record| Case::read(&record.doc).filter(|case| case.id() == record.id))
}

/// Of these the ones of a sort between the record and one other, which no fact raised.
pub fn opened_between(subject: RecordId, sort: CaseKind, world: &World) -> impl Iterator<Item = Case> {
    opened(subject, world).filter(move |case| case.kind == sort && case.subjects.len() == 2 && case.facts.is_empty())
}
