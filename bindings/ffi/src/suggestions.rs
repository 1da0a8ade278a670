//! The phone core's calls about suggestions, one to one.

use bianfang_client::{Saved, SuggestionDraft, SuggestionLine};

use crate::phone::{Phone, Result};

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// What this account has said to the county, the latest first.
    ///
    /// # Errors
    /// Locked.
    pub async fn suggestions(&self) -> Result<Vec<SuggestionLine>> {
        self.0.suggestions().await
    }

    /// Says something to the county.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut`, `StorageFull`.
    pub async fn save_suggestion(&self, form: String, draft: SuggestionDraft) -> Result<Saved> {
        self.0.save_suggestion(&form, draft).await
    }

    /// Says whether an answer is right.
    ///
    /// # Errors
    /// As `save_suggestion`. `NotFound`.
    pub async fn rate_suggestion(
        &self,
        form: String,
        suggestion: String,
        satisfied: bool,
        note: Option<String>,
    ) -> Result<Saved> {
        self.0.rate_suggestion(&form, &suggestion, satisfied, note).await
    }
}
