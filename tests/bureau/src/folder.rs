//! Folders as people treat them: a phone whose data is copied to another, a server that is put back to an earlier day.

use std::fs;
use std::io;
use std::path::Path;

/// Copies a folder as it is now, whole.
///
/// # Errors
/// Of the disk; `to` exists already.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Puts a folder back to a copy that was made of it.
///
/// # Errors
/// Of the disk.
pub fn put_back(folder: &Path, copy_of_it: &Path) -> io::Result<()> {
    fs::remove_dir_all(folder)?;
    copy(copy_of_it, folder)
}
