//! Case 核对事项: what a reviewer must look at. Opened by a decision, settled by a person with how.

use super::{Fault, Field, Kind, Nature, Sets};
use crate::actor::Right;
use crate::decision::{Case, CaseKind, Raised};
use crate::document::{Document, text_in};
use crate::id::RecordId;
use crate::link::Link;
use crate::projection::{Row, Table, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::world::World;

/// The kind. Document: {case, subjects: [id], facts: [id], state: OPEN|SETTLED|LAPSED, weight: how much there is to it, how?}.
/// LAPSED: the ground it was opened on is gone.
pub struct CaseRecord;

/// Whether a case that judging wants open must be written: it is not there, its ground is there again, or there is another
/// weight to it; one that somebody settled, only when there is more to it than they saw.
pub(crate) fn opens(raised: &Raised, world: &World) -> bool {
    let Some(record) = world.find(raised.case.id()) else { return true };
    match text_in(&record.doc, "state") {
        Some("OPEN") => weight(record) != raised.weight,
        Some("SETTLED") => weight(record) < raised.weight,
        _ => true,
    }
}

/// Whether a case still rests on a ground, settled or not.
pub(crate) fn rests(record: &Record) -> bool {
    match text_in(&record.doc, "state") {
        Some("OPEN") => true,
        Some("SETTLED") => weight(record) > 0,
        _ => false,
    }
}

fn weight(record: &Record) -> u64 {
    record.value("weight").as_u64().unwrap_or(1)
}

/// Cases about a record that the rules opened and whose ground was there when it was last judged: their ids follow from what
/// they say. One that a reviewer opened by hand has another id, and is not among them.
pub(crate) fn opened(subject: RecordId, world: &World) -> impl Iterator<Item = Case> {
    let open = world.facts(subject, "case").into_iter().filter(|record| rests(record));
    open.filter_map(|record| Case::read(&record.doc).filter(|case| case.id() == record.id))
}

/// Of these the ones of a sort between the record and one other, which no fact raised.
pub(crate) fn opened_between(subject: RecordId, sort: CaseKind, world: &World) -> impl Iterator<Item = Case> {
    opened(subject, world).filter(move |case| case.kind == sort && case.subjects.len() == 2 && case.facts.is_empty())
}

impl Kind for CaseRecord {
    fn name(&self) -> &'static str {
        "case"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn fields(&self) -> &'static [Field] {
        const {
            &[
                Field::new("case", Sets::Only(Right::County)),
                Field::new("subjects", Sets::Only(Right::County)),
                Field::new("facts", Sets::Only(Right::County)),
                Field::new("state", Sets::Only(Right::Review)),
                Field::new("how", Sets::Only(Right::Review)),
            ]
        }
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        match text_in(doc, "state") {
            Some("OPEN" | "LAPSED") => Ok(()),
            // Settled with how: whoever looks at it in a year must know what was found.
            Some("SETTLED") if text_in(doc, "how").is_some() => Ok(()),
            Some("SETTLED") => Err(Fault { reason: Reason::Missing, field: "state".into() }),
            _ => Err(Fault::malformed("state")),
        }
    }

    /// Whether one that lapsed was ever opened hangs on the order of arrival.
    fn is_there(&self, record: &Record) -> bool {
        text_in(&record.doc, "state") != Some("LAPSED")
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("subjects")] }
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[Table {
                name: "case_item",
                columns: &[text("kind"), text("state")],
                indexes: &[("state", "state")],
                unique: &[],
            }]
        }
    }

    fn rows(&self, record: &Record) -> Vec<Row> {
        let doc = &record.doc;
        // One that lapsed is as if it had never been opened: which of the two happens hangs on the order of arrival.
        let there = text_in(doc, "state").filter(|state| *state != "LAPSED");
        let row = |state: &str| Row {
            table: "case_item",
            owner: record.id.to_string(),
            cells: vec![text_in(doc, "case").into(), Some(state).into()],
        };
        there.map(row).into_iter().collect()
    }
}
