//! Households that move, split and become one, from a phone to the figures of the county: what a worker says is proposed,
//! and nobody is left behind when it is accepted.

use std::collections::BTreeMap;

use bianfang_client::{MergeDraft, MoveDraft, PersonLine, Phone, RecordState, SplitDraft};
use bianfang_e2e::Console;
use serde_json::{Value, json};

use crate::town::{Town, everybody, say, sync};

/// Accepts what waits beside a field. Each is a write of its own, though it says the same as an earlier one.
async fn accept(console: &Console, kind: &str, target: &str, field: &str) {
    let key = format!("accept-{}", console.get("/api/v1/coverage").await.unwrap()["feed"]);
    let settle = json!({ "kind": kind, "target": target, "act": "settle", "part": { "field": field }, "accept": true,
        "reason": "已核实" });
    let told = say(console, "/api/v1/records", &key, &settle).await;
    assert_eq!(told["verdict"], "accepted", "{field} of {target}: {told}");
}

/// 应访 of each village.
async fn owed(console: &Console, township: &str) -> BTreeMap<String, u64> {
    let told = console.get(&format!("/api/v1/coverage?division={township}")).await.unwrap();
    let part = |part: &Value| {
        (part["division"]["id"].as_str().unwrap().to_owned(), part["figures"]["denominator"].as_u64().unwrap())
    };
    told["parts"].as_array().unwrap().iter().map(part).collect()
}

/// A household of several, and its members.
async fn home(phone: &Phone, than: &[&str]) -> (String, Vec<PersonLine>) {
    let mut homes: BTreeMap<String, Vec<PersonLine>> = BTreeMap::new();
    for row in everybody(phone).await {
        if let Some(household) = row.household.clone().filter(|household| !than.contains(&household.as_str())) {
            homes.entry(household).or_default().push(row);
        }
    }
    homes.into_iter().find(|(_, members)| members.len() > 1).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_household_moves_splits_and_merges_with_its_people() {
    let town = Town::new().await;
    let console = town.bureau.console("clerk").await.unwrap();
    let (one, two) = (town.phone("one").await, town.phone("two").await);
    let divisions = one.divisions().await.unwrap();
    let township = divisions.iter().find(|division| division.name == town.township).unwrap().id.clone();
    let (household, members) = home(&one, &[]).await;
    let page = console.get(&format!("/api/v1/people/{}", members[0].id)).await.unwrap();
    let from = page["village"]["id"].as_str().unwrap().to_owned();
    let to = divisions.iter().find(|division| division.level == "VILLAGE" && division.id != from).unwrap().id.clone();
    let before = owed(&console, &township).await;

    // It moves: after the township has accepted, its people are owed their visit in the new village, and nobody in the old.
    let draft =
        MoveDraft { household: household.clone(), village: to.clone(), address: "新村8号".into(), since: None };
    one.move_household(draft).await.unwrap();
    sync(&one).await;
    assert_eq!(owed(&console, &township).await, before, "a worker's word moves nobody by itself");
    accept(&console, "household", &household, "division").await;
    for member in &members {
        accept(&console, "person", &member.id, "living_division").await;
    }
    let after = owed(&console, &township).await;
    let gone = u64::try_from(members.len()).unwrap();
    assert_eq!((after[&from], after[&to]), (before[&from] - gone, before[&to] + gone));
    sync(&two).await;
    let there: Vec<_> =
        everybody(&two).await.into_iter().filter(|row| row.household == Some(household.clone())).collect();
    assert_eq!(there.len(), members.len());
    assert!(there.iter().all(|row| row.address == "新村8号"), "{there:?}");

    // One of them makes a household of their own, and it is one on the colleague's phone too.
    let leaves = &members[0];
    let split = SplitDraft {
        household: household.clone(),
        head_name: leaves.name.clone(),
        address: Some("新村9号".into()),
        members: vec![leaves.id.clone()],
    };
    let new = one.split_household(&one.new_form().await.unwrap(), split).await.unwrap();
    sync(&one).await;
    assert_eq!(one.state(&new.id).await.unwrap(), RecordState::Confirmed);
    accept(&console, "person", &leaves.id, "household").await;
    sync(&two).await;
    let names = |rows: &[PersonLine]| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    assert_eq!(names(&two.household(&new.id).await.unwrap().members), std::slice::from_ref(&leaves.id));
    assert_eq!(two.household(&household).await.unwrap().members.len(), members.len() - 1);

    // And goes back: the household that ends is marked, its people belong to the other, the county counts as before.
    two.merge_household(MergeDraft { household: new.id.clone(), into: household.clone() }).await.unwrap();
    sync(&two).await;
    accept(&console, "household", &new.id, "register").await;
    accept(&console, "person", &leaves.id, "household").await;
    sync(&one).await;
    assert_eq!(one.household(&household).await.unwrap().members.len(), members.len());
    assert!(one.household(&new.id).await.unwrap().members.is_empty());
    assert_eq!(owed(&console, &township).await, after);
}
