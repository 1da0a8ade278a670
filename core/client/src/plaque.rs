//! Recording what happened to a plaque, with its photos.

use crate::draft::PlaqueDraft;
use crate::error::ClientError;
use crate::phone::Phone;
use crate::state::Saved;

impl Phone {
    /// Records what happened to a plaque with the photos of its form; durable when it returns. A form saved before is not
    /// saved again.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] names the field; [`ClientError::SignedOut`] before the enrolment; [`ClientError::StorageFull`].
    /// Form and photos are untouched then.
    pub async fn record_plaque(&self, form: &str, draft: PlaqueDraft) -> Result<Saved, ClientError> {
        Err(crate::phone::unwritten(&format!("{form}{draft:?}")))
    }
}
