//! Story 9: two 张建国 of one village and one birth year, without id numbers. Nothing merges them; a search shows what tells
//! them apart; one of them comes home with a telephone number.

use bianfang_client::{FieldDraft, PeopleQuery, PersonDraft, PersonLine, Phone};
use serde_json::json;

use crate::town::{Town, sync, typed, visit, write_at};

async fn namesakes(phone: &Phone) -> Vec<PersonLine> {
    let query = PeopleQuery { search: "张建国同名".into(), limit: 50, ..PeopleQuery::default() };
    phone.people(query).await.unwrap().rows
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_of_one_name_village_and_year_stay_two_and_can_be_told_apart() {
    let town = Town::new().await;
    let (one, two) = (town.phone("one").await, town.phone("two").await);
    let village = one.divisions().await.unwrap().into_iter().find(|division| division.level == "VILLAGE").unwrap().id;
    let mut ids = Vec::new();
    for (phone, address) in [(&one, "一组3号"), (&two, "五组40号")] {
        let draft = typed(&[
            ("name", "张建国同名"),
            ("birth", "1955"),
            ("sex", "MALE"),
            ("living_division", &village),
            ("address", address),
        ]);
        let form = phone.new_form().await.unwrap();
        let warned = phone.check_person(None, draft.clone()).await.unwrap();
        assert!(
            warned.iter().any(|warning| warning.field.as_deref() == Some("id_number")),
            "no number: said, not refused"
        );
        let first = phone.new_person(&form, draft.clone()).await.unwrap();
        assert_eq!(phone.new_person(&form, draft).await.unwrap().id, first.id, "a second tap is the same person");
        ids.push(first.id);
    }
    for phone in [&one, &two, &one] {
        sync(phone).await;
    }
    let clerk = town.bureau.console("clerk").await.unwrap();
    let total = async || clerk.get("/api/v1/coverage").await.unwrap()["total"]["denominator"].as_u64().unwrap();
    let before = total().await;
    for (number, id) in ids.iter().enumerate() {
        let page = clerk.get(&format!("/api/v1/people/{id}")).await.unwrap();
        assert_eq!((page["register"].clone(), page["id_state"].clone()), (json!("DRAFT"), json!("MISSING")));
        let body = json!({ "kind": "person", "target": id, "act": "change", "set": { "register": "ACTIVE" } });
        write_at(&clerk, &format!("accept-{number}"), page["revision"].as_u64(), &body).await;
    }
    assert_eq!(total().await, before + 2, "a draft was in no denominator, two people are two");

    // One visit brings a number.
    sync(&two).await;
    let phones = FieldDraft { field: "phones".into(), add: vec!["13900001234".into()], ..FieldDraft::default() };
    two.change_person(&ids[1], PersonDraft { fields: vec![phones], since: None }).await.unwrap();
    let form = two.new_form().await.unwrap();
    two.save_visit(&form, visit(&ids[1], "MET")).await.unwrap();
    sync(&two).await;
    sync(&one).await;
    for phone in [&one, &two] {
        let rows = namesakes(phone).await;
        assert_eq!(rows.len(), 2, "never merged by themselves");
        let of = |id: &str| rows.iter().find(|row| row.id == id).unwrap();
        assert_eq!((of(&ids[0]).phone.as_deref(), of(&ids[1]).phone.as_deref()), (None, Some("139****1234")));
        assert_eq!((of(&ids[0]).reached, of(&ids[1]).reached), (false, true));
        assert!(rows.iter().all(|row| row.birth.as_deref() == Some("1955")));
    }
    let found = clerk.get("/api/v1/people?search=%E5%BC%A0%E5%BB%BA%E5%9B%BD%E5%90%8C%E5%90%8D").await.unwrap();
    let found = found["rows"].as_array().unwrap();
    assert_eq!(found.iter().filter(|row| row["phone"] == "139****1234").count(), 1);
    assert!(found.iter().all(|row| row["merged_into"].is_null()));

    // A person says they are one, and takes it back.
    let same = json!({ "kind": "same_as", "act": "record",
        "fields": { "person": ids[0], "kept": ids[1], "at": crate::town::now_ms() } });
    let fact = write_at(&clerk, "same-person", None, &same).await;
    assert_eq!((fact["verdict"].clone(), total().await), (json!("accepted"), before + 1));
    let page = clerk.get(&format!("/api/v1/people/{}", ids[0])).await.unwrap();
    assert_eq!((page["same"][0]["id"].clone(), page["visits"].as_array().unwrap().len()), (json!(ids[1]), 1));
    sync(&one).await;
    assert_eq!(namesakes(&one).await.len(), 1, "the list has one line for one person");
    let void = json!({ "kind": "same_as", "target": fact["target"], "act": "void", "reason": "不是同一人" });
    write_at(&clerk, "not-the-same", fact["revision"].as_u64(), &void).await;
    sync(&one).await;
    assert_eq!((namesakes(&one).await.len(), total().await), (2, before + 2));
}
