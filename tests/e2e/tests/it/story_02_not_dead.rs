//! Story 2: DIED is tapped on the living. The township rejects it, or confirms and later restores: plaque and tasks come back. A
//! visit MET after a confirmed death raises a case, not a refusal. (The stop list comes with verification.)

use bianfang_client::{Phone, RecordState};
use serde_json::{Value, json};

use crate::town::{Town, everybody, now_ms, plaque, save, sync, visit, write};

async fn due(phone: &Phone, person: &str) -> Vec<String> {
    let page = phone.today(0, 1000).await.unwrap();
    let row = page.rows.iter().find(|row| row.person == person);
    row.map(|row| row.due.iter().map(|due| due.why.clone()).collect()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_death_of_the_living_is_rejected_or_confirmed_and_restored() {
    let town = Town::new().await;
    let (one, two) = (town.phone("one").await, town.phone("two").await);
    let people = everybody(&one).await;
    let mut homes: Vec<_> = people.iter().filter(|person| person.household.is_some() && person.due).collect();
    homes.dedup_by_key(|person| person.household.clone());
    let (wrong, sure) = (homes[0], homes[1]);
    let home = sure.household.clone().unwrap();
    let form = one.new_form().await.unwrap();
    one.record_plaque(&form, plaque(&home, "NEW", now_ms() - 60_000)).await.unwrap();
    for person in [wrong, sure] {
        save(&one, visit(&person.id, "DIED")).await;
    }
    sync(&one).await;
    let console = town.bureau.console("clerk").await.unwrap();
    let rows = async |path: &str| console.get(path).await.unwrap()["rows"].as_array().unwrap().clone();
    assert_eq!(rows("/api/v1/review").await.iter().filter(|row| row["look"] == "DEATH").count(), 2);
    let proposal = |rows: &[Value], person: &str| {
        rows.iter().find(|row| row["record"]["id"] == person && row["field"] == "life").cloned().unwrap()
    };
    let held = rows("/api/v1/holding").await;
    for (person, accept) in [(wrong, false), (sure, true)] {
        let part = proposal(&held, &person.id)["part"].clone();
        let body = json!({ "kind": "person", "target": person.id, "act": "settle", "part": part, "accept": accept, "reason": "已核实" });
        write(&console, &body).await;
    }
    sync(&two).await;
    assert_eq!(due(&two, &wrong.id).await, ["CADENCE"], "rejected: nothing changed");
    assert_eq!(due(&two, &sure.id).await, ["MUST"], "confirmed: the family is visited");
    assert_eq!(two.person(&sure.id).await.unwrap().life, "DECEASED");

    // Met after all: held with a case, never refused. The next day, or the register could be right.
    let mut met = visit(&sure.id, "MET");
    met.started_ms = now_ms();
    met.ended_ms = now_ms() + 1_000;
    let says = async |life: &str, since: i64| {
        let since = crate::town::day(since);
        let set = json!({ "life": life, "died_on": if life == "DECEASED" { json!(since.0) } else { Value::Null } });
        let body = json!({ "kind": "person", "target": sure.id, "act": "change", "set": set, "since": since.0 });
        write(&console, &body).await;
    };
    // The month between is closed: whoever was counted in it stays counted once the death turns out to be none.
    let window = format!("from={}&to={}", crate::town::day(-25), crate::town::day(-10));
    let counted =
        async || console.get(&format!("/api/v1/coverage?{window}")).await.unwrap()["total"]["denominator"].clone();
    let all = counted().await;
    says("DECEASED", -30).await;
    assert_eq!(counted().await, json!(all.as_u64().unwrap() - 1));
    let saved = save(&two, met).await;
    sync(&two).await;
    let state = two.state(&saved).await.unwrap();
    assert!(matches!(&state, RecordState::Held { zh, .. } if zh.contains("已去世")), "{state:?}");
    let cases = rows("/api/v1/cases").await;
    assert!(
        cases.iter().any(|case| case["case"] == "DEATH" && case["subjects"][0]["id"] == json!(sure.id)),
        "{cases:?}"
    );

    says("ALIVE", 0).await;
    assert_eq!(counted().await, all, "no hole is left");
    sync(&two).await;
    assert_eq!(two.state(&saved).await.unwrap(), RecordState::Confirmed, "it counts again");
    assert_eq!(rows("/api/v1/cases").await.len(), 0);
    let page = two.person(&sure.id).await.unwrap();
    assert_eq!((page.life.as_str(), page.plaque.unwrap().state.as_str()), ("ALIVE", "HUNG"));
    two.void(&saved, "试").await.unwrap();
    assert_eq!(due(&two, &sure.id).await, ["CADENCE"], "the task is back");
}
