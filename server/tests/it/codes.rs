//! Code tables over HTTP and through the feed, on both databases: the bureau's words over the shipped ones, two desks at one
//! table, every phone has them; and what names a military unit is kept nowhere.

use axum::body::Body;
use axum::http::Request;
use bianfang_domain::actor::Role;
use bianfang_domain::codes::{self, Codes};
use bianfang_domain::decision::Verdict;
use bianfang_domain::op::Act;
use bianfang_domain::reason::Reason;
use bianfang_protocol::pull::Change;
use serde_json::{Value, json};
use sqlx::Row;

use crate::bureau::{self, Bureau, Phone, VILLAGE_A1, at, id};
use crate::on_both;
use crate::on_both_databases;
use crate::records::write;
use crate::world::{Answer, COUNTIES, World, scope_of};

on_both!(
    a_bureau_renames_hides_and_adds_and_everybody_reads_it,
    two_desks_at_one_table_merge_and_at_one_item_come_to_a_conflict,
    settings_of_the_county_are_not_set_for_a_township,
);

on_both_databases!(
    a_phone_gets_the_bureaus_words_through_the_feed,
    a_text_that_names_a_unit_is_refused_and_kept_nowhere,
);

async fn clerk(world: &World) -> String {
    let token = world.token(COUNTIES[0], Role::SectionClerk).await;
    let fields = json!({ "name": "县", "level": "COUNTY" });
    let body = json!({ "kind": "division", "target": scope_of(COUNTIES[0])[0], "act": "record", "fields": fields });
    assert_eq!(write(world, &token, "key-division", None, &body).await.status, 200);
    token
}

pub async fn put(world: &World, token: &str, table: &str, key: &str, body: &Value) -> Answer {
    let request = Request::put(format!("/api/v1/codes/{table}"))
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .header("idempotency-key", key);
    world.send(request.body(Body::from(body.to_string())).unwrap()).await
}

async fn table(world: &World, token: &str, name: &str) -> Value {
    let answer = world.get("/api/v1/codes", token).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let tables = answer.json();
    tables.as_array().unwrap().iter().find(|table| table["table"] == name).unwrap().clone()
}

fn item<'a>(table: &'a Value, code: &str) -> &'a Value {
    table["items"].as_array().unwrap().iter().find(|item| item["code"] == code).unwrap()
}

/// A clerk of one township set rules and words that nobody read, and was told that it was done.
async fn settings_of_the_county_are_not_set_for_a_township(world: World) {
    let clerk = clerk(&world).await;
    let town = json!({ "kind": "division", "target": id(0x70), "act": "record",
        "fields": { "name": "乡", "level": "TOWNSHIP", "parent": scope_of(COUNTIES[0])[0] } });
    assert_eq!(write(&world, &clerk, "key-town", None, &town).await.status, 200);
    let narrowed = sqlx::query("update account set scope = $1 where county = $2 and login = 'section_clerk'");
    let narrowed = narrowed.bind(json!([id(0x70)]).to_string()).bind(COUNTIES[0]);
    assert_eq!(narrowed.execute(world.app.db.pool()).await.unwrap().rows_affected(), 1);
    let words = json!({ "base": 0, "items": [{ "code": "ROUND", "name": "巡访" }] });
    let answer = put(&world, &clerk, "WORK_TYPE", "key-town-words", &words).await;
    assert_eq!(answer.code(), "forbidden", "{}", answer.text);
    let rule = Request::put("/api/v1/rules/COVERAGE")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {clerk}"))
        .header("idempotency-key", "key-town-rule");
    let body = json!({ "from": "2026-06-01", "data": { "methods": ["HOME"] } }).to_string();
    let answer = world.send(rule.body(Body::from(body)).unwrap()).await;
    assert_eq!(answer.code(), "forbidden", "{}", answer.text);
    for (kind, target, fields) in [
        (
            "rule",
            bianfang_domain::rules::id("COVERAGE"),
            json!({ "rule": "COVERAGE", "division": id(0x70), "data": {} }),
        ),
        ("code_table", codes::id("WORK_TYPE"), json!({ "table": "WORK_TYPE", "division": id(0x70) })),
    ] {
        let body = json!({ "kind": kind, "target": target, "act": "record", "fields": fields });
        let answer = write(&world, &clerk, &format!("key-town-{kind}"), None, &body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["field"].as_str()),
            (422, Some("division")),
            "{}",
            answer.text
        );
    }
}

