//! The network itself: HTTPS to one server under one root, bounded in time and memory.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use bianfang_domain::clock::PhoneClock;
use bytes::{Bytes, BytesMut};
use reqwest::redirect::Policy;
use rustls::CertificateError;

use crate::error::SyncError;
use crate::pin;
use crate::wire::{Body, HttpMethod, NetworkError, Request, Response, Transport};

const CONNECT: Duration = Duration::from_secs(15);
/// For the answer, once the request is out.
const ANSWER_SECONDS: u64 = 60;
/// Slower than this (32 kbit/s), a request is given up: the next one goes on at its offset.
const SLOWEST_BYTES_PER_SECOND: u64 = 4_096;
/// JSON larger than this is sent packed.
const PACK_ABOVE: usize = 1_024;
/// A page of 500 records is about 0.5 MB unpacked; nobody fills the phone's memory with one answer.
const MAX_ANSWER: usize = 16 << 20;

/// Reads the phone's clock.
pub type ReadClock = Arc<dyn Fn() -> PhoneClock + Send + Sync>;

/// A connection to one server.
#[derive(Debug, Clone)]
pub struct Https {
    client: reqwest::Client,
    base: String,
}

impl Https {
    /// To `url` (`https://host:port`), trusting the root with this SHA-256 (hex) alone, at the time that the clock tells.
    ///
    /// # Errors
    /// [`SyncError::Invitation`] when either has the wrong form.
    pub fn new(url: &str, ca: &str, clock: ReadClock) -> Result<Self, SyncError> {
        let mut root = [0; 32];
        hex::decode_to_slice(ca.trim(), &mut root).map_err(|_| SyncError::Invitation)?;
        let base = url.trim().trim_end_matches('/');
        let parsed = reqwest::Url::parse(base).map_err(|_| SyncError::Invitation)?;
        if parsed.scheme() != "https" || !parsed.has_host() || parsed.path() != "/" || parsed.query().is_some() {
            return Err(SyncError::Invitation);
        }
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(pin::configuration(root, clock).map_err(|_| SyncError::Invitation)?)
            .https_only(true)
            .no_proxy()
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .build()
            .map_err(|_| SyncError::Invitation)?;
        Ok(Self { client, base: base.to_owned() })
    }
}

impl Transport for Https {
    async fn send(&self, request: &Request, body: Bytes) -> Result<Response, NetworkError> {
        let method = match request.method {
            HttpMethod::Get => reqwest::Method::GET,
            HttpMethod::Head => reqwest::Method::HEAD,
            HttpMethod::Post => reqwest::Method::POST,
            HttpMethod::Put => reqwest::Method::PUT,
            HttpMethod::Patch => reqwest::Method::PATCH,
        };
        let seconds = ANSWER_SECONDS + body.len() as u64 / SLOWEST_BYTES_PER_SECOND;
        let mut sending =
            self.client.request(method, format!("{}{}", self.base, request.path)).timeout(Duration::from_secs(seconds));
        for (name, value) in &request.headers {
            sending = sending.header(*name, value);
        }
        match request.body {
            Body::Empty => {}
            Body::Json(_) => {
                sending = sending.header("content-type", "application/json");
                sending = match packed(&body) {
                    Some(packed) => sending.header("content-encoding", "zstd").body(packed),
                    None => sending.body(body),
                };
            }
            Body::Blob { .. } => sending = sending.header("content-type", "application/octet-stream").body(body),
        }
        let mut answer = sending.send().await.map_err(|error| reason(&error))?;
        let headers: BTreeMap<_, _> = answer
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        let mut body = BytesMut::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| reason(&error))? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(NetworkError::Cut);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status: answer.status().as_u16(), headers, body: body.freeze() })
    }
}

/// Ops shrink to about a third (871 to 245 bytes each, measured over 100 of them); small bodies gain nothing.
fn packed(body: &Bytes) -> Option<Vec<u8>> {
    if body.len() > PACK_ABOVE { zstd::bulk::compress(body, zstd::DEFAULT_COMPRESSION_LEVEL).ok() } else { None }
}

/// What stood behind: a certificate, no connection, or one that ended.
fn reason(error: &reqwest::Error) -> NetworkError {
    let mut source = error.source();
    while let Some(inner) = source {
        match inner.downcast_ref() {
            Some(rustls::Error::InvalidCertificate(
                CertificateError::ExpiredContext { time, .. } | CertificateError::NotValidYetContext { time, .. },
            )) => return NetworkError::WrongDate { shown_ms: pin::millis(*time) },
            Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented) => {
                return NetworkError::Untrusted;
            }
            _ => {}
        }
        // An io::Error hides what it wraps from source().
        let wrapped = inner.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        source = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => inner.source(),
        };
    }
    if error.is_connect() { NetworkError::Unreachable } else { NetworkError::Cut }
}
