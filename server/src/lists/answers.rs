//! Answered question sets of a visit in words, for the reviewer who reads them: the question as it was asked, the option's
//! text for its code.

use bianfang_domain::questions::{Question, QuestionSet};
use bianfang_domain::record::Record;
use serde::Serialize;
use serde_json::Value;

/// One answered set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Answered {
    /// 标题; its code where the set is not known here.
    pub title: String,
    /// In the order of the set.
    pub values: Vec<AnswerWords>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AnswerWords {
    /// As it was asked; its name where the set does not know it.
    pub question: String,
    /// As people read it.
    pub answer: String,
}

/// What a contact's question sets say. `set` finds a set by its code.
pub fn in_words(contact: &Record, set: impl Fn(&str) -> Option<QuestionSet>) -> Vec<Answered> {
    let answers = contact.value("answers").as_array().into_iter().flatten().filter_map(Value::as_object);
    let words = answers.map(|answer| {
        let code = answer.get("set").and_then(Value::as_str).unwrap_or_default();
        let known = set(code);
        let asked: &[Question] = known.as_ref().map(|set| set.questions.as_slice()).unwrap_or_default();
        let values = answer.get("values").and_then(Value::as_object);
        let mut values: Vec<(&String, &Value)> =
            values.into_iter().flatten().filter(|(_, value)| !value.is_null()).collect();
        let place = |name: &str| asked.iter().position(|question| question.id == name);
        values.sort_by_key(|(name, _)| place(name).unwrap_or(usize::MAX));
        let words = values.into_iter().map(|(name, value)| {
            let question = asked.iter().find(|question| question.id == *name);
            AnswerWords {
                question: question.map_or(name.clone(), |question| question.text.clone()),
                answer: text(question, value),
            }
        });
        Answered { title: known.as_ref().map_or(code.to_owned(), |set| set.title.clone()), values: words.collect() }
    });
    words.collect()
}

fn text(question: Option<&Question>, value: &Value) -> String {
    let said = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let options = question.map(|question| question.options.as_slice()).unwrap_or_default();
    options.iter().find(|option| option.code == said).map_or(said, |option| option.text.clone())
}
