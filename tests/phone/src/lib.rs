//! A phone without a screen, over the real core: for the demo, for whole-system tests, and for a person at a terminal.
//! A test tool: its key lies beside the store, which no app may do.

mod host;

use std::path::Path;
use std::sync::Arc;

use bianfang_client::{ClientError, Host, Phone};

pub use host::SystemHost;

/// Opens the phone in a folder, and makes it with a key of its own where there is none.
///
/// # Errors
/// As [`Phone::open`]; [`ClientError::Internal`] when the key cannot be written.
pub async fn open(folder: &Path, host: Arc<dyn Host>) -> Result<Phone, ClientError> {
    let internal = |error: std::io::Error| ClientError::Internal { report_id: error.to_string() };
    std::fs::create_dir_all(folder).map_err(internal)?;
    let path = folder.join("key");
    let mut key = [0u8; 32];
    match std::fs::read(&path) {
        Ok(bytes) => key = bytes.try_into().map_err(|_| ClientError::Locked)?,
        Err(_) => {
            host.fill(&mut key);
            std::fs::write(&path, key).map_err(internal)?;
        }
    }
    Phone::open(folder, key, host).await
}
