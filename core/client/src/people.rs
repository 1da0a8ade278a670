//! The list: whom this phone serves, who of them is due, and the way to one of them.

use crate::error::ClientError;
use crate::phone::Phone;
use crate::view::{PeoplePage, PeopleQuery};

impl Phone {
    /// A page of people in the order of their names.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] for a village or page that is none, [`ClientError::Locked`].
    pub async fn people(&self, query: PeopleQuery) -> Result<PeoplePage, ClientError> {
        Err(crate::phone::unwritten(&query.search))
    }
}
