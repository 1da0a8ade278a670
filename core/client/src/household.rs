//! A household's page, and the fields of it that a worker changes at the door.

use crate::draft::HouseholdDraft;
use crate::error::ClientError;
use crate::phone::Phone;
use crate::state::Saved;
use crate::view::HouseholdView;

impl Phone {
    /// A household's page.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn household(&self, id: &str) -> Result<HouseholdView, ClientError> {
        Err(crate::phone::unwritten(id))
    }

    /// Changes a household, field by field: what is not given stays as it is, and stays open to others' changes.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Invalid`], [`ClientError::SignedOut`] before the enrolment.
    pub async fn change_household(&self, draft: HouseholdDraft) -> Result<Saved, ClientError> {
        Err(crate::phone::unwritten(&draft.household))
    }
}
