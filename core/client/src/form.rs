//! Forms: what is half filled survives a flat battery, and nothing of it leaves the phone before it is saved.

use crate::draft::{DraftRow, VisitDraft};
use crate::error::ClientError;
use crate::phone::Phone;

impl Phone {
    /// A name for a new form. Photos and drafts are kept under it, and the record it becomes has it as its id, so that a
    /// form saved twice is one record.
    ///
    /// # Errors
    /// [`ClientError::Internal`] when the device gives no randomness.
    pub async fn new_form(&self) -> Result<String, ClientError> {
        Err(crate::phone::unwritten(""))
    }

    /// Keeps a form's state; durable when it returns. The same form again replaces it.
    ///
    /// # Errors
    /// [`ClientError::StorageFull`], [`ClientError::Locked`].
    pub async fn keep_draft(&self, form: &str, draft: VisitDraft) -> Result<(), ClientError> {
        Err(crate::phone::unwritten(&format!("{form}{draft:?}")))
    }

    /// A form's state as it was last kept.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn draft(&self, form: &str) -> Result<Option<VisitDraft>, ClientError> {
        Err(crate::phone::unwritten(form))
    }

    /// Half-filled forms, newest first.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn drafts(&self) -> Result<Vec<DraftRow>, ClientError> {
        Err(crate::phone::unwritten(""))
    }

    /// Throws a form away, with its photos.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn discard(&self, form: &str) -> Result<(), ClientError> {
        Err(crate::phone::unwritten(form))
    }
}
