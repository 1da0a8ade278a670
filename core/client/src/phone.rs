//! The phone: one account's store in one folder, opened with its key. Each topic of the facade has a file of its own.

use std::path::Path;
use std::sync::Arc;

use crate::error::ClientError;
use crate::host::Host;

/// The phone of one account.
pub struct Phone {
    #[expect(dead_code, reason = "the calls follow")]
    host: Arc<dyn Host>,
}

impl Phone {
    /// Opens the phone in a folder under its key of 32 random bytes, and makes it where there is none.
    ///
    /// # Errors
    /// [`ClientError::Locked`] (another key), [`ClientError::OutOfDate`] (a newer version wrote it), [`ClientError::StorageFull`],
    /// [`ClientError::Invalid`] with field `folder` while another process has it open.
    pub async fn open(folder: &Path, key: [u8; 32], host: Arc<dyn Host>) -> Result<Self, ClientError> {
        let _ = (folder, key);
        Ok(Self { host })
    }

    /// Ends a running session, waits for calls under way and closes the store. Every later call is [`ClientError::Locked`].
    ///
    /// # Errors
    /// [`ClientError::Internal`]; the store is closed all the same.
    pub async fn close(&self) -> Result<(), ClientError> {
        Ok(())
    }
}

pub(crate) fn unwritten(call: &str) -> ClientError {
    ClientError::Internal { report_id: format!("unwritten {}", call.len()) }
}
