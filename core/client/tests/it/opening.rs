//! Opening: the right key, one process, and what an unknown or closed phone answers.

use bianfang_client::ClientError;

use crate::scene::*;

#[tokio::test]
async fn another_key_is_locked_and_changes_nothing() {
    let bench = Bench::enrolled().await;
    assert_eq!(bench.try_open([8; 32]).await.unwrap_err(), ClientError::Locked);
    let phone = bench.open().await;
    assert_eq!(phone.people(all()).await.unwrap().rows.len(), 2);
}

#[tokio::test]
async fn second_opening_of_a_folder_is_told_so_until_the_first_is_closed() {
    let bench = Bench::enrolled().await;
    let first = bench.open().await;
    assert_eq!(field(bench.try_open(KEY).await), "folder");
    first.close().await.unwrap();
    bench.open().await;
}

#[tokio::test]
async fn closed_phone_is_locked() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    phone.close().await.unwrap();
    phone.close().await.unwrap();
    assert_eq!(phone.people(all()).await.unwrap_err(), ClientError::Locked);
    assert_eq!(phone.drafts().await.unwrap_err(), ClientError::Locked);
}

#[tokio::test]
async fn phone_of_nobody_keeps_the_form_and_asks_for_an_account() {
    let bench = Bench::empty();
    let phone = bench.open().await;
    assert_eq!(phone.profile().await.unwrap(), None);
    assert!(phone.status().await.unwrap().signed_out);
    let form = phone.new_form().await.unwrap();
    phone.keep_draft(&form, visit(&[(FATHER, "MET")])).await.unwrap();
    assert_eq!(phone.save_visit(&form, visit(&[(FATHER, "MET")])).await.unwrap_err(), ClientError::SignedOut);
    assert!(phone.draft(&form).await.unwrap().is_some());
}

#[tokio::test]
async fn profile_names_the_divisions_of_the_account_and_no_others() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let profile = phone.profile().await.unwrap().unwrap();
    assert_eq!(
        (profile.name.as_str(), profile.role.as_str(), profile.county.as_str()),
        ("王村站", "VILLAGE_WORKER", "翁牛特旗")
    );
    let divisions: Vec<&str> = profile.divisions.iter().map(|division| division.name.as_str()).collect();
    assert_eq!(divisions, ["浩特艾里嘎查"], "the township above is known, not covered");
    assert_eq!(phone.divisions().await.unwrap(), profile.divisions);
}

#[tokio::test]
async fn invitation_that_is_none_is_told_so_before_anything_is_sent() {
    let bench = Bench::empty();
    let phone = bench.open().await;
    assert_eq!(field(phone.enrol("https://example.org", "Redmi").await), "invitation");
    let wrong = r#"{"url":"http://127.0.0.1:1","code":"x","ca":"00"}"#;
    assert_eq!(field(phone.enrol(wrong, "Redmi").await), "invitation");
    assert_eq!(phone.profile().await.unwrap(), None);
}
