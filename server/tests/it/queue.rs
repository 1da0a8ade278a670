//! What waits for a reviewer: listed where they work, settled with a reason, taken back.

use bianfang_domain::actor::Role;
use bianfang_domain::time::Day;
use serde_json::{Value, json};

use crate::on_both;
use crate::records::{write, write_division};
use crate::world::{COUNTIES, START_MS, World, scope_of};

on_both!(
    a_reported_death_waits_is_settled_and_taken_back,
    a_queue_shows_its_divisions_and_goes_on_page_by_page,
    a_field_set_twice_shows_both_values_and_one_is_chosen,
);

/// A clerk's session in a county with its division and one person.
async fn county(world: &World, county: &str) -> (String, Value) {
    let token = world.token(county, Role::SectionClerk).await;
    let division = scope_of(county)[0];
    write_division(world, &token, county).await;
    let fields = json!({ "name": "张三", "living_division": division, "register": "ACTIVE", "life": "ALIVE" });
    let body = json!({ "kind": "person", "act": "record", "fields": fields });
    let person = write(world, &token, "key-person", None, &body).await.json()["target"].clone();
    (token, person)
}

fn visit(person: &Value, result: &str) -> Value {
    let entries = json!([{ "person": person, "result": result }]);
    json!({ "kind": "contact", "act": "record", "fields": { "at": START_MS, "method": "HOME", "entries": entries } })
}

async fn rows(world: &World, token: &str, path: &str) -> Vec<Value> {
    let answer = world.get(path, token).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["rows"].as_array().unwrap().clone()
}

async fn a_reported_death_waits_is_settled_and_taken_back(world: World) {
    let (clerk, person) = county(&world, COUNTIES[0]).await;
    let said = write(&world, &clerk, "key-visit-1", None, &visit(&person, "DIED")).await.json();
    let cases = rows(&world, &clerk, "/api/v1/cases").await;
    assert_eq!((cases.len(), cases[0]["case"].as_str()), (1, Some("DEATH")));
    assert_eq!((&cases[0]["subjects"][0]["name"], &cases[0]["facts"][0]["id"]), (&json!("张三"), &said["target"]));
    let held = rows(&world, &clerk, "/api/v1/holding").await;
    assert_eq!(held.len(), 1);
    let item = &held[0];
    assert_eq!((&item["why"], &item["field"]), (&json!("PROPOSED"), &json!("life")));
    assert_eq!((&item["now"], &item["other"]), (&json!("ALIVE"), &json!("DECEASED")));
    assert_eq!(item["since"], Day::of(START_MS).to_string());

    // The part goes back as it came; the case lapses with its ground.
    let settle = json!({ "kind": "person", "target": person, "act": "settle", "part": item["part"], "accept": true,
        "reason": "已核实" });
    let base = item["revision"].as_u64();
    let settled = write(&world, &clerk, "key-settle-1", base, &settle).await;
    assert_eq!(settled.json()["verdict"], "accepted", "{}", settled.text);
    assert!(rows(&world, &clerk, "/api/v1/holding").await.is_empty());
    assert!(rows(&world, &clerk, "/api/v1/cases").await.is_empty());
    assert_eq!(rows(&world, &clerk, "/api/v1/cases?state=LAPSED").await.len(), 1);
    let page = world.get(&format!("/api/v1/people/{}", person.as_str().unwrap()), &clerk).await.json();
    assert_eq!(page["life"], "DECEASED");

    // Somebody meets them after all: held, let through, and that taken back.
    world.clock.advance(86_400_000 * 2);
    let mut met = visit(&person, "MET");
    met["fields"]["at"] = json!(START_MS + 86_400_000 * 2);
    let clerk = world.token(COUNTIES[0], Role::SectionClerk).await;
    let met = write(&world, &clerk, "key-visit-2", None, &met).await.json();
    assert_eq!(met["reason"], "AFTER_DEATH");
    let item = rows(&world, &clerk, "/api/v1/holding").await.remove(0);
    assert_eq!((&item["why"], &item["subjects"][0]["name"]), (&json!("HELD"), &json!("张三")));
    assert!(item["zh"].as_str().unwrap().contains("去世"));
    let mut act = json!({ "kind": "contact", "target": met["target"], "act": "settle", "part": item["part"],
        "accept": true, "reason": "本人健在" });
    write(&world, &clerk, "key-settle-2", item["revision"].as_u64(), &act).await;
    assert!(rows(&world, &clerk, "/api/v1/holding").await.is_empty());
    act["act"] = json!("unsettle");
    let back = write(&world, &clerk, "key-unsettle", item["revision"].as_u64(), &act).await.json();
    assert_eq!(back["verdict"], "held");
    assert_eq!(rows(&world, &clerk, "/api/v1/holding").await.len(), 1);

    // Its case is settled with how, and opened again.
    let case = rows(&world, &clerk, "/api/v1/cases").await.remove(0);
    let change = |set: Value| json!({ "kind": "case", "target": case["id"], "act": "change", "set": set });
    let base = case["revision"].as_u64();
    let without = write(&world, &clerk, "key-case-0", base, &change(json!({ "state": "SETTLED" }))).await;
    assert_eq!(without.code(), "refused");
    // Somebody who saw less of it than there is leaves it open.
    let less = json!({ "state": "SETTLED", "how": "同名误报", "seen": 0 });
    write(&world, &clerk, "key-case-less", base, &change(less)).await;
    let open = rows(&world, &clerk, "/api/v1/cases").await.remove(0);
    assert_eq!((&open["state"], &open["weight"]), (&json!("OPEN"), &json!(1)));
    let base = open["revision"].as_u64();
    let how = json!({ "state": "SETTLED", "how": "同名误报", "seen": open["weight"] });
    assert_eq!(write(&world, &clerk, "key-case-1", base, &change(how)).await.json()["verdict"], "accepted");
    let settled = rows(&world, &clerk, "/api/v1/cases?state=SETTLED").await.remove(0);
    assert_eq!(settled["how"], "同名误报");
    let reopen = change(json!({ "state": "OPEN", "how": null }));
    write(&world, &clerk, "key-case-2", settled["revision"].as_u64(), &reopen).await;
    assert_eq!(rows(&world, &clerk, "/api/v1/cases").await.len(), 1);
}

