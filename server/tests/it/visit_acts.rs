//! A visit is corrected at the desk, or moved to whom it was paid to with the plaque that was hung in it: once for a key,
//! with a reason, and never to somebody out of sight.

use axum::body::Body;
use axum::http::Request;
use bianfang_domain::actor::Role;
use bianfang_domain::kind::staff_id;
use serde_json::{Value, json};

use crate::households::{FATHER, HOME, NEW_VILLAGE, OLD_VILLAGE, put, settle};
use crate::on_both;
use crate::world::{Answer, COUNTIES, World, account_id};

on_both!(
    one_persons_part_is_corrected_and_the_others_stay,
    a_visit_goes_to_whom_it_was_paid_to_with_its_plaque,
    nobody_moves_a_visit_out_of_sight,
);

const SON: &str = "00000000-0000-7000-8000-000000000002";
const OTHER: &str = "00000000-0000-7000-8000-000000000051";
const NEIGHBOUR: &str = "00000000-0000-7000-8000-000000000004";
const VISIT: &str = "00000000-0000-7000-8000-000000000080";
const PLAQUE: &str = "00000000-0000-7000-8000-000000000081";

async fn visited(world: &World, entries: Value) -> String {
    let clerk = settle(world).await;
    let neighbour = json!({ "name": "李大", "household": OTHER, "relation": "HEAD", "registered_division": OLD_VILLAGE,
        "living_division": OLD_VILLAGE, "register": "ACTIVE", "life": "ALIVE" });
    put(world, &clerk, "person", NEIGHBOUR, neighbour).await;
    let visit = json!({ "at": 1_772_000_000_000_i64, "method": "HOME", "household": HOME, "work_types": ["ROUND"],
        "situation": "身体还好", "entries": entries,
        "visitors": [{ "name": "武装部刘干事" }], "entered_by": "登记表第3页" });
    put(world, &clerk, "contact", VISIT, visit).await;
    clerk
}

async fn act(world: &World, token: &str, key: &str, body: Value) -> Answer {
    let base = visit(world, token, FATHER).await.or(visit(world, token, NEIGHBOUR).await);
    let base = base.map_or(1, |visit| visit["revision"].as_u64().unwrap());
    let request = Request::post(format!("/api/v1/contacts/{VISIT}/acts"))
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .header("idempotency-key", key)
        .header("if-match", format!("\"{base}\""));
    world.send(request.body(Body::from(body.to_string())).unwrap()).await
}

/// The visit on somebody's page.
async fn visit(world: &World, token: &str, person: &str) -> Option<Value> {
    let page = world.get(&format!("/api/v1/people/{person}"), token).await.json();
    page["visits"].as_array()?.first().cloned()
}

