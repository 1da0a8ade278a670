//! Whose phone this is: enrolling, signing in again, and the divisions it covers.

use crate::error::ClientError;
use crate::phone::Phone;
use crate::view::{DivisionRow, ProfileView};

impl Phone {
    /// Redeems an invitation (the JSON of its QR: `{url, code, ca}`); `device` describes the phone in the list of devices.
    /// On an enrolled phone it signs in again and keeps everything.
    ///
    /// # Errors
    /// [`ClientError::Invalid`] (field `invitation`: not readable, used, expired, of another account; field `server`: not the
    /// server of the invitation), [`ClientError::Offline`], [`ClientError::OutOfDate`].
    pub async fn enrol(&self, invitation: &str, device: &str) -> Result<ProfileView, ClientError> {
        Err(crate::phone::unwritten(&format!("{invitation}{device}")))
    }

    /// Whose phone this is; None before the enrolment.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn profile(&self) -> Result<Option<ProfileView>, ClientError> {
        Err(crate::phone::unwritten(""))
    }

    /// The divisions this phone covers, in tree order.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn divisions(&self) -> Result<Vec<DivisionRow>, ClientError> {
        Err(crate::phone::unwritten(""))
    }
}
