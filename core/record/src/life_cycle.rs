//! Life-cycles: which state of a field may follow which, who may say so, and what must be known with it. A kind declares
//! its tables as constants; [`crate::decide`] reads them, so that a cycle stands in one place and can be walked by a test.

use crate::actor::Right;
use crate::document::Document;

/// The states of one field of a kind. A record without a value is in the first state.
#[derive(Debug, Clone, Copy)]
pub struct LifeCycle {
    /// The field.
    pub field: &'static str,
    /// States a new record may begin with.
    pub begins: &'static [&'static str],
    /// What may follow what.
    pub steps: &'static [Step],
}

/// One allowed step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// From this state.
    pub from: &'static str,
    /// To this one.
    pub to: &'static str,
    /// Who may. The word of somebody else waits beside the field.
    pub who: Right,
    /// Fields that must be filled in by then.
    pub needs: &'static [&'static str],
}

/// A step.
#[must_use]
pub const fn step(from: &'static str, to: &'static str, who: Right, needs: &'static [&'static str]) -> Step {
    Step { from, to, who, needs }
}

impl LifeCycle {
    /// The state a document is in.
    #[must_use]
    pub fn state<'a>(&'a self, doc: &'a Document) -> &'a str {
        let first = self.begins.first().copied().unwrap_or_default();
        doc.get(self.field).and_then(serde_json::Value::as_str).unwrap_or(first)
    }

    /// The step between two states; None where there is none.
    #[must_use]
    pub fn between(&self, from: &str, to: &str) -> Option<Step> {
        self.steps.iter().find(|step| step.from == from && step.to == to).copied()
    }

    /// All states, in the order they are first named.
    #[must_use]
    pub fn states(&self) -> Vec<&'static str> {
        let named = self.begins.iter().copied().chain(self.steps.iter().flat_map(|step| [step.from, step.to]));
        let mut states = Vec::new();
        for state in named {
            if !states.contains(&state) {
                states.push(state);
            }
        }
        states
    }
}

impl Step {
    /// The first needed field that a document lacks.
    #[must_use]
    pub fn lacks(&self, doc: &Document) -> Option<&'static str> {
        self.needs.iter().copied().find(|field| doc.get(*field).is_none_or(serde_json::Value::is_null))
    }
}
