//! Photos: sound, broken, and none at all.

use bianfang_client::{ClientError, PlaqueDraft, RecordState};
use bianfang_domain::decision::Verdict;
use bianfang_photo::scene::Scene;
use bianfang_photo::{FileFacts, TakenAt};
use serde_json::json;
use time::{Date, Month, PrimitiveDateTime, Time};

use crate::scene::*;

fn heic() -> Vec<u8> {
    let part = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
        [&length, kind.as_slice(), content].concat()
    };
    [part(b"ftyp", b"heic\0\0\0\0mif1heic"), part(b"meta", &[0; 40]), part(b"mdat", &[7; 4000])].concat()
}

#[tokio::test]
async fn photo_has_a_copy_and_the_camera_s_time_by_the_clock_of_china() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let date = Date::from_calendar_date(2026, Month::July, 1).unwrap();
    let local = PrimitiveDateTime::new(date, Time::from_hms(10, 0, 0).unwrap());
    let mut scene = Scene::new(1).sized(640, 480);
    scene.facts = FileFacts { taken: Some(TakenAt { local, offset: None }), ..scene.facts };
    let file = bench.file("door.jpg", &scene.draw().unwrap());
    let form = phone.new_form().await.unwrap();
    let photo = phone.add_photo(&form, &file).await.unwrap();
    assert_eq!((photo.has_copy, photo.taken_ms, photo.zh), (true, Some(NOW), None));
    std::fs::remove_file(&file).unwrap();
    let id = phone.save_visit(&form, visit(&[(FATHER, "MET")])).await.unwrap().id;
    phone.close().await.unwrap();
    let store = bench.store().await;
    let record = &store.photos_about(id.parse().unwrap()).await.unwrap()[0].0;
    let shown = store.get(*record).await.unwrap().unwrap();
    assert_eq!((&shown.doc["taken_ms"], shown.doc.get("no_copy")), (&json!(NOW), None));
}

#[tokio::test]
async fn broken_photo_is_owed_as_its_original_and_what_is_no_picture_stays() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let whole = std::fs::read(bench.photo(1)).unwrap();
    let half = bench.file("half.jpg", &whole[..whole.len() / 2]);
    let video = bench.file("video.jpg", b"\0\0\0\x18ftypisom-and-nothing-else");
    let form = phone.new_form().await.unwrap();
    for (file, sends) in [(&half, true), (&video, false)] {
        let photo = phone.add_photo(&form, file).await.unwrap();
        assert_eq!((photo.has_copy, photo.sends), (false, sends));
        let zh = photo.zh.unwrap();
        assert!(zh.contains("已保留") && zh.contains("上传原件") == sends && photo.en.is_some(), "{zh}");
        std::fs::remove_file(file).unwrap();
    }
    let id = phone.save_visit(&form, visit(&[(FATHER, "MET")])).await.unwrap().id;
    assert_eq!(phone.status().await.unwrap().photos_waiting, 1, "what is no picture is not sent");
    let troubles = phone.troubles().await.unwrap();
    assert_eq!(troubles.iter().map(|row| row.what.as_str()).collect::<Vec<_>>(), ["PHOTO"]);
    assert_eq!(phone.receipts(&id).await.unwrap().iter().filter(|row| row.zh.is_some()).count(), 1);
    phone.close().await.unwrap();
    let store = bench.store().await;
    let files = store.photos_about(id.parse().unwrap()).await.unwrap();
    let kept: Vec<u64> = files.iter().map(|(_, file)| file.stored.length).collect();
    assert!(kept.contains(&(whole.len() as u64 / 2)));
    let (record, file) = files.iter().find(|(_, file)| file.stored.length > 100).unwrap();
    let bytes = store.files().read(&file.stored, 0, file.stored.length).unwrap();
    assert_eq!(bytes, whole[..whole.len() / 2], "the original is there to the last byte");
    assert_eq!(store.get(*record).await.unwrap().unwrap().doc["no_copy"], json!("photo_truncated"));
}

#[tokio::test]
async fn photo_without_a_copy_is_sent_itself() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let photo = phone.add_photo(&form, &bench.file("IMG_1.HEIC", &heic())).await.unwrap();
    assert!(!photo.has_copy && photo.zh.unwrap().contains("上传原件"));
    let id = phone.save_visit(&form, visit(&[(FATHER, "MET")])).await.unwrap().id;
    let [owed] = &phone.receipts(&id).await.unwrap()[..] else { panic!() };
    assert_eq!((&owed.sha256, owed.bytes, owed.received_ms), (&photo.sha256, heic().len() as u64, None));
    assert_eq!(phone.troubles().await.unwrap(), []);
}

