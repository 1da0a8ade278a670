//! The words for codes on a phone: shipped before anything came, the bureau's once it did; and no form takes a unit's name.

use bianfang_client::{CodeLine, FieldDraft, PersonDraft, Phone};
use bianfang_domain::codes;
use serde_json::json;

use crate::scene::*;

async fn item(phone: &Phone, table: &str, code: &str) -> CodeLine {
    let tables = phone.codes().await.unwrap();
    let table = tables.into_iter().find(|known| known.table == table).unwrap();
    table.items.into_iter().find(|item| item.code == code).unwrap()
}

#[tokio::test]
async fn the_bureaus_words_take_the_place_of_the_shipped_ones() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let shipped = item(phone, "RESULT", "MET").await;
    assert_eq!((shipped.zh.as_str(), shipped.en.as_str(), shipped.hidden), ("见到本人", "Met", false));
    phone.close().await.unwrap();
    let said = json!({ "table": "WORK_TYPE", "division": id(1), "items/ROUND": { "name": "常态化走访" },
        "items/CARD": { "hidden": true }, "items/PARK": { "name": "烈士陵园" } });
    let mut record = served("code_table", 1, 30, said);
    record.id = codes::id("WORK_TYPE");
    bench.receive(vec![record]).await;
    let phone = bench.open().await;
    assert_eq!(item(phone, "WORK_TYPE", "ROUND").await.zh, "常态化走访");
    assert!(item(phone, "WORK_TYPE", "CARD").await.hidden);
    assert_eq!(item(phone, "WORK_TYPE", "PARK").await.en, "烈士陵园");
    assert_eq!(item(phone, "RESULT", "MET").await, shipped);
}

#[tokio::test]
async fn no_form_takes_a_military_unit_sealed_or_not() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let mut draft = visit(&[(FATHER, "MET")]);
    draft.note = Some("他在99123部队服役".into());
    let form = phone.new_form().await.unwrap();
    assert_eq!(field(phone.save_visit(&form, draft).await), "situation", "where the form keeps its note");
    for (name, value) in [("merits", "99123部队立功"), ("note", "原99123部队"), ("key_measures", "联系99123部队")]
    {
        let fields = vec![FieldDraft { field: name.into(), value: Some(value.into()), add: vec![], remove: vec![] }];
        let draft = PersonDraft { fields, ..PersonDraft::default() };
        assert_eq!(field(phone.change_person(&text(FATHER), draft).await), name);
    }
}
