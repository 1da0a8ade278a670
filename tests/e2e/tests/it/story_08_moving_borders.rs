//! Story 8: village A merges into B, another changes its township. The year by old and by new borders gives one county
//! total; plaques, people and workers follow; nobody types anything again.

use bianfang_client::RecordState;
use bianfang_domain::time::Day;
use bianfang_e2e::{Console, Worker};
use serde_json::{Value, json};

use crate::town::{Town, everybody, now_ms, plaque, sync, visit, write_at};

/// The divisions directly below one, by name, with their ids and 应访.
async fn below(console: &Console, division: &str, query: &str) -> Vec<(String, String, u64)> {
    let asked = if division.is_empty() { String::new() } else { format!("division={division}&") };
    let told = console.get(&format!("/api/v1/coverage?{asked}{query}")).await.unwrap();
    let part = |part: &Value| {
        let text = |name: &str| part["division"][name].as_str().unwrap().to_owned();
        (text("name"), text("id"), part["figures"]["denominator"].as_u64().unwrap())
    };
    told["parts"].as_array().unwrap().iter().map(part).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn merged_village_and_changed_township_leave_the_countys_year_as_it_is() {
    let town = Town::new().await;
    let clerk = town.bureau.console("clerk").await.unwrap();
    let townships = below(&clerk, "", "").await;
    let here = townships.iter().find(|(name, ..)| *name == town.township).unwrap().clone();
    let villages = below(&clerk, &here.1, "").await;
    let mut inhabited = villages.iter().filter(|(.., people)| *people > 0);
    let (a, b, c) = (inhabited.next().unwrap(), inhabited.next().unwrap(), inhabited.next().unwrap());
    let elsewhere = townships.iter().find(|(name, ..)| *name != town.township).unwrap();
    for (login, village) in [("of-a", a), ("of-b", b)] {
        let division = format!("{}/{}", town.township, village.0);
        let divisions = [division.as_str()];
        let worker = Worker { login, name: "村站", role: "VILLAGE_WORKER", divisions: &divisions };
        town.bureau.add(&worker).await.unwrap();
    }
    let (of_a, of_b) = (town.phone("of-a").await, town.phone("of-b").await);
    let (of_a_before, of_b_before) = (everybody(&of_a).await, everybody(&of_b).await);
    let counted = of_a_before.iter().find(|person| person.due && person.household.is_some()).unwrap().clone();
    let form = of_a.new_form().await.unwrap();
    of_a.record_plaque(&form, plaque(counted.household.as_ref().unwrap(), "NEW", now_ms() - 60_000)).await.unwrap();
    sync(&of_a).await;
    let year_before = below(&clerk, "", "").await;

    let today = Day::of(now_ms()).0;
    let moves = [
        (a, json!({ "parent": b.1, "merged_into": b.1, "valid_to": today - 2 }), today - 1),
        (c, json!({ "parent": elsewhere.1 }), today),
    ];
    for (number, (village, set, since)) in moves.into_iter().enumerate() {
        let body = json!({ "kind": "division", "target": village.1, "act": "change", "set": set, "since": since });
        let head = clerk.get("/api/v1/coverage").await.unwrap()["feed"].as_u64().unwrap();
        assert_eq!(write_at(&clerk, &format!("border-{number}"), Some(head), &body).await["verdict"], "accepted");
    }

    // Workers follow without a new grant: B's see A's people and the plaque on the wall; A's keep theirs.
    sync(&of_b).await;
    sync(&of_a).await;
    let of_b_now = everybody(&of_b).await;
    assert_eq!(of_b_now.len(), of_b_before.len() + of_a_before.len());
    let moved = of_b_now.iter().find(|person| person.id == counted.id).unwrap();
    assert_eq!(moved.plaque.as_deref(), Some("HUNG"));
    assert_eq!(everybody(&of_a).await.len(), of_a_before.len());
    let form = of_b.new_form().await.unwrap();
    let saved = of_b.save_visit(&form, visit(&counted.id, "MET")).await.unwrap();
    sync(&of_b).await;
    assert_eq!(of_b.state(&saved.id).await.unwrap(), RecordState::Confirmed);

    let old = format!("tree_on={}", Day(today - 30));
    let (by_old, by_new) = (below(&clerk, "", &old).await, below(&clerk, "", "").await);
    let total = |parts: &[(String, String, u64)]| parts.iter().map(|(.., people)| people).sum::<u64>();
    assert_eq!(total(&by_old), total(&by_new));
    assert_eq!(by_old, year_before, "the old borders tell the year as it was told");
    let of = |parts: &[(String, String, u64)], id: &str| parts.iter().find(|part| part.1 == id).unwrap().2;
    assert_eq!(of(&by_new, &elsewhere.1), of(&by_old, &elsewhere.1) + c.2);
    assert_eq!(of(&by_new, &here.1) + c.2, of(&by_old, &here.1));
    let villages_now = below(&clerk, &here.1, "").await;
    assert_eq!(of(&villages_now, &b.1), a.2 + b.2, "B counts A's people");
    assert!(villages_now.iter().all(|(_, id, _)| *id != a.1 && *id != c.1));
}
