//! Sealing of protected values (id numbers, telephone numbers, restricted tags).
//!
//! *On the way* from a phone a value is sealed to the county's public key (RFC 9180 base mode, X25519, HKDF-SHA256,
//! ChaCha20-Poly1305): the phone cannot open it again. *At rest* the server seals under the county's own key. Both bind the
//! value to record and field, so that a sealed value moved to another record does not open.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use bianfang_domain::id::RecordId;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hmac::{Hmac, Mac};
use hpke::aead::ChaCha20Poly1305 as HpkeAead;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use sha2::Sha256;

/// What can go wrong with a seal. Never says anything of the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not base64, or too short.
    #[error("the sealed text has the wrong form")]
    Form,
    /// Another key, another record or field, or altered.
    #[error("the sealed text does not open here")]
    Closed,
    /// The key has the wrong length.
    #[error("the key has the wrong form")]
    Key,
}

const INFO: &[u8] = b"bianfang sealed field v1";

/// What a sealed value is bound to.
fn binding(record: RecordId, field: &str) -> Vec<u8> {
    let mut bytes = record.0.as_bytes().to_vec();
    bytes.extend_from_slice(field.as_bytes());
    bytes
}

/// The county's key pair for the way: (private, public), 32 bytes each, from 32 random bytes.
#[must_use]
pub fn key_pair(random: &[u8; 32]) -> ([u8; 32], [u8; 32]) {
    let (private, public) = X25519HkdfSha256::derive_keypair(random);
    (private.to_bytes().into(), public.to_bytes().into())
}

/// The county's public key as an enrolment gives it.
///
/// # Errors
/// [`SealError::Key`] when it is none.
pub fn public_key(text: &str) -> Result<[u8; 32], SealError> {
    STANDARD_NO_PAD
        .decode(text.trim_end_matches('='))
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(SealError::Key)
}

/// Seals on a phone.
///
/// # Errors
/// [`SealError::Key`] when the county's key is no key.
pub fn to_county(
    public: &[u8; 32],
    record: RecordId,
    field: &str,
    value: &str,
    random: &mut impl hpke::rand_core::CryptoRng,
) -> Result<String, SealError> {
    let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(public).map_err(|_| SealError::Key)?;
    let aad = binding(record, field);
    let (encapsulated, text) = hpke::single_shot_seal_with_rng::<HpkeAead, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &key,
        INFO,
        value.as_bytes(),
        &aad,
        random,
    )
    .map_err(|_| SealError::Key)?;
    let mut bytes = encapsulated.to_bytes().to_vec();
    bytes.extend(text);
    Ok(STANDARD_NO_PAD.encode(bytes))
}

/// Opens on the server what a phone sealed.
///
/// # Errors
/// [`SealError::Form`] or [`SealError::Closed`].
pub fn from_phone(private: &[u8; 32], record: RecordId, field: &str, sealed: &str) -> Result<String, SealError> {
    let bytes = STANDARD_NO_PAD.decode(sealed).map_err(|_| SealError::Form)?;
    let (head, text) = bytes.split_at_checked(32).ok_or(SealError::Form)?;
    let key = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(private).map_err(|_| SealError::Key)?;
    let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(head).map_err(|_| SealError::Form)?;
    let plain = hpke::single_shot_open::<HpkeAead, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &key,
        &encapsulated,
        INFO,
        text,
        &binding(record, field),
    )
    .map_err(|_| SealError::Closed)?;
    String::from_utf8(plain).map_err(|_| SealError::Form)
}

/// Seals for rest: `<key version>.<base64 of nonce and text>`.
///
/// # Errors
/// [`SealError::Closed`] when the cipher refuses (a value of many gigabytes).
pub fn at_rest(
    key: (u32, &[u8; 32]),
    record: RecordId,
    field: &str,
    value: &str,
    nonce: [u8; 12],
) -> Result<String, SealError> {
    let (version, key) = key;
    let cipher = ChaCha20Poly1305::new(&Key::from(*key));
    let payload = Payload { msg: value.as_bytes(), aad: &binding(record, field) };
    let text = cipher.encrypt(&Nonce::from(nonce), payload).map_err(|_| SealError::Closed)?;
    let mut bytes = nonce.to_vec();
    bytes.extend(text);
    Ok(format!("{version}.{}", STANDARD_NO_PAD.encode(bytes)))
}

/// The version of the key a value at rest was sealed under.
#[must_use]
pub fn key_version(sealed: &str) -> Option<u32> {
    sealed.split_once('.')?.0.parse().ok()
}

/// Opens what rests.
///
/// # Errors
/// [`SealError::Form`] or [`SealError::Closed`].
pub fn open(key: &[u8; 32], record: RecordId, field: &str, sealed: &str) -> Result<String, SealError> {
    let (_, text) = sealed.split_once('.').ok_or(SealError::Form)?;
    let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| SealError::Form)?;
    let (nonce, text) = bytes.split_first_chunk::<12>().ok_or(SealError::Form)?;
    let cipher = ChaCha20Poly1305::new(&Key::from(*key));
    let payload = Payload { msg: text, aad: &binding(record, field) };
    let plain = cipher.decrypt(&Nonce::from(*nonce), payload).map_err(|_| SealError::Closed)?;
    String::from_utf8(plain).map_err(|_| SealError::Form)
}

/// The keyed fingerprint by which equal values are found without opening them. Hex, 32 bytes.
#[must_use]
pub fn fingerprint(key: &[u8; 32], index: &str, value: &str) -> String {
    // HMAC takes a key of any length, so this cannot fail; an empty text would only make the value unfindable.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key) else { return String::new() };
    mac.update(index.as_bytes());
    mac.update(&[0]);
    mac.update(value.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}
