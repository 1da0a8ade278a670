//! Compound files, the container of .xls and of encrypted books ([MS-CFB]). Programs end a file before the last sector that its table of
//! sectors speaks of; what is missing there is nothing.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

/// A file of streams, in memory.
pub type Compound = CompoundFile<Cursor<Vec<u8>>>;

/// Bytes of a sector of the usual version, and how many entries a sector of the table has.
const SECTOR: u64 = 512;
const ENTRIES: u64 = 128;

/// Opens a compound file, if it is one.
pub fn open(bytes: &[u8]) -> Option<Compound> {
    let opened = CompoundFile::open(Cursor::new(bytes.to_vec())).ok();
    opened.or_else(|| CompoundFile::open(Cursor::new(filled_up(bytes)?)).ok())
}

/// The file with as many sectors as its table has entries.
fn filled_up(bytes: &[u8]) -> Option<Vec<u8>> {
    // The number of sectors of the table, at 44 of the header.
    let tables: [u8; 4] = bytes.get(44..48)?.try_into().ok()?;
    let length = SECTOR + u64::from(u32::from_le_bytes(tables)) * ENTRIES * SECTOR;
    // Only the end of the last sector of the table may speak of nothing.
    let length = usize::try_from(length).ok().filter(|length| *length <= bytes.len() + (ENTRIES * SECTOR) as usize)?;
    let mut filled = bytes.to_vec();
    filled.resize(length.max(bytes.len()), 0);
    Some(filled)
}

/// A stream, never longer than `most`: a damaged chain of sectors may say any length.
pub fn stream(file: &mut Compound, path: &str, most: u64) -> Option<Vec<u8>> {
    let mut read = Vec::new();
    file.open_stream(path).ok()?.take(most).read_to_end(&mut read).ok()?;
    Some(read)
}