async fn a_queue_shows_its_divisions_and_goes_on_page_by_page(world: World) {
    let (clerk, person) = county(&world, COUNTIES[0]).await;
    let (other, _) = county(&world, COUNTIES[1]).await;
    for number in 0..120 {
        let key = format!("key-visit-{number}");
        assert_eq!(write(&world, &clerk, &key, None, &visit(&person, "DIED")).await.status, 200);
    }
    let (mut after, mut seen) = (String::new(), Vec::new());
    loop {
        let path = if after.is_empty() { "/api/v1/cases".into() } else { format!("/api/v1/cases?after={after}") };
        let page = world.get(&path, &clerk).await.json();
        seen.extend(page["rows"].as_array().unwrap().iter().map(|row| row["id"].to_string()));
        let Some(next) = page["next"].as_str() else { break };
        after = next.to_owned();
    }
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (120, 120));
    assert!(rows(&world, &other, "/api/v1/cases").await.is_empty(), "a foreign row");
    assert!(rows(&world, &other, "/api/v1/holding").await.is_empty(), "a foreign row");
    let elsewhere = format!("/api/v1/holding?division={}", scope_of(COUNTIES[0])[0]);
    assert_eq!(world.get(&elsewhere, &other).await.code(), "not-found");
    assert_eq!(world.get("/api/v1/cases?after=nothing", &clerk).await.code(), "query");
    let worker = world.token(COUNTIES[0], Role::VillageWorker).await;
    assert_eq!(world.get("/api/v1/cases", &worker).await.code(), "forbidden");
    assert_eq!(world.get("/api/v1/holding", &worker).await.code(), "forbidden");
}

async fn a_field_set_twice_shows_both_values_and_one_is_chosen(world: World) {
    let (clerk, person) = county(&world, COUNTIES[0]).await;
    let other = world.token(COUNTIES[0], Role::SectionClerk).await;
    let page = |set: Value| json!({ "kind": "person", "target": person, "act": "change", "set": set });
    // Both had seen the person as first written.
    write(&world, &clerk, "key-first", Some(2), &page(json!({ "address": "村东 3 号" }))).await;
    let second = write(&world, &other, "key-second", Some(2), &page(json!({ "address": "村西 8 号" }))).await.json();
    assert_eq!(second["verdict"], "conflict");
    let item = rows(&world, &clerk, "/api/v1/holding").await.remove(0);
    assert_eq!(
        (&item["why"], &item["now"], &item["other"]),
        (&json!("CONFLICT"), &json!("村西 8 号"), &json!("村东 3 号"))
    );
    let choose = json!({ "kind": "person", "target": person, "act": "settle", "part": item["part"], "accept": true,
        "reason": "电话核实" });
    write(&world, &clerk, "key-choose", item["revision"].as_u64(), &choose).await;
    assert!(rows(&world, &clerk, "/api/v1/holding").await.is_empty());
}
