//! Saving a visit: the contact and its photos become records in one transaction, and the draft goes with it. And taking a
//! record back.

use std::collections::BTreeSet;

use bianfang_domain::document::{Document, id_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{Method, VisitResult};
use bianfang_domain::op::Act;
use bianfang_store::Store;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::draft::{PlaceDraft, VisitDraft};
use crate::error::ClientError;
use crate::ids;
use crate::phone::Phone;
use crate::save::{Fact, object, put, put_text};
use crate::state::Saved;

impl Phone {
    /// Saves a visit with the photos of its form; durable when it returns. A form saved before is not saved again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment; [`ClientError::StorageFull`].
    /// Form and photos are untouched then.
    pub async fn save_visit(&self, form: &str, draft: VisitDraft) -> Result<Saved, ClientError> {
        let id = ids::of_form(form)?;
        let at_ms = draft.ended_ms;
        let fields = fields(&*self.store().await?, draft).await?;
        self.save(form, Fact { kind: "contact", id, fields, at_ms, originals: false }).await
    }

    /// Takes a record back, with the reason. Nothing is deleted.
    ///
    /// # Errors
    /// [`ClientError::NotFound`]; [`ClientError::Invalid`] without a reason or right.
    pub async fn void(&self, record: &str, reason: &str) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let record = store.get(ids::known(record)?).await?.ok_or(ClientError::NotFound)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(ClientError::invalid("reason", "请写明作废的原因。", "Say why it is taken back."));
        }
        self.act(&store, &record.kind, record.id, Act::Void { reason: reason.to_owned() }).await
    }
}

/// The contact's document.
async fn fields(store: &Store, draft: VisitDraft) -> Result<Document, ClientError> {
    if !known::<Method>(&draft.method, &Method::Other) {
        return Err(ClientError::invalid("method", "请选择走访方式。", "Choose how they were visited."));
    }
    let work_types: BTreeSet<String> = draft.work_types.iter().map(|code| code.trim().to_owned()).collect();
    if work_types.is_empty() || work_types.iter().any(|code| !is_code(code)) {
        return Err(ClientError::invalid("work_types", "请至少选择一项工作。", "Choose at least one kind of work."));
    }
    let mut people = BTreeSet::new();
    let mut entries = Vec::new();
    for entry in &draft.entries {
        let person = ids::given(&entry.person, "entries")?;
        if !known::<VisitResult>(&entry.result, &VisitResult::Other) {
            return Err(ClientError::invalid("entries", "请选择走访结果。", "Choose what came of it."));
        }
        if !people.insert(person) {
            return Err(ClientError::invalid("entries", "同一人出现了两次。", "Somebody is listed twice."));
        }
        entries.push(json!({ "person": person, "result": entry.result }));
    }
    let mut fields = object(json!({
        "at": draft.ended_ms,
        "started": draft.started_ms,
        "method": draft.method,
        "work_types": work_types,
        "entries": entries,
    }));
    put(&mut fields, "household", household(store, &people).await?.map(|id| id.to_string()));
    put(&mut fields, "place", draft.place.map(place).transpose()?);
    put_text(&mut fields, "note", draft.note);
    Ok(fields)
}

/// The household that all of them live in, if they do.
async fn household(store: &Store, people: &BTreeSet<RecordId>) -> Result<Option<RecordId>, ClientError> {
    let mut households = BTreeSet::new();
    for person in people {
        let person = store.get(*person).await?;
        households.insert(person.and_then(|person| id_in(&person.doc, "household")));
    }
    Ok(if households.len() == 1 { households.pop_first().flatten() } else { None })
}

fn place(place: PlaceDraft) -> Result<Value, ClientError> {
    let PlaceDraft { latitude, longitude, accuracy_m, source } = place;
    let right = latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && accuracy_m.is_finite() && accuracy_m >= 0.0;
    if !right || !matches!(source.as_str(), "GPS" | "NETWORK" | "MANUAL") {
        return Err(ClientError::invalid("place", "位置无效，可以不填。", "This is no position; it may be left out."));
    }
    Ok(json!({ "latitude": latitude, "longitude": longitude, "accuracy_m": accuracy_m, "source": source }))
}

/// Whether this version knows the code.
pub(crate) fn known<T: DeserializeOwned + PartialEq>(code: &str, other: &T) -> bool {
    serde_json::from_value::<T>(Value::from(code)).is_ok_and(|value| value != *other)
}

/// Codes of tables that the bureau edits: any word in capital letters.
fn is_code(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}
