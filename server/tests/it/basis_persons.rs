//! Basis persons 荣誉主体 on the desk's pages: the list, one of them, a household's; taken out and back; nobody out of sight.

use bianfang_domain::actor::Role;
use bianfang_domain::kind::staff_id;
use serde_json::{Value, json};

use crate::households::{DAUGHTER, FATHER, HOME, NEW_VILLAGE, OLD_VILLAGE, page, put, settle};
use crate::on_both;
use crate::records::write;
use crate::world::{COUNTIES, World, account_id};

on_both!(
    who_is_entered_is_found_shown_and_taken_out,
    a_discharge_leaves_the_list_of_the_serving,
    what_lies_out_of_sight_is_neither_shown_nor_named,
);

const SOLDIER: &str = "00000000-0000-7000-8000-000000000060";

async fn serving(world: &World) -> String {
    let clerk = settle(world).await;
    let relations = json!([{ "person": FATHER, "relation": "父亲" }, { "person": DAUGHTER, "relation": "妹妹" }]);
    let soldier = json!({ "basis": "SERVING", "name": "张小军", "household": HOME, "enlisted": "2023-09", "relations": relations });
    put(world, &clerk, "basis_person", SOLDIER, soldier).await;
    let martyr = json!({ "basis": "MARTYR", "name": "李英", "division": NEW_VILLAGE, "certificate_no": "烈字第1号" });
    put(world, &clerk, "basis_person", "00000000-0000-7000-8000-000000000061", martyr).await;
    clerk
}

async fn list(world: &World, token: &str, query: &str) -> Value {
    world.get(&format!("/api/v1/basis_persons?{query}"), token).await.json()
}

fn names(list: &Value) -> Vec<&str> {
    list["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

async fn one(world: &World, token: &str) -> Value {
    world.get(&format!("/api/v1/basis_persons/{SOLDIER}"), token).await.json()
}

async fn set(world: &World, token: &str, key: &str, set: Value) -> Value {
    let base = one(world, token).await["revision"].as_u64();
    let body = json!({ "kind": "basis_person", "target": SOLDIER, "act": "change", "set": set });
    write(world, token, key, base, &body).await.json()
}

async fn who_is_entered_is_found_shown_and_taken_out(world: World) {
    let clerk = serving(&world).await;
    let all = list(&world, &clerk, "").await;
    assert_eq!(names(&all), ["李英", "张小军"]);
    assert_eq!(all["counts"], json!([{ "state": "MARTYR", "count": 1 }, { "state": "SERVING", "count": 1 }]));
    assert_eq!(names(&list(&world, &clerk, "search=xiaojun").await), ["张小军"]);
    assert_eq!(names(&list(&world, &clerk, "basis=MARTYR").await), ["李英"]);
    assert_eq!(names(&list(&world, &clerk, &format!("division={OLD_VILLAGE}")).await), ["张小军"]);
    let row = &all["rows"][1];
    assert_eq!((&row["household"]["name"], &row["household"]["address"]), (&json!("张大"), &json!("一组1号")));
    assert_eq!(row["relations"][0], json!({ "person": row["relations"][0]["person"], "relation": "父亲" }));
    assert_eq!(row["relations"][0]["person"]["name"], "张大");

    let home = page(&world, &clerk, HOME).await;
    assert_eq!(home["basis_persons"][0]["name"], "张小军");
    let worker = world.token(COUNTIES[0], Role::VillageWorker).await;
    assert_eq!(one(&world, &worker).await["may_remove"], false);
    assert_eq!(set(&world, &worker, "key-worker", json!({ "removed": "同名" })).await["reason"], "NOT_ALLOWED");
    assert_eq!(set(&world, &clerk, "key-remove", json!({ "removed": "同名" })).await["verdict"], "accepted");
    assert_eq!(names(&list(&world, &clerk, "").await), ["李英"]);
    assert_eq!(page(&world, &clerk, HOME).await["basis_persons"], json!([]));
    let out = one(&world, &clerk).await;
    assert_eq!((&out["row"]["removed"], &out["may_remove"]), (&json!("同名"), &json!(true)));
    assert_eq!(set(&world, &clerk, "key-back", json!({ "removed": null })).await["verdict"], "accepted");
    assert_eq!(names(&list(&world, &clerk, "").await).len(), 2);
}

async fn a_discharge_leaves_the_list_of_the_serving(world: World) {
    let clerk = serving(&world).await;
    let worker = world.token(COUNTIES[0], Role::VillageWorker).await;
    let home = json!({ "basis": "VETERAN", "discharged": "2026-03" });
    assert_eq!(set(&world, &worker, "key-said", home.clone()).await["verdict"], "proposed");
    let waits = one(&world, &clerk).await;
    assert_eq!((&waits["row"]["basis"], &waits["waiting"][0]["field"]), (&json!("SERVING"), &json!("basis")));
    assert_eq!(set(&world, &clerk, "key-home", home).await["verdict"], "accepted");
    assert!(names(&list(&world, &clerk, "basis=SERVING").await).is_empty());
    let drafts = world.get("/api/v1/people?register=DRAFT", &clerk).await.json();
    assert_eq!(names(&drafts), ["张小军"]);
}

async fn what_lies_out_of_sight_is_neither_shown_nor_named(world: World) {
    let clerk = serving(&world).await;
    let admin = world.token(COUNTIES[0], Role::SysAdmin).await;
    let account = account_id(Role::TownReviewer);
    let fields = json!({ "account": account, "name": "王五", "division": OLD_VILLAGE, "divisions": [OLD_VILLAGE] });
    put(&world, &admin, "staff", &staff_id(account).to_string(), fields).await;
    let reviewer = world.token(COUNTIES[0], Role::TownReviewer).await;
    let seen = list(&world, &reviewer, "").await;
    assert_eq!(names(&seen), ["张小军"], "the martyr's family lives elsewhere");
    // The plaque may hang with a household that the reviewer does not see.
    let away = json!({ "head_name": "李大", "division": NEW_VILLAGE, "address": "新村9号" });
    let other = "00000000-0000-7000-8000-000000000059";
    put(&world, &clerk, "household", other, away).await;
    let chosen = set(&world, &clerk, "key-chosen", json!({ "plaque_at": other })).await;
    assert_eq!(chosen["verdict"], "accepted", "{chosen}");
    let row = one(&world, &reviewer).await["row"].clone();
    assert_eq!((&row["plaque_at"]["id"], &row["plaque_at"]["name"]), (&json!(other), &Value::Null));
    let foreign = world.token(COUNTIES[1], Role::SectionClerk).await;
    assert_eq!(world.get(&format!("/api/v1/basis_persons/{SOLDIER}"), &foreign).await.code(), "not-found");
    assert!(names(&list(&world, &foreign, "").await).is_empty());
}
