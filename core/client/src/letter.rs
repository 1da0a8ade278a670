//! Merit letters of this phone's divisions, and recording what was done with one.

use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::Kind as _;
use bianfang_domain::kind::letter::step::{self, LetterStep, LetterWarning};
use bianfang_domain::mask;
use bianfang_domain::op::Sealed;
use bianfang_domain::record::Record;
use bianfang_domain::world::World;
use serde_json::{Value, json};

use crate::error::ClientError;
use crate::ids;
use crate::letter_draft::{DelivererDraft, LetterDraft, LetterStepDraft};
use crate::people::code;
use crate::phone::Phone;
use crate::plaque::loaded;
use crate::save::{Fact, object, put, put_text};
use crate::state::Saved;
use crate::typed::Typed;
use crate::view::{LetterLine, WarningLine};

impl Phone {
    /// The letters of this phone's divisions by the soldier's name; `state` keeps those in one state, blank keeps all. Those
    /// entered in error are not among them.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn letters(&self, state: &str) -> Result<Vec<LetterLine>, ClientError> {
        let world = loaded(&*self.store().await?, &["letter", "letter_step"]).await?;
        let letters = world.records().filter(|record| record.kind == "letter");
        let letters = letters.filter(|record| text_in(&record.doc, "removed").is_none());
        let mut rows: Vec<LetterLine> = letters.map(|letter| row(letter, &world)).collect();
        rows.retain(|row| state.trim().is_empty() || row.state == state.trim());
        rows.sort_by_key(|row| bianfang_domain::name::sort_key(&row.soldier));
        Ok(rows)
    }

    /// Enters a letter from a form with the photos of it; durable when it returns. A form saved before is not saved again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field (`source`: only the township enters what came officially);
    /// [`ClientError::SignedOut`] before the enrolment; [`ClientError::StorageFull`].
    pub async fn new_letter(&self, form: &str, draft: LetterDraft) -> Result<Saved, ClientError> {
        let id = ids::of_form(form)?;
        let at_ms = self.host.now_ms();
        let (fields, sealed) = self.letter_fields(id, &draft).await?;
        self.save_sealed(form, Fact { kind: "letter", id, fields, at_ms, originals: false }, sealed).await
    }

    async fn letter_fields(&self, id: RecordId, draft: &LetterDraft) -> Result<(Document, Sealed), ClientError> {
        let store = self.store().await?;
        let mut typed = Typed::default();
        for (field, text) in [
            ("source", Some(&draft.source)),
            ("level", Some(&draft.level)),
            ("soldier", Some(&draft.soldier)),
            ("notice_no", draft.notice_no.as_ref()),
            ("family_name", draft.family_name.as_ref()),
            ("relation", draft.relation.as_ref()),
            ("address", draft.address.as_ref()),
        ] {
            typed.text(field, text.map(String::as_str));
        }
        typed.day("approved_on", draft.approved_on.as_deref())?;
        typed.day("received_on", draft.received_on.as_deref())?;
        for (field, flag) in
            [("conscript", draft.conscript), ("civilian", draft.civilian), ("posthumous", draft.posthumous)]
        {
            if flag {
                typed.value(field, flag.into());
            }
        }
        for (field, fen) in [("award_fen", draft.award_fen), ("goods_fen", draft.goods_fen)] {
            typed.value(field, fen.into());
        }
        // Where the soldier or the household is chosen, the rest of the place follows from it.
        let mut of = |field: &str, text: Option<&String>| {
            typed.id(field, text.map(String::as_str))?;
            text.map(|text| ids::given(text, field)).transpose()
        };
        let soldier = of("basis_person", draft.basis_person.as_ref())?;
        let mut home = of("household", draft.household.as_ref())?;
        let division = of("division", draft.division.as_ref())?;
        if let (Some(soldier), None) = (soldier, home) {
            home = store.get(soldier).await?.and_then(|soldier| id_in(&soldier.doc, "household"));
            typed.id("household", home.map(|id| id.to_string()).as_deref())?;
        }
        if let (Some(home), None) = (home, division) {
            let place = store.get(home).await?.and_then(|home| id_in(&home.doc, "division"));
            typed.id("division", place.map(|id| id.to_string()).as_deref())?;
        }
        let mut fields = typed.born();
        let mut sealed = Sealed::new();
        if let Some(phone) = draft.phone.as_deref().map(str::trim).filter(|phone| !phone.is_empty()) {
            sealed.insert("phone".into(), self.seal(&store, id, "phone", phone).await?);
            fields.insert("phone".into(), mask::RESTRICTED.into());
        }
        Ok((fields, sealed))
    }

    /// What is unusual about who delivers, to be shown before it is saved. It never keeps anybody from saving.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn letter_warnings(&self, draft: LetterStepDraft) -> Result<Vec<WarningLine>, ClientError> {
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
        let id = RecordId::repeated(&[LetterStep.name(), &ids::of_form(form)?.to_string()]);
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

fn row(letter: &Record, world: &World) -> LetterLine {
    let text = |field: &str| text_in(&letter.doc, field).map(str::to_owned);
    let standing = step::standing(letter.id, world);
    let delivery = standing.delivered.and_then(|(step, _)| world.find(step));
    let warned = delivery.map(|delivery| step::warnings(&letter.doc, &delivery.doc)).unwrap_or_default();
    LetterLine {
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

fn warning(warned: LetterWarning) -> WarningLine {
    WarningLine { code: code(&warned), field: None, zh: warned.zh().to_owned(), en: warned.en().to_owned() }
}
