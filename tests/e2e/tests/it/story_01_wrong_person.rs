//! Story 1, its visit: saved with a photo on the father instead of the son and already accepted. It moves with its photo; both
//! time lines and the figures are right, and nothing is typed again.

use crate::town::{Town, day, everybody, say, sync, visit};
use bianfang_client::VisitMore;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accepted_visit_moves_to_the_right_person_with_everything() {
    let town = Town::new().await;
    let phone = town.phone("one").await;
    let people = everybody(&phone).await;
    let (father, son) = (&people[0], &people[1]);
    let form = phone.new_form().await.unwrap();
    phone.add_photo(&form, &town.photo(1)).await.unwrap();
    let mut draft = visit(&father.id, "MET");
    draft.more = Some(VisitMore { gifts_text: Some("500元".into()), ..VisitMore::default() });
    let saved = phone.save_visit(&form, draft).await.unwrap().id;
    sync(&phone).await;
    let console = town.bureau.console("clerk").await.unwrap();
    let queue = console.get("/api/v1/review").await.unwrap();
    assert_eq!((&queue["rows"][0]["contact"]["id"], &queue["rows"][0]["look"]), (&json!(saved), &json!("MONEY")));
    let accept = json!({ "say": "accept", "revision": queue["rows"][0]["revision"] });
    say(&console, &format!("/api/v1/review/{saved}"), "key-accept", &accept).await;
    let figures = async || {
        let window = format!("from={}&to={}", day(-300), day(0));
        console.get(&format!("/api/v1/coverage?{window}")).await.unwrap()["total"].clone()
    };
    assert_eq!((&figures().await["reached"], &figures().await["unreviewed"]), (&json!(1), &json!(0)));

    sync(&phone).await;
    phone.retarget(&saved, &father.id, &son.id, "认错人").await.unwrap();
    sync(&phone).await;
    assert_eq!(phone.person(&father.id).await.unwrap().visits, []);
    assert_eq!(phone.person(&son.id).await.unwrap().visits[0].photos, 1);
    let visits = async |person: &str| {
        console.get(&format!("/api/v1/people/{person}")).await.unwrap()["visits"].as_array().unwrap().clone()
    };
    assert!(visits(&father.id).await.is_empty());
    let moved = visits(&son.id).await;
    assert_eq!((moved.len(), &moved[0]["photos"][0]["stored"]), (1, &json!(true)));
    assert_eq!((&figures().await["reached"], &figures().await["unreviewed"]), (&json!(1), &json!(1)));
    let queue = console.get("/api/v1/review").await.unwrap();
    assert_eq!(queue["rows"][0]["entries"][0]["person"]["name"], json!(son.name), "looked at again");
}
