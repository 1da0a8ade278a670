//! Suggestion 投诉建议: what somebody who works with the app says of the work, the app or who leads them (国办函〔2026〕12号 asks
//! for such a form in it). It goes to the county, past everybody between ([`Flow::Author`]), may be unnamed, and is answered
//! and rated in steps ([`step`]).

pub mod step;

use super::{Fault, Field, Flow, Kind, Nature};
use crate::document::{Document, id_in, int_in, text_in};
use crate::form::Form;
use crate::link::Link;

/// The kind. Document: {division: the county's, suggestion_type: COMPLAINT|SUGGESTION, words, at, unnamed?}.
pub struct SuggestionKind;

/// Every field of a suggestion.
pub const FIELDS: &[Field] = &[
    Field::new("at", "提交时间", "Time", Form::Moment),
    Field::new("suggestion_type", "类型", "Kind", Form::Text).of(&["SUGGESTION_TYPE"]),
    Field::new("words", "内容", "Words", Form::Text),
    Field::new("unnamed", "匿名", "Unnamed", Form::Flag),
    Field::new("division", "送达", "Goes to", Form::Id),
];

impl Kind for SuggestionKind {
    fn name(&self) -> &'static str {
        "suggestion"
    }

    fn nature(&self) -> Nature {
        Nature::Fact
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn flow(&self) -> Flow {
        Flow::Author
    }

    fn unnamed(&self, doc: &Document) -> bool {
        doc.get("unnamed").and_then(serde_json::Value::as_bool).unwrap_or(false)
    }

    fn check(&self, doc: &Document) -> Result<(), Fault> {
        id_in(doc, "division").ok_or_else(|| Fault::missing("division"))?;
        int_in(doc, "at").ok_or_else(|| Fault::missing("at"))?;
        for field in ["suggestion_type", "words"] {
            text_in(doc, field).ok_or_else(|| Fault::missing(field))?;
        }
        Ok(())
    }

    fn links(&self) -> &'static [Link] {
        const { &[Link::place("division")] }
    }

    fn happened_ms(&self, doc: &Document) -> Option<i64> {
        int_in(doc, "at")
    }
}
