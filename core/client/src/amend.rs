//! Mending a visit that was saved: what a reviewer returned, or what its author sees was wrong. The form opens as it was saved
//! and only what changed is sent, with the reason.

use bianfang_domain::assumed;
use bianfang_domain::document::{Document, int_in, text_in};
use bianfang_domain::form::Form;
use bianfang_domain::kind::{self, Contact};
use bianfang_domain::op::Act;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_store::{NewOp, Store, Writing};
use serde_json::Value;

use crate::draft::{AnswerDraft, AnswersDraft, EntryDraft, PlaceDraft, VisitDraft, VisitMore, VisitorDraft};
use crate::error::ClientError;
use crate::form::KeptForm;
use crate::ids;
use crate::phone::Phone;
use crate::save::Fact;
use crate::state::Saved;
use crate::visit;

/// When it happened and where stay as they were told at the door, and what the form does not show stays as it is. The marks of
/// what was assumed stay too: the one of a field that is set here holds no longer by itself ([`assumed::of`]).
const KEPT: [&str; 11] = [
    "at",
    "started",
    "place",
    "no_place",
    "signature",
    "entered_by",
    "thoughts",
    "note",
    "unit",
    "household",
    assumed::NAME,
];

/// What a form may leave empty beside its lines of words.
const ALSO: [&str; 4] = ["answers", "visitors", "others", "follow_up_on"];

impl Phone {
    /// A saved visit as its form.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn visit_draft(&self, visit: &str) -> Result<VisitDraft, ClientError> {
        let store = self.store().await?;
        draft(&contact(&store, visit).await?).ok_or(ClientError::NotFound)
    }

    /// Changes what differs of the visit that a form mends, with the photos that were added; and the form goes with it.
    pub(crate) async fn amend(&self, form: &str, visit: &str, draft: VisitDraft) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let contact = contact(&store, visit).await?;
        let reason = draft.amend_reason.as_deref().unwrap_or_default().trim().to_owned();
        if reason.is_empty() {
            return Err(ClientError::invalid("reason", "请写明更正的原因。", "Say why it is changed."));
        }
        let at_ms = contact.meta.origin.happened.ms;
        let mut draft = draft;
        let along = self.along(&store, (contact.id, at_ms), &mut draft).await?;
        let told = visit::fields(&store, draft).await?;
        let _forms = self.forms.lock().await;
        let kept = KeptForm::get(&store, form).await?.unwrap_or_default();
        let fields = changed(&contact.doc, told);
        let mut fact = Fact { kind: "contact", id: contact.id, fields, at_ms, originals: false };
        let mut writing = Writing { draft: Some(form.to_owned()), ..Writing::default() };
        self.evidence(&mut writing, &kept, (&mut fact, None))?;
        if !fact.fields.is_empty() {
            let act = Act::Amend { set: fact.fields, sealed: Default::default(), reason };
            writing.ops.insert(0, NewOp { kind: "contact".to_owned(), target: contact.id, act });
        }
        writing.ops.extend(along);
        self.written(&store, contact.id, &writing).await
    }
}

async fn contact(store: &Store, visit: &str) -> Result<Record, ClientError> {
    let record = store.get(ids::known(visit)?).await?.filter(|record| record.kind == "contact");
    record.ok_or(ClientError::NotFound)
}

/// The fields of the form that say something else now; one that was emptied is cleared.
fn changed(saved: &Document, told: Document) -> Document {
    let fields = kind::by_name("contact").map(|kind| kind.fields()).unwrap_or_default();
    let emptied = fields.iter().filter(|field| field.form == Form::Text || ALSO.contains(&field.name));
    let emptied = emptied.map(|field| field.name).filter(|name| saved.contains_key(*name) && !told.contains_key(*name));
    let mut set: Document = emptied.map(|name| (name.to_owned(), Value::Null)).collect();
    set.extend(told.into_iter().filter(|(name, value)| saved.get(name) != Some(value)));
    set.retain(|name, _| !KEPT.contains(&name.as_str()));
    set
}

fn draft(record: &Record) -> Option<VisitDraft> {
    let (contact, doc) = (Contact::read(&record.doc)?, &record.doc);
    let text = |field: &str| text_in(doc, field).map(str::to_owned);
    let list = |field: &str| doc.get(field).and_then(Value::as_array).cloned().unwrap_or_default();
    let codes = list("entries");
    let entries = contact.entries.iter().zip(&codes).map(|(entry, code)| EntryDraft {
        person: entry.person.to_string(),
        result: code.get("result").and_then(Value::as_str).unwrap_or_default().to_owned(),
        died_on: entry.died_on.map(|day| day.to_string()),
    });
    let visitors = list("visitors").into_iter().map(|visitor| VisitorDraft {
        account: visitor.get("account").and_then(Value::as_str).map(str::to_owned),
        name: visitor.get("name").and_then(Value::as_str).map(str::to_owned),
    });
    let more = VisitMore {
        unit: text("unit"),
        must_trigger: text("must_trigger"),
        visitors: visitors.collect(),
        companions: text("companions"),
        others: names(&list("others")),
        thoughts: None,
        difficulties: text("difficulties"),
        cause: text("cause"),
        measures: text("measures"),
        answered: text("answered"),
        to_solve: text("to_solve"),
        follow_up_on: int_in(doc, "follow_up_on")
            .and_then(|day| i32::try_from(day).ok())
            .map(|day| Day(day).to_string()),
        signature: text("signature"),
        no_signature: text("no_signature"),
        no_photo: text("no_photo"),
        no_place: text("no_place"),
        entered_by: text("entered_by"),
        gifts_text: text("gifts_text"),
        needs_text: text("needs_text"),
        answers: list("answers").iter().filter_map(answers).collect(),
        // They are records of their own and go on by themselves.
        needs: Vec::new(),
        need_steps: Vec::new(),
    };
    let place = doc.get("place").and_then(Value::as_object).map(|place| PlaceDraft {
        latitude: place.get("lat").and_then(Value::as_f64).unwrap_or_default(),
        longitude: place.get("lon").and_then(Value::as_f64).unwrap_or_default(),
        accuracy_m: place.get("accuracy_m").and_then(Value::as_f64).unwrap_or_default(),
        source: text_in(place, "source").unwrap_or_default().to_owned(),
    });
    Some(VisitDraft {
        entries: entries.collect(),
        method: text("method").unwrap_or_default(),
        work_types: contact.work_types,
        started_ms: contact.started.unwrap_or(contact.at),
        ended_ms: contact.at,
        note: text("situation"),
        place,
        more: Some(more),
        amends: Some(record.id.to_string()),
        amend_reason: None,
        plaque: None,
    })
}

fn names(list: &[Value]) -> Vec<String> {
    list.iter().filter_map(|one| Some(one.get("name")?.as_str()?.to_owned())).collect()
}

fn answers(said: &Value) -> Option<AnswersDraft> {
    let value = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let values = said.get("values").and_then(Value::as_object).into_iter().flatten();
    Some(AnswersDraft {
        set: said.get("set")?.as_str()?.to_owned(),
        version: said.get("version")?.as_i64()?,
        person: said.get("person").and_then(Value::as_str).map(str::to_owned),
        values: values.map(|(question, said)| AnswerDraft { question: question.clone(), value: value(said) }).collect(),
    })
}
