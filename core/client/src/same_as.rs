//! SAME_AS 同一人 told from a phone: both records side by side, the word that they are one person, and taking it back
//! ([`Phone::void`]). Whether the word is enough is for the domain to say; until then both records stay as they are.

use std::collections::BTreeSet;

use bianfang_domain::document::id_in;
use serde::Serialize;
use serde_json::json;

use crate::error::ClientError;
use crate::ids;
use crate::phone::Phone;
use crate::save::{Fact, object};
use crate::state::{RecordState, Saved, state};
use crate::view::PersonView;

/// Two records side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PairView {
    /// One.
    pub one: PersonView,
    /// The other.
    pub other: PersonView,
    /// Fields in which both say something and not the same.
    pub differ: Vec<String>,
    /// What was said about the two, the newest last.
    pub said: Vec<SameLine>,
}

/// One word that two records are one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SameLine {
    /// The record; [`Phone::void`] takes it back.
    pub id: String,
    /// The duplicate.
    pub person: String,
    /// The record that stays.
    pub kept: String,
    /// It was taken back.
    pub voided: bool,
    /// How far it has travelled, and why it is held.
    pub state: RecordState,
}

impl Phone {
    /// Two records side by side.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn compare(&self, one: &str, other: &str) -> Result<PairView, ClientError> {
        let (left, right) = (self.person(one).await?, self.person(other).await?);
        let said = self.same(one).await?;
        let of_both = |row: &SameLine| [&row.person, &row.kept].contains(&&right.row.id);
        Ok(PairView {
            differ: differ(&left, &right),
            said: said.into_iter().filter(of_both).collect(),
            one: left,
            other: right,
        })
    }

    /// What was said about who else somebody is, the newest last.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn same(&self, person: &str) -> Result<Vec<SameLine>, ClientError> {
        let store = self.store().await?;
        let mut rows = Vec::new();
        for fact in store.facts(ids::known(person)?).await?.iter().filter(|fact| fact.kind == "same_as") {
            let id = |field: &str| id_in(&fact.doc, field).map(|id| id.to_string()).unwrap_or_default();
            rows.push(SameLine {
                id: fact.id.to_string(),
                person: id("person"),
                kept: id("kept"),
                voided: fact.meta.voided.is_some(),
                state: state(&store, fact.id, Some(fact)).await?,
            });
        }
        Ok(rows)
    }

    /// Says that a record is another one's duplicate; durable when it returns. Both stay; of two who say it the township's
    /// word counts.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] for a person that is not here; [`ClientError::Invalid`] where both are the same record.
    pub async fn say_same(&self, form: &str, person: &str, kept: &str) -> Result<Saved, ClientError> {
        let (person, kept) = (ids::known(person)?, ids::known(kept)?);
        {
            let store = self.store().await?;
            for id in [person, kept] {
                store.get(id).await?.filter(|record| record.kind == "person").ok_or(ClientError::NotFound)?;
            }
        }
        let at_ms = self.host.now_ms();
        let fields = object(json!({ "person": person, "kept": kept, "at": at_ms }));
        let id = ids::of_form(form)?;
        self.save(form, Fact { kind: "same_as", id, fields, at_ms, originals: false }).await
    }
}

fn differ(one: &PersonView, other: &PersonView) -> Vec<String> {
    let mut differ = BTreeSet::new();
    let known = |one: &str, other: &str| !one.is_empty() && !other.is_empty() && one != other;
    let number = |view: &PersonView| view.id_number.clone().unwrap_or_default();
    for (field, left, right) in [
        ("name", one.row.name.clone(), other.row.name.clone()),
        ("id_number", number(one), number(other)),
        ("life", one.life.clone(), other.life.clone()),
    ] {
        if known(&left, &right) {
            differ.insert(field.to_owned());
        }
    }
    for field in &one.fields {
        let there = other.fields.iter().find(|there| there.field == field.field);
        if there
            .is_some_and(|there| !there.values.is_empty() && !field.values.is_empty() && there.values != field.values)
        {
            differ.insert(field.field.clone());
        }
    }
    differ.into_iter().collect()
}
