//! The server's own certificate authority. A phone learns its fingerprint from the QR of its enrolment and trusts nothing
//! else; the server sends leaf and CA, so that the pinned phone can build the chain from what it gets.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256,
};
use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use crate::{ServerError, files};

const CA_YEARS: i64 = 20;
/// Phones' systems refuse leaves that live longer than 825 days; a new one is made at each start.
const LEAF_DAYS: i64 = 800;

fn cert_path(data_dir: &Path) -> PathBuf {
    data_dir.join("pki").join("ca.pem")
}

fn key_path(data_dir: &Path) -> PathBuf {
    data_dir.join("pki").join("ca.key")
}

/// Makes the CA unless there is one.
///
/// # Errors
/// [`ServerError::Certificate`], [`ServerError::File`].
pub fn create(data_dir: &Path, now_ms: i64) -> Result<(), ServerError> {
    if cert_path(data_dir).exists() {
        return Ok(());
    }
    files::create_private_dir(&data_dir.join("pki"))?;
    let key = match fs::read_to_string(key_path(data_dir)) {
        // A start that ended between the two files.
        Ok(pem) => KeyPair::from_pem(&pem)?,
        Err(_) => {
            let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
            files::write_secret(&key_path(data_dir), key.serialize_pem().as_bytes())?;
            key
        }
    };
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Bianfang CA");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    (params.not_before, params.not_after) = validity(now_ms, Duration::days(CA_YEARS * 365))?;
    files::write_secret(&cert_path(data_dir), params.self_signed(&key)?.pem().as_bytes())
}

/// From a day before now: phones' clocks lag.
fn validity(now_ms: i64, life: Duration) -> Result<(OffsetDateTime, OffsetDateTime), ServerError> {
    let now = OffsetDateTime::from_unix_timestamp(now_ms.div_euclid(1000)).map_err(|_| rcgen::Error::Time)?;
    Ok((now - Duration::days(1), now + life))
}

fn ca(data_dir: &Path) -> Result<(String, CertificateDer<'static>), ServerError> {
    let path = cert_path(data_dir);
    let pem = files::read_text(&path)?;
    let der = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|_| ServerError::KeyFile(path))?;
    Ok((pem, der))
}

/// SHA-256 of the CA certificate (DER), hex: what the QR carries.
///
/// # Errors
/// [`ServerError::NotInitialized`], [`ServerError::KeyFile`].
pub fn fingerprint(data_dir: &Path) -> Result<String, ServerError> {
    Ok(hex::encode(Sha256::digest(ca(data_dir)?.1)))
}

/// TLS with a fresh leaf for `host` (and localhost), followed by the CA.
///
/// # Errors
/// [`ServerError::NotInitialized`], [`ServerError::Certificate`], [`ServerError::Tls`].
pub fn tls(data_dir: &Path, host: &str, now_ms: i64) -> Result<Arc<ServerConfig>, ServerError> {
    let (ca_pem, ca_der) = ca(data_dir)?;
    let ca_key = KeyPair::from_pem(&files::read_text(&key_path(data_dir))?)?;
    let issuer = Issuer::from_ca_cert_pem(&ca_pem, ca_key)?;

    let mut names = vec![host.to_owned(), "localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    names.sort();
    names.dedup();
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, host);
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    (params.not_before, params.not_after) = validity(now_ms, Duration::days(LEAF_DAYS))?;
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
    let leaf = params.signed_by(&key, &issuer)?;

    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone(), ca_der], key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
