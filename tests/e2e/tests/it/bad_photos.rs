//! Broken pictures on their way: each says what is wrong and goes as it came; what is no picture stays on the phone; none holds up anything.

use bianfang_client::{ClientError, RecordState};
use bianfang_photo::scene::Scene;

use crate::town::{Town, everybody, sync, visit};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn empty_half_huge_and_no_photos_are_told_apart_and_pictures_arrive() {
    let town = Town::new().await;
    let phone = town.phone("one").await;
    let form = phone.new_form().await.unwrap();

    let error = phone.add_photo(&form, &town.file("empty.jpg", b"")).await.unwrap_err();
    assert!(matches!(&error, ClientError::Invalid { .. }) && error.zh().contains("空"), "{error:?}");

    let drawn = Scene::new(3).draw().unwrap();
    let half = phone.add_photo(&form, &town.file("half.jpg", &drawn[..drawn.len() / 2])).await.unwrap();
    assert_eq!((half.has_copy, half.code.as_deref()), (false, Some("photo_truncated")));

    let huge = phone.add_photo(&form, &town.file("huge.jpg", &resized(&drawn, 30_000))).await.unwrap();
    assert_eq!((huge.has_copy, huge.code.as_deref()), (false, Some("photo_too_many_pixels")));

    let video = phone.add_photo(&form, &town.file("video.jpg", b"\0\0\0\x18ftypisom-and-nothing-else")).await.unwrap();
    assert_eq!((video.sends, video.code.as_deref()), (false, Some("photo_not_an_image")));

    let good = phone.add_photo(&form, &town.file("good.jpg", &drawn)).await.unwrap();
    assert!(good.has_copy);
    let person = everybody(&phone).await[0].id.clone();
    let saved = phone.save_visit(&form, visit(&person, "MET")).await.unwrap();
    let summary = sync(&phone).await;
    assert_eq!((summary.refused, summary.held), (0, 0));
    let receipts = phone.receipts(&saved.id).await.unwrap();
    let arrived = receipts.iter().filter(|file| file.received_ms.is_some()).count();
    let why: Vec<_> = receipts.iter().filter_map(|file| file.zh.as_deref()).collect();
    assert_eq!((arrived, why.len()), (3, 1), "{receipts:?}");
    assert!(why.iter().all(|text| text.contains("已保留")), "{why:?}");
    assert_eq!(phone.state(&saved.id).await.unwrap(), RecordState::Sent, "one file never goes");
}

/// The same JPEG whose header claims another size.
fn resized(jpeg: &[u8], side: u16) -> Vec<u8> {
    let mut bytes = jpeg.to_vec();
    let frame = bytes.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&side.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&side.to_be_bytes());
    bytes
}
