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
pub enum AnswerKind {
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
    pub kind: AnswerKind,
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
    /// Of these kinds of work only; empty: of all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub work_types: Vec<String>,
    /// For these categories or tags only; empty: for everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
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

impl Hint {
    /// The question or the set it is about.
    #[must_use]
    pub fn about(&self) -> &str {
        match self {
            Self::SetUnknown { set } => set,
            Self::QuestionUnknown { question } | Self::DoesNotFit { question } | Self::NotAsked { question } => {
                question
            }
        }
    }

    /// 中文.
    #[must_use]
    pub fn zh(&self) -> &'static str {
        match self {
            Self::SetUnknown { .. } => "问卷已更新或停用，请重新打开问卷核对。",
            Self::QuestionUnknown { .. } => "问卷里没有这一题，请重新打开问卷核对。",
            Self::DoesNotFit { .. } => "答案不符合题目要求，请重新填写。",
            Self::NotAsked { .. } => "按前面的答案不需要填这一题，请清除或核对前面的答案。",
        }
    }

    /// English.
    #[must_use]
    pub fn en(&self) -> &'static str {
        match self {
            Self::SetUnknown { .. } => "This question set was changed or withdrawn: open it again.",
            Self::QuestionUnknown { .. } => "The set has no such question: open it again.",
            Self::DoesNotFit { .. } => "The answer does not fit its question: answer it again.",
            Self::NotAsked { .. } => "The answers before do not ask this: clear it or look at those again.",
        }
    }
}

impl QuestionSet {
    /// At most thirty questions, each with a name of its own, choices with options, conditions on earlier questions.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let mut before = BTreeSet::new();
        let sound = |question: &Question| {
            let asked = question.show_if.as_ref().is_none_or(|show| before.contains(&show.question));
            let options = question.kind != AnswerKind::Choice || question.options.len() > 1;
            let fresh = before.insert(question.id.clone());
            asked && options && fresh && !question.id.is_empty() && !question.text.trim().is_empty()
        };
        (1..=LONGEST).contains(&self.questions.len()) && self.questions.iter().all(sound)
    }

    /// Whether it is asked of somebody with these categories and tags in a visit of this work.
    #[must_use]
    pub fn fits(&self, work_types: &[String], classes: &[String]) -> bool {
        let any = |wanted: &[String], there: &[String]| wanted.is_empty() || wanted.iter().any(|w| there.contains(w));
        any(&self.work_types, work_types) && any(&self.classes, classes)
    }

    /// The questions to be asked after these answers, in their order. A condition on a question that is not asked is not met.
    #[must_use]
    pub fn asked(&self, values: &Map<String, Value>) -> Vec<&Question> {
        let mut asked: Vec<&Question> = Vec::new();
        for question in self.questions.iter().filter(|question| question.kind != AnswerKind::Other) {
            let met = question.show_if.as_ref().is_none_or(|show| {
                asked.iter().any(|before| before.id == show.question) && values.get(&show.question) == Some(&show.is)
            });
            if met {
                asked.push(question);
            }
        }
        asked
    }

    /// What in these answers needs a look.
    #[must_use]
    pub fn hints(&self, values: &Map<String, Value>) -> Vec<Hint> {
        let shown = self.asked(values);
        let hint = |(name, value): (&String, &Value)| {
            let question = name.clone();
            let Some(asked) = self.questions.iter().find(|known| known.id == *name) else {
                return Some(Hint::QuestionUnknown { question });
            };
            if !fits(asked, value) {
                return Some(Hint::DoesNotFit { question });
            }
            let shown = shown.iter().any(|known| known.id == *name) || asked.kind == AnswerKind::Other;
            (!shown).then_some(Hint::NotAsked { question })
        };
        values.iter().filter(|(_, value)| !value.is_null()).filter_map(hint).collect()
    }
}

fn fits(question: &Question, value: &Value) -> bool {
    match question.kind {
        AnswerKind::Choice => question.options.iter().any(|choice| value.as_str() == Some(&choice.code)),
        AnswerKind::Number => value.is_number(),
        AnswerKind::Date => value.as_str().is_some_and(|text| Day::parse(text).is_some()),
        AnswerKind::Text => value.is_string(),
        AnswerKind::Other => true,
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

/// Every set of a bureau: its own records and those shipped that none of them replaces.
#[must_use]
pub fn all<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<QuestionSet> {
    let mut sets: Vec<QuestionSet> = records.into_iter().filter_map(|record| read(&record.doc)).collect();
    let own: BTreeSet<String> = sets.iter().map(|set| set.code.clone()).collect();
    sets.extend(shipped().into_iter().filter(|set| !own.contains(&set.code)));
    sets.sort_by(|one, other| one.code.cmp(&other.code));
    sets
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
