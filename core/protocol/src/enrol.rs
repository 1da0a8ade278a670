//! Becoming known: the QR of an enrolment, `POST /api/v1/enrol`, and the tokens that follow.

use bianfang_domain::actor::Role;
use bianfang_domain::id::{AccountId, InstallationId, RecordId};
use serde::{Deserialize, Serialize};

/// What the QR holds. The phone trusts the root with this fingerprint and no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// `https://host:port`
    pub url: String,
    /// One-time code.
    pub code: String,
    /// SHA-256 of the server's own CA certificate (DER), hex.
    pub ca: String,
}

/// A phone asks to be enrolled.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// The one-time code.
    pub code: String,
    /// Made by the phone once per account: ops are counted under it.
    pub installation: InstallationId,
    /// "Redmi Note 9", for the list of devices.
    pub model: String,
    /// android | ios | test
    pub platform: String,
}

/// The phone is known.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolResponse {
    /// Whose phone it is.
    pub account: AccountId,
    /// The name shown.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Granted divisions.
    pub scope: Vec<RecordId>,
    /// The county's code (GB/T 2260).
    pub county: String,
    /// The county's name.
    pub county_name: String,
    /// The county's public key for sealing (X25519), base64.
    pub seal_key: String,
    /// Access and refresh.
    pub tokens: Tokens,
    /// The server's clock, UTC milliseconds.
    pub server_ms: i64,
    /// See [`crate::push::PushResponse::epoch`].
    pub epoch: String,
}

/// A pair of tokens. Never in a URL, never in a log: `Debug` shows neither.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// JWT for the Authorization header.
    pub access: String,
    /// When the access token ends, UTC milliseconds.
    pub access_expires_ms: i64,
    /// Opaque, used once.
    pub refresh: String,
}

/// `POST /api/v1/token/refresh`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshRequest {
    /// The refresh token.
    pub refresh: String,
}

macro_rules! secret {
    ($($name:ident),*) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        })*
    };
}
secret!(EnrolRequest, EnrolResponse, Tokens, RefreshRequest);
