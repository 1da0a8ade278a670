//! Story 10: the family refuses plaque, photo, signature and position. The worker saves in four taps, the home leaves
//! 待悬挂, and nothing of it speaks against worker or village.

use bianfang_client::RecordState;

use crate::town::{Town, everybody, now_ms, plaque, sync, visit};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusing_everything_is_saved_and_the_home_leaves_the_waiting_list() {
    let town = Town::new().await;
    let phone = town.phone("one").await;
    let person = everybody(&phone).await.into_iter().find(|person| person.household.is_some()).unwrap();
    let household = person.household.clone().unwrap();
    assert_eq!(person.plaque.as_deref(), Some("PENDING"), "waits for its plaque");

    // Person, result, 不愿悬挂, save: nothing else is asked for.
    let form = phone.new_form().await.unwrap();
    let met = phone.save_visit(&form, visit(&person.id, "REFUSED")).await.unwrap();
    let form = phone.new_form().await.unwrap();
    let declined = phone.record_plaque(&form, plaque(&household, "DECLINE", now_ms())).await.unwrap();
    assert_eq!(phone.household(&household).await.unwrap().plaque.state, "DECLINED", "at once, without a signal");

    let summary = sync(&phone).await;
    assert_eq!((summary.acknowledged, summary.held, summary.refused), (2, 0, 0));
    for record in [&met.id, &declined.id] {
        assert_eq!(phone.state(record).await.unwrap(), RecordState::Confirmed);
    }
    assert!(phone.troubles().await.unwrap().is_empty(), "no red mark");
    let console = town.bureau.console("clerk").await.unwrap();
    let page = console.get(&format!("/api/v1/people/{}", person.id)).await.unwrap();
    assert_eq!(page["plaque"]["state"], "DECLINED");
    assert_eq!(page["visits"][0]["photos"].as_array().unwrap().len(), 0);
    let waiting = console.get("/api/v1/plaques?state=PENDING").await.unwrap();
    let homes = waiting["rows"].as_array().unwrap();
    assert!(!homes.is_empty() && homes.iter().all(|home| home["household"] != household), "it left 待悬挂");
    let declined = console.get("/api/v1/plaques?state=DECLINED").await.unwrap();
    assert_eq!(declined["rows"][0]["household"], household.as_str());
    let figures = console.get("/api/v1/coverage").await.unwrap()["total"].take();
    assert_eq!((&figures["tried"], &figures["reached"], &figures["held"]), (&1.into(), &0.into(), &0.into()));
}
