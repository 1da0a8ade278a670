//! Photo bytes, named by their SHA-256. Up to [`SINGLE_PUT`] bytes: `PUT /api/v1/blobs/{sha256}`. More: `POST /api/v1/blobs`,
//! then `HEAD` and `PATCH /api/v1/blobs/{sha256}` at an offset until the whole is there.

use serde::{Deserialize, Serialize};

/// Bytes that go in one request: a photo copy (about 330 KB) does, and costs no extra round trip.
pub const SINGLE_PUT: u64 = 512 * 1024;

/// No photo is larger (200 megapixels at high quality are about 60 MB).
pub const MAX_LENGTH: u64 = 128 << 20;

/// Header with the offset that is durable so far.
pub const OFFSET_HEADER: &str = "upload-offset";

/// Header with `?1` when the upload is complete.
pub const COMPLETE_HEADER: &str = "upload-complete";

/// Header with the token that an upload's creation returned: it outlives a login by days.
pub const TOKEN_HEADER: &str = "upload-token";

/// `POST /api/v1/blobs`: begins or finds an upload. Idempotent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobRequest {
    /// SHA-256 of the whole, hex.
    pub sha256: String,
    /// Bytes.
    pub length: u64,
}

/// Where an upload stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobResponse {
    /// SHA-256 of the whole, hex.
    pub sha256: String,
    /// Durable bytes so far.
    pub offset: u64,
    /// Bytes of the whole.
    pub length: u64,
    /// For this blob and device, seven days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The bytes are on disk and their hash was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
}

/// Proof that the server has the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// SHA-256, hex.
    pub sha256: String,
    /// Bytes.
    pub length: u64,
    /// When they were durable, UTC milliseconds of the server.
    pub stored_ms: i64,
}
