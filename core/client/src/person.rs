//! A person's page: who they are, their household, and what was done with them.

use crate::error::ClientError;
use crate::phone::Phone;
use crate::view::PersonView;

impl Phone {
    /// A person's page.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn person(&self, id: &str) -> Result<PersonView, ClientError> {
        Err(crate::phone::unwritten(id))
    }
}
