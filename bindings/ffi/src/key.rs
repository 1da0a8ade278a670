//! The store's key as it crosses: bytes of a length that no language checks for us.

use bianfang_client::ClientError;

/// The raw key of 32 bytes.
///
/// # Errors
/// [`ClientError::Invalid`] with field `key` for any other length.
pub fn key(bytes: &[u8]) -> Result<[u8; 32], ClientError> {
    bytes.try_into().map_err(|_| ClientError::Invalid {
        field: "key".into(),
        zh: "密钥须为 32 字节。".into(),
        en: "The key must have 32 bytes.".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_of_another_length_is_invalid() {
        assert!(key(&[7; 32]).is_ok_and(|key| key == [7; 32]));
        for length in [0, 16, 31, 33] {
            let error = key(&vec![7; length]).unwrap_err();
            assert!(matches!(&error, ClientError::Invalid { field, .. } if field == "key"), "{error}");
        }
    }
}
