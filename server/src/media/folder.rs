//! Photo bytes in a folder: `<county>/<first two of the hash>/<hash>`, and beside it a part for each device that is still
//! sending. An offset or a receipt is told only after the bytes, and the folder that names them, are on disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use bianfang_domain::id::InstallationId;
use sha2::{Digest, Sha256};

use super::MediaError;

/// The name of a blob: SHA-256 in lower-case hex. Nothing else may become a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(String);

impl Hash {
    /// From a URL or a message.
    ///
    /// # Errors
    /// [`MediaError::Name`] for anything but 64 digits of lower-case hex.
    pub fn parse(text: &str) -> Result<Self, MediaError> {
        let hex = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() == 64 && hex { Ok(Self(text.to_owned())) } else { Err(MediaError::Name) }
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// That a blob lies whole in the folder, its hash checked: only [`Folder::append`] makes one.
#[derive(Debug)]
pub struct Whole(Hash);

impl Whole {
    /// Which.
    #[must_use]
    pub fn hash(&self) -> &Hash {
        &self.0
    }
}

/// How far an upload is after a piece.
#[derive(Debug)]
pub enum Came {
    /// So many durable bytes.
    Part(u64),
    /// All of it.
    Whole(Whole),
}

/// The folder of one county.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Below a data folder.
    #[must_use]
    pub fn of(root: &Path, county: &str) -> Self {
        Self { root: root.join(county) }
    }

    fn shelf(&self, hash: &Hash) -> PathBuf {
        self.root.join(hash.0.get(..2).unwrap_or_default())
    }

    /// Where a whole blob lies.
    #[must_use]
    pub fn path(&self, hash: &Hash) -> PathBuf {
        self.shelf(hash).join(&hash.0)
    }

    fn part(&self, hash: &Hash, device: InstallationId) -> PathBuf {
        self.shelf(hash).join(format!("{}.{device}.part", hash.0))
    }

    /// Durable bytes that a device has sent so far.
    ///
    /// # Errors
    /// [`MediaError::File`].
    pub fn offset(&self, hash: &Hash, device: InstallationId) -> Result<u64, MediaError> {
        match fs::metadata(self.part(hash, device)) {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Adds bytes at an offset and syncs them; the last ones are checked and named. Bytes that are there already are passed
    /// over, so that a request whose answer was lost can be sent again.
    ///
    /// # Errors
    /// [`MediaError::Offset`] with the right one when it lies beyond what came; [`MediaError::TooLong`];
    /// [`MediaError::Hash`]; [`MediaError::File`].
    pub fn append(
        &self,
        hash: &Hash,
        device: InstallationId,
        (offset, length): (u64, u64),
        bytes: &[u8],
    ) -> Result<Came, MediaError> {
        let shelf = self.shelf(hash);
        create_dir(&shelf)?;
        let path = self.part(hash, device);
        let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
        // Two requests of one device for one blob: the second waits, then sees how far the first came.
        file.lock()?;
        // What was opened may be the whole blob by now, which nobody writes to: the next request finds its receipt.
        let still = fs::metadata(&path).is_ok_and(|part| file.metadata().is_ok_and(|open| open.ino() == part.ino()));
        if !still {
            return Err(MediaError::Offset { expected: 0 });
        }
        let durable = file.metadata()?.len();
        if offset > durable {
            return Err(MediaError::Offset { expected: durable });
        }
        if offset.saturating_add(bytes.len() as u64) > length {
            return Err(MediaError::TooLong { length });
        }
        let known = usize::try_from(durable - offset).unwrap_or(usize::MAX);
        if let Some(fresh) = bytes.get(known..).filter(|fresh| !fresh.is_empty()) {
            file.write_all(fresh)?;
            file.sync_all()?;
            sync_dir(&shelf)?;
        }
        match file.metadata()?.len() {
            durable if durable < length => Ok(Came::Part(durable)),
            _ => self.finish(hash, &path),
        }
    }

    /// Checks the hash of a whole part and gives it its name. A wrong one is thrown away: it can never be right.
    fn finish(&self, hash: &Hash, part: &Path) -> Result<Came, MediaError> {
        let mut file = File::open(part)?;
        let mut sha = Sha256::new();
        let mut buffer = vec![0u8; 64 * 1024];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            sha.update(buffer.get(..read).unwrap_or_default());
        }
        if hex::encode(sha.finalize()) != hash.0 {
            fs::remove_file(part)?;
            return Err(MediaError::Hash);
        }
        file.sync_all()?;
        fs::rename(part, self.path(hash))?;
        sync_dir(&self.shelf(hash))?;
        Ok(Came::Whole(Whole(hash.clone())))
    }
}

/// Creates a folder and makes its name durable in each folder above that is new.
fn create_dir(path: &Path) -> Result<(), MediaError> {
    if path.is_dir() {
        return Ok(());
    }
    let above = path.parent().filter(|above| !above.as_os_str().is_empty());
    if let Some(above) = above {
        create_dir(above)?;
    }
    match fs::create_dir(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => above.map_or(Ok(()), sync_dir),
    }
}

fn sync_dir(path: &Path) -> Result<(), MediaError> {
    Ok(File::open(path)?.sync_all()?)
}
