//! The phone core's calls about needs, one to one.

use bianfang_client::{NeedDraft, NeedLine, NeedStepDraft, Saved};

use crate::phone::{Phone, Result};

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// Needs that are open, by the day they are due; of a person or a household all of them.
    ///
    /// # Errors
    /// Locked. `NotFound` where `about` is no id.
    pub async fn needs(&self, about: Option<String>) -> Result<Vec<NeedLine>> {
        self.0.needs(about).await
    }

    /// Enters a need that was heard outside a visit.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut`, `StorageFull`.
    pub async fn save_need(&self, form: String, draft: NeedDraft) -> Result<Saved> {
        self.0.save_need(&form, draft).await
    }

    /// Takes a need a step further.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut`, `StorageFull`.
    pub async fn record_need(&self, form: String, draft: NeedStepDraft) -> Result<Saved> {
        self.0.record_need(&form, draft).await
    }
}
