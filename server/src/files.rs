//! Files in the data folder. Secrets are readable by their owner alone and never written twice.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::ServerError;

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> ServerError + '_ {
    move |source| ServerError::File { path: path.to_owned(), source }
}

/// Creates a folder that only its owner may enter.
///
/// # Errors
/// [`ServerError::File`].
pub fn create_private_dir(path: &Path) -> Result<(), ServerError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(at(path))
}

/// Writes a new file with mode 0600 and syncs it. A file that exists is an error: a key must not be replaced by accident.
///
/// # Errors
/// [`ServerError::File`].
pub fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), ServerError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(at(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(at(path))
}

/// Reads a text file that `init` writes.
///
/// # Errors
/// [`ServerError::NotInitialized`] when there is none, else [`ServerError::File`].
pub fn read_text(path: &Path) -> Result<String, ServerError> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(ServerError::NotInitialized(path.to_owned())),
        other => other.map_err(at(path)),
    }
}
