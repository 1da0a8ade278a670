//! Story 3, its second half: one household hung twice by two phones offline. Both photos are kept, one plaque is counted.
//! (Stock comes with the register's own issue.)

use bianfang_client::RecordState;

use crate::town::{Town, everybody, now_ms, plaque, sync};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn household_hung_twice_keeps_both_photos_and_counts_one() {
    let town = Town::new().await;
    let (one, two) = (town.phone("one").await, town.phone("two").await);
    let person = everybody(&one).await.into_iter().find(|person| person.household.is_some()).unwrap();
    let household = person.household.clone().unwrap();
    let mut saved = Vec::new();
    for (phone, seed, at_ms) in [(&one, 1, now_ms() - 60_000), (&two, 2, now_ms() - 1_000)] {
        let form = phone.new_form().await.unwrap();
        phone.add_photo(&form, &town.photo(seed)).await.unwrap();
        saved.push(phone.record_plaque(&form, plaque(&household, "NEW", at_ms)).await.unwrap().id);
    }
    // The later one arrives first: what counts is when it happened.
    sync(&two).await;
    assert_eq!(two.state(&saved[1]).await.unwrap(), RecordState::Confirmed);
    sync(&one).await;
    sync(&two).await;
    assert_eq!(one.state(&saved[0]).await.unwrap(), RecordState::Confirmed);
    let held = two.state(&saved[1]).await.unwrap();
    assert!(matches!(&held, RecordState::Held { zh, .. } if zh.contains("已经挂有光荣牌")), "{held:?}");

    let console = town.bureau.console("clerk").await.unwrap();
    let page = console.get(&format!("/api/v1/people/{}", person.id)).await.unwrap();
    assert_eq!(page["plaque"]["state"], "HUNG");
    let events = page["plaque_events"].as_array().unwrap();
    assert_eq!(events.len(), 2, "neither is lost");
    assert_eq!(events.iter().filter(|event| event["held"] == false).count(), 1, "one is counted");
    for event in events {
        let photos = event["photos"].as_array().unwrap();
        assert_eq!(photos.len(), 1);
        assert_eq!(photos[0]["stored"], true, "both photos are kept");
    }
}