async fn one_persons_part_is_corrected_and_the_others_stay(world: World) {
    let entries =
        json!([{ "person": FATHER, "result": "DIED", "died_on": 20_000 }, { "person": SON, "result": "NOT_HOME" }]);
    let clerk = visited(&world, entries).await;
    let correct = |more: Value| {
        let mut body = json!({ "act": "correct", "person": FATHER, "reason": "电话核实" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let silent = correct(json!({ "result": "MET", "reason": " " }));
    assert_eq!(act(&world, &clerk, "key-silent", silent).await.code(), "refused");
    let met =
        correct(json!({ "result": "MET", "method": "PHONE", "work_types": ["HOLIDAY", "ROUND"], "situation": "" }));
    let first = act(&world, &clerk, "key-correct", met).await.json();
    assert_eq!((&first["verdict"], &first["records"]), (&json!("accepted"), &json!(1)), "{first}");
    let shown = visit(&world, &clerk, FATHER).await.unwrap();
    assert_eq!((&shown["result"], &shown["method"], &shown["note"]), (&json!("MET"), &json!("PHONE"), &Value::Null));
    assert_eq!((&shown["work_types"], &shown["people"]), (&json!(["HOLIDAY", "ROUND"]), &json!(2)));
    assert_eq!((&shown["visitors"], &shown["entered_by"]), (&json!(["武装部刘干事"]), &json!("登记表第3页")));
    assert_eq!(visit(&world, &clerk, SON).await.unwrap()["result"], "NOT_HOME");
    let told = world.get(&format!("/api/v1/records/contact/{VISIT}/history"), &clerk).await.json();
    assert!(told["rows"].as_array().unwrap().iter().any(|row| row["reason"] == "电话核实"), "{told}");
    let page = world.get(&format!("/api/v1/people/{FATHER}"), &clerk).await.json();
    assert_eq!(page["waiting"], json!([]), "the report of a death went with its result");
    let same = act(&world, &clerk, "key-same", correct(json!({ "result": "MET" }))).await.json();
    assert_eq!(same["records"], 0);
    let stranger = json!({ "act": "correct", "person": NEIGHBOUR, "result": "MET", "reason": "电话核实" });
    assert_eq!(act(&world, &clerk, "key-stranger", stranger).await.json()["field"], "person");
}

async fn a_visit_goes_to_whom_it_was_paid_to_with_its_plaque(world: World) {
    let clerk = visited(&world, json!([{ "person": FATHER, "result": "MET" }])).await;
    let hung = json!({ "household": HOME, "event": "NEW", "at": 1_772_000_000_000_i64, "position": "GATE", "hanger": "王",
        "no_signature": "外出", "contact": VISIT });
    put(&world, &clerk, "plaque_event", PLAQUE, hung).await;
    let moved = json!({ "act": "retarget", "from": FATHER, "to": NEIGHBOUR, "reason": "记错了人" });
    let first = act(&world, &clerk, "key-moved", moved.clone()).await.json();
    assert_eq!((&first["verdict"], &first["records"]), (&json!("accepted"), &json!(2)), "{first}");
    assert!(visit(&world, &clerk, FATHER).await.is_none());
    assert_eq!(visit(&world, &clerk, NEIGHBOUR).await.unwrap()["note"], "身体还好");
    let plaque =
        async |home: &str| world.get(&format!("/api/v1/plaques/{home}"), &clerk).await.json()["row"]["state"].clone();
    assert_ne!(plaque(HOME).await, "HUNG");
    assert_eq!(plaque(OTHER).await, "HUNG");
    let back = act(&world, &clerk, "key-again", moved).await;
    assert_eq!(back.json()["field"], "from", "it is not in there any more: {}", back.text);
}

async fn nobody_moves_a_visit_out_of_sight(world: World) {
    let clerk = visited(&world, json!([{ "person": FATHER, "result": "MET" }])).await;
    let away = json!({ "name": "赵远", "registered_division": NEW_VILLAGE, "living_division": NEW_VILLAGE, "register": "ACTIVE" });
    let far = "00000000-0000-7000-8000-000000000005";
    put(&world, &clerk, "person", far, away).await;
    let admin = world.token(COUNTIES[0], Role::SysAdmin).await;
    let account = account_id(Role::TownReviewer);
    let fields = json!({ "account": account, "name": "王五", "division": OLD_VILLAGE, "divisions": [OLD_VILLAGE] });
    put(&world, &admin, "staff", &staff_id(account).to_string(), fields).await;
    let reviewer = world.token(COUNTIES[0], Role::TownReviewer).await;
    let moved = json!({ "act": "retarget", "from": FATHER, "to": far, "reason": "记错了人" });
    assert_eq!(act(&world, &reviewer, "key-far-away", moved.clone()).await.code(), "not-found");
    let foreign = world.token(COUNTIES[1], Role::SectionClerk).await;
    assert_eq!(act(&world, &foreign, "key-foreign", moved).await.code(), "not-found");
    assert_eq!(visit(&world, &clerk, FATHER).await.unwrap()["result"], "MET");
}
