//! A step of a need as its document: the same from a phone's form and from a desk.

use serde_json::{Value, json};

use crate::document::Document;
use crate::id::RecordId;

/// What is told of a step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StepTold<'a> {
    /// REGISTERED …
    pub step: &'a str,
    /// 办理情况
    pub answer: Option<&'a str>,
    /// An office that is none of the divisions.
    pub to: Option<&'a str>,
    /// The division that handles it from now on.
    pub owner: Option<RecordId>,
    /// Whether they are content.
    pub satisfied: Option<bool>,
    /// The visit in which it was taken.
    pub contact: Option<RecordId>,
}

impl StepTold<'_> {
    /// As the record of the step says it; what is blank is not said.
    #[must_use]
    pub fn document(&self, need: RecordId, at_ms: i64) -> Document {
        let text = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(Value::from);
        let said = [
            ("need", Some(json!(need))),
            ("step", Some(self.step.into())),
            ("at", Some(at_ms.into())),
            ("answer", text(self.answer)),
            ("to", text(self.to)),
            ("owner", self.owner.map(|id| json!(id))),
            ("satisfied", self.satisfied.map(Value::from)),
            ("contact", self.contact.map(|id| json!(id))),
        ];
        said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}
