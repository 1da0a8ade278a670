//! Saving a visit: the contact and its photos become records in one transaction, and the draft goes with it. And taking a
//! record back.

use std::collections::BTreeSet;

use bianfang_domain::document::{Document, id_in};
use bianfang_domain::home::HomeWrite;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::plaque::event::{act, hangs};
use bianfang_domain::kind::{Method, VisitResult};
use bianfang_domain::op::Act;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_domain::visit;
use bianfang_store::{NewOp, Store, Writing};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::draft::{PlaceDraft, VisitDraft, VisitMore, VisitorDraft};
use crate::error::ClientError;
use crate::ids;
use crate::need;
use crate::phone::Phone;
use crate::plaque;
use crate::plaque_draft::PlaqueDraft;
use crate::question_set;
use crate::save::{Fact, object, put, put_text};
use crate::state::Saved;

impl Phone {
    /// Saves a visit with the photos of its form, and with what happened to the plaque in it: one write, both or neither;
    /// durable when it returns. A form saved before is not saved again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment; [`ClientError::StorageFull`].
    /// Form and photos are untouched then.
    pub async fn save_visit(&self, form: &str, draft: VisitDraft) -> Result<Saved, ClientError> {
        let id = ids::of_form(form)?;
        if let Some(visit) = draft.amends.clone() {
            return self.amend(form, &visit, draft).await;
        }
        let at_ms = draft.ended_ms;
        let mut draft = draft;
        let plaque = draft.plaque.take().map(|plaque| PlaqueDraft { contact: Some(id.to_string()), ..plaque });
        let plaque = plaque.map(|plaque| plaque::event(id, plaque)).transpose()?;
        // What puts a plaque up is work of its own in the visit.
        if plaque.as_ref().and_then(|plaque| act(&plaque.fields)).is_some_and(hangs) {
            draft.work_types.push("PLAQUE".to_owned());
        }
        let store = self.store().await?;
        let along = self.along(&store, (id, at_ms), &mut draft).await?;
        let fields = fields(&store, draft).await?;
        let fact = Fact { kind: "contact", id, fields, at_ms, originals: false };
        self.save_with(form, fact, (plaque, along)).await
    }

    /// Needs that were heard or taken further in a visit; they are work of it.
    pub(crate) async fn along(
        &self,
        store: &Store,
        visit: (RecordId, i64),
        draft: &mut VisitDraft,
    ) -> Result<Vec<NewOp>, ClientError> {
        let Some(more) = &mut draft.more else { return Ok(Vec::new()) };
        let (needs, steps) = (std::mem::take(&mut more.needs), std::mem::take(&mut more.need_steps));
        if !(needs.is_empty() && steps.is_empty()) {
            draft.work_types.push("NEED".to_owned());
        }
        need::of_visit(store, visit, (&needs, &steps)).await
    }

    /// Moves a visit that was saved on the wrong person to the right one, with everything that hangs on it; both time lines
    /// follow. What happened to a plaque in that visit moves to the other's household with it.
    ///
    /// # Errors
    /// [`ClientError::NotFound`]; [`ClientError::Invalid`] without a reason, or where `from` is not in it or `to` is already.
    pub async fn retarget(&self, visit: &str, from: &str, to: &str, reason: &str) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let contact = store.get(ids::known(visit)?).await?.filter(|record| record.kind == "contact");
        let contact = contact.ok_or(ClientError::NotFound)?;
        let (from, to) = (ids::given(from, "from")?, ids::known(to)?);
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(ClientError::invalid("reason", "请写明更正的原因。", "Say why it is moved."));
        }
        store.get(to).await?.filter(|record| record.kind == "person").ok_or(ClientError::NotFound)?;
        let wrong = || {
            ClientError::invalid(
                "from",
                "这次走访里没有此人，或对方已在其中。",
                "Not in this visit, or the other already is.",
            )
        };
        let mut people = Vec::new();
        for id in visit::people_after(&contact, from, to).ok_or_else(wrong)? {
            people.extend(store.get(id).await?);
        }
        let along = store.facts(contact.id).await?;
        let along: Vec<&Record> = along.iter().collect();
        let steps = visit::moved(&contact, (from, to), &people, &along, reason).ok_or_else(wrong)?;
        let op = |step: HomeWrite| NewOp { kind: step.kind.to_owned(), target: step.target, act: step.act };
        let ops = steps.into_iter().map(op).collect();
        self.written(&store, contact.id, &Writing { ops, ..Writing::default() }).await
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

