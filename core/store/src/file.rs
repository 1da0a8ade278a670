//! Photo files, encrypted in pieces of 64 KiB (STREAM over ChaCha20-Poly1305, Hoang et al., eprint 2015/189), each file under
//! its own random key that only the database knows. A piece opens only at its place and the last only as the last, so a torn
//! or altered file is an error and an upload can begin at any offset.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use aead_stream::{Key, NewStream, Nonce, StreamBE32, StreamPrimitive};
use chacha20poly1305::ChaCha20Poly1305;
use sha2::{Digest, Sha256};

use crate::error::{FileFault, StoreError};

const PIECE: u64 = 64 << 10;
const TAG: u64 = 16;
const TEMPORARY: &str = ".tmp";
/// A file whose row is missing can never be opened again, for its key is lost with the row. The grace only spares a file that
/// another process of the app is writing at this moment.
const GRACE_MS: i64 = 3_600_000;

type Cipher = StreamBE32<ChaCha20Poly1305>;

/// A folder of encrypted files.
#[derive(Debug, Clone)]
pub struct PhotoFiles {
    folder: PathBuf,
}

/// A durable file and what opens it.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreFile {
    /// Its name in the folder: random, says nothing.
    pub name: String,
    /// Its key.
    pub key: [u8; 32],
    /// SHA-256 of the plain content, hex.
    pub sha256: String,
    /// Bytes of the plain content.
    pub length: u64,
}

impl std::fmt::Debug for StoreFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stored").field("name", &self.name).field("length", &self.length).finish_non_exhaustive()
    }
}

impl PhotoFiles {
    pub(crate) fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Writes a file; durable when it returns. Blocks: about 10 ms for a photo copy. `fill` fills with random bytes and says
    /// whether it could.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::Random`] and faults of the reader or the disk.
    pub fn write(
        &self,
        reader: &mut dyn Read,
        fill: &mut dyn FnMut(&mut [u8]) -> bool,
    ) -> Result<StoreFile, StoreError> {
        let (mut key, mut name) = ([0u8; 32], [0u8; 16]);
        if !fill(&mut key) || !fill(&mut name) {
            return Err(StoreError::Random);
        }
        let name = hex::encode(name);
        let temporary = self.folder.join(format!("{name}{TEMPORARY}"));
        let (sha256, length) = match encrypt(reader, &temporary, &key) {
            Ok(done) => done,
            Err(error) => {
                // The error is what the caller must hear; the rest is removed at the next opening if not now.
                let _ = fs::remove_file(&temporary);
                return Err(error);
            }
        };
        fs::rename(&temporary, self.folder.join(&name))?;
        File::open(&self.folder)?.sync_all()?;
        Ok(StoreFile { name, key, sha256, length })
    }

    /// Plain bytes from an offset, exactly `length` of them. Blocks.
    ///
    /// # Errors
    /// [`StoreError::File`] says what is wrong with the file.
    pub fn read(&self, stored: &StoreFile, offset: u64, length: u64) -> Result<Vec<u8>, StoreError> {
        let fault = |fault| StoreError::File { name: stored.name.clone(), fault };
        let mut file = File::open(self.folder.join(&stored.name)).map_err(|error| match error.kind() {
            ErrorKind::NotFound => fault(FileFault::Missing),
            _ => error.into(),
        })?;
        let pieces = stored.length.div_ceil(PIECE).max(1);
        if file.metadata()?.len() != stored.length + pieces * TAG {
            return Err(fault(FileFault::Torn));
        }
        let end = offset.checked_add(length).filter(|end| *end <= stored.length);
        let end = end.ok_or_else(|| fault(FileFault::OutOfRange))?;
        let cipher =
            Cipher::new(&Key::<ChaCha20Poly1305>::from(stored.key), &Nonce::<ChaCha20Poly1305, Cipher>::default());
        let first = offset / PIECE;
        file.seek(SeekFrom::Start(first * (PIECE + TAG)))?;
        let mut plain = Vec::new();
        for piece in first..end.div_ceil(PIECE).max(first + 1) {
            let mut sealed = Vec::new();
            (&mut file).take(PIECE + TAG).read_to_end(&mut sealed)?;
            let number = u32::try_from(piece).map_err(|_| fault(FileFault::OutOfRange))?;
            let opened = cipher.decrypt(number, piece + 1 == pieces, sealed.as_slice());
            plain.extend(opened.map_err(|_| fault(FileFault::Altered))?);
        }
        let skip = usize::try_from(offset - first * PIECE).unwrap_or(usize::MAX);
        let wanted = usize::try_from(length).unwrap_or(usize::MAX);
        Ok(plain.into_iter().skip(skip).take(wanted).collect())
    }

    /// Removes files; one that is gone already is no error.
    pub(crate) fn delete_all(&self, names: &[String]) -> Result<(), StoreError> {
        for name in names {
            match fs::remove_file(self.folder.join(name)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes what a kill left: temporary files, and old files without a row.
    pub(crate) fn sweep(&self, known: &BTreeSet<String>, now_ms: i64) -> Result<(), StoreError> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if known.contains(&name) {
                continue;
            }
            let age = entry.metadata()?.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
            let old = i64::try_from(age).unwrap_or(i64::MAX).saturating_add(GRACE_MS) < now_ms;
            if name.ends_with(TEMPORARY) || old {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

fn encrypt(reader: &mut dyn Read, path: &Path, key: &[u8; 32]) -> Result<(String, u64), StoreError> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    // The key is used for this file alone, so the rest of the nonce may be constant.
    let cipher = Cipher::new(&Key::<ChaCha20Poly1305>::from(*key), &Nonce::<ChaCha20Poly1305, Cipher>::default());
    let mut hash = Sha256::new();
    let mut length = 0u64;
    let mut piece = next(reader)?;
    for number in 0u32.. {
        // One piece ahead: the last must be known as the last.
        let after = if piece.len() as u64 == PIECE { next(reader)? } else { Vec::new() };
        hash.update(&piece);
        length += piece.len() as u64;
        let sealed = cipher.encrypt(number, after.is_empty(), piece.as_slice()).map_err(|_| StoreError::Random)?;
        file.write_all(&sealed)?;
        if after.is_empty() {
            break;
        }
        piece = after;
    }
    file.sync_all()?;
    Ok((hex::encode(hash.finalize()), length))
}

fn next(reader: &mut dyn Read) -> Result<Vec<u8>, StoreError> {
    let mut piece = Vec::new();
    reader.take(PIECE).read_to_end(&mut piece)?;
    Ok(piece)
}
