//! What workers say of the work: past their superior to the county, answered and rated there, and whose an unnamed one is
//! stands in no answer.

use bianfang_domain::actor::Role;
use bianfang_domain::kind::staff_id;
use bianfang_protocol::pull::Change;
use serde_json::{Value, json};

use crate::bureau::{Bureau, COUNTY, Phone, TOWN_A, VILLAGE_A1, at, id};
use crate::feed::Mirror;
use crate::households::{OLD_VILLAGE, TOWN, put, settle};
use crate::records::write;
use crate::world::{COUNTIES, World, account_id, scope_of};
use crate::{on_both, on_both_databases};

on_both!(one_goes_past_the_superior_and_is_answered_and_rated, whose_an_unnamed_one_is_stands_in_no_answer,);

on_both_databases!(it_comes_down_to_its_author_and_to_the_county_alone);

const SAID: &str = "00000000-0000-7000-8000-0000000000e5";
/// As the account is called.
const WHO: &str = "150426 VILLAGE_WORKER";

struct People {
    clerk: String,
    reviewer: String,
    worker: String,
}

/// A clerk of the county, a reviewer of the township, and a worker of its village who said something.
async fn said(world: &World, unnamed: bool) -> People {
    let clerk = settle(world).await;
    let admin = world.token(COUNTIES[0], Role::SysAdmin).await;
    for (role, name, division) in [(Role::VillageWorker, WHO, OLD_VILLAGE), (Role::TownReviewer, "钱七", TOWN)] {
        let account = account_id(role);
        let fields = json!({ "account": account, "name": name, "division": division, "divisions": [division] });
        put(world, &admin, "staff", &staff_id(account).to_string(), fields).await;
    }
    let worker = world.token(COUNTIES[0], Role::VillageWorker).await;
    let fields = json!({ "division": scope_of(COUNTIES[0])[0], "suggestion_type": "COMPLAINT", "words": "同一张表填三遍",
        "at": 1_772_000_000_000_i64, "unnamed": unnamed });
    put(world, &worker, "suggestion", SAID, fields).await;
    People { clerk, reviewer: world.token(COUNTIES[0], Role::TownReviewer).await, worker }
}

async fn step(world: &World, token: &str, (id, step): (&str, &str), more: Value) -> Value {
    // Each a second after the one that was written before it.
    let at = 1_772_000_000_000 + i64::from_str_radix(&id[id.len() - 2..], 16).unwrap() * 1_000;
    let mut fields = json!({ "suggestion": SAID, "step": step, "at": at });
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let body = json!({ "kind": "suggestion_step", "target": id, "act": "record", "fields": fields });
    write(world, token, &format!("key-{id}"), None, &body).await.json()
}

const ANSWER: &str = "00000000-0000-7000-8000-0000000000e6";
const RATING: &str = "00000000-0000-7000-8000-0000000000e7";

async fn list(world: &World, token: &str) -> Vec<String> {
    let rows = world.get("/api/v1/suggestions", token).await.json()["rows"].clone();
    let row = |row: &Value| format!("{} {}", row["words"].as_str().unwrap(), row["state"].as_str().unwrap());
    rows.as_array().unwrap().iter().map(row).collect()
}

