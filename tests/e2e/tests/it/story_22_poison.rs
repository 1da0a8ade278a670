//! Story 22: one op that the server cannot accept, one broken photo, one 3 GB video renamed .jpg. Everything else arrives, the
//! half picture as it is; all three say why.

use std::fs::File;

use bianfang_client::{ClientError, Phone, RecordState};
use bianfang_photo::scene::Scene;

use crate::town::{Town, everybody, now_ms, plaque, sync, visit};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_else_arrives_and_the_bad_ones_say_why() {
    let town = Town::new().await;
    let phone = town.phone("one").await;
    let people = everybody(&phone).await;

    let good = phone.new_form().await.unwrap();
    phone.add_photo(&good, &town.photo(1)).await.unwrap();
    let good = phone.save_visit(&good, visit(&people[0].id, "MET")).await.unwrap();

    let mut drawn = Scene::new(9).draw().unwrap();
    drawn.truncate(drawn.len() / 2);
    let broken = phone.new_form().await.unwrap();
    let row = phone.add_photo(&broken, &town.file("half.jpg", &drawn)).await.unwrap();
    assert!(!row.has_copy && row.sends, "sent as it is");
    assert!(row.zh.unwrap().contains("不完整"));

    // Sparse: 3 GB by its length, nothing on the disk.
    let video = town.file("video.jpg", &[]);
    File::options().write(true).open(&video).unwrap().set_len(3 << 30).unwrap();
    let error = phone.add_photo(&broken, &video).await.unwrap_err();
    assert!(matches!(error, ClientError::Invalid { .. }) && error.zh().contains("文件太大"), "{error:?}");
    let broken = phone.save_visit(&broken, visit(&people[2].id, "MET")).await.unwrap();
    let last = phone.new_form().await.unwrap();
    phone.add_photo(&last, &town.photo(2)).await.unwrap();
    let last = phone.save_visit(&last, visit(&people[3].id, "MET")).await.unwrap();

    let poison = poison(&phone).await;
    let summary = sync(&phone).await;
    for record in [&good.id, &last.id] {
        assert_eq!(phone.state(record).await.unwrap(), RecordState::Confirmed);
    }
    assert_eq!(phone.state(&broken.id).await.unwrap(), RecordState::Confirmed, "with the half that there is");
    let arrived = phone.receipts(&broken.id).await.unwrap();
    assert!(
        matches!(&arrived[..], [half] if half.bytes == drawn.len() as u64 && half.received_ms.is_some()),
        "{arrived:?}"
    );
    assert_eq!(summary.refused + summary.held, 1, "the one op");
    let troubles = phone.troubles().await.unwrap();
    assert!(
        troubles.iter().any(|row| row.record == poison && row.what != "PHOTO" && !row.zh.is_empty()),
        "{troubles:?}"
    );
    assert_eq!(phone.status().await.unwrap().waiting, 0, "nothing is stuck behind it");
}

/// Taken down although it never hung: well formed, and the rules cannot let it count.
async fn poison(phone: &Phone) -> String {
    let household = everybody(phone).await.iter().rev().find_map(|person| person.household.clone()).unwrap();
    let form = phone.new_form().await.unwrap();
    phone.record_plaque(&form, plaque(&household, "TAKE_DOWN", now_ms())).await.unwrap().id
}
