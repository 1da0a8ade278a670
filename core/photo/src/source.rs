//! The file that was given: opened once, read once, never written.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::facts::HeicFacts;
use crate::format::HEAD;
use crate::{Limits, Original, PhotoError, PhotoFormat, Size, facts, heic};

const PIECE: usize = 64 << 10;

pub(crate) struct Source {
    file: File,
    length: u64,
    limit: u64,
    pub(crate) format: PhotoFormat,
}

/// What the bytes were, whoever decodes them.
pub(crate) struct Digest {
    sha256: [u8; 32],
    length: u64,
    format: PhotoFormat,
}

impl Source {
    /// Looks at the length and the first bytes only, so that three gigabytes of video cost nothing.
    pub(crate) fn open(path: &Path, limits: &Limits) -> Result<Self, PhotoError> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut head = Vec::new();
        file.by_ref().take(HEAD).read_to_end(&mut head)?;
        if head.is_empty() {
            return Err(PhotoError::Empty);
        }
        // First of all: what is too large is not kept either, whatever it is.
        let limit = limits.max_bytes;
        if length > limit {
            return Err(PhotoError::TooLarge { length, limit });
        }
        let format = PhotoFormat::recognize(&head).ok_or(PhotoError::NotAnImage)?;
        Ok(Self { file, length, limit, format })
    }

    /// Hashes the file piece by piece without holding it.
    pub(crate) fn hash(self) -> Result<Digest, PhotoError> {
        self.pass(|_| ())
    }

    /// Hashes and returns the file: what is decoded is what was hashed, even if the file changes meanwhile.
    pub(crate) fn read(self) -> Result<(Digest, Vec<u8>), PhotoError> {
        let mut bytes = Vec::new();
        bytes
            .try_reserve_exact(usize::try_from(self.length).map_err(PhotoError::failed)?)
            .map_err(PhotoError::failed)?;
        let digest = self.pass(|piece| bytes.extend_from_slice(piece))?;
        Ok((digest, bytes))
    }

    fn pass(mut self, mut each: impl FnMut(&[u8])) -> Result<Digest, PhotoError> {
        self.file.seek(SeekFrom::Start(0))?;
        let (mut hash, mut length, mut piece) = (Sha256::new(), 0_u64, vec![0; PIECE]);
        loop {
            let count = self.file.read(&mut piece)?;
            let read = piece.get(..count).unwrap_or_default();
            if read.is_empty() {
                break;
            }
            length += read.len() as u64;
            if length > self.limit {
                return Err(PhotoError::TooLarge { length, limit: self.limit });
            }
            hash.update(read);
            each(read);
        }
        Ok(Digest { sha256: hash.finalize().into(), length, format: self.format })
    }

    pub(crate) fn check_boxes(&mut self) -> Result<(), PhotoError> {
        heic::check_boxes(&mut self.file, self.length)
    }

    pub(crate) fn facts(&mut self) -> Result<HeicFacts, PhotoError> {
        self.file.seek(SeekFrom::Start(0))?;
        Ok(facts::of_heic(&mut BufReader::new(&self.file)))
    }
}

impl Digest {
    pub(crate) fn original(&self, size: Option<Size>) -> Original {
        Original { sha256: self.sha256, length: self.length, format: self.format, size }
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
