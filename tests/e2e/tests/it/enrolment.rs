//! Enrolment that cannot be: each is a clear error, and the phone stays usable.

use bianfang_client::ClientError;
use serde_json::{Value, json};

use crate::town::{Town, everybody, sync};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_and_used_codes_are_refused_with_what_to_do_next() {
    let town = Town::new().await;
    let invitation = town.bureau.invite("one").await.unwrap();
    let mut wrong: Value = serde_json::from_str(&invitation).unwrap();
    wrong["code"] = json!("150426-0000-0000-0000-0000");
    let phone = town.new_phone("first").await;
    let error = phone.enrol(&wrong.to_string(), "test").await.unwrap_err();
    assert!(error.zh().contains("登记码"), "{error:?}");
    assert!(phone.profile().await.unwrap().is_none());

    phone.enrol(&invitation, "test").await.unwrap();
    sync(&phone).await;
    assert!(!everybody(&phone).await.is_empty());
    let other = town.new_phone("second").await;
    let error = other.enrol(&invitation, "test").await.unwrap_err();
    assert!(error.zh().contains("登记码"), "used: {error:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invitation_of_another_form_or_another_root_is_not_followed() {
    let town = Town::new().await;
    let phone = town.new_phone("phone").await;
    for text in ["", "https://example.org", "{}"] {
        let error = phone.enrol(text, "test").await.unwrap_err();
        assert!(matches!(error, ClientError::Invalid { .. }), "{text}: {error:?}");
    }
    let mut forged: Value = serde_json::from_str(&town.bureau.invite("one").await.unwrap()).unwrap();
    forged["ca"] = json!("0".repeat(64));
    let error = phone.enrol(&forged.to_string(), "test").await.unwrap_err();
    assert!(matches!(error, ClientError::Invalid { .. }), "the server is not the one of the invitation: {error:?}");
    let mut nowhere: Value = serde_json::from_str(&town.bureau.invite("one").await.unwrap()).unwrap();
    nowhere["url"] = json!("https://localhost:1");
    assert!(matches!(phone.enrol(&nowhere.to_string(), "test").await.unwrap_err(), ClientError::Offline));
}
