//! Identifiers that both sides share: records, ops and the county that owns them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The id of a record, made where the record is made (UUIDv7, so that ids of one phone sort by time).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(pub Uuid);

impl RecordId {
    /// A UUIDv7 from a time (UTC milliseconds) and ten random bytes. Both are parameters, so tests can repeat a run.
    #[must_use]
    pub fn new(now_ms: i64, random: [u8; 10]) -> Self {
        let millis = u64::try_from(now_ms).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// An id that is a function of what it names, for records that two decisions may both open (a Case) or whose place is
    /// known beforehand (a rule). Only a kind that derives it may write it ([`crate::kind::Kind::derives`]).
    #[must_use]
    pub fn derived(parts: &[&str]) -> Self {
        Self(uuid::Builder::from_custom_bytes(hashed(parts)).into_uuid())
    }

    /// An id that is a function of the request it answers, so that the same request makes the same record: of no other
    /// form than others that are made where the record is made, and kept for nobody.
    #[must_use]
    pub fn repeated(parts: &[&str]) -> Self {
        Self(uuid::Builder::from_sha1_bytes(hashed(parts)).into_uuid())
    }

    /// Where lies what is an account's alone to follow: beside the divisions, and of a form that no record is made with, so
    /// that a phone which does not know the whole tree takes none for a division it has not seen.
    #[must_use]
    pub fn place_of(account: AccountId) -> Self {
        Self(uuid::Builder::from_md5_bytes(hashed(&[&account.to_string()])).into_uuid())
    }

    /// Whether it has the form of an account's place.
    #[must_use]
    pub fn is_of_account(self) -> bool {
        self.0.get_version() == Some(uuid::Version::Md5)
    }

    /// Whether it has the form of those that follow from what they name.
    #[must_use]
    pub fn is_derived(self) -> bool {
        self.0.get_version() == Some(uuid::Version::Custom)
    }
}

/// The first half of the SHA-256 of all parts, each behind its length.
fn hashed(parts: &[&str]) -> [u8; 16] {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut bytes = [0u8; 16];
    for (to, from) in bytes.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    bytes
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for RecordId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// Where ops come from: one account on one phone, one console session, or one import batch.
pub type InstallationId = Uuid;

/// An account of the bureau.
pub type AccountId = Uuid;

/// The id of an op: gap-free per installation, remembered by the server for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OpId {
    /// Who counts.
    pub installation: InstallationId,
    /// The count, from 1.
    pub seq: u64,
}

impl fmt::Display for OpId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.installation, self.seq)
    }
}
