//! The thread on which everything hangs: one visit, one photo and one plaque travel from a phone to the coverage figure.

use bianfang_client::RecordState;
use bianfang_county::county;
use reqwest::Method;

use crate::town::{Town, everybody, now_ms, plaque, sha256, sync, visit};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_visit_one_photo_and_one_plaque_reach_the_console() {
    let town = Town::new().await;
    let phone = town.phone("one").await;
    let person = everybody(&phone).await.into_iter().find(|person| person.household.is_some()).unwrap();
    let console = town.bureau.console("clerk").await.unwrap();
    let before = console.get("/api/v1/coverage").await.unwrap();
    assert_eq!(before["total"]["denominator"], 300);
    assert_eq!(before["total"]["reached"], 0);

    let form = phone.new_form().await.unwrap();
    let kept = phone.add_photo(&form, &town.photo(1)).await.unwrap();
    assert!(kept.has_copy);
    let saved = phone.save_visit(&form, visit(&person.id, "MET")).await.unwrap();
    assert_eq!(saved.state, RecordState::Saved);
    let hung = phone.new_form().await.unwrap();
    let household = person.household.clone().unwrap();
    phone.record_plaque(&hung, plaque(&household, "NEW", now_ms())).await.unwrap();
    assert_eq!(phone.status().await.unwrap().waiting, 3, "visit, photo and plaque");

    let summary = sync(&phone).await;
    assert_eq!((summary.acknowledged, summary.held, summary.refused), (3, 0, 0));
    assert_eq!(phone.state(&saved.id).await.unwrap(), RecordState::Confirmed);
    let receipt = &phone.receipts(&saved.id).await.unwrap()[0];
    assert!(receipt.received_ms.is_some());
    assert_eq!(summary.differ, 0, "phone and server hold the same");

    let after = console.get("/api/v1/coverage").await.unwrap();
    assert_eq!(after["total"]["reached"], 1);
    assert_eq!(after["total"]["in_person"], 1);
    let part =
        after["parts"].as_array().unwrap().iter().find(|part| part["division"]["name"] == town.township.as_str());
    assert_eq!(part.unwrap()["figures"]["reached"], 1);
    let feed = before["feed"].as_u64().unwrap();
    let then = console.get(&format!("/api/v1/coverage?as_of={feed}")).await.unwrap();
    assert_eq!(then["total"], before["total"], "the past stays as it was");
    let none = console.get(&format!("/api/v1/coverage/people?which=reached&as_of={feed}")).await.unwrap();
    assert!(none["rows"].as_array().unwrap().is_empty(), "nor do its lists change");
    let listed = console.get("/api/v1/coverage/people?which=reached").await.unwrap();
    assert_eq!(listed["rows"].as_array().unwrap().len(), 1);
    assert_eq!(listed["rows"][0]["person"], person.id.as_str());
    let behind = console.get("/api/v1/coverage/behind").await.unwrap();
    let behind = behind["rows"].as_array().unwrap();
    assert!(behind.iter().all(|row| row["last_ms"].is_null()), "no other phone has ever been heard of");
    let below = county().unwrap().townships[0].villages.len();
    let villages: usize = county().unwrap().townships.iter().map(|township| township.villages.len()).sum();
    assert_eq!(behind.len(), villages - below, "the township's phone speaks for its villages");

    let page = console.get(&format!("/api/v1/people/{}", person.id)).await.unwrap();
    assert_eq!(page["plaque"]["state"], "HUNG");
    assert_eq!(page["visits"][0]["result"], "MET");
    assert_eq!(page["visits"][0]["visitors"][0], "王一");
    let photo = &page["visits"][0]["photos"][0];
    assert_eq!(photo["stored"], true);
    let hash = photo["sha256"].as_str().unwrap();
    assert_eq!(hash, receipt.sha256);
    let path = format!("/api/v1/blobs/{hash}");
    let bytes = console.ask(Method::GET, &path, Vec::new(), &[]).await.unwrap();
    assert_eq!(bytes.headers()["content-type"], "image/jpeg");
    assert_eq!(sha256(&bytes.bytes().await.unwrap()), hash, "the very bytes the phone made");
    let small = console.ask(Method::GET, &format!("{path}/thumbnail"), Vec::new(), &[]).await.unwrap();
    assert_eq!(small.status(), 200);
    assert!(small.bytes().await.unwrap().starts_with(&[0xFF, 0xD8, 0xFF]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_phone_records_the_other_shows() {
    let town = Town::new().await;
    let (one, two) = (town.phone("one").await, town.phone("two").await);
    let person = everybody(&one).await[0].id.clone();
    let form = one.new_form().await.unwrap();
    one.save_visit(&form, visit(&person, "MET_FAMILY")).await.unwrap();
    sync(&one).await;
    assert_eq!(two.person(&person).await.unwrap().visits.len(), 0);
    sync(&two).await;
    let seen = two.person(&person).await.unwrap();
    assert_eq!(seen.visits.len(), 1);
    assert!(seen.row.reached, "a colleague was there");
}
