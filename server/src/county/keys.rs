//! A county's own keys: the pair phones seal to, the key of what rests, and the key of fingerprints. They live in a file
//! beside the database, never in it, so that a stolen database or backup opens nothing.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::clock::{Random, bytes};
use crate::{ServerError, files};

/// The keys of one county.
#[derive(Clone)]
pub struct CountyKeys {
    /// X25519 private key: opens what a phone sealed.
    pub seal_private: [u8; 32],
    /// X25519 public key, handed to phones.
    pub seal_public: [u8; 32],
    /// Keys at rest by version; new values are sealed under the highest.
    pub rest: BTreeMap<u32, [u8; 32]>,
    /// Key of the fingerprints by which equal values are found.
    pub index: [u8; 32],
}

impl fmt::Debug for CountyKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CountyKeys").finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    seal_private: String,
    seal_public: String,
    rest: BTreeMap<u32, String>,
    index: String,
}

fn path(data_dir: &Path, county: &str) -> PathBuf {
    data_dir.join("keys").join(format!("county-{county}.json"))
}

impl CountyKeys {
    /// Makes the keys of a new county and writes them with mode 0600.
    ///
    /// # Errors
    /// [`ServerError::File`] when they exist already or cannot be written.
    pub fn create(data_dir: &Path, county: &str, random: &dyn Random) -> Result<Self, ServerError> {
        let (seal_private, seal_public) = bianfang_protocol::seal::key_pair(&bytes(random));
        let keys = Self { seal_private, seal_public, rest: BTreeMap::from([(1, bytes(random))]), index: bytes(random) };
        let file = KeyFile {
            seal_private: hex::encode(keys.seal_private),
            seal_public: hex::encode(keys.seal_public),
            rest: keys.rest.iter().map(|(version, key)| (*version, hex::encode(key))).collect(),
            index: hex::encode(keys.index),
        };
        files::create_private_dir(&data_dir.join("keys"))?;
        files::write_secret(&path(data_dir, county), &serde_json::to_vec_pretty(&file)?)?;
        Ok(keys)
    }

    /// Reads the keys of a county.
    ///
    /// # Errors
    /// [`ServerError::NotInitialized`] when there are none, [`ServerError::KeyFile`] when they have the wrong form.
    pub fn load(data_dir: &Path, county: &str) -> Result<Self, ServerError> {
        let path = path(data_dir, county);
        let text = files::read_text(&path)?;
        let wrong = || ServerError::KeyFile(path.clone());
        let key = |text: &str| -> Result<[u8; 32], ServerError> {
            hex::decode(text).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(wrong)
        };
        let file: KeyFile = serde_json::from_str(&text).map_err(|_| wrong())?;
        let rest =
            file.rest.iter().map(|(version, text)| Ok((*version, key(text)?))).collect::<Result<_, ServerError>>()?;
        Ok(Self {
            seal_private: key(&file.seal_private)?,
            seal_public: key(&file.seal_public)?,
            rest,
            index: key(&file.index)?,
        })
    }

    /// The public key as phones get it.
    #[must_use]
    pub fn seal_public_base64(&self) -> String {
        STANDARD.encode(self.seal_public)
    }
}