async fn a_bureau_renames_hides_and_adds_and_everybody_reads_it(world: World) {
    let clerk = clerk(&world).await;
    let worker = world.token(COUNTIES[0], Role::VillageWorker).await;
    let shipped = table(&world, &worker, "WORK_TYPE").await;
    assert_eq!((&shipped["revision"], &shipped["open"]), (&json!(0), &json!(true)));
    assert_eq!(item(&shipped, "ROUND")["name"], "遍访");
    assert_eq!(table(&world, &clerk, "METHOD").await["open"], false);

    let body = json!({ "base": 0, "items": [
        { "code": "HOLIDAY", "name": "走访慰问活动" }, { "code": "CARD", "hidden": true },
        { "code": "PARK", "name": "烈士陵园", "en": "Cemetery" },
    ] });
    let first = put(&world, &clerk, "WORK_TYPE", "key-codes-1", &body).await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(
        put(&world, &clerk, "WORK_TYPE", "key-codes-1", &body).await.json(),
        first.json(),
        "a repeat is the same"
    );
    let now = table(&world, &worker, "WORK_TYPE").await;
    assert_eq!(now, first.json());
    assert_eq!(
        (&item(&now, "HOLIDAY")["name"], &item(&now, "HOLIDAY")["shipped"]),
        (&json!("走访慰问活动"), &json!("节日慰问"))
    );
    assert_eq!((&item(&now, "CARD")["hidden"], &item(&now, "PARK")["shipped"]), (&json!(true), &Value::Null));
    assert_eq!(item(&now, "ROUND")["name"], "遍访", "what nobody named stays");
    // Back to what is shipped: an item that says nothing.
    let back = json!({ "base": now["revision"], "items": [{ "code": "HOLIDAY" }] });
    assert_eq!(
        item(&put(&world, &clerk, "WORK_TYPE", "key-codes-2", &back).await.json(), "HOLIDAY")["name"],
        "节日慰问"
    );
    // Another county has its own words.
    let other = world.token(COUNTIES[1], Role::SectionClerk).await;
    assert_eq!(table(&world, &other, "WORK_TYPE").await, shipped);

    let closed = json!({ "base": 0, "items": [{ "code": "PIGEON", "name": "飞鸽传书" }] });
    let refused = put(&world, &clerk, "METHOD", "key-codes-3", &closed).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["field"]), (422, &json!("items/PIGEON")), "{}", refused.text);
    let unit = json!({ "base": 0, "items": [{ "code": "PARK", "name": "慰问99123部队" }] });
    assert_eq!(put(&world, &clerk, "WORK_TYPE", "key-codes-4", &unit).await.json()["reason"], "MILITARY_UNIT");
    let town = world.token(COUNTIES[0], Role::TownReviewer).await;
    assert_eq!(put(&world, &town, "WORK_TYPE", "key-codes-5", &body).await.code(), "forbidden");
    assert_eq!(put(&world, &clerk, "MOON", "key-codes-6", &body).await.code(), "not-found");
}

async fn two_desks_at_one_table_merge_and_at_one_item_come_to_a_conflict(world: World) {
    let one = clerk(&world).await;
    let two = world.token(COUNTIES[0], Role::SectionClerk).await;
    let said =
        |base: &Value, code: &str, name: &str| json!({ "base": base, "items": [{ "code": code, "name": name }] });
    // Nobody has a record yet: both begin it, and neither loses a word.
    let (first, second) = tokio::join!(
        async { put(&world, &one, "TAG", "key-tag-one", &said(&json!(0), "AGED", "高龄老人")).await },
        async { put(&world, &two, "TAG", "key-tag-two", &said(&json!(0), "ALONE", "空巢独居")).await },
    );
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (200, 200), "{} {}", first.text, second.text);
    let merged = table(&world, &one, "TAG").await;
    assert_eq!(
        (&item(&merged, "AGED")["name"], &item(&merged, "ALONE")["name"]),
        (&json!("高龄老人"), &json!("空巢独居"))
    );

    let base = &merged["revision"];
    assert_eq!(put(&world, &one, "TAG", "key-tag-3", &said(base, "KOREA", "甲")).await.status, 200);
    let conflict = put(&world, &two, "TAG", "key-tag-4", &said(base, "KOREA", "乙")).await.json();
    assert_eq!((&item(&conflict, "KOREA")["name"], &item(&conflict, "KOREA")["other"]), (&json!("乙"), &json!("甲")));
    // Who had seen the other's word changes it without one.
    let seen = put(&world, &one, "TAG", "key-tag-5", &said(&conflict["revision"], "AGED", "丙")).await.json();
    assert_eq!((&item(&seen, "AGED")["name"], &item(&seen, "AGED")["other"]), (&json!("丙"), &Value::Null));
    let waiting = world.get("/api/v1/holding", &one).await.json();
    assert!(waiting.to_string().contains("items/KOREA"), "{waiting}");
}