async fn one_goes_past_the_superior_and_is_answered_and_rated(world: World) {
    let People { clerk, reviewer, worker } = said(&world, false).await;
    for who in [&clerk, &worker] {
        assert_eq!(list(&world, who).await, ["同一张表填三遍 SUBMITTED"]);
    }
    let path = format!("/api/v1/suggestions/{SAID}");
    assert_eq!(list(&world, &reviewer).await, Vec::<String>::new());
    for path in [path.clone(), format!("/api/v1/records/suggestion/{SAID}/history")] {
        assert_eq!(world.get(&path, &reviewer).await.code(), "not-found", "{path}");
    }
    let between =
        step(&world, &reviewer, ("00000000-0000-7000-8000-0000000000e8", "ANSWERED"), json!({"answer": "忍着"}));
    assert_eq!(between.await["verdict"], "held", "who does not see it answers nothing");
    let view = world.get(&path, &clerk).await.json();
    assert_eq!(
        (&view["row"]["by"], &view["may_answer"]),
        (&json!(WHO), &json!(true)),
        "who gave a name is called by it"
    );
    let answered = step(&world, &clerk, (ANSWER, "ANSWERED"), json!({ "answer": "下月起只填一张" })).await;
    assert_eq!(answered["verdict"], "accepted", "{answered}");
    let rated = step(&world, &worker, (RATING, "RATED"), json!({ "satisfied": true, "note": "好" })).await;
    assert_eq!(rated["verdict"], "accepted", "{rated}");
    let view = world.get(&path, &worker).await.json();
    assert_eq!((&view["row"]["state"], &view["may_answer"]), (&json!("RATED"), &json!(false)));
    assert_eq!(view["steps"][0]["fields"]["answer"], "下月起只填一张");
    let counts = world.get("/api/v1/suggestions", &clerk).await.json()["counts"].clone();
    assert_eq!(counts, json!([{ "state": "RATED", "count": 1 }]));
}

async fn whose_an_unnamed_one_is_stands_in_no_answer(world: World) {
    let People { clerk, worker, .. } = said(&world, true).await;
    step(&world, &clerk, (ANSWER, "ANSWERED"), json!({ "answer": "下月起只填一张" })).await;
    step(&world, &worker, (RATING, "RATED"), json!({ "satisfied": false, "note": "还是三遍" })).await;
    let account = account_id(Role::VillageWorker).to_string();
    let mut told = String::new();
    for path in [
        "/api/v1/suggestions".to_owned(),
        format!("/api/v1/suggestions/{SAID}"),
        format!("/api/v1/records/suggestion/{SAID}/history"),
        format!("/api/v1/records/suggestion_step/{RATING}/history"),
        "/api/v1/holding".to_owned(),
        "/api/v1/review".to_owned(),
    ] {
        told += &world.get(&path, &clerk).await.text;
    }
    assert!(told.contains("同一张表填三遍") && told.contains("还是三遍"), "{told}");
    for word in [WHO, account.as_str(), OLD_VILLAGE] {
        assert!(!told.contains(word), "{word}: {told}");
    }
}

async fn it_comes_down_to_its_author_and_to_the_county_alone(bureau: Bureau) {
    let mut worker = Phone::worker(0, VILLAGE_A1);
    let doc = json!({ "division": id(COUNTY), "suggestion_type": "SUGGESTION", "words": "少填表", "at": at(1, 9),
        "unnamed": true });
    bureau.push(&mut worker, |p| vec![p.record(at(1, 9), "suggestion", id(0xE5), doc)]).await;
    let mut clerk = Phone::new(0, 0x55, Role::SectionClerk, COUNTY);
    let answer = json!({ "suggestion": id(0xE5), "step": "ANSWERED", "answer": "好", "at": at(2, 9) });
    bureau.push(&mut clerk, |p| vec![p.record(at(2, 9), "suggestion_step", id(0xE6), answer)]).await;
    let town = Phone::new(0, 0x54, Role::TownReviewer, TOWN_A);
    let colleague = Phone::new(0, 0x57, Role::VillageWorker, VILLAGE_A1);
    for (phone, comes) in [(&worker, 1), (&clerk, 1), (&town, 0), (&colleague, 0)] {
        let (changes, page) = bureau.pull_all(phone, None).await;
        let mut mirror = Mirror::default();
        mirror.apply(&changes);
        let of = |kind| mirror.of_kind(kind).len();
        assert_eq!((of("suggestion"), of("suggestion_step")), (comes, comes), "{:?}", phone.actor.role);
        mirror.fits(&page);
        let author = |change: &&Change| matches!(change, Change::Put { record } if record.kind == "suggestion");
        if let Some(Change::Put { record }) = changes.iter().find(author) {
            let own = record.meta.origin.actor.account == worker.actor.account;
            assert_eq!(own, std::ptr::eq(phone, &worker), "the county does not learn whose it is");
        }
    }
}
