//! Question sets 问卷 and their answers. An answer that does not fit its set is told as a hint and kept: what was said at a
//! door is never lost because a form changed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::document::Document;
use crate::id::RecordId;
use crate::record::Record;
use crate::time::Day;

/// Questions a set may hold.
pub const LONGEST: usize = 30;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Answered {
    /// One of the options, by its code.
    Choice,
    /// A number.
    Number,
    /// A day, `2026-01-31`.
    Date,
    /// Words.
    Text,
    /// Of a newer version: not asked here, its answers are kept.
    #[serde(other)]
    Other,
}

/// A question is shown only after this answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShowIf {
    /// An earlier question.
    pub question: String,
    /// Its answer.
    pub is: Value,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is kept.
    pub code: String,
    /// What is shown.
    pub text: String,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Names its answer; stays when the words change.
    pub id: String,
    /// How it is answered.
    pub kind: Answered,
    /// 题目
    pub text: String,
    /// Of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// When it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<ShowIf>,
}

/// A set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionSet {
    /// Names it.
    pub code: String,
    /// 标题
    pub title: String,
    /// Rises when questions change.
    pub version: i64,
    /// In their order.
    pub questions: Vec<Question>,
}

/// Why an answer needs a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "hint", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Hint {
    /// The set or its version is not known here.
    SetUnknown {
        /// The code that was written.
        set: String,
    },
    /// The set has no such question.
    QuestionUnknown {
        /// Which.
        question: String,
    },
    /// The answer does not fit its question.
    DoesNotFit {
        /// Which.
        question: String,
    },
    /// Answered though it was not to be asked.
    NotAsked {
        /// Which.
        question: String,
    },
}

/// Reads a set's document.
#[must_use]
pub fn read(doc: &Document) -> Option<QuestionSet> {
    serde_json::from_value(Value::Object(doc.clone())).ok()
}

/// The record that takes the place of a shipped set, or is one of its own.
#[must_use]
pub fn id(code: &str) -> RecordId {
    RecordId::derived(&["question_set", code])
}

impl QuestionSet {
    /// At most thirty questions, each with a name of its own, choices with options, conditions on earlier questions.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let mut before = BTreeSet::new();
        let sound = |question: &Question| {
            let asked = question.show_if.as_ref().is_none_or(|show| before.contains(&show.question));
            let options = question.kind != Answered::Choice || question.options.len() > 1;
            let fresh = before.insert(question.id.clone());
            asked && options && fresh && !question.id.is_empty() && !question.text.trim().is_empty()
        };
        (1..=LONGEST).contains(&self.questions.len()) && self.questions.iter().all(sound)
    }

    /// What in these answers needs a look.
    #[must_use]
    pub fn hints(&self, values: &Map<String, Value>) -> Vec<Hint> {
        let hint = |(name, value): (&String, &Value)| {
            let question = name.clone();
            let Some(asked) = self.questions.iter().find(|known| known.id == *name) else {
                return Some(Hint::QuestionUnknown { question });
            };
            if !fits(asked, value) {
                return Some(Hint::DoesNotFit { question });
            }
            let shown = asked.show_if.as_ref().is_none_or(|show| values.get(&show.question) == Some(&show.is));
            (!shown).then_some(Hint::NotAsked { question })
        };
        values.iter().filter(|(_, value)| !value.is_null()).filter_map(hint).collect()
    }
}

fn fits(question: &Question, value: &Value) -> bool {
    match question.kind {
        Answered::Choice => question.options.iter().any(|choice| value.as_str() == Some(&choice.code)),
        Answered::Number => value.is_number(),
        Answered::Date => value.as_str().is_some_and(|text| Day::parse(text).is_some()),
        Answered::Text => value.is_string(),
        Answered::Other => true,
    }
}

/// What in a contact's answers needs a look. `set` finds a set by its code.
pub fn hints(contact: &Record, set: impl Fn(&str) -> Option<QuestionSet>) -> Vec<Hint> {
    let answers = contact.value("answers").as_array().into_iter().flatten().filter_map(Value::as_object);
    let of_one = |answer: &Map<String, Value>| {
        let code = answer.get("set").and_then(Value::as_str).unwrap_or_default();
        let version = answer.get("version").and_then(Value::as_i64);
        match set(code).filter(|set| version == Some(set.version)) {
            None => vec![Hint::SetUnknown { set: code.to_owned() }],
            Some(set) => answer.get("values").and_then(Value::as_object).map(|v| set.hints(v)).unwrap_or_default(),
        }
    };
    answers.flat_map(of_one).collect()
}

/// The set of a code: the bureau's record, else the shipped one.
#[must_use]
pub fn find(code: &str, record: Option<&Record>) -> Option<QuestionSet> {
    record.and_then(|record| read(&record.doc)).or_else(|| shipped().into_iter().find(|set| set.code == code))
}

/// The sets that are shipped: 就业创业普查, 培训意愿, 困难摸底.
#[must_use]
pub fn shipped() -> Vec<QuestionSet> {
    // Written as the console writes them; a test reads them all.
    serde_json::from_str(include_str!("questions/shipped.json")).unwrap_or_default()
}
