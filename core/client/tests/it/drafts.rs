//! Half-filled forms: they are where they were, whatever happened to the app.

use bianfang_client::{DraftLine, PlaceDraft};

use crate::scene::*;

#[tokio::test]
async fn draft_and_photos_survive_reopening() {
    let bench = Bench::enrolled().await;
    let phone = bench.try_open(KEY).await.unwrap();
    let form = phone.new_form().await.unwrap();
    let mut draft = visit(&[(FATHER, "MET"), (MOTHER, "NOT_HOME")]);
    draft.note = Some("房顶漏".into());
    draft.place = Some(PlaceDraft { latitude: 42.9, longitude: 119.02, accuracy_m: 12.5, source: "GPS".into() });
    phone.keep_draft(&form, visit(&[])).await.unwrap();
    let photo = phone.add_photo(&form, &bench.photo(1)).await.unwrap();
    phone.keep_draft(&form, draft.clone()).await.unwrap();
    // No closing: the maker's battery saver does not say good-bye.
    drop(phone);
    let phone = bench.open().await;
    assert_eq!(phone.draft(&form).await.unwrap(), Some(draft));
    assert_eq!(phone.photos(&form).await.unwrap(), [photo]);
    assert_eq!(phone.status().await.unwrap().waiting, 0, "a draft never leaves the phone");
}

#[tokio::test]
async fn drafts_are_listed_newest_first_with_the_names_in_them() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let (first, second) = (phone.new_form().await.unwrap(), phone.new_form().await.unwrap());
    phone.keep_draft(&first, visit(&[(FATHER, "MET")])).await.unwrap();
    phone.keep_draft(&second, visit(&[(FATHER, "MET"), (MOTHER, "MET"), (999, "MET")])).await.unwrap();
    let rows: Vec<(String, Vec<String>)> =
        phone.drafts().await.unwrap().into_iter().map(|DraftLine { form, people, .. }| (form, people)).collect();
    let both = vec!["张建国".to_owned(), "李秀英".to_owned()];
    assert_eq!(rows, [(second, both), (first, vec!["张建国".to_owned()])]);
}

#[tokio::test]
async fn discarded_form_takes_its_photos_along() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    phone.add_photo(&form, &bench.photo(1)).await.unwrap();
    assert_eq!(bench.photo_files().len(), 3, "original, copy and thumbnail");
    phone.discard(&form).await.unwrap();
    assert_eq!((phone.drafts().await.unwrap(), bench.photo_files().len()), (vec![], 0));
}

#[tokio::test]
async fn form_that_is_no_form_is_refused() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    assert_eq!(field(phone.keep_draft("visit", visit(&[])).await), "form");
    assert_eq!(field(phone.add_photo("visit", &bench.photo(1)).await), "form");
    assert_eq!(phone.draft("visit").await.unwrap(), None);
}
