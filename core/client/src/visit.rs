//! Saving a visit: the contact and its photos become records in one transaction, and the draft goes with it. And taking a
//! record back.

use crate::draft::VisitDraft;
use crate::error::ClientError;
use crate::phone::Phone;
use crate::state::Saved;

impl Phone {
    /// Saves a visit with the photos of its form; durable when it returns. A form saved before is not saved again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment; [`ClientError::StorageFull`].
    /// Form and photos are untouched then.
    pub async fn save_visit(&self, form: &str, draft: VisitDraft) -> Result<Saved, ClientError> {
        Err(crate::phone::unwritten(&format!("{form}{draft:?}")))
    }

    /// Takes a record back, with the reason. Nothing is deleted.
    ///
    /// # Errors
    /// [`ClientError::NotFound`]; [`ClientError::Invalid`] without a reason or right.
    pub async fn void(&self, record: &str, reason: &str) -> Result<Saved, ClientError> {
        Err(crate::phone::unwritten(&format!("{record}{reason}")))
    }
}
