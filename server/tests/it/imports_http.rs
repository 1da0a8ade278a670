//! Imports over HTTP: sent, looked at, decided, written in the background, taken back.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use bianfang_domain::actor::Role;
use bianfang_domain::id::RecordId;
use serde_json::{Value, json};

use crate::on_both;
use crate::world::{Answer, COUNTIES, World, scope_of};

on_both!(
    a_sheet_is_sent_decided_written_and_taken_back,
    what_is_no_sheet_is_refused_with_what_to_do,
    a_mapping_is_saved_and_used,
    the_columns_of_a_file_are_shown_and_one_can_be_none_of_ours,
);

const SHEET: &str = "姓名,身份证号码,现居住地址,乡镇,村,联系电话\n张三,990101196001010015,村头,甲镇,东村,13800000001\n\
    张三,,村尾,甲镇,东村,\n,,,甲镇,东村,\n";

pub async fn call(world: &World, token: &str, (method, path): (&str, &str), body: Vec<u8>) -> Answer {
    let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
    let request = request
        .header("content-type", "application/json")
        .header("idempotency-key", format!("key-{path}-{}", body.len()));
    world.send(request.body(Body::from(body)).unwrap()).await
}

async fn record(world: &World, token: &str, target: RecordId, fields: Value) {
    let body = json!({ "kind": "division", "target": target, "act": "record", "fields": fields }).to_string();
    let request = Request::post("/api/v1/records")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .header("idempotency-key", format!("division-{target}"));
    let answer = world.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

pub async fn clerk(world: &World) -> String {
    let token = world.token(COUNTIES[0], Role::SectionClerk).await;
    let county = scope_of(COUNTIES[0])[0];
    let (town, village) = (RecordId::derived(&["town"]), RecordId::derived(&["village"]));
    record(world, &token, county, json!({ "name": "县", "level": "COUNTY" })).await;
    record(world, &token, town, json!({ "name": "甲镇", "level": "TOWNSHIP", "parent": county })).await;
    record(world, &token, village, json!({ "name": "东村", "level": "VILLAGE", "parent": town })).await;
    token
}

async fn send(world: &World, token: &str, name: &str, bytes: &[u8]) -> Answer {
    let path = format!("/api/v1/imports?ledger=people&name={name}&assume=usual");
    call(world, token, ("POST", &path), bytes.to_vec()).await
}

/// Asks until nothing runs any more.
pub async fn settled(world: &World, token: &str, id: &str) -> Value {
    loop {
        let answer = world.get(&format!("/api/v1/imports/{id}"), token).await;
        if answer.json()["import"]["progress"].is_null() {
            return answer.json();
        }
        tokio::task::yield_now().await;
    }
}

async fn a_sheet_is_sent_decided_written_and_taken_back(world: World) {
    let token = clerk(&world).await;
    let sent = send(&world, &token, "a.csv", SHEET.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
    let import = sent.json();
    let counts = |import: &Value| {
        ["rows", "new", "update", "unchanged", "doubtful", "refused"].map(|name| import[name].as_u64().unwrap())
    };
    assert_eq!(counts(&import), [3, 1, 0, 0, 1, 1]);
    let id = import["id"].as_str().unwrap().to_owned();
    let page = world.get(&format!("/api/v1/imports/{id}?outcome=doubtful"), &token).await.json();
    let row = &page["items"][0];
    assert_eq!((row["row"].clone(), row["name"].clone()), (json!(3), json!("张三")));
    let told = row["cells"].as_array().unwrap();
    assert!(told.iter().any(|cell| cell["code"] == "maybe_above"), "{told:?}");

    // Another county, and who works in a part of this one, see nothing of it.
    let foreign = world.token(COUNTIES[1], Role::SectionClerk).await;
    assert_eq!(world.get(&format!("/api/v1/imports/{id}"), &foreign).await.code(), "not-found");
    assert_eq!(world.get("/api/v1/imports", &foreign).await.json(), json!([]));
    let apply = format!("/api/v1/imports/{id}/apply");
    assert_eq!(call(&world, &foreign, ("POST", &apply), Vec::new()).await.code(), "not-found");

    let decisions = format!("/api/v1/imports/{id}/decisions");
    let take = json!({ "decisions": { row["n"].to_string(): "take" } }).to_string();
    assert_eq!(call(&world, &token, ("POST", &decisions), take.clone().into()).await.status, StatusCode::NO_CONTENT);
    let wrong = json!({ "decisions": { "1": "take" } }).to_string();
    assert_eq!(call(&world, &token, ("POST", &decisions), wrong.into()).await.code(), "import-decision");
    assert_eq!(call(&world, &token, ("POST", &apply), Vec::new()).await.status, StatusCode::ACCEPTED);
    let done = settled(&world, &token, &id).await;
    assert_eq!(done["import"]["state"], "APPLIED");
    assert_eq!(counts(&done["import"]), [3, 2, 0, 0, 0, 1]);
    let found = world.get("/api/v1/people?q=张三", &token).await;
    assert_eq!(found.json()["rows"].as_array().unwrap().len(), 2, "{}", found.text);

    let again = send(&world, &token, "a.csv", SHEET.as_bytes()).await.json();
    assert_eq!(counts(&again), [3, 0, 0, 2, 0, 1], "the same sheet again changes nothing");
    let listed = world.get("/api/v1/imports", &token).await.json();
    assert_eq!(listed.as_array().unwrap().len(), 2);

    let undo = format!("/api/v1/imports/{id}/undo");
    let undone = call(&world, &token, ("POST", &undo), Vec::new()).await;
    assert_eq!((undone.status, undone.json()["begun"].clone()), (StatusCode::ACCEPTED, json!(true)), "{}", undone.text);
    assert_eq!(settled(&world, &token, &id).await["import"]["state"], "UNDONE");
    assert_eq!(call(&world, &token, ("POST", &undo), Vec::new()).await.code(), "import-state");
    assert_eq!(call(&world, &token, ("POST", &apply), Vec::new()).await.code(), "import-state");
}

async fn what_is_no_sheet_is_refused_with_what_to_do(world: World) {
    let token = clerk(&world).await;
    let refused = send(&world, &token, "a.csv", "甲,乙\n1,2\n".as_bytes()).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::UNPROCESSABLE_ENTITY, "import-file".into()));
    assert!(refused.json()["title"].as_str().unwrap().contains("姓名"), "{}", refused.text);
    assert!(refused.json()["detail"].as_str().unwrap().contains("header"), "{}", refused.text);
    let unknown = call(&world, &token, ("POST", "/api/v1/imports?ledger=cats&name=a.csv"), Vec::new()).await;
    assert_eq!(unknown.code(), "query");
    // Longer than any other body may be, and still a sheet.
    let mut long = SHEET.as_bytes().to_vec();
    long.extend(vec![b'\n'; 3 * 1024 * 1024]);
    assert_eq!(send(&world, &token, "a.csv", &long).await.status, StatusCode::CREATED);
    let worker = world.token(COUNTIES[0], Role::TownReviewer).await;
    assert_eq!(send(&world, &worker, "a.csv", SHEET.as_bytes()).await.code(), "forbidden");
}

