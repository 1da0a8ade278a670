//! Photos of a form: each is kept as it came, with its evidence copy beside it where one can be made.

use crate::error::ClientError;
use crate::phone::Phone;

/// A photo of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PhotoRow {
    /// SHA-256 of the original, hex.
    pub sha256: String,
    /// When the camera says it was taken, UTC milliseconds.
    pub taken_ms: Option<i64>,
    /// There is an evidence copy, which is what will be sent.
    pub has_copy: bool,
    /// Why there is none, and what becomes of the original, 中文.
    pub zh: Option<String>,
    /// The same in English.
    pub en: Option<String>,
}

impl Phone {
    /// Keeps a photo of a form; durable when it returns, and the file at `path` is not needed any more. A broken picture is
    /// kept too, and says what is wrong with it.
    ///
    /// # Errors
    /// Only where nothing could be kept: [`ClientError::Invalid`] (no such file, nothing in it), [`ClientError::StorageFull`].
    pub async fn add_photo(&self, form: &str, path: &str) -> Result<PhotoRow, ClientError> {
        Err(crate::phone::unwritten(&format!("{form}{path}")))
    }

    /// The photos of a form, in the order they were added.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn photos(&self, form: &str) -> Result<Vec<PhotoRow>, ClientError> {
        Err(crate::phone::unwritten(form))
    }

    /// Takes a photo out of a form.
    ///
    /// # Errors
    /// [`ClientError::NotFound`].
    pub async fn remove_photo(&self, form: &str, sha256: &str) -> Result<(), ClientError> {
        Err(crate::phone::unwritten(&format!("{form}{sha256}")))
    }
}
