//! A household's page, and its moves, splits and mergers from a desk: all records of one in one write, once for a key.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use bianfang_domain::actor::Role;
use bianfang_domain::kind::staff_id;
use serde_json::{Value, json};

use crate::on_both;
use crate::records::write;
use crate::world::{Answer, COUNTIES, World, account_id, scope_of};

on_both!(
    a_household_moves_with_who_lives_there_in_one_write,
    a_split_begins_a_household_and_a_merger_ends_one,
    what_cannot_be_is_refused_whole_and_a_worker_proposes,
    a_household_out_of_sight_takes_nobody_in_and_is_not_named,
    nobody_sees_another_countys_household,
    a_household_that_never_was_is_withdrawn_with_its_plaque_held_and_comes_back,
);

pub const TOWN: &str = "00000000-0000-7000-8000-0000000000a0";
pub const OLD_VILLAGE: &str = "00000000-0000-7000-8000-0000000000a1";
pub const NEW_VILLAGE: &str = "00000000-0000-7000-8000-0000000000a2";
pub const HOME: &str = "00000000-0000-7000-8000-000000000050";
const OTHER: &str = "00000000-0000-7000-8000-000000000051";
pub const FATHER: &str = "00000000-0000-7000-8000-000000000001";
const SON: &str = "00000000-0000-7000-8000-000000000002";
pub const DAUGHTER: &str = "00000000-0000-7000-8000-000000000003";

pub async fn put(world: &World, token: &str, kind: &str, target: &str, fields: Value) {
    let body = json!({ "kind": kind, "target": target, "act": "record", "fields": fields });
    let answer = write(world, token, &format!("key-{target}"), None, &body).await;
    assert_eq!(answer.json()["verdict"], "accepted", "{}", answer.text);
}

/// Two households in one village; of the first one's three members the daughter lives in another.
pub async fn settle(world: &World) -> String {
    let clerk = world.token(COUNTIES[0], Role::SectionClerk).await;
    let county = scope_of(COUNTIES[0])[0].to_string();
    let place =
        |name: &str, level: &str, parent: Option<&str>| json!({ "name": name, "level": level, "parent": parent });
    put(world, &clerk, "division", &county, place("县", "COUNTY", None)).await;
    put(world, &clerk, "division", TOWN, place("镇", "TOWNSHIP", Some(&county))).await;
    put(world, &clerk, "division", OLD_VILLAGE, place("老村", "VILLAGE", Some(TOWN))).await;
    put(world, &clerk, "division", NEW_VILLAGE, place("新村", "VILLAGE", Some(TOWN))).await;
    for (home, head) in [(HOME, "张大"), (OTHER, "李大")] {
        let fields = json!({ "head_name": head, "division": OLD_VILLAGE, "address": "一组1号" });
        put(world, &clerk, "household", home, fields).await;
    }
    for (person, name, relation, living) in [
        (FATHER, "张大", "HEAD", OLD_VILLAGE),
        (SON, "张二", "SON", OLD_VILLAGE),
        (DAUGHTER, "张三", "DAUGHTER", NEW_VILLAGE),
    ] {
        let fields = json!({ "name": name, "household": HOME, "relation": relation, "registered_division": OLD_VILLAGE,
            "living_division": living, "register": "ACTIVE", "life": "ALIVE" });
        put(world, &clerk, "person", person, fields).await;
    }
    clerk
}

async fn act(world: &World, token: &str, key: &str, (home, base): (&str, Option<u64>), body: &Value) -> Answer {
    let mut request = Request::post(format!("/api/v1/households/{home}/acts"))
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .header("idempotency-key", key);
    if let Some(base) = base {
        request = request.header("if-match", format!("\"{base}\""));
    }
    world.send(request.body(Body::from(body.to_string())).unwrap()).await
}

