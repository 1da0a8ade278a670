//! What an account may see follows its staff record on the day of the request.

use axum::http::StatusCode;
use bianfang_domain::actor::Role;
use bianfang_domain::kind::staff_id;
use bianfang_domain::time::Day;
use bianfang_server::commands::user::{self, NewUser};
use bianfang_server::import::division_id;
use serde_json::json;

use crate::on_both;
use crate::records::write;
use crate::world::{COUNTIES, PASSWORD, World, account_id, scope_of};

on_both!(divisions_follow_the_staff_record_of_the_day, a_new_account_has_a_staff_record,);

const DAY_MS: i64 = 86_400_000;

async fn divisions_follow_the_staff_record_of_the_day(world: World) {
    let (code, county) = (COUNTIES[0], scope_of(COUNTIES[0])[0]);
    let clerk = world.token(code, Role::SectionClerk).await;
    let division = json!({ "kind": "division", "target": county, "act": "record",
        "fields": { "name": "县", "level": "COUNTY" } });
    assert_eq!(write(&world, &clerk, "key-division", None, &division).await.status, StatusCode::OK);
    let worker = world.token(code, Role::VillageWorker).await;
    let me = async |token: &str| world.get("/api/v1/me", token).await.json()["scope"].clone();
    assert_eq!(me(&worker).await, json!([county]), "without a record the account's own");
    let today = Day::of(world.app.now_ms()).0;
    let account = account_id(Role::VillageWorker);
    let staff = json!({ "kind": "staff", "target": staff_id(account), "act": "record", "fields": {
        "account": account, "name": "王五", "division": county, "divisions": [county], "from": today, "to": today + 1 } });
    let written = write(&world, &clerk, "key-staff", None, &staff).await;
    assert_eq!(written.status, StatusCode::OK, "{}", written.text);
    assert_eq!(me(&worker).await, json!([county]));
    let base = written.json()["revision"].as_u64();
    let none = json!({ "kind": "staff", "target": staff_id(account), "act": "change", "set": { "divisions": [] },
        "since": today + 1 });
    assert_eq!(write(&world, &clerk, "key-change", base, &none).await.status, StatusCode::OK);
    assert_eq!(me(&worker).await, json!([county]), "until the day comes");
    world.clock.advance(DAY_MS);
    let worker = world.token(code, Role::VillageWorker).await;
    assert_eq!(me(&worker).await, json!([]));
    let by_worker = write(&world, &worker, "key-worker", base, &none).await;
    assert!(by_worker.status != StatusCode::OK || by_worker.json()["verdict"] == "held");
    // The same account of the other county has its own divisions.
    let other = world.token(COUNTIES[1], Role::VillageWorker).await;
    assert_eq!(me(&other).await, json!([scope_of(COUNTIES[1])[0]]));
}

async fn a_new_account_has_a_staff_record(world: World) {
    let code = COUNTIES[0];
    let keys = world.app.county_keys(code).unwrap();
    let whole = division_id(code, code);
    let new =
        NewUser { login: "neu", name: "新来的", role: Role::TownReviewer, scope: vec![whole], password: PASSWORD };
    let seams = (&*world.app.clock, &*world.app.random);
    let account = user::add(&world.app.db, seams, (code, Some(&keys)), &new).await.unwrap();
    let signed_in = world.sign_in(code, "neu", PASSWORD).await.json();
    assert_eq!(signed_in["scope"], json!([whole]));
    let names = sqlx::query("select name from staff_span where county = $1 and account = $2");
    let row = names.bind(code).bind(account.to_string()).fetch_one(world.app.db.pool()).await.unwrap();
    assert_eq!(sqlx::Row::get::<String, _>(&row, "name"), "新来的");
}