async fn a_phone_gets_the_bureaus_words_through_the_feed(bureau: Bureau) {
    let (mut clerk, worker) = (Phone::clerk(0), Phone::worker(0, VILLAGE_A1));
    let target = codes::id("WORK_TYPE");
    let doc = json!({ "table": "WORK_TYPE", "division": id(bureau::COUNTY), "items/ROUND": { "name": "常态化走访" } });
    let answers = bureau.push(&mut clerk, |p| vec![p.record(at(1, 9), "code_table", target, doc)]).await;
    assert_eq!(answers[0].verdict, Verdict::Accepted, "{answers:?}");
    let (changes, end) = bureau.pull_all(&worker, None).await;
    let found = changes.iter().find_map(|change| match change {
        Change::Put { record } if record.id == target => Some(record),
        Change::Put { .. } | Change::Remove { .. } => None,
    });
    let got = found.unwrap();
    let words = Codes::read(|id| (id == target).then_some(&**got));
    assert_eq!(words.word(&codes::WORK_TYPE, "ROUND"), "常态化走访");
    bureau
        .push(&mut clerk, |p| {
            vec![p.change(at(2, 9), "code_table", target, json!({ "items/ROUND": { "name": "走访", "hidden": true } }))]
        })
        .await;
    let (changes, _) = bureau.pull_all(&worker, Some(&end.cursor)).await;
    assert_eq!(changes.len(), 1);
}

async fn a_text_that_names_a_unit_is_refused_and_kept_nowhere(bureau: Bureau) {
    let (mut worker, mut clerk) = (Phone::worker(0, VILLAGE_A1), Phone::clerk(0));
    let unit = "他在99123部队服役";
    let person = bureau::person("张三", VILLAGE_A1);
    bureau.push(&mut worker, |p| vec![p.record(at(1, 8), "person", id(100), person)]).await;
    let visit = |more: (&str, &str)| {
        let mut doc = json!({ "at": at(1, 10), "method": "HOME", "work_types": ["ROUND"],
            "entries": [{ "person": id(100), "result": "MET" }] });
        doc[more.0] = json!(more.1);
        doc
    };
    for (n, field) in (0..).zip(["situation", "thoughts", "note"]) {
        let doc = visit((field, unit));
        let answers = bureau.push(&mut worker, |p| vec![p.record(at(1, 10), "contact", id(200 + n), doc)]).await;
        assert_eq!((answers[0].verdict, answers[0].reason), (Verdict::Refused, Some(Reason::MilitaryUnit)));
        assert_eq!(answers[0].field.as_deref(), Some(field));
        assert!(bureau.see(0, id(200 + n)).await.is_none());
    }
    // A protected text is opened on the way in, so it is looked at too.
    let set = json!({ "key_measures": unit });
    let answers = bureau.push(&mut clerk, |p| vec![p.change(at(1, 11), "person", id(100), set)]).await;
    assert_eq!((answers[0].verdict, answers[0].field.as_deref()), (Verdict::Refused, Some("key_measures")));
    bureau.push(&mut worker, |p| vec![p.record(at(1, 12), "contact", id(210), visit(("note", "很好")))]).await;
    let void = |p: &mut Phone| vec![p.op(at(1, 13), "contact", id(210), Act::Void { reason: unit.into() })];
    assert_eq!(bureau.push(&mut worker, void).await[0].reason, Some(Reason::MilitaryUnit));
    let kept = sqlx::query("select act, coalesce(body, '') || coalesce(sealed, '') as body from op")
        .fetch_all(bureau.db.pool())
        .await
        .unwrap();
    assert!(kept.len() > 5);
    assert!(kept.iter().all(|row| !row.get::<String, _>("body").contains("99123")));
}
