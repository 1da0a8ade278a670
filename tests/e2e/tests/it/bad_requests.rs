//! What no program of ours sends: each is a clear error to its sender, nothing is lost, the next item goes on.

use reqwest::Method;
use serde_json::json;

use crate::town::{Town, everybody, now_ms, sha256};
use crate::wire::Wire;

const NOBODY: &str = "01900000-0000-7000-8000-00000000dead";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forged_token_is_no_token() {
    let town = Town::new().await;
    let visitor = town.bureau.visitor().unwrap();
    let forged = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjbGVyayJ9.";
    for token in ["", "x", forged] {
        let said = visitor.clone().with_token(token).get("/api/v1/coverage").await.unwrap_err().to_string();
        assert!(said.contains("401") && said.contains("sign-in-required"), "{said}");
    }
    let mut wire = Wire::enrol(&town, "one", 1).await;
    let op = wire.op("contact", NOBODY, json!({}));
    wire.console = wire.console.clone().with_token(forged);
    assert_eq!(wire.push(&[op]).await.json["code"], "sign-in-required");
    let path = format!("/api/v1/blobs/{}", sha256(b""));
    for _ in 0..20 {
        let said = wire.ask(Method::PUT, &path, vec![0; 500 << 10]).await;
        assert_eq!(said.json["code"], "sign-in-required", "told, although a photo was on its way");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn op_with_an_unknown_target_waits_and_the_next_goes_on() {
    let town = Town::new().await;
    let phone = town.phone("two").await;
    let known = everybody(&phone).await[0].id.clone();
    let mut wire = Wire::enrol(&town, "one", 1).await;
    let visit = |person: &str| json!({ "at": now_ms(), "method": "HOME", "work_types": ["ROUND"], "entries": [{ "person": person, "result": "MET" }] });
    let ops = [
        wire.op("contact", "01900000-0000-7000-8000-000000000001", visit(NOBODY)),
        wire.op("contact", "01900000-0000-7000-8000-000000000002", visit(&known)),
    ];
    let said = wire.push(&ops).await;
    assert_eq!(said.status, 200);
    assert_eq!(said.json["answers"][0]["verdict"], "held");
    assert_eq!(said.json["answers"][0]["reason"], "TARGET_UNKNOWN");
    assert_eq!(said.json["answers"][1]["verdict"], "accepted");
    let again = wire.push(&ops).await;
    assert_eq!(again.json["answers"], said.json["answers"], "the same op gets the same answer");
    let console = town.bureau.console("clerk").await.unwrap();
    assert_eq!(console.get("/api/v1/coverage").await.unwrap()["total"]["reached"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn id_number_with_a_wrong_check_digit_is_kept_and_held() {
    let town = Town::new().await;
    let console = town.bureau.console("clerk").await.unwrap();
    let top = console.get("/api/v1/coverage").await.unwrap();
    let township = top["parts"].as_array().unwrap().iter().find(|p| p["division"]["name"] == town.township.as_str());
    let id = township.unwrap()["division"]["id"].as_str().unwrap().to_owned();
    let below = console.get(&format!("/api/v1/coverage?division={id}")).await.unwrap();
    let village = below["parts"][0]["division"]["id"].clone();
    let mut wire = Wire::enrol(&town, "one", 2).await;
    let person = |number: &str| json!({ "name": "赵六", "living_division": village, "id_number": number });
    let ops = [
        wire.op("person", "01900000-0000-7000-8000-0000000000a1", person("990000196001010014")),
        wire.op("person", "01900000-0000-7000-8000-0000000000a2", person("990000196001010013")),
    ];
    let said = wire.push(&ops).await;
    let [bad, good] = [&said.json["answers"][0], &said.json["answers"][1]];
    assert!(bad.to_string().contains("ID_NUMBER_INVALID"), "{bad}");
    assert_ne!(bad["verdict"], "refused", "what was typed is kept");
    assert!(!good.to_string().contains("ID_NUMBER"), "{good}");
    assert!(!said.json.to_string().contains("990000196001010014"), "no answer tells the number");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gap_names_the_number_that_is_missing() {
    let town = Town::new().await;
    let mut wire = Wire::enrol(&town, "one", 3).await;
    wire.seq = 4;
    let op = wire.op("contact", NOBODY, json!({}));
    let said = wire.push(&[op]).await;
    assert_eq!((said.status, said.json["code"].as_str(), said.json["expected"].as_u64()), (409, Some("gap"), Some(1)));
    let mut other = Wire::enrol(&town, "two", 4).await;
    other.installation = wire.installation.clone();
    let op = other.op("contact", NOBODY, json!({}));
    assert_eq!(other.push(&[op]).await.json["code"], "foreign-installation");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_with_another_hash_than_their_name_are_not_taken() {
    let town = Town::new().await;
    let wire = Wire::enrol(&town, "one", 5).await;
    let (name, bytes) = (sha256(b"a photo"), b"another photo".to_vec());
    let path = format!("/api/v1/blobs/{name}");
    let said = wire.ask(Method::PUT, &path, bytes).await;
    assert_eq!((said.status, said.json["code"].as_str()), (422, Some("blob-hash")));
    let said = wire.ask(Method::PUT, &path, b"a photo".to_vec()).await;
    assert_eq!(said.json["receipt"]["sha256"], name.as_str(), "the right ones are");
    for bad in ["../../etc/passwd", &"G".repeat(64), &name.to_uppercase()] {
        let path = format!("/api/v1/blobs/{}", bad.replace('/', "%2F"));
        assert_eq!(wire.ask(Method::PUT, &path, b"x".to_vec()).await.json["code"], "blob-name", "{bad}");
    }
    let other = Wire::enrol(&town, "two", 6).await;
    assert_eq!(other.ask(Method::GET, &path, vec![]).await.status, 404, "a hash alone opens nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cursor_from_another_phone_begins_anew() {
    let town = Town::new().await;
    let (one, two) = (Wire::enrol(&town, "one", 7).await, Wire::enrol(&town, "two", 8).await);
    let page = one.ask(Method::GET, "/api/v1/sync/pull", vec![]).await;
    let cursor = page.json["cursor"].as_str().unwrap();
    let path = format!("/api/v1/sync/pull?cursor={cursor}");
    assert_eq!(one.ask(Method::GET, &path, vec![]).await.status, 200);
    let said = two.ask(Method::GET, &path, vec![]).await;
    assert_eq!((said.status, said.json["code"].as_str()), (410, Some("cursor-refused")));
    assert_eq!(two.ask(Method::GET, "/api/v1/sync/pull?cursor=x", vec![]).await.json["code"], "cursor-refused");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn body_over_the_limit_is_named_so() {
    let town = Town::new().await;
    let wire = Wire::enrol(&town, "one", 9).await;
    let said = wire.ask(Method::POST, "/api/v1/sync/push", vec![b' '; 3 << 20]).await;
    assert_eq!((said.status, said.json["code"].as_str()), (413, Some("too-large")));
    let said = wire.ask(Method::POST, "/api/v1/sync/push", b"{\"ops\":[".to_vec()).await;
    assert_eq!(said.json["code"], "malformed");
    assert_eq!(wire.push(&[]).await.status, 200, "the server is well");
}
