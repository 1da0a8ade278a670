//! Writes of a session: once for a key, decided like a phone's, refused with the rule's words.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use bianfang_domain::actor::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::world::{Answer, COUNTIES, World, scope_of};

on_both!(a_session_writes_and_a_repeat_is_the_same_write, what_the_rules_refuse_is_said_in_their_words,);

pub async fn write(world: &World, token: &str, key: &str, base: Option<u64>, body: &Value) -> Answer {
    let mut request = Request::post("/api/v1/records")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .header("idempotency-key", key);
    if let Some(base) = base {
        request = request.header("if-match", format!("\"{base}\""));
    }
    world.send(request.body(Body::from(body.to_string())).unwrap()).await
}

/// The county's own division, which its accounts have.
pub async fn write_division(world: &World, token: &str, county: &str) {
    let body = json!({ "kind": "division", "target": scope_of(county)[0], "act": "record",
        "fields": { "name": "县", "level": "COUNTY" } });
    let answer = write(world, token, "key-division", None, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

fn household(head: &str) -> Value {
    let fields = json!({ "head_name": head, "division": scope_of(COUNTIES[0])[0] });
    json!({ "kind": "household", "act": "record", "fields": fields })
}

async fn a_session_writes_and_a_repeat_is_the_same_write(world: World) {
    let clerk = world.token(COUNTIES[0], Role::SectionClerk).await;
    write_division(&world, &clerk, COUNTIES[0]).await;
    let first = write(&world, &clerk, "key-household", None, &household("张三")).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text);
    let again = write(&world, &clerk, "key-household", None, &household("张三")).await;
    assert_eq!(again.json(), first.json());
    assert_eq!(write(&world, &clerk, "key-household", None, &household("李四")).await.code(), "key-taken");

    let (target, base) = (first.json()["target"].clone(), first.json()["revision"].as_u64().unwrap());
    let change = json!({ "kind": "household", "target": target, "act": "change", "set": { "way_note": "红门" } });
    assert_eq!(write(&world, &clerk, "key-change", None, &change).await.code(), "base-needed");
    let changed = write(&world, &clerk, "key-change", Some(base), &change).await;
    assert_eq!(changed.json()["verdict"], "accepted");
    assert!(changed.json()["revision"].as_u64().unwrap() > base);
    // A second session of the same account that had seen neither conflicts, and both values are kept.
    let other = world.token(COUNTIES[0], Role::SectionClerk).await;
    let set = json!({ "kind": "household", "target": target, "act": "change", "set": { "way_note": "绿门" } });
    assert_eq!(write(&world, &other, "key-change", Some(base), &set).await.json()["verdict"], "conflict");
    // Another county knows nothing of it: the op waits like a phone's.
    let foreign = world.token(COUNTIES[1], Role::SectionClerk).await;
    let held = write(&world, &foreign, "key-change", Some(base), &set).await;
    assert_eq!(
        (held.json()["verdict"].clone(), held.json()["reason"].clone()),
        (json!("held"), json!("TARGET_UNKNOWN"))
    );
}

async fn what_the_rules_refuse_is_said_in_their_words(world: World) {
    let worker = world.token(COUNTIES[0], Role::VillageWorker).await;
    let division = json!({ "kind": "division", "act": "record",
        "fields": { "name": "县", "level": "COUNTY" }, "target": scope_of(COUNTIES[0])[0] });
    let refused = write(&world, &worker, "key-division", None, &division).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::UNPROCESSABLE_ENTITY, "refused".into()));
    assert_eq!(refused.json()["reason"], "NOT_ALLOWED");
    let nameless = json!({ "kind": "household", "act": "record", "fields": { "head_name": " " } });
    let refused = write(&world, &worker, "key-nameless", None, &nameless).await.json();
    assert_eq!((refused["reason"].clone(), refused["field"].clone()), (json!("MISSING"), json!("head_name")));
    let auditor = world.token(COUNTIES[0], Role::Auditor).await;
    assert_eq!(write(&world, &auditor, "key-auditor", None, &household("张三")).await.code(), "forbidden");
    assert_eq!(write(&world, &worker, "short", None, &household("张三")).await.code(), "malformed");
    let unknown = json!({ "kind": "household", "act": "erase" });
    assert_eq!(write(&world, &worker, "key-unknown", None, &unknown).await.code(), "malformed");
}
