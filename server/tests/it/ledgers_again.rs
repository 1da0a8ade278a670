//! A law of the whole server, over generated registers: what was written through the door of the desks, taken out in full and
//! brought in again through the doors of exports and imports, changes nothing: no record, and every row says so.

mod drawn;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use bianfang_domain::id::RecordId;
use bianfang_domain::time::Day;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRng, TestRunner};
use serde_json::json;
use sqlx::Row;
use tower::ServiceExt;

use self::drawn::{Dice, register};
use crate::bureau::id;
use crate::codes::put;
use crate::export::book;
use crate::imports_http::{call, clerk, settled};
use crate::on_both;
use crate::records::write;
use crate::world::{COUNTIES, World};

on_both!(the_bureaus_own_words_go_out_and_come_in_as_their_codes,);

/// Each that comes in again, in the order in which a county would bring them in.
const LEDGERS: [&str; 6] = ["people", "plaques", "visits", "letters", "units", "basis_persons"];

/// Two villages beside the first.
async fn villages(world: &World, token: &str) -> Vec<RecordId> {
    let (town, village) = (RecordId::derived(&["town"]), RecordId::derived(&["village"]));
    let mut all = vec![village];
    for name in ["西村", "北村"] {
        let id = RecordId::derived(&[name]);
        let fields = json!({ "name": name, "level": "VILLAGE", "parent": town });
        let body = json!({ "kind": "division", "target": id, "act": "record", "fields": fields });
        let answer = write(world, token, &format!("key-village-{id}"), None, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        all.push(id);
    }
    all
}

/// Every record as it is kept.
async fn records(world: &World) -> Vec<(String, String)> {
    let rows = sqlx::query(
        "select id, kind, feed, doc, current, sealed, meta, state from record where county = $1 order by id",
    );
    let rows = rows.bind(COUNTIES[0]).fetch_all(world.app.db.pool()).await.unwrap();
    let told = |row: &sqlx::any::AnyRow| {
        let text = |at: usize| row.get::<Option<String>, _>(at).unwrap_or_default();
        let feed = row.get::<i64, _>(2);
        (text(0), format!("{} {feed} {} {} {} {} {}", text(1), text(3), text(4), text(5), text(6), text(7)))
    };
    rows.iter().map(told).collect()
}

async fn exported(world: &World, token: &str, ledger: &str) -> Vec<u8> {
    let body = json!({ "ledger": ledger, "format": "xlsx", "full": true, "reason": "核对" });
    let request = Request::post("/api/v1/exports")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json");
    let response = world.router.clone().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
}

/// Brings a file in and writes it; how many rows are as they were, and what the others say.
async fn brought_in(world: &World, token: &str, (ledger, name): (&str, &str), bytes: Vec<u8>) -> (u64, Vec<String>) {
    let path = format!("/api/v1/imports?ledger={ledger}&name={name}");
    let sent = call(world, token, ("POST", &path), bytes).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{ledger}: {}", sent.text);
    let id = sent.json()["id"].as_str().unwrap().to_owned();
    let mut odd = Vec::new();
    for outcome in ["new", "update", "doubtful", "refused"] {
        let page = world.get(&format!("/api/v1/imports/{id}?outcome={outcome}"), token).await.json();
        odd.extend(page["items"].as_array().unwrap().iter().map(|row| {
            format!("{ledger} {outcome} {} {}: {} {}", row["row"], row["name"], row["target"], row["cells"])
        }));
    }
    let applied = call(world, token, ("POST", &format!("/api/v1/imports/{id}/apply")), Vec::new()).await;
    assert_eq!(applied.status, StatusCode::ACCEPTED, "{}", applied.text);
    let done = settled(world, token, &id).await;
    (done["import"]["unchanged"].as_u64().unwrap(), odd)
}

async fn comes_back_unchanged(world: &World, seed: u64, n: usize) {
    let token = clerk(world).await;
    let villages = villages(world, &token).await;
    let drawn = register(&mut Dice::new(seed), &villages, n);
    for (at, (kind, id, fields)) in drawn.iter().enumerate() {
        let body = json!({ "kind": kind, "target": id, "act": "record", "fields": fields });
        let answer = write(world, &token, &format!("key-drawn-{at}"), None, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{} {body}", answer.text);
    }
    let before = records(world).await;
    let (mut odd, mut same) = (Vec::new(), 0);
    for ledger in LEDGERS {
        let bytes = exported(world, &token, ledger).await;
        let (unchanged, said) = brought_in(world, &token, (ledger, "a.xlsx"), bytes).await;
        same += unchanged;
        odd.extend(said);
    }
    assert!(odd.is_empty(), "seed {seed}, {n} people:\n{}", odd.join("\n"));
    let after = records(world).await;
    let changed: Vec<_> = after.iter().filter(|record| !before.contains(record)).collect();
    assert!(changed.is_empty() && before.len() == after.len(), "seed {seed}, {n} people: {changed:#?}");
    assert!(same >= 2 * n as u64, "{same} rows of {n} people");
}

#[test]
fn what_the_county_wrote_comes_back_unchanged() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config { cases: 5, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config.clone(), TestRng::deterministic_rng(config.rng_algorithm));
    let done = runner.run(&(any::<u64>(), 4..9_usize), |(seed, n)| {
        runtime.block_on(async { comes_back_unchanged(&World::sqlite().await, seed, n).await });
        Ok(())
    });
    done.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_county_wrote_comes_back_unchanged_from_postgres() {
    if let Some(world) = World::postgres().await {
        comes_back_unchanged(&world, 7, 8).await;
    }
}

/// A code that the bureau calls otherwise, and one of its own, go out in its words and come in as the codes.
async fn the_bureaus_own_words_go_out_and_come_in_as_their_codes(world: World) {
    let token = clerk(&world).await;
    let village = RecordId::derived(&["village"]);
    let words = json!({ "base": 0, "items": [
        { "code": "HOLIDAY", "name": "走访慰问活动" }, { "code": "PARK", "name": "烈士陵园", "en": "Cemetery" },
    ] });
    assert_eq!(put(&world, &token, "WORK_TYPE", "key-words", &words).await.status, StatusCode::OK);
    let person = json!({ "name": "张三", "living_division": village, "register": "ACTIVE", "life": "ALIVE",
        "birth": "1960-01-02", "phones": ["13800000001"] });
    let works = json!(["HOLIDAY", "PARK", "ROUND"]);
    let visit = json!({ "at": Day::from_ymd(2026, 5, 4).unwrap().start_ms(), "method": "HOME", "work_types": works,
        "visitors": [{ "name": "王站长" }], "no_signature": "外出",
        "entries": [{ "person": id(1), "result": "MET" }] });
    for (kind, target, fields) in [("person", id(1), person), ("contact", id(2), visit)] {
        let body = json!({ "kind": kind, "target": target, "act": "record", "fields": fields });
        let answer = write(&world, &token, &format!("key-{kind}"), None, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    let before = records(&world).await;
    let bytes = exported(&world, &token, "visits").await;
    let told = book(&bytes).0;
    assert!(told[3].contains(&"走访慰问活动、烈士陵园、遍访".to_owned()), "{told:?}");
    assert_eq!(brought_in(&world, &token, ("visits", "a.xlsx"), bytes).await, (1, Vec::new()));
    assert_eq!(records(&world).await, before);

    let sheet = "走访时间,乡镇,村,对象姓名,电话,走访方式,走访结果,工作类型,走访人\n\
                 2026-05-05,甲镇,东村,张三,13800000001,入户,见到本人,走访慰问活动、烈士陵园,王站长\n";
    let (_, odd) = brought_in(&world, &token, ("visits", "a.csv"), sheet.into()).await;
    assert!(odd.len() == 1 && odd[0].starts_with("visits new"), "{odd:?}");
    let made = records(&world).await;
    let made = made.iter().find(|record| !before.contains(record)).unwrap();
    assert!(made.1.contains(r#""work_types":["HOLIDAY","PARK"]"#), "{made:?}");
}
