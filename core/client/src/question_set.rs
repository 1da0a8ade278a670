//! Question sets 问卷 on the phone: which are asked of somebody in a visit, what is asked after the answers so far, and
//! what in the answers does not fit, before they are saved.

use bianfang_domain::document::text_in;
use bianfang_domain::kind::categories;
use bianfang_domain::questions::{self, AnswerKind, Hint, Question, QuestionSet};
use bianfang_domain::record::Record;
use bianfang_store::Store;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::draft::{AnswerDraft, AnswersDraft};
use crate::error::ClientError;
use crate::ids;
use crate::people::code;
use crate::phone::Phone;
use crate::view::WarningLine;

/// A question set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct QuestionSetView {
    /// Names it.
    pub code: String,
    /// 标题
    pub title: String,
    /// Given back with the answers.
    pub version: i64,
    /// In their order.
    pub questions: Vec<QuestionLine>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct QuestionLine {
    /// Names its answer.
    pub id: String,
    /// CHOICE | NUMBER | DATE | TEXT
    pub kind: String,
    /// 题目
    pub text: String,
    /// Of a choice.
    pub options: Vec<OptionLine>,
    /// Asked only after the question of this name
    pub show_if: Option<String>,
    /// was answered so.
    pub show_if_is: Option<String>,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OptionLine {
    /// What is kept.
    pub code: String,
    /// What is shown.
    pub text: String,
}

impl Phone {
    /// The sets that are asked of somebody in a visit of this work; without a person, those of the work.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] for a person that is not here, [`ClientError::Locked`].
    pub async fn question_sets(
        &self,
        person: Option<String>,
        work_types: Vec<String>,
    ) -> Result<Vec<QuestionSetView>, ClientError> {
        let store = self.store().await?;
        let classes = match person {
            Some(id) => Some(classes(&store.get(ids::known(&id)?).await?.ok_or(ClientError::NotFound)?)),
            None => None,
        };
        let fits = |set: &QuestionSet| match &classes {
            Some(classes) => set.fits(&work_types, classes),
            None => set.fits(&work_types, &set.classes),
        };
        let sets = questions::all(&store.list("question_set").await?);
        Ok(sets.iter().filter(|set| fits(set)).map(view).collect())
    }

    /// The questions to be asked after the answers so far, in their order: the form shows these and no others.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] for a set that is not here, [`ClientError::Locked`].
    pub async fn asked(&self, answers: AnswersDraft) -> Result<Vec<String>, ClientError> {
        let set = known(&*self.store().await?, &answers.set).await?.ok_or(ClientError::NotFound)?;
        Ok(set.asked(&values(Some(&set), &answers.values)).iter().map(|question| question.id.clone()).collect())
    }

    /// What in the answers does not fit, each with its question. What does not fit its question is not saved; the rest is.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn check_answers(&self, answers: AnswersDraft) -> Result<Vec<WarningLine>, ClientError> {
        Ok(hints(&*self.store().await?, &answers).await?.iter().map(warning).collect())
    }
}

/// Refuses answers that the form can still mend: of the very version it showed, and not fitting their question.
pub(crate) async fn mendable(store: &Store, answers: &AnswersDraft) -> Result<(), ClientError> {
    let wrong = hints(store, answers).await?.into_iter().find(|hint| !matches!(hint, Hint::SetUnknown { .. }));
    match wrong {
        None => Ok(()),
        Some(hint) => {
            let title = known(store, &answers.set).await?.map(|set| asked_as(&set, hint.about())).unwrap_or_default();
            let (zh, en) = (format!("{title}：{}", hint.zh()), format!("{title}: {}", hint.en()));
            Err(ClientError::invalid("answers", &zh, &en))
        }
    }
}

/// The answers as a contact keeps them.
pub(crate) async fn kept(store: &Store, answers: &AnswersDraft) -> Result<Map<String, Value>, ClientError> {
    Ok(values(known(store, &answers.set).await?.as_ref(), &answers.values))
}

async fn known(store: &Store, code: &str) -> Result<Option<QuestionSet>, ClientError> {
    Ok(questions::find(code, store.get(questions::id(code)).await?.as_ref()))
}

async fn hints(store: &Store, answers: &AnswersDraft) -> Result<Vec<Hint>, ClientError> {
    let set = known(store, &answers.set).await?.filter(|set| set.version == answers.version);
    Ok(match set {
        None => vec![Hint::SetUnknown { set: answers.set.clone() }],
        Some(set) => set.hints(&values(Some(&set), &answers.values)),
    })
}

/// Blank answers are none.
fn values(set: Option<&QuestionSet>, said: &[AnswerDraft]) -> Map<String, Value> {
    let said = said.iter().filter(|said| !said.value.trim().is_empty());
    said.map(|said| (said.question.clone(), value(set, said))).collect()
}

/// An answer as its question keeps it: a number as a number; what is none is kept as it was typed.
fn value(set: Option<&QuestionSet>, said: &AnswerDraft) -> Value {
    let asked = set.and_then(|set| set.questions.iter().find(|question| question.id == said.question));
    let number = || said.value.trim().parse::<serde_json::Number>().ok().map(Value::Number);
    match asked.map(|question| question.kind) {
        Some(AnswerKind::Number) => number().unwrap_or_else(|| said.value.clone().into()),
        _ => said.value.trim().into(),
    }
}

fn asked_as(set: &QuestionSet, question: &str) -> String {
    let known = set.questions.iter().find(|known| known.id == question);
    known.map_or_else(|| question.to_owned(), |known| known.text.clone())
}

fn classes(person: &Record) -> Vec<String> {
    let tags = person.value("tags").as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    let key = person.value("key_contact").as_bool().unwrap_or(false).then(|| "KEY".to_owned());
    categories(person).into_iter().chain(tags).chain(key).collect()
}

fn view(set: &QuestionSet) -> QuestionSetView {
    let row = |question: &Question| QuestionLine {
        id: question.id.clone(),
        kind: code(&question.kind),
        text: question.text.clone(),
        options: question.options.iter().map(|o| OptionLine { code: o.code.clone(), text: o.text.clone() }).collect(),
        show_if: question.show_if.as_ref().map(|show| show.question.clone()),
        show_if_is: question.show_if.as_ref().map(|show| match &show.is {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }),
    };
    QuestionSetView {
        code: set.code.clone(),
        title: set.title.clone(),
        version: set.version,
        questions: set.questions.iter().filter(|question| question.kind != AnswerKind::Other).map(row).collect(),
    }
}

fn warning(hint: &Hint) -> WarningLine {
    let told = serde_json::to_value(hint).unwrap_or_default();
    let code = told.as_object().and_then(|told| text_in(told, "hint")).unwrap_or_default().to_owned();
    WarningLine { code, field: Some(hint.about().to_owned()), zh: hint.zh().to_owned(), en: hint.en().to_owned() }
}
