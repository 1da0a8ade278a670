//! A phone without a screen, over the real core: for the demo, for whole-system tests, and for a person at a terminal.
//! A test tool: its key lies beside the store, which no app may do.

mod args;
mod call;
mod error;
mod host;
mod key;
mod mask;
mod typed;

use std::path::Path;
use std::sync::Arc;

use bianfang_client::{ClientError, Host, Phone};

pub use args::{Args, Command};
pub use call::{batch, call};
pub use error::PhoneError;
pub use host::{ShiftedHost, SystemHost};

/// Opens the phone in a folder, and makes it with a key of its own where there is none.
///
/// # Errors
/// As [`Phone::open`]; [`ClientError::Internal`] when the key cannot be read or written.
pub async fn open(folder: &Path, host: Arc<dyn Host>) -> Result<Phone, ClientError> {
    let key = key::of(folder, &*host).map_err(|error| match error {
        PhoneError::Client(error) => error,
        other => ClientError::Internal { report_id: other.to_string() },
    })?;
    Phone::open(folder, key, host).await
}
