//! Books under a password. Excel encrypts a book whose structure or whose sheets are protected under a word of its own, and opens
//! it without asking: such a book has no password that anybody set.

use super::compound;
use crate::error::ImportError;

/// The word under which Excel encrypts what only is protected ([MS-OFFCRYPTO] 2.3.6, [MS-XLS] 2.2.10).
const NOBODYS: &str = "VelvetSweatshop";

/// How often a key may be hashed: Excel writes 100,000. A file that asks for more would keep the server busy for minutes.
const MAX_SPIN: u64 = 1_000_000;

/// The book inside an encrypted one that nobody set a password for; None for what is not encrypted.
///
/// # Errors
/// [`ImportError::Encrypted`] where somebody did.
pub fn opened(bytes: &[u8]) -> Result<Option<Vec<u8>>, ImportError> {
    let Some(mut file) = compound::open(bytes).filter(|file| file.exists("/EncryptedPackage")) else { return Ok(None) };
    let info = compound::stream(&mut file, "/EncryptionInfo", 1_000_000).ok_or(ImportError::Encrypted)?;
    if spin(&info) > MAX_SPIN {
        return Err(ImportError::Encrypted);
    }
    office_crypto::decrypt_from_bytes(bytes.to_vec(), NOBODYS).map(Some).map_err(|_| ImportError::Encrypted)
}

fn spin(info: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(info);
    let counts = text.split("spinCount=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<u64>().ok());
    counts.max().unwrap_or(0)
}
