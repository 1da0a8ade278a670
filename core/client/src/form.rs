//! Forms: what is half filled survives a flat battery, and nothing of it leaves the phone before it is saved.

use bianfang_domain::document::text_in;
use bianfang_store::{Store, StoreError};
use serde::{Deserialize, Serialize};

use crate::draft::{DraftLine, VisitDraft};
use crate::error::ClientError;
use crate::ids;
use crate::phone::Phone;
use crate::photos::FormPhoto;

/// What the store keeps of a form.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct KeptForm {
    /// What was filled in.
    #[serde(default)]
    pub visit: Option<VisitDraft>,
    /// Its photos in the order they were added. A photo is in the form when it is in this list.
    #[serde(default)]
    pub photos: Vec<FormPhoto>,
}

impl KeptForm {
    pub(crate) async fn get(store: &Store, form: &str) -> Result<Option<Self>, ClientError> {
        let json = store.get_draft(form).await?;
        let corrupt = |_| StoreError::Corrupt { what: "draft.json", key: form.to_owned() };
        Ok(json.map(|json| serde_json::from_str(&json).map_err(corrupt)).transpose()?)
    }

    pub(crate) async fn put(&self, store: &Store, form: &str, now_ms: i64) -> Result<(), ClientError> {
        let corrupt = |_| StoreError::Corrupt { what: "draft.json", key: form.to_owned() };
        let json = serde_json::to_string(self).map_err(corrupt)?;
        Ok(store.save_draft(form, &json, now_ms).await?)
    }
}

impl Phone {
    /// A name for a new form. Photos and drafts are kept under it, and the record it becomes follows from it, so that a
    /// form saved twice is one record.
    ///
    /// # Errors
    /// [`ClientError::Internal`] when the device gives no randomness.
    pub async fn new_form(&self) -> Result<String, ClientError> {
        Ok(ids::new(&*self.host)?.to_string())
    }

    /// Keeps a form's state; durable when it returns. The same form again replaces it.
    ///
    /// # Errors
    /// [`ClientError::StorageFull`], [`ClientError::Locked`].
    pub async fn keep_draft(&self, form: &str, draft: VisitDraft) -> Result<(), ClientError> {
        ids::of_form(form)?;
        let store = self.store().await?;
        let _forms = self.forms.lock().await;
        let mut kept = KeptForm::get(&store, form).await?.unwrap_or_default();
        kept.visit = Some(draft);
        kept.put(&store, form, self.host.now_ms()).await
    }

    /// A form's state as it was last kept.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn draft(&self, form: &str) -> Result<Option<VisitDraft>, ClientError> {
        let store = self.store().await?;
        Ok(KeptForm::get(&store, form).await?.and_then(|form| form.visit))
    }

    /// Half-filled forms, newest first.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn drafts(&self) -> Result<Vec<DraftLine>, ClientError> {
        let store = self.store().await?;
        let mut rows = Vec::new();
        for (form, saved_ms) in store.drafts().await? {
            let visit = KeptForm::get(&store, &form).await?.and_then(|form| form.visit);
            let mut people = Vec::new();
            for entry in visit.into_iter().flat_map(|visit| visit.entries) {
                let Ok(id) = ids::known(&entry.person) else { continue };
                let person = store.get(id).await?;
                people.extend(person.and_then(|person| text_in(&person.doc, "name").map(str::to_owned)));
            }
            rows.push(DraftLine { form, saved_ms, people });
        }
        Ok(rows)
    }

    /// Throws a form away, with its photos.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn discard(&self, form: &str) -> Result<(), ClientError> {
        let store = self.store().await?;
        let _forms = self.forms.lock().await;
        Ok(store.delete_draft(form).await?)
    }
}
