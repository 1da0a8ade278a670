//! Story 4: death long ago, learned late, a visit MET claimed in between. It is held for the reviewer, and the coverage says who
//! was reached and is not in the denominator any more, and why. (The months to stop come with verification.)

use bianfang_client::RecordState;
use serde_json::json;

use crate::town::{Town, day, everybody, save, sync, visit_days_ago, write};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn met_after_a_death_that_was_learned_late_is_held_and_the_difference_explained() {
    let town = Town::new().await;
    let phone = town.phone("one").await;
    let person = everybody(&phone).await.into_iter().find(|person| person.due).unwrap();
    let before = save(&phone, visit_days_ago(&person.id, "MET", 150)).await;
    let claimed = save(&phone, visit_days_ago(&person.id, "MET", 60)).await;
    sync(&phone).await;
    let console = town.bureau.console("clerk").await.unwrap();
    let window = format!("from={}&to={}", day(-200), day(0));
    let figures = async || console.get(&format!("/api/v1/coverage?{window}")).await.unwrap()["total"].clone();
    let first = figures().await;
    assert_eq!((&first["reached"], &first["outside"], &first["held"]), (&json!(1), &json!(0), &json!(0)));

    let died = day(-120);
    let set = json!({ "life": "DECEASED", "died_on": died.0 });
    let body = json!({ "kind": "person", "target": person.id, "act": "change", "set": set });
    write(&console, &body).await;
    sync(&phone).await;
    let state = phone.state(&claimed).await.unwrap();
    assert!(matches!(&state, RecordState::Held { zh, .. } if zh.contains("已去世")), "{state:?}");
    assert_eq!(phone.state(&before).await.unwrap(), RecordState::Confirmed, "met while alive");
    let queue = console.get("/api/v1/review").await.unwrap();
    assert_eq!((&queue["rows"][0]["contact"]["id"], &queue["rows"][0]["look"]), (&json!(claimed), &json!("HELD")));

    let then = figures().await;
    assert_eq!((&then["reached"], &then["outside"], &then["held"]), (&json!(0), &json!(1), &json!(1)));
    assert_eq!(then["denominator"], json!(first["denominator"].as_u64().unwrap() - 1));
    let listed = console.get(&format!("/api/v1/coverage/people?{window}&which=outside")).await.unwrap();
    assert_eq!((&listed["rows"][0]["person"], &listed["rows"][0]["why"]), (&json!(person.id), &json!("DIED")));
}
