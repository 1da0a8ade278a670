//! Where a device stands in the feed. Opaque to it, signed, and bound to account, installation, role and divisions.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::id::{AccountId, InstallationId, RecordId};
use bianfang_protocol::seal;
use serde::{Deserialize, Serialize};

use super::PullError;

/// The content of a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Whose.
    pub account: AccountId,
    /// On which device.
    pub installation: InstallationId,
    /// With which rights: other rights begin anew.
    pub role: Role,
    /// Granted divisions: others begin anew, and what no grant covers any more is removed first.
    pub scope: Vec<RecordId>,
    /// The database's life: after a restore everything begins anew.
    pub epoch: String,
    /// The head of the feed when this began: what left a division before was never given.
    pub since: u64,
    /// The last feed number and record given.
    pub feed: u64,
    /// The last record given of that number.
    pub record: String,
    /// What is still to come, as counted at the first page of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<u64>,
    /// What is not theirs any more and is removed first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropping: Option<Dropping>,
}

/// What other rights and divisions leave on a phone, taken from it page by page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropping {
    /// Divisions that are covered no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub divisions: Vec<RecordId>,
    /// Kinds that are decided at a desk to which the new role does not sit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// The last record removed because of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
}

impl Cursor {
    /// At the very beginning.
    #[must_use]
    pub fn start(caller: &Actor, epoch: &str, head: u64) -> Self {
        let mut scope = caller.scope.clone();
        scope.sort();
        Self {
            account: caller.account,
            installation: caller.installation,
            role: caller.role,
            scope,
            epoch: epoch.to_owned(),
            since: head,
            feed: 0,
            record: String::new(),
            left: None,
            dropping: None,
        }
    }

    /// As the device gets it.
    ///
    /// # Errors
    /// [`PullError::Server`] when it does not serialize.
    pub fn encode(&self, key: &[u8; 32]) -> Result<String, PullError> {
        let text = serde_json::to_string(self).map_err(crate::ServerError::from)?;
        Ok(format!("{}.{}", URL_SAFE_NO_PAD.encode(&text), seal::fingerprint(key, "cursor", &text)))
    }

    /// Reads what a device sends back.
    ///
    /// # Errors
    /// [`PullError::Cursor`] when it was not made here, or for another account or device.
    pub fn decode(key: &[u8; 32], caller: &Actor, text: &str) -> Result<Self, PullError> {
        let (body, mark) = text.split_once('.').ok_or(PullError::Cursor)?;
        let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| PullError::Cursor)?;
        let text = String::from_utf8(bytes).map_err(|_| PullError::Cursor)?;
        // Compared as hashes, so that the time taken tells nothing of the mark.
        let expected = seal::fingerprint(key, "compare", &seal::fingerprint(key, "cursor", &text));
        if expected != seal::fingerprint(key, "compare", mark) {
            return Err(PullError::Cursor);
        }
        let cursor: Self = serde_json::from_str(&text).map_err(|_| PullError::Cursor)?;
        if cursor.account != caller.account || cursor.installation != caller.installation {
            return Err(PullError::Cursor);
        }
        Ok(cursor)
    }
}
