//! Codes and refresh tokens: random, prefixed with their county (every table's key begins with it), stored as hashes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::clock::{Random, bytes};

/// Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What the database keeps of a secret.
#[must_use]
pub fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

/// A nonce for [`successor`].
#[must_use]
pub fn nonce(random: &dyn Random) -> String {
    hex::encode(bytes::<32>(random))
}

/// A new one-time code: `150426-7K3M-…`, 80 random bits.
#[must_use]
pub fn new_code(county: &str, random: &dyn Random) -> String {
    let mut bits = u128::from_be_bytes({
        let mut wide = [0u8; 16];
        for (to, from) in wide.iter_mut().skip(6).zip(bytes::<10>(random)) {
            *to = from;
        }
        wide
    });
    let mut code = county.to_owned();
    for place in 0..16 {
        if place % 4 == 0 {
            code.push('-');
        }
        let letter = usize::try_from(bits & 31).ok().and_then(|at| ALPHABET.get(at)).copied().unwrap_or(b'0');
        code.push(char::from(letter));
        bits >>= 5;
    }
    code
}

/// A code as it was typed, brought to its one form; and its county. `None` when it can be none.
#[must_use]
pub fn read_code(typed: &str) -> Option<(String, String)> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).take(64).collect();
    let (county, rest) = typed.split_once('-')?;
    let mut code = county.to_owned();
    for (place, letter) in rest.chars().filter(|c| *c != '-').enumerate() {
        if place % 4 == 0 {
            code.push('-');
        }
        code.push(match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        });
    }
    Some((county.to_owned(), code))
}

/// The refresh token that follows `previous` (a token or an enrolment code). Only who holds `previous` and sees the
/// nonce in the database can compute it: so the same answer can be given twice while the database keeps hashes alone.
#[must_use]
pub fn successor(county: &str, previous: &str, nonce: &str) -> String {
    let mut sha = Sha256::new();
    for part in ["bianfang refresh v1", previous, nonce] {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part.as_bytes());
    }
    format!("{county}.{}", URL_SAFE_NO_PAD.encode(sha.finalize()))
}

/// A first refresh token with 256 random bits.
#[must_use]
pub fn new_refresh(county: &str, random: &dyn Random) -> String {
    format!("{county}.{}", URL_SAFE_NO_PAD.encode(bytes::<32>(random)))
}

/// The county of a refresh token.
#[must_use]
pub fn refresh_county(token: &str) -> Option<&str> {
    token.split_once('.').map(|(county, _)| county).filter(|county| county.len() <= 16)
}
