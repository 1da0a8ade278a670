//! The store's key in a file beside it. An app asks its system's key store; this is a tool for tests.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use bianfang_client::{ClientError, Host};

use crate::PhoneError;

/// The key of a folder's store, made where there is neither key nor store.
///
/// # Errors
/// [`ClientError::Locked`] for a store without its key or a key of another length; [`PhoneError::File`].
pub(crate) fn of(folder: &Path, host: &dyn Host) -> Result<[u8; 32], PhoneError> {
    fs::create_dir_all(folder)?;
    let path = folder.join("key");
    match fs::read(&path) {
        Ok(bytes) => return bytes.try_into().map_err(|_| ClientError::Locked.into()),
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        Err(_) if folder.join("store.db").exists() => return Err(ClientError::Locked.into()),
        Err(_) => {}
    }
    let mut key = [0; 32];
    if !host.fill(&mut key) {
        return Err(std::io::Error::other("no randomness").into());
    }
    // Whole or not at all: a store whose key was cut short by a kill would never open again.
    let fresh = folder.join("key.new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh)?;
    file.write_all(&key)?;
    file.sync_all()?;
    fs::rename(&fresh, &path)?;
    fs::File::open(folder)?.sync_all()?;
    Ok(key)
}
