//! A person's page: who they are, their household, and what was done with them.

use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::form::Form;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, Contact, categories, id_state, phones, result_of};
use bianfang_domain::record::{Beside, BesideWhy, Record};
use bianfang_domain::review::ReviewState;
use bianfang_domain::time::Day;
use bianfang_store::{PeopleAsk, Store};
use serde_json::Value;

use crate::error::ClientError;
use crate::household::plaque_of;
use crate::ids;
use crate::people::{Asking, code, row};
use crate::phone::Phone;
use crate::state::state;
use crate::view::{FieldLine, PersonView, VisitLine, WaitingLine};

impl Phone {
    /// A person's page.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn person(&self, id: &str) -> Result<PersonView, ClientError> {
        let store = self.store().await?;
        let id = ids::known(id)?;
        let person = store.get(id).await?.filter(|record| record.kind == "person").ok_or(ClientError::NotFound)?;
        let asking = Asking::new(self, &store).await?;
        let own = store.people(&PeopleAsk { only: Some(&[id]), ..asking.ask() }, false, None, 1).await?;
        let own = own.into_iter().next().ok_or(ClientError::NotFound)?;
        let household = id_in(&person.doc, "household");
        let mut others = Vec::new();
        if household.is_some() {
            others = store.people(&PeopleAsk { household, ..asking.ask() }, false, None, u32::MAX).await?;
        }
        let plaque = match household {
            Some(household) => Some(plaque_of(&store, household).await?),
            None => None,
        };
        Ok(PersonView {
            row: row(own),
            id_number: text_in(&person.doc, "id_number").map(str::to_owned),
            phones: phones(&person),
            categories: categories(&person),
            life: text_in(&person.doc, "life").unwrap_or("UNKNOWN").to_owned(),
            household: others.into_iter().filter(|other| other.id != id).map(row).collect(),
            visits: visits(&store, id).await?,
            plaque,
            register: text_in(&person.doc, "register").unwrap_or("ACTIVE").to_owned(),
            id_state: code(&id_state(&person)),
            fields: fields(&person),
            beside: person.meta.beside.iter().map(beside).collect(),
        })
    }
}

/// What a page shows elsewhere, or what only the program reads.
const SHOWN: [&str; 6] = ["name", "id_number", "phones", "categories", "life", "register"];

fn fields(person: &Record) -> Vec<FieldLine> {
    let known = person.doc.iter().filter(|(field, _)| !SHOWN.contains(&field.as_str()));
    known.map(|(field, value)| FieldLine { field: field.clone(), values: values(field, value) }).collect()
}

pub(crate) fn beside(other: &Beside) -> WaitingLine {
    let (why, reason) = match other.why {
        BesideWhy::Proposed => ("PROPOSED", None),
        BesideWhy::Conflict => ("CONFLICT", None),
        BesideWhy::Held(reason) => ("HELD", Some(reason)),
    };
    WaitingLine {
        field: other.field.clone(),
        values: values(&other.field, &other.value),
        why: why.to_owned(),
        zh: reason.map(|reason| reason.zh().to_owned()),
        en: reason.map(|reason| reason.en().to_owned()),
    }
}

fn form(field: &str) -> Form {
    kind::by_name("person").map_or(Form::Any, |kind| kind::field(kind, field).form)
}

/// A value as text: a day as a date, a list one by one, anything else as it is written.
fn values(field: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(|element| values("", element)).collect(),
        Value::Number(number) if form(field) == Form::Day => {
            let day = number.as_i64().and_then(|day| i32::try_from(day).ok()).map(|day| Day(day).to_string());
            vec![day.unwrap_or_else(|| number.to_string())]
        }
        other => vec![other.to_string()],
    }
}

/// Contacts that name the person, newest first.
async fn visits(store: &Store, person: RecordId) -> Result<Vec<VisitLine>, ClientError> {
    let mut rows = Vec::new();
    for record in store.facts(person).await?.iter().rev().filter(|record| record.kind == "contact") {
        let Some(contact) = Contact::read(&record.doc) else { continue };
        let photos = store.facts(record.id).await?;
        let photos = photos.iter().filter(|fact| fact.kind == "photo" && fact.stands()).count();
        rows.push(VisitLine {
            id: record.id.to_string(),
            at_ms: record.meta.origin.happened.ms,
            doubtful: record.meta.origin.happened.doubtful,
            method: text_in(&record.doc, "method").unwrap_or_default().to_owned(),
            result: result_of(record, person).unwrap_or_default().to_owned(),
            work_types: contact.work_types,
            note: text_in(&record.doc, "situation").or(text_in(&record.doc, "note")).map(str::to_owned),
            photos: u32::try_from(photos).unwrap_or(u32::MAX),
            voided: record.meta.voided.is_some(),
            review: ReviewState::of(record).code().to_owned(),
            comment: record.meta.comment.clone(),
            state: state(store, record.id, Some(record)).await?,
        });
    }
    Ok(rows)
}
