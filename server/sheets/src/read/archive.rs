//! Zipped books: what they would unpack to is looked at before anything is unpacked. That no part unpacks to more than it says
//! is seen to when it is read.

use std::io::Cursor;

use zip::ZipArchive;

use crate::error::ImportError;

/// All entries together, unpacked.
const MAX_UNPACKED: u64 = 600 * 1024 * 1024;
/// The table of texts alone is held in memory while a book is read.
const MAX_TEXTS: u64 = 120 * 1024 * 1024;
/// How much smaller packing may make a book of more than [`RATIO_FROM`]: sheets come to 5 to 30.
const MAX_RATIO: u64 = 200;
const RATIO_FROM: u64 = 20 * 1024 * 1024;
const MAX_ENTRIES: usize = 10_000;

/// An archive.
pub type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Opens a zipped book if it is of a bearable size.
pub fn open(bytes: &[u8]) -> Result<Archive<'_>, ImportError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportError::Damaged)?;
    if archive.len() > MAX_ENTRIES {
        return Err(ImportError::UnpacksTooLarge);
    }
    let mut unpacked: u64 = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| ImportError::Damaged)?;
        if entry.encrypted() {
            return Err(ImportError::Encrypted);
        }
        unpacked = unpacked.saturating_add(entry.size());
        let texts = entry.name().is_ok_and(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml"));
        if texts && entry.size() > MAX_TEXTS {
            return Err(ImportError::UnpacksTooLarge);
        }
    }
    let packed = (bytes.len() as u64).max(1);
    if unpacked > MAX_UNPACKED || (unpacked > RATIO_FROM && unpacked / packed > MAX_RATIO) {
        return Err(ImportError::UnpacksTooLarge);
    }
    Ok(archive)
}