/// The contact's document. Only what the form itself must know is looked at here: what can be true is the kind's to say.
pub(crate) async fn fields(store: &Store, draft: VisitDraft) -> Result<Document, ClientError> {
    if !known::<Method>(&draft.method, &Method::Other) {
        return Err(ClientError::invalid("method", "请选择走访方式。", "Choose how they were visited."));
    }
    let work_types: BTreeSet<String> = draft.work_types.iter().map(|code| code.trim().to_owned()).collect();
    if work_types.is_empty() {
        return Err(ClientError::invalid("work_types", "请至少选择一项工作。", "Choose at least one kind of work."));
    }
    let mut people = BTreeSet::new();
    let mut entries = Vec::new();
    for entry in &draft.entries {
        let person = ids::given(&entry.person, "entries")?;
        if !known::<VisitResult>(&entry.result, &VisitResult::Other) {
            return Err(ClientError::invalid("entries", "请选择走访结果。", "Choose what came of it."));
        }
        people.insert(person);
        let mut said = object(json!({ "person": person, "result": entry.result }));
        put(&mut said, "died_on", entry.died_on.as_deref().map(|text| day(text, "died_on")).transpose()?);
        entries.push(said);
    }
    let mut fields = object(json!({
        "at": draft.ended_ms,
        "started": draft.started_ms,
        "method": draft.method,
        "work_types": work_types,
        "entries": entries,
    }));
    put(&mut fields, "household", household(store, &people).await?.map(|id| id.to_string()));
    put(&mut fields, "place", draft.place.map(place));
    put_text(&mut fields, "situation", draft.note);
    more(store, &mut fields, draft.more.unwrap_or_default()).await?;
    Ok(fields)
}

/// The further lines of the form.
async fn more(store: &Store, fields: &mut Document, more: VisitMore) -> Result<(), ClientError> {
    let unit = more.unit.as_deref().map(|id| ids::given(id, "unit")).transpose()?;
    put(fields, "unit", unit.map(|id| id.to_string()));
    put(fields, "follow_up_on", more.follow_up_on.as_deref().map(|text| day(text, "follow_up_on")).transpose()?);
    for (field, text) in [
        ("must_trigger", more.must_trigger),
        ("companions", more.companions),
        ("thoughts", more.thoughts),
        ("difficulties", more.difficulties),
        ("cause", more.cause),
        ("measures", more.measures),
        ("answered", more.answered),
        ("to_solve", more.to_solve),
        ("signature", more.signature),
        ("no_signature", more.no_signature),
        ("no_photo", more.no_photo),
        ("no_place", more.no_place),
        ("entered_by", more.entered_by),
        ("gifts_text", more.gifts_text),
        ("needs_text", more.needs_text),
    ] {
        put_text(fields, field, text);
    }
    let visitor = |visitor: VisitorDraft| {
        let mut doc = Document::new();
        put_text(&mut doc, "account", visitor.account);
        put_text(&mut doc, "name", visitor.name);
        doc
    };
    let visitors: Vec<Document> = more.visitors.into_iter().map(visitor).collect();
    put(fields, "visitors", (!visitors.is_empty()).then(|| json!(visitors)));
    let others = more.others.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
    let others: Vec<Value> = others.map(|name| json!({ "name": name })).collect();
    put(fields, "others", (!others.is_empty()).then(|| json!(others)));
    let mut answers = Vec::new();
    for filled in more.answers {
        question_set::mendable(store, &filled).await?;
        let values = question_set::kept(store, &filled).await?;
        let mut doc = object(json!({ "set": filled.set, "version": filled.version, "values": values }));
        put_text(&mut doc, "person", filled.person);
        answers.push(doc);
    }
    put(fields, "answers", (!answers.is_empty()).then(|| json!(answers)));
    Ok(())
}

fn day(text: &str, field: &str) -> Result<i32, ClientError> {
    let day = Day::parse(text).map(|day| day.0);
    day.ok_or_else(|| ClientError::invalid(field, "日期写作 2026-01-31。", "Days are written 2026-01-31."))
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

fn place(place: PlaceDraft) -> Value {
    let PlaceDraft { latitude, longitude, accuracy_m, source } = place;
    // What is no number becomes null, which is no position: the kind refuses it.
    json!({ "lat": latitude, "lon": longitude, "accuracy_m": accuracy_m, "source": source })
}

/// Whether this version knows the code.
pub(crate) fn known<T: DeserializeOwned + PartialEq>(code: &str, other: &T) -> bool {
    serde_json::from_value::<T>(Value::from(code)).is_ok_and(|value| value != *other)
}