#[tokio::test]
async fn nothing_that_could_be_kept_is_an_error() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    assert_eq!(field(phone.add_photo(&form, &bench.file("empty.jpg", b"")).await), "photo");
    assert_eq!(field(phone.add_photo(&form, "no/such/file.jpg").await), "photo");
    assert_eq!((phone.photos(&form).await.unwrap(), bench.photo_files().len()), (vec![], 0));
}

#[tokio::test]
async fn same_photo_twice_in_a_form_is_one() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let file = bench.photo(1);
    let first = phone.add_photo(&form, &file).await.unwrap();
    assert_eq!(phone.add_photo(&form, &file).await.unwrap(), first);
    assert_eq!(phone.photos(&form).await.unwrap().len(), 1);
    // On another form it is another record of the same content.
    let other = phone.new_form().await.unwrap();
    phone.add_photo(&other, &file).await.unwrap();
    phone.save_visit(&form, visit(&[(FATHER, "MET")])).await.unwrap();
    phone.save_visit(&other, visit(&[(MOTHER, "MET")])).await.unwrap();
    assert_eq!(phone.receipts(&other).await.unwrap().len(), 1);
}

#[tokio::test]
async fn removed_photo_leaves_the_others() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let first = phone.add_photo(&form, &bench.photo(1)).await.unwrap();
    let second = phone.add_photo(&form, &bench.photo(2)).await.unwrap();
    phone.remove_photo(&form, &first.sha256).await.unwrap();
    assert_eq!(phone.remove_photo(&form, &first.sha256).await.unwrap_err(), ClientError::NotFound);
    assert_eq!(phone.photos(&form).await.unwrap(), [second]);
    assert_eq!(bench.photo_files().len(), 3);
}

#[tokio::test]
async fn plaque_owes_the_originals_after_the_copies() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let photo = phone.add_photo(&form, &bench.photo(1)).await.unwrap();
    let draft = PlaqueDraft {
        household: text(HOUSEHOLD),
        event: "NEW".into(),
        at_ms: NOW,
        position: Some("GATE".into()),
        hanger: Some("王村站".into()),
        signature: None,
        no_signature: None,
        old_returned: false,
        contact: None,
        ..PlaqueDraft::default()
    };
    assert_eq!(field(phone.record_plaque(&form, draft.clone()).await), "no_signature");
    let unknown = PlaqueDraft { event: "PAINT".into(), ..draft.clone() };
    assert_eq!(field(phone.record_plaque(&form, unknown).await), "event");
    let signed = PlaqueDraft { signature: Some("李秀英".into()), ..draft };
    let saved = phone.record_plaque(&form, signed.clone()).await.unwrap();
    assert_eq!(saved.state, RecordState::Saved);
    assert_eq!(phone.record_plaque(&form, signed).await.unwrap(), saved, "saved twice is one");
    let view = phone.household(&text(HOUSEHOLD)).await.unwrap().plaque;
    assert_eq!(
        (view.state.as_str(), view.position.as_deref(), view.hung_on.as_deref()),
        ("HUNG", Some("GATE"), Some("2026-07-01"))
    );
    phone.close().await.unwrap();
    let store = bench.store().await;
    let owed: Vec<String> = store.owed().await.unwrap().into_iter().map(|owed| owed.sha256).collect();
    assert_eq!((owed.len(), owed.last()), (2, Some(&photo.sha256)));
}

#[tokio::test]
async fn visit_is_not_synchronized_while_evidence_of_it_never_goes() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let video = bench.file("video.jpg", b"\0\0\0\x18ftypisom-and-nothing-else");
    let form = phone.new_form().await.unwrap();
    phone.add_photo(&form, &video).await.unwrap();
    let kept = phone.save_visit(&form, visit(&[(FATHER, "MET")])).await.unwrap().id;
    let form = phone.new_form().await.unwrap();
    let bare = phone.save_visit(&form, visit(&[(MOTHER, "MET")])).await.unwrap().id;
    phone.close().await.unwrap();
    bench.answer(Verdict::Accepted, None).await;
    let phone = bench.open().await;
    assert_eq!(phone.status().await.unwrap().waiting, 0);
    assert_eq!(phone.state(&kept).await.unwrap(), RecordState::Sent, "its photo stays on this phone");
    assert_eq!(phone.state(&bare).await.unwrap(), RecordState::Confirmed);
}
