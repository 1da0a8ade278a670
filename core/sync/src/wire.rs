//! Requests and answers as plain values, and the seam where they meet a network.

use std::collections::BTreeMap;
use std::future::Future;

use bytes::Bytes;

/// HTTP methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpMethod {
    /// Pull.
    Get,
    /// How far an upload is.
    Head,
    /// Push, refresh, begin an upload.
    Post,
    /// A small photo.
    Put,
    /// A piece of a large photo.
    Patch,
}

/// What a request carries.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Bytes),
    /// A range of a photo, read when it is sent.
    Blob {
        /// Which, hex.
        sha256: String,
        /// First byte.
        offset: u64,
        /// Bytes.
        length: u64,
    },
}

/// One request. Its headers hold tokens and its body personal data: `Debug` shows neither.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Counted within a session: an answer names the request it belongs to.
    pub number: u64,
    /// The method.
    pub method: HttpMethod,
    /// Path and query, beginning with `/`.
    pub path: String,
    /// Lower-case names.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.path.split('?').next().unwrap_or_default();
        write!(f, "Request({} {:?} {path})", self.number, self.method)
    }
}

/// One answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Lower-case names.
    pub headers: BTreeMap<String, String>,
    /// The whole body, unpacked.
    pub body: Bytes,
}

impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Response({}, {} bytes)", self.status, self.body.len())
    }
}

/// When a request left and its answer came, milliseconds of the phone's steady clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundTrip {
    /// Sent.
    pub sent_ms: i64,
    /// Answered.
    pub received_ms: i64,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// No connection came about.
    #[error("no connection")]
    Unreachable,
    /// The connection ended before the answer did; the server may have done the work.
    #[error("the connection ended")]
    Cut,
    /// The certificate is not under the pinned root.
    #[error("the certificate is not under the pinned root")]
    Untrusted,
    /// The certificate is under the pinned root, and not valid on any day that the phone takes for today.
    #[error("the certificate is not valid at this date")]
    WrongDate {
        /// What the phone's wall clock shows, UTC milliseconds.
        shown_ms: i64,
    },
    /// The photo of the body cannot be read on this phone.
    #[error("the photo cannot be read")]
    Unreadable,
}

/// Carries requests to the one server it was made for.
pub trait Transport: Sync {
    /// Sends `request` with `body` (a [`Body::Blob`] already read), and waits for the whole answer.
    fn send(&self, request: &Request, body: Bytes) -> impl Future<Output = Result<Response, NetworkError>> + Send;
}
