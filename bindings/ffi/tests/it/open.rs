//! The one thing that only this layer adds: opening with bytes and the system's own clock and randomness.

use std::sync::Arc;

use bianfang_client::ClientError;
use bianfang_ffi::{Phone, SteadyClock};

/// Nothing here takes time.
struct Still;

impl SteadyClock for Still {
    fn steady_ms(&self) -> i64 {
        0
    }

    fn boot(&self) -> String {
        "one".into()
    }
}

async fn open(folder: &tempfile::TempDir, key: Vec<u8>) -> Result<Phone, ClientError> {
    Phone::open(folder.path().to_string_lossy().into_owned(), key, Arc::new(Still)).await
}

#[tokio::test]
async fn store_opens_again_with_its_key_and_not_with_another() {
    let folder = tempfile::tempdir().unwrap();
    let phone = open(&folder, vec![7; 32]).await.unwrap();
    let form = phone.new_form().await.unwrap();
    assert_ne!(form, phone.new_form().await.unwrap());
    phone.shut().await.unwrap();
    drop(phone);

    assert_eq!(open(&folder, vec![8; 32]).await.err(), Some(ClientError::Locked));
    let phone = open(&folder, vec![7; 32]).await.unwrap();
    assert_eq!(phone.profile().await.unwrap(), None);
    phone.shut().await.unwrap();
    assert_eq!(phone.profile().await.err(), Some(ClientError::Locked));
}

#[tokio::test]
async fn short_key_is_invalid_and_makes_no_store() {
    let folder = tempfile::tempdir().unwrap();
    let error = open(&folder, vec![7; 31]).await.err();
    assert!(matches!(&error, Some(ClientError::Invalid { field, .. }) if field == "key"), "{error:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
