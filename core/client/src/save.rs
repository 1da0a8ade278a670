//! What every save has in common: a form becomes ops, its photos become records, all in one transaction; and what rules
//! refuse leaves everything as it was.

use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use bianfang_domain::kept_open::{Hidden, OpenNumber};
use bianfang_domain::op::{Act, Sealed};
use bianfang_store::{FormOutcome, NewOp, NewPhoto, Store, Writing};
use serde_json::{Value, json};

use crate::error::ClientError;
use crate::form::KeptForm;
use crate::ids;
use crate::phone::Phone;
use crate::photos::FormPhoto;
use crate::state::{Saved, state};
use crate::view::WarningLine;

/// A record that a form tells.
pub(crate) struct Fact {
    /// The kind's name.
    pub kind: &'static str,
    /// Follows from the form.
    pub id: RecordId,
    /// Its document.
    pub fields: Document,
    /// When it happened, device milliseconds.
    pub at_ms: i64,
    /// The originals of its photos are sent too, not only the copies.
    pub originals: bool,
}

impl Phone {
    /// Writes a fact with the photos of its form. A form that was saved before is not written again, so that a tap that was
    /// repeated after a lost answer makes no second record.
    pub(crate) async fn save(&self, form: &str, fact: Fact) -> Result<Saved, ClientError> {
        self.save_with(form, fact, (None, Vec::new())).await
    }

    /// The same with what came of it: what happened to a plaque, whose evidence the photos are that are marked as the plaque's,
    /// and records beside.
    pub(crate) async fn save_with(
        &self,
        form: &str,
        fact: Fact,
        (plaque, along): (Option<Fact>, Vec<NewOp>),
    ) -> Result<Saved, ClientError> {
        let happened = plaque.as_ref().map(|plaque| plaque.id.to_string());
        let saved = self.write_form(form, fact, (plaque, along), Sealed::new()).await?;
        Ok(Saved { plaque: happened, ..saved })
    }

    /// The same with what is sealed to the county.
    pub(crate) async fn save_sealed(&self, form: &str, fact: Fact, sealed: Sealed) -> Result<Saved, ClientError> {
        self.write_form(form, fact, (None, Vec::new()), sealed).await
    }

