//! The phone core's calls about plaques, their lots and the requests for them, one to one.

use bianfang_client::{PlaqueDraft, PlaqueLotLine, PlaqueOpinionDraft, PlaqueRequestDraft, PlaqueRequestLine, Saved};

use crate::phone::{Phone, Result};

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// Records what happened to a plaque with the photos of its form.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut` before the enrolment. `StorageFull`.
    pub async fn record_plaque(&self, form: String, draft: PlaqueDraft) -> Result<Saved> {
        self.0.record_plaque(&form, draft).await
    }

    /// The lots of this phone's divisions, newest first, with what is left as far as it knows.
    ///
    /// # Errors
    /// Locked.
    pub async fn plaque_lots(&self) -> Result<Vec<PlaqueLotLine>> {
        self.0.plaque_lots().await
    }

    /// Records a family's request for a plaque with the photos of its form.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut` before the enrolment. `StorageFull`.
    pub async fn request_plaque(&self, form: String, draft: PlaqueRequestDraft) -> Result<Saved> {
        self.0.request_plaque(&form, draft).await
    }

    /// Gives an opinion on a request.
    ///
    /// # Errors
    /// Invalid names the field. `SignedOut` before the enrolment.
    pub async fn give_opinion(&self, form: String, draft: PlaqueOpinionDraft) -> Result<Saved> {
        self.0.give_opinion(&form, draft).await
    }

    /// The requests of this phone's divisions, newest first.
    ///
    /// # Errors
    /// Locked.
    pub async fn plaque_requests(&self) -> Result<Vec<PlaqueRequestLine>> {
        self.0.plaque_requests().await
    }
}