pub async fn page(world: &World, token: &str, home: &str) -> Value {
    let answer = world.get(&format!("/api/v1/households/{home}"), token).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

fn revision(page: &Value) -> Option<u64> {
    page["revision"].as_u64()
}

fn names(page: &Value) -> Vec<&str> {
    page["members"].as_array().unwrap().iter().map(|member| member["name"].as_str().unwrap()).collect()
}

async fn a_household_moves_with_who_lives_there_in_one_write(world: World) {
    let clerk = settle(&world).await;
    let before = page(&world, &clerk, HOME).await;
    assert_eq!((before["head_name"].as_str(), before["division"]["name"].as_str()), (Some("张大"), Some("老村")));
    assert_eq!((before["register"].as_str(), before["may"].clone()), (Some("ACTIVE"), json!(["MERGED", "REMOVED"])));
    let along: Vec<_> = before["members"].as_array().unwrap().iter().map(|one| one["moves_along"] == true).collect();
    assert_eq!(along.iter().filter(|moves| **moves).count(), 2, "the daughter lives elsewhere");

    let moved = json!({ "act": "move", "division": NEW_VILLAGE, "address": "新村2号", "since": "2026-03-01" });
    let base = revision(&before);
    assert_eq!(act(&world, &clerk, "key-move", (HOME, None), &moved).await.code(), "base-needed");
    let first = act(&world, &clerk, "key-move", (HOME, base), &moved).await;
    assert_eq!((first.json()["verdict"].as_str(), first.json()["records"].as_u64()), (Some("accepted"), Some(3)));
    let again = act(&world, &clerk, "key-move", (HOME, base), &moved).await;
    assert_eq!(again.json(), first.json(), "sent twice it is written once");
    let other = json!({ "act": "move", "division": OLD_VILLAGE, "address": "别处" });
    assert_eq!(act(&world, &clerk, "key-move", (HOME, base), &other).await.code(), "key-taken");

    let after = page(&world, &clerk, HOME).await;
    assert_eq!((after["division"]["name"].as_str(), after["address"].as_str()), (Some("新村"), Some("新村2号")));
    let living = |n: usize| after["members"][n]["living"]["name"].as_str().unwrap().to_owned();
    assert_eq!([living(0), living(1), living(2)], ["新村", "新村", "新村"]);
    let father = world.get(&format!("/api/v1/people/{FATHER}"), &clerk).await.json();
    assert_eq!(father["fields"]["registered_division"], OLD_VILLAGE, "no 户籍 moves");
    assert_eq!(father["fields"]["address"], "新村2号");
    let daughter = world.get(&format!("/api/v1/people/{DAUGHTER}"), &clerk).await.json();
    assert_eq!(daughter["fields"]["address"], Value::Null, "who lives elsewhere stays where they are");
    let told = world.get(&format!("/api/v1/records/household/{HOME}/history"), &clerk).await.json();
    let division = told["rows"].as_array().unwrap().iter().find(|row| row["field"] == "division").unwrap();
    assert_eq!((division["since"].as_str(), division["to"].as_str()), (Some("2026-03-01"), Some(NEW_VILLAGE)));
    let tree = world.get("/api/v1/divisions", &clerk).await.json();
    let village = tree.as_array().unwrap().iter().find(|one| one["id"] == NEW_VILLAGE).unwrap();
    assert_eq!((village["name"].as_str(), village["parent"].as_str()), (Some("新村"), Some(TOWN)));
}

async fn a_split_begins_a_household_and_a_merger_ends_one(world: World) {
    let clerk = settle(&world).await;
    let base = revision(&page(&world, &clerk, HOME).await);
    let split = json!({ "act": "split", "head": SON, "members": [SON, DAUGHTER], "address": "一组9号" });
    let answer = act(&world, &clerk, "key-split", (HOME, base), &split).await.json();
    assert_eq!((answer["verdict"].as_str(), answer["records"].as_u64()), (Some("accepted"), Some(3)));
    let new = answer["household"].as_str().unwrap().to_owned();
    let own = page(&world, &clerk, &new).await;
    assert_eq!((own["head_name"].as_str(), own["head"].as_str()), (Some("张二"), Some(SON)));
    assert_eq!((own["address"].as_str(), own["split_from"]["id"].as_str()), (Some("一组9号"), Some(HOME)));
    assert_eq!(names(&own).len(), 2);
    let head = own["members"].as_array().unwrap().iter().find(|one| one["id"] == SON).unwrap();
    assert_eq!(head["relation"], "HEAD");
    assert_eq!(names(&page(&world, &clerk, HOME).await), ["张大"]);

    let merge = json!({ "act": "merge", "into": HOME });
    let answer = act(&world, &clerk, "key-merge", (&new, revision(&own)), &merge).await.json();
    assert_eq!(answer["verdict"], "accepted", "{answer}");
    let ended = page(&world, &clerk, &new).await;
    assert_eq!((ended["register"].as_str(), ended["merged_into"]["id"].as_str()), (Some("MERGED"), Some(HOME)));
    assert!(names(&ended).is_empty());
    assert_eq!(ended["may"], json!(["ACTIVE"]), "a merger by mistake is taken back");
    let whole = page(&world, &clerk, HOME).await;
    assert_eq!((names(&whole).len(), whole["merged_here"][0]["id"].as_str()), (3, Some(new.as_str())));
    let heads = whole["members"].as_array().unwrap().iter().filter(|one| one["relation"] == "HEAD");
    assert_eq!(heads.count(), 1, "a household has one head");
    let twice = act(&world, &clerk, "key-merge-again", (&new, revision(&ended)), &merge).await;
    assert_eq!(twice.json()["reason"], "MERGED_ALREADY");
}

async fn what_cannot_be_is_refused_whole_and_a_worker_proposes(world: World) {
    let clerk = settle(&world).await;
    let base = revision(&page(&world, &clerk, HOME).await);
    for (key, body, field) in [
        ("key-nobody", json!({ "act": "split", "head": SON, "members": [] }), "members"),
        ("key-stranger", json!({ "act": "split", "head": SON, "members": [SON, OTHER] }), "members"),
        ("key-headless", json!({ "act": "split", "head": FATHER, "members": [SON] }), "head"),
        ("key-itself", json!({ "act": "merge", "into": HOME }), "merged_into"),
        ("key-no-day", json!({ "act": "move", "division": NEW_VILLAGE, "address": "x", "since": "三月" }), "since"),
    ] {
        let answer = act(&world, &clerk, key, (HOME, base), &body).await;
        assert_eq!((answer.code().as_str(), answer.json()["field"].as_str()), ("refused", Some(field)), "{key}");
    }
    let after = page(&world, &clerk, HOME).await;
    assert_eq!((revision(&after), names(&after).len()), (base, 3));
    let heads = after["members"].as_array().unwrap().iter().filter(|one| one["relation"] == "HEAD");
    assert_eq!(heads.count(), 1, "of the merger into itself, nothing was written of the members either");

    let worker = world.token(COUNTIES[0], Role::VillageWorker).await;
    let moved = json!({ "act": "move", "division": NEW_VILLAGE, "address": "新村2号" });
    let answer = act(&world, &worker, "key-worker", (HOME, base), &moved).await.json();
    assert_eq!(answer["verdict"], "proposed", "{answer}");
    let waits = page(&world, &clerk, HOME).await;
    assert_eq!(
        (waits["division"]["name"].as_str(), waits["waiting"][0]["field"].as_str()),
        (Some("老村"), Some("division"))
    );
    let leader = world.token(COUNTIES[0], Role::Auditor).await;
    assert_eq!(act(&world, &leader, "key-auditor", (HOME, base), &moved).await.code(), "forbidden");
}

async fn a_household_out_of_sight_takes_nobody_in_and_is_not_named(world: World) {
    let clerk = settle(&world).await;
    let base = revision(&page(&world, &clerk, OTHER).await);
    let away = json!({ "act": "move", "division": NEW_VILLAGE, "address": "新村9号" });
    assert_eq!(act(&world, &clerk, "key-away", (OTHER, base), &away).await.json()["verdict"], "accepted");
    let admin = world.token(COUNTIES[0], Role::SysAdmin).await;
    let account = account_id(Role::TownReviewer);
    let fields = json!({ "account": account, "name": "王五", "division": OLD_VILLAGE, "divisions": [OLD_VILLAGE] });
    put(&world, &admin, "staff", &staff_id(account).to_string(), fields).await;
    let reviewer = world.token(COUNTIES[0], Role::TownReviewer).await;
    assert_eq!(world.get(&format!("/api/v1/households/{OTHER}"), &reviewer).await.code(), "not-found");

    let base = revision(&page(&world, &reviewer, HOME).await);
    let merge = json!({ "act": "merge", "into": OTHER });
    assert_eq!(act(&world, &reviewer, "key-out-of-sight", (HOME, base), &merge).await.code(), "not-found");
    assert_eq!(revision(&page(&world, &clerk, HOME).await), base, "nothing was written");
    // The clerk sees both, and may.
    assert_eq!(act(&world, &clerk, "key-clerk", (HOME, base), &merge).await.json()["verdict"], "accepted");
    let told = page(&world, &reviewer, HOME).await;
    assert_eq!((&told["merged_into"]["id"], &told["merged_into"]["name"]), (&json!(OTHER), &Value::Null), "{told}");
    assert_eq!(page(&world, &clerk, HOME).await["merged_into"]["name"], "李大");
}

async fn nobody_sees_another_countys_household(world: World) {
    settle(&world).await;
    let foreign = world.token(COUNTIES[1], Role::SectionClerk).await;
    assert_eq!(world.get(&format!("/api/v1/households/{HOME}"), &foreign).await.code(), "not-found");
    let merge = json!({ "act": "merge", "into": OTHER });
    assert_eq!(act(&world, &foreign, "key-foreign", (HOME, Some(1)), &merge).await.code(), "not-found");
}

async fn a_household_that_never_was_is_withdrawn_with_its_plaque_held_and_comes_back(world: World) {
    let clerk = settle(&world).await;
    let plaque = "00000000-0000-7000-8000-000000000080";
    let hung = json!({ "household": HOME, "event": "NEW", "at": 1_760_000_000_000_i64, "position": "GATE",
        "hanger": "王", "signature": "x" });
    put(&world, &clerk, "plaque_event", plaque, hung).await;
    let before = page(&world, &clerk, HOME).await;
    let base = revision(&before);
    let withdraw = |reason: &str| json!({ "act": "withdraw", "reason": reason });
    let silent = act(&world, &clerk, "key-silent", (HOME, base), &withdraw(" ")).await;
    assert_eq!((silent.code().as_str(), silent.json()["field"].as_str()), ("refused", Some("removed_note")));
    let early = act(&world, &clerk, "key-early", (HOME, base), &json!({ "act": "restore" })).await;
    assert_eq!(early.json()["reason"], "NO_SUCH_STEP", "it stands");
    let worker = world.token(COUNTIES[0], Role::VillageWorker).await;
    let proposed = act(&world, &worker, "key-worker", (HOME, base), &withdraw("误建")).await.json();
    assert_eq!(proposed["verdict"], "proposed", "{proposed}");
    assert_eq!(names(&page(&world, &clerk, HOME).await).len(), 3, "the township decides");

    let base = revision(&page(&world, &clerk, HOME).await);
    let done = act(&world, &clerk, "key-withdraw", (HOME, base), &withdraw("把村名当成了住址")).await.json();
    assert_eq!((done["verdict"].as_str(), done["records"].as_u64()), (Some("accepted"), Some(4)), "{done}");
    let gone = page(&world, &clerk, HOME).await;
    assert_eq!((gone["register"].as_str(), names(&gone).len()), (Some("REMOVED"), 0));
    let father = world.get(&format!("/api/v1/people/{FATHER}"), &clerk).await.json();
    assert_eq!((&father["fields"]["household"], &father["fields"]["register"]), (&Value::Null, &json!("ACTIVE")));
    let held = async |token: &str| {
        let rows = world.get("/api/v1/holding", token).await.json()["rows"].as_array().unwrap().clone();
        rows.into_iter()
            .filter(|row| row["record"]["id"] == plaque)
            .map(|row| row["reason"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(held(&clerk).await, [json!("HOUSEHOLD_WITHDRAWN")], "the plaque is asked about, not lost");

    // The son has found his home meanwhile: the others go back with the household.
    let moved = json!({ "kind": "person", "target": SON, "act": "change", "set": { "household": OTHER } });
    let son = world.get(&format!("/api/v1/people/{SON}"), &clerk).await.json()["revision"].as_u64();
    assert_eq!(write(&world, &clerk, "key-son-moves", son, &moved).await.json()["verdict"], "accepted");
    let back = act(&world, &clerk, "key-back", (HOME, revision(&gone)), &json!({ "act": "restore" })).await.json();
    assert_eq!(back["verdict"], "accepted", "{back}");
    let whole = page(&world, &clerk, HOME).await;
    assert_eq!((whole["register"].as_str(), names(&whole)), (Some("ACTIVE"), vec!["张大", "张三"]));
    assert_eq!(whole["members"][0]["relation"], before["members"][0]["relation"]);
    assert_eq!(held(&clerk).await, Vec::<Value>::new(), "and its plaque hangs again");
}
