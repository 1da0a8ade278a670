//! Trust in one root and no other: the one whose fingerprint the phone read from its invitation. A county's server makes its
//! own root, so no public authority can vouch for it, and none can be tricked into vouching for somebody else.
//!
//! Whether the certificate is valid *in time* is judged at the server's time where the phone is sure of it, or else at what its
//! wall clock shows: a wrong date must not keep a phone from its server, which alone can tell it the right one. A phone that knows
//! no time at all takes a certificate inside its own span: then it is the root alone that protects.

use std::sync::Arc;
use std::time::Duration;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use sha2::{Digest, Sha256};

use crate::http::ReadClock;

/// A client configuration that accepts only chains under the root with this SHA-256 of its DER. The server sends the root along.
/// All of it reads the one clock.
///
/// # Errors
/// When the cryptography supports no common version of TLS.
pub fn configuration(root: [u8; 32], clock: ReadClock) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let clock = Arc::new(TlsClock(clock));
    let verifier = Arc::new(Pin { root, provider: Arc::clone(&provider), clock: Arc::clone(&clock) });
    let builder = ClientConfig::builder_with_details(provider, clock).with_safe_default_protocol_versions()?;
    // "Dangerous" names the step in which a verifier could accept anything; this one hands every question on.
    Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

/// The phone's clock as TLS wants it.
struct TlsClock(ReadClock);

impl std::fmt::Debug for TlsClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TlsClock").finish_non_exhaustive()
    }
}

impl TimeProvider for TlsClock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(unix((self.0)().seen().wall_ms))
    }
}

/// A time before 1970 reads as 1970: no certificate was valid at either.
fn unix(ms: i64) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_millis(u64::try_from(ms).unwrap_or(0)))
}

pub(crate) fn millis(time: UnixTime) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX).saturating_mul(1_000)
}

#[derive(Debug)]
struct Pin {
    root: [u8; 32],
    provider: Arc<CryptoProvider>,
    clock: Arc<TlsClock>,
}

impl Pin {
    fn is_root(&self, certificate: &CertificateDer<'_>) -> bool {
        <[u8; 32]>::from(Sha256::digest(certificate)) == self.root
    }

    /// Judges at the server's time and at the wall clock; without the former at the end of the certificate's span that is nearer.
    fn in_time<T>(&self, shown: UnixTime, judge: impl Fn(UnixTime) -> Result<T, Error>) -> Result<T, Error> {
        let sure = (self.clock.0)().sure_ms();
        match (judge(sure.map_or(shown, unix)), sure) {
            (Err(error), Some(_)) if nearest(&error).is_some() => judge(shown),
            (Err(error), None) => nearest(&error).map_or(Err(error), judge),
            (judged, _) => judged,
        }
    }
}

/// The moment at which a certificate that is only out of its time would be valid.
fn nearest(error: &Error) -> Option<UnixTime> {
    match error {
        Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. }) => Some(*not_after),
        Error::InvalidCertificate(CertificateError::NotValidYetContext { not_before, .. }) => Some(*not_before),
        _ => None,
    }
}

impl ServerCertVerifier for Pin {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let unknown = || Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let root = intermediates.iter().find(|certificate| self.is_root(certificate)).ok_or_else(unknown)?;
        let mut roots = RootCertStore::empty();
        roots.add(root.clone().into_owned())?;
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&self.provider))
            .build()
            .map_err(|_| unknown())?;
        self.in_time(now, |at| verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, at))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
