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

/// Writes that a case is open with this weight; or settled again, where it grew after somebody settled it and no more is left
/// of it than they saw. The weight of a settled case is what was seen, and `seen` keeps it while there is more.
pub(crate) fn open(doc: &mut Document, Raised { case, weight }: &Raised) {
    let list = |ids: &[RecordId]| Value::from(ids.iter().map(ToString::to_string).collect::<Vec<_>>());
    let seen = seen(doc);
    doc.insert("case".into(), json!(case.kind));
    doc.insert("subjects".into(), list(&case.subjects));
    doc.insert("facts".into(), list(&case.facts));
    match seen.filter(|seen| weight <= seen) {
        Some(seen) => settled_again(doc, seen),
        None => {
            doc.insert("weight".into(), json!(weight));
            doc.insert("state".into(), json!(OPEN));
            if let Some(seen) = seen {
                doc.insert("seen".into(), json!(seen));
            }
        }
    }
}

/// Writes that its ground is gone. One that was settled stays so; should there be a ground again it opens again.
pub(crate) fn lapse(doc: &mut Document) {
    match (state(doc), seen(doc)) {
        (Some(OPEN), Some(_)) => settled_again(doc, 0),
        (Some(OPEN), None) => {
            doc.insert("state".into(), json!(LAPSED));
            doc.insert("weight".into(), json!(0));
        }
        _ => {
            doc.insert("weight".into(), json!(0));
        }
    }
}

fn settled_again(doc: &mut Document, seen: u64) {
    doc.insert("state".into(), json!(SETTLED));
    doc.insert("weight".into(), json!(seen));
    doc.remove("seen");
}

/// Writes that a person said how it stands: what somebody saw before them counts no more.
pub(crate) fn looked(doc: &mut Document) {
    doc.remove("seen");
}

/// How much there was to a case when it was last settled, unless somebody opened it again.
fn seen(doc: &Document) -> Option<u64> {
    match state(doc) {
        Some(SETTLED) => Some(weight(doc)),
        Some(OPEN) => doc.get("seen").and_then(Value::as_u64),
        _ => None,
    }
}

/// Whether a case that judging wants open must be written: it is not there, its ground is there again, or there is another
/// weight to it; one that somebody settled, only when there is more to it than they saw.
pub(crate) fn opens(raised: &Raised, world: &World) -> bool {
    let Some(record) = world.find(raised.case.id()) else { return true };
    match state(&record.doc) {
        Some(OPEN) => weight(&record.doc) != raised.weight,
        Some(SETTLED) => weight(&record.doc) < raised.weight,
        _ => true,
    }
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
