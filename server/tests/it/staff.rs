//! What an account may see follows its staff record on the day of the request.

use axum::http::StatusCode;
use bianfang_domain::actor::Role;
use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::staff_id;
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use bianfang_domain::time::Day;
use bianfang_server::commands::user::{self, NewUser};
use bianfang_server::import::division_id;
use serde_json::json;

use crate::bureau::{self, Bureau, Phone, at, day, id};
use crate::records::write;
use crate::world::{COUNTIES, PASSWORD, World, account_id, scope_of};
use crate::{on_both, on_both_databases};

on_both_databases!(what_was_written_at_work_stands_after_the_record_ended,);
on_both!(
    divisions_follow_the_staff_record_of_the_day,
    a_new_account_has_a_staff_record,
    nobody_takes_divisions_by_a_staff_record_of_their_own,
);

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
    let by_clerk = write(&world, &clerk, "key-by-clerk", None, &staff).await;
    assert_eq!(
        (by_clerk.status, by_clerk.json()["reason"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("NOT_ALLOWED"))
    );
    let admin = world.token(code, Role::SysAdmin).await;
    let written = write(&world, &admin, "key-staff", None, &staff).await;
    assert_eq!(written.status, StatusCode::OK, "{}", written.text);
    assert_eq!(me(&worker).await, json!([county]));
    let base = written.json()["revision"].as_u64();
    let none = json!({ "kind": "staff", "target": staff_id(account), "act": "change", "set": { "divisions": [] },
        "since": today + 1 });
    assert_eq!(write(&world, &admin, "key-change", base, &none).await.status, StatusCode::OK);
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

/// The hole that was open: a clerk of one township wrote a staff record for himself, and `/me` showed the county.
async fn nobody_takes_divisions_by_a_staff_record_of_their_own(world: World) {
    let (code, county) = (COUNTIES[0], scope_of(COUNTIES[0])[0]);
    let clerk = world.token(code, Role::SectionClerk).await;
    let before = world.get("/api/v1/me", &clerk).await.json()["scope"].clone();
    let account = account_id(Role::SectionClerk);
    for target in [staff_id(account), id(0x77)] {
        let own = json!({ "kind": "staff", "target": target, "act": "record", "fields": {
            "account": account, "name": "自己", "division": county, "divisions": [county, id(0x99)] } });
        let written = write(&world, &clerk, &format!("key-own-{target}"), None, &own).await;
        assert_eq!(written.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", written.text);
    }
    assert_eq!(world.get("/api/v1/me", &clerk).await.json()["scope"], before);
    // And a row that came to be in another way adds nothing: one record speaks for an account.
    let sql = "insert into staff_span (county, owner, account, name, from_day, to_day, divisions) \
               values ($1, $2, $3, '', 0, 99999, $4)";
    let query = sqlx::query(sql).bind(code).bind(id(0x78).to_string()).bind(account.to_string());
    query.bind(json!([id(0x99)]).to_string()).execute(world.app.db.pool()).await.unwrap();
    assert_eq!(world.get("/api/v1/me", &clerk).await.json()["scope"], before);
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

async fn what_was_written_at_work_stands_after_the_record_ended(bureau: Bureau) {
    let (mut clerk, mut admin) = (Phone::clerk(0), Phone::admin(0));
    let mut worker = Phone::worker(0, bureau::VILLAGE_A1);
    let account = worker.actor.account;
    bureau
        .push(&mut clerk, |p| {
            let person = bureau::person("张三", bureau::VILLAGE_A1);
            vec![p.record(at(0, 8), "person", id(1), person)]
        })
        .await;
    bureau
        .push(&mut admin, |p| {
            let staff = json!({ "account": account, "name": "王五", "division": id(bureau::COUNTY),
                "divisions": [id(bureau::VILLAGE_A1)], "to": day(1).0 });
            vec![p.record(at(0, 9), "staff", staff_id(account), staff)]
        })
        .await;
    // What every request of the worker finds by now: no divisions.
    worker.actor.scope.clear();
    let answers = bureau
        .push(&mut worker, |p| {
            vec![
                p.visit(at(1, 22), id(0x20), &[(id(1), "MET")], "HOME"),
                p.change(at(1, 23), "person", id(1), json!({ "address": "二组" })),
                p.visit(at(2, 1), id(0x21), &[(id(1), "MET")], "HOME"),
                p.change(at(2, 2), "person", id(1), json!({ "address": "三组" })),
            ]
        })
        .await;
    let told: Vec<_> = answers.iter().map(|answer| (answer.verdict, answer.reason)).collect();
    let late = Some(Reason::NotAtWork);
    let (stands, merged) = ((Verdict::Accepted, None), (Verdict::Merged, None));
    assert_eq!(told, [stands, merged, (Verdict::Held, late), (Verdict::Refused, late)]);
    assert_eq!(bureau.see(0, id(1)).await.unwrap().value("address"), "二组");
    let held = bureau.see(0, id(0x21)).await.unwrap();
    assert_eq!(held.held_for(&Part::Of(id(1))), late, "the township sees it and may let it through");
    let (changes, _) = bureau.pull_all(&worker, None).await;
    assert!(changes.is_empty(), "who is not at work is shown nothing");
    // The county gives the divisions back from a later day on: what was held stays held, what is new stands.
    let longer = json!({ "to": day(30).0 });
    admin.base = u64::MAX / 2;
    bureau.push(&mut admin, |p| vec![p.change(at(3, 9), "staff", staff_id(account), longer)]).await;
    let again = bureau.push(&mut worker, |p| vec![p.visit(at(4, 9), id(0x22), &[(id(1), "MET")], "HOME")]).await;
    assert_eq!((again[0].verdict, again[0].reason), stands);
    assert_eq!(bureau.see(0, id(0x21)).await.unwrap().held_for(&Part::Of(id(1))), late);
}
