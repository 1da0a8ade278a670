//! What this account says of the work and the app 投诉建议: to the county past everybody between, with a name or without, and
//! what became of it.

use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::suggestion::step::{SuggestionState, standing};
use bianfang_domain::op::Part;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_domain::world::World;
use bianfang_store::Store;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::ClientError;
use crate::ids;
use crate::people::code;
use crate::phone::Phone;
use crate::plaque::loaded;
use crate::save::{object, put_text, record};
use crate::state::Saved;

/// What is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SuggestionDraft {
    /// COMPLAINT | SUGGESTION
    pub suggestion_type: String,
    /// 内容
    pub words: String,
    /// Nobody but who said it learns whose it is.
    #[cfg_attr(feature = "uniffi", uniffi(default = false))]
    pub unnamed: bool,
}

/// A suggestion of this account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SuggestionLine {
    /// The suggestion.
    pub id: String,
    /// COMPLAINT | SUGGESTION
    pub suggestion_type: String,
    /// 内容
    pub words: String,
    /// Said without a name.
    pub unnamed: bool,
    /// As `2026-01-31`.
    pub said_on: String,
    /// SUBMITTED | ANSWERED | RATED
    pub state: String,
    /// The last answer.
    pub answer: Option<String>,
    /// As `2026-01-31`.
    pub answered_on: Option<String>,
    /// Whether the answer was found right; none while it was not rated.
    pub satisfied: Option<bool>,
}

impl Phone {
    /// What this account has said, the latest first.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn suggestions(&self) -> Result<Vec<SuggestionLine>, ClientError> {
        let store = self.store().await?;
        let Some(actor) = self.actor(&store).await? else { return Ok(Vec::new()) };
        let world = loaded(&store, &["suggestion", "suggestion_step"]).await?;
        let own = |record: &&Record| record.kind == "suggestion" && record.meta.origin.actor.account == actor.account;
        let mut said: Vec<&Record> = world.records().filter(own).filter(|record| record.stands()).collect();
        said.sort_by_key(|record| std::cmp::Reverse(record.fold_key()));
        Ok(said.into_iter().map(|record| line(record, &world)).collect())
    }

    /// Says something to the county; durable when it returns. A form saved before is not saved again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment; [`ClientError::StorageFull`].
    pub async fn save_suggestion(&self, form: &str, draft: SuggestionDraft) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let id = RecordId::repeated(&["suggestion", &ids::of_form(form)?.to_string()]);
        let county = county(&store).await?;
        let mut fields = object(json!({ "at": self.host.now_ms(), "division": county,
            "suggestion_type": draft.suggestion_type }));
        put_text(&mut fields, "words", Some(draft.words));
        if draft.unnamed {
            fields.insert("unnamed".to_owned(), true.into());
        }
        self.once(&store, form, id, vec![record("suggestion", id, fields)]).await
    }

    /// Says whether an answer is right; durable when it returns.
    ///
    /// # Errors
    /// As [`Phone::save_suggestion`]; [`ClientError::NotFound`].
    pub async fn rate_suggestion(
        &self,
        form: &str,
        suggestion: &str,
        satisfied: bool,
        note: Option<String>,
    ) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let suggestion = ids::given(suggestion, "suggestion")?;
        let id = RecordId::repeated(&["suggestion_step", &ids::of_form(form)?.to_string()]);
        let mut fields = object(json!({ "at": self.host.now_ms(), "suggestion": suggestion, "step": "RATED",
            "satisfied": satisfied }));
        put_text(&mut fields, "note", note);
        self.once(&store, form, id, vec![record("suggestion_step", id, fields)]).await
    }
}

/// The division above all others: the tree comes down to every phone.
async fn county(store: &Store) -> Result<RecordId, ClientError> {
    let divisions = store.list("division").await?;
    let top = divisions.iter().find(|record| id_in(&record.doc, "parent").is_none() && record.stands());
    let none = || {
        ClientError::invalid("division", "还没有取到区划，请先同步一次。", "No divisions here yet: synchronize once.")
    };
    top.map(|record| record.id).ok_or_else(none)
}

fn line(record: &Record, world: &World) -> SuggestionLine {
    let text = |field: &str| text_in(&record.doc, field).map(str::to_owned).unwrap_or_default();
    let steps = world.facts(record.id, "suggestion_step").into_iter().filter(|fact| fact.counts(&Part::Whole));
    let mut steps: Vec<&Record> = steps.collect();
    steps.sort_by_key(|fact| fact.fold_key());
    let last = |step: &str| steps.iter().rev().find(|fact| text_in(&fact.doc, "step") == Some(step)).copied();
    let state = standing(record, world);
    let answer = last("ANSWERED");
    let rated = last("RATED").filter(|_| state == SuggestionState::Rated);
    SuggestionLine {
        id: record.id.to_string(),
        suggestion_type: text("suggestion_type"),
        words: text("words"),
        unnamed: record.value("unnamed") == &Value::Bool(true),
        said_on: Day::of(record.meta.origin.happened.ms).to_string(),
        state: code(&state),
        answer: answer.and_then(|fact| text_in(&fact.doc, "answer")).map(str::to_owned),
        answered_on: answer.map(|fact| Day::of(fact.meta.origin.happened.ms).to_string()),
        satisfied: rated.and_then(|fact| fact.value("satisfied").as_bool()),
    }
}
