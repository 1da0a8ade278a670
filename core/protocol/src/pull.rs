//! `GET /api/v1/sync/pull?cursor=…`: states down, page by page, to one device and its scope.

use std::collections::BTreeMap;

use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Changes in one page.
pub const PAGE: usize = 500;

/// One page. Page and cursor are applied in one local transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PullResponse {
    /// In feed order.
    pub changes: Vec<Change>,
    /// Where to go on. Opaque; bound to account and device; advances even past an empty page.
    pub cursor: String,
    /// More is waiting.
    pub more: bool,
    /// How many changes are still to come, for the progress of a first synchronization. An estimate.
    pub remaining: u64,
    /// The server's clock, UTC milliseconds.
    pub server_ms: i64,
    /// See [`crate::push::PushResponse::epoch`].
    pub epoch: String,
    /// The last number that the server has of the caller's installation. A phone that was answered further stands before a server
    /// that was put back to before, and pushes again what that lost. None from a server of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pushed: Option<u64>,
    /// On the last page: what the phone should now hold of each division.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub checks: BTreeMap<RecordId, Check>,
}

/// A changed record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Its newest state.
    Put {
        /// With the protected fields the caller may see.
        record: Box<Record>,
    },
    /// It left the scope. Not the same as voided.
    Remove {
        /// The kind's name.
        kind: String,
        /// The record.
        id: RecordId,
    },
}

/// The content of a division in two numbers: a mismatch means the phone's copy has a fault.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Records.
    pub count: u64,
    /// Wrapping sum of [`Check::term`] over them; as text, for JSON numbers end at 2⁵³.
    #[serde(with = "as_text")]
    pub sum: u64,
}

impl Check {
    /// The first 64 bits of SHA-256 over id and revision.
    #[must_use]
    pub fn term(id: RecordId, revision: u64) -> u64 {
        let mut hash = Sha256::new();
        hash.update(id.0.as_bytes());
        hash.update(revision.to_be_bytes());
        hash.finalize().iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }

    /// Counts one record in.
    pub fn add(&mut self, id: RecordId, revision: u64) {
        self.count += 1;
        self.sum = self.sum.wrapping_add(Self::term(id, revision));
    }
}

mod as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("{value:016x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        let text = String::deserialize(from)?;
        u64::from_str_radix(&text, 16).map_err(serde::de::Error::custom)
    }
}
