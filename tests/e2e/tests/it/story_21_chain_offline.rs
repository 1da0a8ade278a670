//! Story 21: fifteen edits of one person in a row offline, two by another phone meanwhile: no conflict with itself, and the
//! one real conflict shows both values.

use serde_json::json;

use crate::town::{Town, everybody, sync, typed, write_at};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chain_conflicts_with_another_once_and_never_with_itself() {
    let town = Town::new().await;
    let (one, two) = (town.phone("one").await, town.phone("two").await);
    let person = everybody(&one).await.remove(0).id;
    for step in 1..=15 {
        let set = match step % 3 {
            0 => [("health", format!("第{step}次记录"))],
            1 => [("address", format!("{step}组"))],
            _ => [("note", format!("第{step}条"))],
        };
        one.change_person(&person, typed(&[(set[0].0, &set[0].1)])).await.unwrap();
    }
    two.change_person(&person, typed(&[("address", "河东")])).await.unwrap();
    two.change_person(&person, typed(&[("education", "高中")])).await.unwrap();
    sync(&two).await;
    sync(&one).await;
    sync(&two).await;
    let clerk = town.bureau.console("clerk").await.unwrap();
    let page = clerk.get(&format!("/api/v1/people/{person}")).await.unwrap();
    let fields = &page["fields"];
    assert_eq!(
        [&fields["address"], &fields["note"], &fields["health"], &fields["education"]],
        ["13组", "第14条", "第15次记录", "高中"]
    );
    let waiting = page["waiting"].as_array().unwrap();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    assert_eq!((&waiting[0]["why"], &waiting[0]["field"]), (&json!("CONFLICT"), &json!("address")));
    assert_eq!((&waiting[0]["now"], &waiting[0]["other"]), (&json!("13组"), &json!("河东")));
    for phone in [&one, &two] {
        let view = phone.person(&person).await.unwrap();
        assert_eq!(
            view.beside.iter().map(|row| (row.field.as_str(), row.why.as_str())).collect::<Vec<_>>(),
            [("address", "CONFLICT")]
        );
        assert_eq!(view.beside[0].values, ["河东"]);
    }
    // The history tells the whole chain; the township chooses the other value.
    let told = clerk.get(&format!("/api/v1/records/person/{person}/history")).await.unwrap();
    let of_address = told["rows"].as_array().unwrap().iter().filter(|row| row["field"] == "address").count();
    assert_eq!(of_address, 7, "the sheet it came from, five of one chain, and the other");
    let settle = json!({ "kind": "person", "target": person, "act": "settle", "part": waiting[0]["part"],
        "accept": true, "reason": "以户口簿为准" });
    write_at(&clerk, "choose-the-other", page["revision"].as_u64(), &settle).await;
    sync(&one).await;
    let view = one.person(&person).await.unwrap();
    assert!(view.beside.is_empty());
    let address = view.fields.iter().find(|row| row.field == "address").unwrap();
    assert_eq!(address.values, ["河东"]);
}
