//! Entering and changing people: a new one is a DRAFT until the township accepts it; of somebody known some fields are set
//! at once and the others wait beside, which the domain decides. What is protected is sealed to the county here.

use bianfang_domain::document::{Document, text_in};
use bianfang_domain::form::Form;
use bianfang_domain::id::RecordId;
use bianfang_domain::id_number::IdNumber;
use bianfang_domain::kind::{self, Field};
use bianfang_domain::op::{Act, Sealed};
use bianfang_domain::reason::Reason;
use bianfang_domain::time::{Day, date};
use bianfang_domain::{mask, military, name, warning};
use bianfang_protocol::seal;
use bianfang_store::{MetaKey, NewOp, Store, Writing};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use crate::draft::{FieldDraft, PersonDraft};
use crate::error::ClientError;
use crate::ids;
use crate::people::code;
use crate::phone::Phone;
use crate::state::Saved;
use crate::view::WarningLine;

/// What a phone may set of somebody; the rest of the register is the township's.
fn typed(name: &str) -> Option<Field> {
    kind::by_name("person").map(|kind| kind::field(kind, name)).filter(|field| field.typed)
}

impl Phone {
    /// Enters somebody new from a form, as a draft of this worker; durable when it returns. A form saved before is not saved
    /// again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment.
    pub async fn new_person(&self, form: &str, draft: PersonDraft) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let _forms = self.forms.lock().await;
        let id = ids::of_form(form)?;
        if store.get(id).await?.is_some() || !store.sent(id).await?.is_empty() {
            return self.saved(&store, id).await;
        }
        let (fields, sealed) = self.read(&store, id, &draft.fields, None).await?;
        let op = NewOp { kind: "person".to_owned(), target: id, act: Act::Record { fields, sealed } };
        let writing = Writing { ops: vec![op], draft: Some(form.to_owned()), ..Writing::default() };
        self.written(&store, id, &writing).await
    }

    /// Changes somebody, field by field: what is not given stays as it is, and stays open to others' changes.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Invalid`], [`ClientError::SignedOut`] before the enrolment.
    pub async fn change_person(&self, id: &str, draft: PersonDraft) -> Result<Saved, ClientError> {
        let store = self.store().await?;
        let person = store.get(ids::known(id)?).await?.filter(|record| record.kind == "person");
        let person = person.ok_or(ClientError::NotFound)?;
        let (set, sealed) = self.read(&store, person.id, &draft.fields, Some(&person.doc)).await?;
        if set.is_empty() {
            return self.saved(&store, person.id).await;
        }
        self.act(&store, "person", person.id, Act::Change { set, sealed, since: day(draft.since.as_deref())? }).await
    }

    /// What looks wrong in a draft and may still be right: shown before saving, never in the way of it.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] for a person that is not here, [`ClientError::Locked`].
    pub async fn check_person(&self, id: Option<String>, draft: PersonDraft) -> Result<Vec<WarningLine>, ClientError> {
        let store = self.store().await?;
        let mut doc = match id {
            Some(id) => store.get(ids::known(&id)?).await?.ok_or(ClientError::NotFound)?.doc,
            None => Document::new(),
        };
        for field in draft.fields {
            doc.insert(field.field, field.value.map_or(Value::Null, Value::from));
        }
        let row = |found: warning::Warning| WarningLine {
            code: code(&found),
            field: Some(found.field().to_owned()),
            zh: found.zh().to_owned(),
            en: found.en().to_owned(),
        };
        Ok(warning::warnings(&doc).into_iter().map(row).collect())
    }

    /// The fields of a draft as documents have them, and what is sealed of them.
    async fn read(
        &self,
        store: &Store,
        id: RecordId,
        fields: &[FieldDraft],
        now: Option<&Document>,
    ) -> Result<(Document, Sealed), ClientError> {
        let (mut set, mut sealed) = (Document::new(), Sealed::new());
        for draft in fields {
            let field = typed(&draft.field).ok_or_else(|| {
                ClientError::invalid(&draft.field, "这一项不能在手机上填写。", "This cannot be entered on a phone.")
            })?;
            let text = draft.value.as_deref().map(str::trim).filter(|text| !text.is_empty());
            // What is sealed below no rule can read any more: it is looked at here.
            if text.is_some_and(|text| military::designation(text).is_some()) {
                return Err(ClientError::invalid(&draft.field, Reason::MilitaryUnit.zh(), Reason::MilitaryUnit.en()));
            }
            let value = match (field.form, text) {
                _ if field.list => json!({ "$add": draft.add, "$remove": draft.remove }),
                (_, None) => Value::Null,
                (Form::Name, Some(text)) => json!(name::normalise(text)),
                (Form::IdNumber, Some(text)) => {
                    let number = IdNumber::parse(text).map_or_else(|_| text.to_owned(), |n| n.reveal().to_owned());
                    sealed.insert(draft.field.clone(), self.seal(store, id, &draft.field, &number).await?);
                    json!(mask::id_number(&number))
                }
                // The day goes to the county and is not kept here: of whom it was typed only the month shows from now on.
                (Form::Date, Some(text))
                    if draft.field == "birth" && date(text).is_some_and(|(.., day)| day.is_some()) =>
                {
                    sealed.insert(draft.field.clone(), self.seal(store, id, &draft.field, text).await?);
                    json!(mask::birth(text))
                }
                (_, Some(text)) if field.sealed.is_some() => {
                    sealed.insert(draft.field.clone(), self.seal(store, id, &draft.field, text).await?);
                    json!(mask::RESTRICTED)
                }
                (Form::Day, Some(text)) => json!(day(Some(text))?.map(|day| day.0)),
                (Form::Flag, Some(text)) => json!(text == "true"),
                (Form::Id, Some(text)) => json!(ids::given(text, &draft.field)?),
                (_, Some(text)) => json!(text),
            };
            // An unchanged field that is sent all the same would undo another's change of it.
            let unchanged = now.is_some_and(|doc| doc.get(&draft.field).unwrap_or(&Value::Null) == &value);
            let secret = sealed.contains_key(&draft.field);
            if (!unchanged || secret) && !(now.is_none() && value.is_null()) {
                set.insert(draft.field.clone(), value);
            }
        }
        if now.is_none() && text_in(&set, "living_division").is_none() && text_in(&set, "registered_division").is_none()
        {
            return Err(ClientError::invalid(
                "living_division",
                "请选择居住的村。",
                "Choose the village they live in.",
            ));
        }
        if now.is_none() {
            for (name, value) in &mut set {
                // A new list has no elements that could merge.
                if typed(name).is_some_and(|field| field.list) {
                    *value = value.get("$add").cloned().unwrap_or_default();
                }
            }
        }
        Ok((set, sealed))
    }

    /// Sealed to the county: the phone itself cannot open it again.
    pub(crate) async fn seal(
        &self,
        store: &Store,
        id: RecordId,
        field: &str,
        value: &str,
    ) -> Result<String, ClientError> {
        let key: String = store.value(MetaKey::SealKey).await?.ok_or(ClientError::SignedOut)?;
        let mut seed = [0; 32];
        if !self.host.fill(&mut seed) {
            return Err(bianfang_store::StoreError::Random.into());
        }
        let sealed = seal::public_key(&key)
            .and_then(|key| seal::to_county(&key, id, field, value, &mut StdRng::from_seed(seed)));
        sealed.map_err(|error| ClientError::internal("seal", &error))
    }
}

/// A day of a draft, `2026-01-31`.
pub(crate) fn day(text: Option<&str>) -> Result<Option<Day>, ClientError> {
    let Some(text) = text else { return Ok(None) };
    let bad = || ClientError::invalid("since", "日期写作 2026-01-31。", "Days are written 2026-01-31.");
    Day::parse(text).map(Some).ok_or_else(bad)
}
