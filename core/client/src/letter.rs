//! Merit letters of this phone's divisions, and recording what was done with one.

use bianfang_domain::document::{Document, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::Kind as _;
use bianfang_domain::kind::letter::step::{self, LetterStep, LetterWarning};
use bianfang_domain::record::Record;
use bianfang_domain::world::World;
use serde_json::{Value, json};

use crate::draft::{DelivererDraft, LetterStepDraft};
use crate::error::ClientError;
use crate::ids;
use crate::people::code;
use crate::phone::Phone;
use crate::plaque::loaded;
use crate::save::{Fact, object, put, put_text};
use crate::state::Saved;
use crate::view::{LetterRow, WarningRow};

impl Phone {
    /// The letters of this phone's divisions by the soldier's name; `state` keeps those in one state, blank keeps all. Those
    /// entered in error are not among them.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn letters(&self, state: &str) -> Result<Vec<LetterRow>, ClientError> {
        let world = loaded(&*self.store().await?, &["letter", "letter_step"]).await?;
        let letters = world.records().filter(|record| record.kind == "letter");
        let letters = letters.filter(|record| text_in(&record.doc, "removed").is_none());
        let mut rows: Vec<LetterRow> = letters.map(|letter| row(letter, &world)).collect();
        rows.retain(|row| state.trim().is_empty() || row.state == state.trim());
        rows.sort_by_key(|row| bianfang_domain::name::sort_key(&row.soldier));
        Ok(rows)
    }

    /// What is unusual about who delivers, to be shown before it is saved. It never keeps anybody from saving.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn letter_warnings(&self, draft: LetterStepDraft) -> Result<Vec<WarningRow>, ClientError> {
        let store = self.store().await?;
        let letter = store.get(ids::known(&draft.letter)?).await?.ok_or(ClientError::NotFound)?;
        let warned = if draft.step == "DELIVERED" { step::warnings(&letter.doc, &fields(&draft)?) } else { Vec::new() };
        Ok(warned.into_iter().map(warning).collect())
    }

    /// Records a step of a letter with the photos of its form; durable when it returns.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment; [`ClientError::StorageFull`].
    pub async fn record_letter(&self, form: &str, draft: LetterStepDraft) -> Result<Saved, ClientError> {
        let id = RecordId::derived(&[LetterStep.name(), &ids::of_form(form)?.to_string()]);
        let fields = fields(&draft)?;
        // Money may be in it: its originals are sent too.
        self.save(form, Fact { kind: "letter_step", id, fields, at_ms: draft.at_ms, originals: true }).await
    }
}

fn fields(draft: &LetterStepDraft) -> Result<Document, ClientError> {
    let letter = ids::given(&draft.letter, "letter")?;
    let mut fields = object(json!({ "letter": letter, "step": draft.step, "at": draft.at_ms }));
    let people: Vec<Value> = draft.delivered_by.iter().map(deliverer).collect();
    put(&mut fields, "delivered_by", (!people.is_empty()).then_some(people));
    put(&mut fields, "award_fen", draft.award_fen);
    put(&mut fields, "goods_fen", draft.goods_fen);
    for (field, text) in [
        ("signature", &draft.signature),
        ("no_signature", &draft.no_signature),
        ("reason", &draft.reason),
        ("to_county", &draft.to_county),
        ("note", &draft.note),
    ] {
        put_text(&mut fields, field, text.clone());
    }
    Ok(fields)
}

fn deliverer(person: &DelivererDraft) -> Value {
    let mut fields = Document::new();
    put_text(&mut fields, "name", Some(person.name.clone()));
    put_text(&mut fields, "of", person.of.clone());
    put_text(&mut fields, "level", person.level.clone());
    Value::Object(fields)
}

fn row(letter: &Record, world: &World) -> LetterRow {
    let text = |field: &str| text_in(&letter.doc, field).map(str::to_owned);
    let standing = step::standing(letter.id, world);
    let delivery = standing.delivered.and_then(|(step, _)| world.find(step));
    let warned = delivery.map(|delivery| step::warnings(&letter.doc, &delivery.doc)).unwrap_or_default();
    LetterRow {
        id: letter.id.to_string(),
        soldier: text("soldier").unwrap_or_default(),
        level: text("level").unwrap_or_default(),
        notice_no: text("notice_no"),
        family_name: text("family_name"),
        relation: text("relation"),
        address: text("address"),
        state: code(&standing.state),
        delivered_on: standing.delivered.map(|(_, day)| day.to_string()),
        warnings: warned.into_iter().map(warning).collect(),
    }
}

fn warning(warned: LetterWarning) -> WarningRow {
    WarningRow { code: code(&warned), field: None, zh: warned.zh().to_owned(), en: warned.en().to_owned() }
}
