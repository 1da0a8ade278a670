//! The phone core's calls about merit letters, one to one.

use bianfang_client::{LetterDraft, LetterLine, LetterStepDraft, Saved, WarningLine};

use crate::phone::{Phone, Result};

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// The merit letters of this phone's divisions, in one state or (blank) all.
    ///
    /// # Errors
    /// Locked.
    pub async fn letters(&self, state: String) -> Result<Vec<LetterLine>> {
        self.0.letters(&state).await
    }

    /// Enters a letter from a form with its photos; a village worker enters what the family shows.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut`, `StorageFull`.
    pub async fn new_letter(&self, form: String, draft: LetterDraft) -> Result<Saved> {
        self.0.new_letter(&form, draft).await
    }

    /// What is unusual about who delivers a letter, to be shown before it is saved.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn letter_warnings(&self, draft: LetterStepDraft) -> Result<Vec<WarningLine>> {
        self.0.letter_warnings(draft).await
    }

    /// Records a step of a letter with the photos of its form.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut` before the enrolment. `StorageFull`.
    pub async fn record_letter(&self, form: String, draft: LetterStepDraft) -> Result<Saved> {
        self.0.record_letter(&form, draft).await
    }
}