    async fn write_form(
        &self,
        form: &str,
        fact: Fact,
        (plaque, along): (Option<Fact>, Vec<NewOp>),
        sealed: Sealed,
    ) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let _forms = self.forms.lock().await;
        if store.get(fact.id).await?.is_some() || !store.sent(fact.id).await?.is_empty() {
            return self.saved(&store, fact.id).await;
        }
        let kept = KeptForm::get(&store, form).await?.unwrap_or_default();
        let mut writing = Writing { draft: Some(form.to_owned()), ..Writing::default() };
        let (mut fact, mut plaque) = (fact, plaque);
        self.evidence(&mut writing, &kept, (&mut fact, plaque.as_mut()))?;
        let id = fact.id;
        // Each after what it names: the plaque the visit, the photos both.
        writing.ops.splice(0..0, along);
        if let Some(plaque) = plaque {
            writing.ops.insert(0, record(plaque.kind, plaque.id, plaque.fields));
        }
        let act = Act::Record { fields: fact.fields, sealed };
        writing.ops.insert(0, NewOp { kind: fact.kind.to_owned(), target: id, act });
        self.written(&store, id, &writing).await
    }

    /// The photos of a form as records of what they are evidence of, and its signatures as those of its records.
    pub(crate) fn evidence(
        &self,
        writing: &mut Writing,
        kept: &KeptForm,
        (fact, mut plaque): (&mut Fact, Option<&mut Fact>),
    ) -> Result<(), ClientError> {
        let signed =
            |of_plaque| kept.photos.iter().find(|photo| photo.signs(of_plaque)).map(|ink| ink.original.clone());
        // Ink says it all: neither a name nor a reason stands beside it.
        for (fact, ink) in [(Some(&mut *fact), signed(false)), (plaque.as_deref_mut(), signed(true))] {
            if let Some((fact, ink)) = fact.zip(ink) {
                fact.fields.remove("no_signature");
                fact.fields.insert("signature".to_owned(), ink.into());
            }
        }
        for photo in &kept.photos {
            let id = ids::new(&*self.host)?;
            let of = plaque.as_deref().filter(|_| photo.of_plaque).unwrap_or(fact);
            writing.ops.push(record("photo", id, photo_fields(of, photo)));
            writing.photos.extend(photo.files.iter().map(|file| NewPhoto {
                name: file.name.clone(),
                record: id,
                owed: owed(photo, &file.role, of.originals),
            }));
        }
        Ok(())
    }

    /// Writes one act on a record that is here.
    pub(crate) async fn act(&self, store: &Store, kind: &str, id: RecordId, act: Act) -> Result<Saved, ClientError> {
        let op = NewOp { kind: kind.to_owned(), target: id, act };
        self.written(store, id, &Writing { ops: vec![op], ..Writing::default() }).await
    }

    /// Where a record stands, as the answer of a save.
    pub(crate) async fn saved(&self, store: &Store, id: RecordId) -> Result<Saved, ClientError> {
        let shown = store.get(id).await?;
        Ok(Saved {
            id: id.to_string(),
            state: state(store, id, shown.as_ref()).await?,
            plaque: None,
            hidden: Vec::new(),
        })
    }

    /// Writes, and tells where a record of it stands and which numbers were masked in it.
    pub(crate) async fn written(&self, store: &Store, id: RecordId, writing: &Writing) -> Result<Saved, ClientError> {
        let hidden = match store.write(writing, &self.clock.now()).await? {
            FormOutcome::Written { hidden, .. } => hidden,
            FormOutcome::Refused { decision, .. } => return Err(ClientError::refused(&decision)),
        };
        let hidden = hidden.iter().map(|(kind, hidden)| told(kind, hidden)).collect();
        Ok(Saved { hidden, ..self.saved(store, id).await? })
    }
}

/// What was masked, in words that say what to do.
fn told(kind: &str, hidden: &Hidden) -> WarningLine {
    let code = match hidden.number {
        OpenNumber::IdNumber => "ID_NUMBER_HIDDEN",
        OpenNumber::BankCard => "BANK_CARD_HIDDEN",
    };
    let field = Some(hidden.field.clone());
    WarningLine { code: code.to_owned(), field, zh: hidden.zh(kind), en: hidden.en(kind) }
}

pub(crate) fn record(kind: &str, target: RecordId, fields: Document) -> NewOp {
    NewOp { kind: kind.to_owned(), target, act: Act::Record { fields, sealed: Default::default() } }
}

/// The copy is evidence. The original is sent where no copy can be made of it, and where the bureau wants originals; what is
/// no picture stays here with its reason. Thumbnails the server makes itself.
fn owed(photo: &FormPhoto, role: &str, originals: bool) -> bool {
    match role {
        "COPY" => true,
        "ORIGINAL" => photo.owes_original(originals),
        _ => false,
    }
}

fn photo_fields(fact: &Fact, photo: &FormPhoto) -> Document {
    let mut fields = object(json!({
        "subject": fact.id,
        "photo_kind": photo.kind,
        "at": fact.at_ms,
        "original": photo.original,
        "length": photo.length,
    }));
    put(&mut fields, "taken_ms", photo.taken_ms);
    put(&mut fields, "copy", photo.copy.clone());
    put(&mut fields, "no_copy", photo.note.as_ref().map(|note| note.code.clone()));
    fields
}

/// A document from an object that is written out in the code.
pub(crate) fn object(value: Value) -> Document {
    match value {
        Value::Object(fields) => fields,
        _ => Document::new(),
    }
}

/// Sets a field that was given.
pub(crate) fn put(fields: &mut Document, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), value.into());
    }
}

/// Sets a text that was given and is not blank.
pub(crate) fn put_text(fields: &mut Document, name: &str, text: Option<String>) {
    put(fields, name, text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
}
