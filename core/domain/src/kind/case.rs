//! Case 核对事项: what a reviewer must look at. Opened by a decision, settled by a person with how.

use super::{Fault, Field, Flow, Kind, Nature};
use crate::actor::Right;
use crate::case::{self, LAPSED, OPEN, SETTLED};
use crate::document::{Document, text_in};
use crate::form::Form;
use crate::link::Link;
use crate::projection::{Row, Table, text};
use crate::reason::Reason;
use crate::record::Record;

/// The kind. Document: {case, subjects: [id], facts: [id], state: OPEN|SETTLED|LAPSED, weight: how much there is to it,
/// seen?: how much there was for who settled it, how?}. LAPSED: the ground it was opened on is gone. SETTLED: nothing came
/// since somebody looked.
pub struct CaseRecord;

/// Every field of a case.
pub const FIELDS: &[Field] = &[
    Field::new("case", "核对事项", "Case", Form::Code).of(&["CASE_KIND"]).only(Right::County),
    Field::new("subjects", "涉及的记录", "Subjects", Form::Any).only(Right::County),
    Field::new("facts", "涉及的事实", "Facts", Form::Any).only(Right::County),
    Field::new("state", "状态", "State", Form::Code).only(Right::Review),
    Field::new("how", "结论", "How", Form::Text).only(Right::Review),
    Field::new("weight", "分量", "Weight", Form::Any),
    Field::new("seen", "核定时所见", "Seen", Form::Any).only(Right::Review).with("state"),
];

impl Kind for CaseRecord {
    fn name(&self) -> &'static str {
        "case"
    }

    fn nature(&self) -> Nature {
        Nature::Shared
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn keeps_cases(&self) -> bool {
        true
    }

    /// A reviewer's work; and one that names somebody of another village would tell that they are in the register.
    fn flow(&self) -> Flow {
        Flow::Desk(Right::Review)
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        if doc.get("seen").is_some_and(|seen| seen.as_u64().is_none()) {
            return Err(Fault::malformed("seen"));
        }
        match case::state(doc) {
            Some(OPEN | LAPSED) => Ok(()),
            // Settled with how: whoever looks at it in a year must know what was found.
            Some(SETTLED) if text_in(doc, "how").is_some() => Ok(()),
            Some(SETTLED) => Err(Fault { reason: Reason::Missing, field: "state".into() }),
            _ => Err(Fault::malformed("state")),
        }
    }

    /// Whether one that lapsed was ever opened hangs on the order of arrival.
    fn is_there(&self, record: &Record) -> bool {
        case::state(&record.doc) != Some(LAPSED)
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
        let there = case::state(doc).filter(|state| *state != LAPSED);
        let row = |state: &str| Row {
            table: "case_item",
            owner: record.id.to_string(),
            cells: vec![text_in(doc, "case").into(), Some(state).into()],
        };
        there.map(row).into_iter().collect()
    }
}
