//! What the store keeps of the account, beside what the rules read: where the server is, and whether the login holds.

use bianfang_domain::id::InstallationId;
use bianfang_store::{MetaKey, Store};
use serde::{Deserialize, Serialize};

use crate::error::ClientError;
use crate::host::Host;
use crate::ids;

/// Kept under [`MetaKey::Profile`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptProfile {
    /// Made before the first enrolment is sent, so that one whose answer was lost is found again by the server.
    pub installation: InstallationId,
    /// None until an enrolment was answered.
    pub account: Option<PhoneAccount>,
    /// The last session ended for want of a login.
    #[serde(default)]
    pub signed_out: bool,
}

/// The account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PhoneAccount {
    /// `https://host:port`
    pub url: String,
    /// SHA-256 of the server's root, hex.
    pub ca: String,
    /// Name of its owner.
    pub name: String,
    /// Code of the county.
    pub county: String,
    /// Name of the county.
    pub county_name: String,
}

impl KeptProfile {
    pub(crate) async fn get(store: &Store) -> Result<Option<Self>, ClientError> {
        Ok(store.value(MetaKey::Profile).await?)
    }

    /// What is kept, or a new installation that is kept from now on.
    pub(crate) async fn get_or_insert(store: &Store, host: &dyn Host) -> Result<Self, ClientError> {
        if let Some(kept) = Self::get(store).await? {
            return Ok(kept);
        }
        let kept = Self { installation: ids::installation(host)?, account: None, signed_out: false };
        kept.put(store).await?;
        Ok(kept)
    }

    pub(crate) async fn put(&self, store: &Store) -> Result<(), ClientError> {
        Ok(store.set_value(MetaKey::Profile, self).await?)
    }

    /// Notes whether the login holds; writes only when that changed.
    pub(crate) async fn note(mut self, store: &Store, signed_out: bool) -> Result<(), ClientError> {
        if self.signed_out == signed_out {
            return Ok(());
        }
        self.signed_out = signed_out;
        self.put(store).await
    }
}
