//! Story 3. Two phones share 8 plaques in stock; each hangs 5 offline: ten on walls, ten recorded, one reconciliation case.
//! The same household hung twice by two phones offline: both photos kept, one plaque counted.

use bianfang_client::{PlaqueDraft, RecordState};
use serde_json::json;

use crate::town::{Town, everybody, now_ms, open_cases, plaque, record, sync};

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_put_up_of_eight_are_ten_on_walls_and_one_case() {
    let town = Town::new().await;
    let console = town.bureau.console("clerk").await.unwrap();
    let (one, two) = (town.phone("one").await, town.phone("two").await);
    let division = one.divisions().await.unwrap().into_iter().find(|d| d.level == "TOWNSHIP").unwrap().id;
    let received = json!({ "act": "RECEIVED", "division": division, "count": 8, "at": now_ms() - 3_600_000 });
    let lot = record(&console, "plaque_stock", &received).await;
    for phone in [&one, &two] {
        sync(phone).await;
        assert_eq!(phone.plaque_lots().await.unwrap().iter().map(|lot| lot.left).collect::<Vec<_>>(), [8]);
    }
    let mut homes: Vec<String> = everybody(&one).await.into_iter().filter_map(|person| person.household).collect();
    homes.sort();
    homes.dedup();
    let homes = &homes[..10];
    for (phone, homes) in [(&one, &homes[..5]), (&two, &homes[5..])] {
        for (n, home) in (0..).zip(homes) {
            let draft = PlaqueDraft { lot: Some(lot.clone()), ..plaque(home, "NEW", now_ms() - 60_000 + n) };
            phone.record_plaque(&phone.new_form().await.unwrap(), draft).await.unwrap();
        }
        assert_eq!(phone.plaque_lots().await.unwrap()[0].left, 3, "each still sees three");
    }
    for phone in [&one, &two, &one] {
        let summary = sync(phone).await;
        assert_eq!((summary.held, summary.refused), (0, 0), "nothing at a door is held or refused for stock");
    }
    for home in homes {
        assert_eq!(two.household(home).await.unwrap().plaque.state, "HUNG");
    }
    let stock = console.get("/api/v1/plaques/stock").await.unwrap();
    assert_eq!((&stock["rows"][0]["taken"], &stock["rows"][0]["left"]), (&json!(10), &json!(-2)));
    let told = console.get("/api/v1/plaques/figures").await.unwrap()["figures"].take();
    let figure = |name: &str| told[name].as_i64().unwrap();
    assert_eq!((figure("hung_end"), figure("put_up_new"), figure("issued"), figure("store_end")), (10, 10, 10, -2));
    let page = console.get("/api/v1/plaques?state=HUNG").await.unwrap();
    assert_eq!(page["rows"].as_array().map(Vec::len), Some(10));
    assert_eq!(
        page["counts"].as_array().unwrap().iter().find(|c| c["state"] == "HUNG").map(|c| &c["count"]),
        Some(&json!(10))
    );
    assert_eq!(one.plaque_lots().await.unwrap()[0].left, -2, "the phones see it too");
    assert_eq!(open_cases(&console).await, [("STOCK".to_owned(), lot)]);
}
