//! The phone core's calls about forms that are half filled, their photos and signatures, one to one.

use bianfang_client::{DraftLine, InkDraft, PhotoLine, VisitDraft};

use crate::phone::{Phone, Result};

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// A name for a new form; the record it becomes has it as its id.
    ///
    /// # Errors
    /// Internal: the device gives no randomness.
    pub async fn new_form(&self) -> Result<String> {
        self.0.new_form().await
    }

    /// Keeps a form's state; durable when it returns.
    ///
    /// # Errors
    /// `StorageFull`, Locked.
    pub async fn keep_draft(&self, form: String, draft: VisitDraft) -> Result<()> {
        self.0.keep_draft(&form, draft).await
    }

    /// A form's state as it was last kept.
    ///
    /// # Errors
    /// Locked.
    pub async fn draft(&self, form: String) -> Result<Option<VisitDraft>> {
        self.0.draft(&form).await
    }

    /// Half-filled forms, newest first.
    ///
    /// # Errors
    /// Locked.
    pub async fn drafts(&self) -> Result<Vec<DraftLine>> {
        self.0.drafts().await
    }

    /// Throws a form away, with its photos.
    ///
    /// # Errors
    /// Locked.
    pub async fn discard(&self, form: String) -> Result<()> {
        self.0.discard(&form).await
    }

    /// Keeps a photo of a form; durable when it returns. A broken picture is kept too and says what is wrong with it.
    ///
    /// # Errors
    /// Invalid: no such file, nothing in it. `StorageFull`.
    pub async fn add_photo(&self, form: String, path: String) -> Result<PhotoLine> {
        self.0.add_photo(&form, &path).await
    }

    /// The photos of a form, in the order they were added.
    ///
    /// # Errors
    /// Locked.
    pub async fn photos(&self, form: String) -> Result<Vec<PhotoLine>> {
        self.0.photos(&form).await
    }

    /// Keeps a signature with a form, in the place of one that was written before.
    ///
    /// # Errors
    /// `StorageFull`.
    pub async fn sign(&self, form: String, ink: InkDraft, of_plaque: bool) -> Result<Option<PhotoLine>> {
        self.0.sign(&form, ink, of_plaque).await
    }

    /// Says what a photo of a form is, and whether it shows the plaque.
    ///
    /// # Errors
    /// `NotFound`. Invalid for what is no code.
    pub async fn mark_photo(&self, form: String, sha256: String, kind: String, of_plaque: bool) -> Result<PhotoLine> {
        self.0.mark_photo(&form, &sha256, (&kind, of_plaque)).await
    }

    /// Takes a photo out of a form.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn remove_photo(&self, form: String, sha256: String) -> Result<()> {
        self.0.remove_photo(&form, &sha256).await
    }
}
