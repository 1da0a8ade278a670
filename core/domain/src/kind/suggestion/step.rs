//! SuggestionStep: the county answers, and who said it rates the answer, as often as it takes (product.md: SUBMITTED →
//! ANSWERED → RATED by its author).

use super::SuggestionKind;
use crate::actor::Right;
use crate::document::{Document, id_in, int_in, text_in};
use crate::fold::{Fold, Folded, fold};
use crate::form::Form;
use crate::id::{AccountId, RecordId};
use crate::kind::plaque::{code, codes};
use crate::kind::{Fault, Field, Judgement, Kind, Nature};
use crate::link::Link;
use crate::op::Part;
use crate::projection::{Row, Table, int, text};
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::World;

/// The kind. Document: {suggestion, step, at, answer?: what is answered, satisfied?: with RATED, note?}.
pub struct SuggestionStep;

codes! {
    /// Where a suggestion stands.
    #[derive(Default)]
    SuggestionState {
        /// 已提交
        #[default]
        Submitted,
        /// 已答复
        Answered,
        /// 已评价
        Rated,
        /// A code of a newer version.
        #[serde(other)]
        Other,
    }
}

/// The way of one suggestion: who said it alone rates it.
struct Way {
    author: AccountId,
}

impl Fold for Way {
    type State = SuggestionState;

    fn check(&self, state: &SuggestionState, fact: &Record) -> Result<(), Reason> {
        let actor = &fact.meta.origin.actor;
        match (step(&fact.doc), state) {
            (Some(SuggestionState::Answered), _) if actor.role.may(Right::County) => Ok(()),
            (Some(SuggestionState::Answered), _) => Err(Reason::SuggestionOfCounty),
            (Some(SuggestionState::Rated), SuggestionState::Submitted) => Err(Reason::SuggestionUnanswered),
            // Whose it is, an unnamed one tells nobody; who knows has judged it.
            (Some(SuggestionState::Rated), _) if actor.account == self.author || actor.account.is_nil() => Ok(()),
            (Some(SuggestionState::Rated), _) => Err(Reason::SuggestionOfAuthor),
            _ => Err(Reason::KindUnknown),
        }
    }

    fn evolve(&self, state: SuggestionState, fact: &Record) -> SuggestionState {
        step(&fact.doc).unwrap_or(state)
    }
}

fn step(doc: &Document) -> Option<SuggestionState> {
    serde_json::from_value(doc.get("step")?.clone()).ok()
}

fn way(suggestion: &Record, steps: &[&Record]) -> Folded<SuggestionState> {
    fold(&Way { author: suggestion.meta.origin.actor.account }, steps, &Part::Whole)
}

/// Where a suggestion stands, from a world that holds its steps.
#[must_use]
pub fn standing(suggestion: &Record, world: &World) -> SuggestionState {
    let steps = world.facts(suggestion.id, "suggestion_step").into_iter().filter(|fact| fact.counts(&Part::Whole));
    way(suggestion, &steps.collect::<Vec<_>>()).state
}

/// Every field of a step.
pub const FIELDS: &[Field] = &[
    Field::new("suggestion", "投诉建议", "Suggestion", Form::Id),
    Field::new("step", "步骤", "Step", Form::Text).of(&["SUGGESTION_STEP"]),
    Field::new("at", "时间", "Time", Form::Moment),
    Field::new("answer", "答复", "Answer", Form::Text),
    Field::new("satisfied", "是否满意", "Satisfied", Form::Flag),
    Field::new("note", "评价", "What is said of it", Form::Text),
];

impl Kind for SuggestionStep {
    fn name(&self) -> &'static str {
        "suggestion_step"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    /// Who rates is who said it: a rating with a name on it would tell whose an unnamed one is.
    fn unnamed(&self, doc: &Document) -> bool {
        step(doc) == Some(SuggestionState::Rated)
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "suggestion").ok_or_else(|| Fault::missing("suggestion"))?;
        int_in(doc, "at").ok_or_else(|| Fault::missing("at"))?;
        match step(doc).ok_or_else(|| Fault::malformed("step"))? {
            SuggestionState::Submitted => Err(Fault::malformed("step")),
            SuggestionState::Answered if text_in(doc, "answer").is_none() => Err(Fault::missing("answer")),
            SuggestionState::Rated if doc.get("satisfied").is_none_or(serde_json::Value::is_null) => {
                Err(Fault::missing("satisfied"))
            }
            _ => Ok(()),
        }
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::subject("suggestion")] }
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }

    fn judge(&self, suggestion: &Record, facts: &[&Record], _world: &World) -> Judgement {
        Judgement { held: way(suggestion, facts).held, ..Judgement::default() }
    }

    fn tables(&self) -> &'static [Table] {
        const { &[TABLE_OF_SUGGESTIONS] }
    }

    fn folds(&self) -> bool {
        true
    }

    fn fold_rows(&self, suggestion: RecordId, world: &World) -> Vec<Row> {
        let Some(record) = world.find(suggestion).filter(|record| record.kind == SuggestionKind.name()) else {
            return Vec::new();
        };
        let doc = &record.doc;
        vec![Row {
            table: TABLE_OF_SUGGESTIONS.name,
            owner: suggestion.to_string(),
            cells: vec![
                text_in(doc, "suggestion_type").into(),
                text_in(doc, "words").into(),
                code(&standing(record, world)).into(),
                Day::of(record.meta.origin.happened.ms).into(),
                record.stands().into(),
            ],
        }]
    }
}

/// One row a suggestion.
const TABLE_OF_SUGGESTIONS: Table = Table {
    name: "suggestion",
    columns: &[text("suggestion_type"), text("words"), text("state"), int("day"), int("counts")],
    indexes: &[("state", "counts, state, day")],
    unique: &[],
};