async fn a_mapping_is_saved_and_used(world: World) {
    let token = clerk(&world).await;
    let odd = SHEET.replace("姓名", "老兵");
    assert_eq!(send(&world, &token, "a.csv", odd.as_bytes()).await.code(), "import-file");
    let path = "/api/v1/import_mappings/people";
    let mut mapping = world.get(path, &token).await.json();
    assert_eq!(mapping, json!({ "ledger": "people", "columns": [] }));
    mapping["columns"] = json!([["老兵", "name"]]);
    let saved = call(&world, &token, ("PUT", path), mapping.to_string().into()).await;
    assert_eq!(saved.status, StatusCode::NO_CONTENT, "{}", saved.text);
    assert_eq!(send(&world, &token, "a.csv", odd.as_bytes()).await.status, StatusCode::CREATED);
    let other = call(&world, &token, ("PUT", "/api/v1/import_mappings/visits"), mapping.to_string().into()).await;
    assert_eq!(other.code(), "malformed");
}

async fn the_columns_of_a_file_are_shown_and_one_can_be_none_of_ours(world: World) {
    let token = clerk(&world).await;
    let look = |text: String| {
        let (world, token) = (&world, token.clone());
        async move {
            let path = "/api/v1/import_mappings/people/columns?name=a.csv";
            let answer = call(world, &token, ("POST", path), text.into()).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            let seen = answer.json();
            let list = seen["columns"].as_array().unwrap().clone();
            let of = |column: &Value| (column["header"].as_str().unwrap().to_owned(), column["key"].clone());
            (seen.clone(), list.iter().map(of).collect::<BTreeMap<_, _>>())
        }
    };
    // Nobody knows this header: the row that looks most like one is shown, so that it can be mapped.
    let odd = "某镇 2026 年名单,,\n老兵,所在乡镇,所在村\n张三,甲镇,东村\n13800000000,甲镇,东村\n";
    let (seen, columns) = look(odd.to_owned()).await;
    assert_eq!(columns.get("老兵"), Some(&Value::Null), "{seen}");
    assert_eq!(seen["columns"][0]["at"], "A2", "{seen}");
    assert_eq!(seen["columns"][0]["samples"], json!(["张三", "138********"]), "numbers of people are masked");
    let fields = seen["fields"].as_array().unwrap();
    assert!(fields.iter().any(|field| field["key"] == "name" && field["title"] == "姓名"), "{seen}");
    assert!(seen["needed"].as_array().unwrap().contains(&json!(["name"])), "{seen}");
    let before = "姓名,乡镇,村,联系电话\n张三,甲镇,东村,六排三号\n";
    let (_, columns) = look(before.to_owned()).await;
    assert_eq!((&columns["姓名"], &columns["联系电话"]), (&json!("name"), &json!("phones")));
    // What is called a telephone and is none is kept under its header.
    let path = "/api/v1/import_mappings/people";
    let mapping = json!({ "ledger": "people", "columns": [["联系电话", ""], ["老兵", "name"]] });
    assert_eq!(call(&world, &token, ("PUT", path), mapping.to_string().into()).await.status, StatusCode::NO_CONTENT);
    let (_, columns) = look(format!("{before}\n")).await;
    assert_eq!(columns["联系电话"], Value::Null);
    assert_eq!(look(format!("{odd}\n")).await.1["老兵"], json!("name"));
    let made = send(&world, &token, "a.csv", before.as_bytes()).await.json();
    let page = world.get(&format!("/api/v1/imports/{}", made["id"].as_str().unwrap()), &token).await.json();
    assert!(page["reasons"].as_array().unwrap().iter().all(|reason| reason["code"] != "phone_invalid"), "{page}");
    let none = call(&world, &token, ("POST", "/api/v1/import_mappings/none/columns?name=a.csv"), odd.into()).await;
    assert_eq!(none.code(), "not-found");
}
