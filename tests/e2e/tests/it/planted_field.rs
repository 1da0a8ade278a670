//! A field that stands in the catalogue is everywhere: in the form of the phone, in the check of documents, in what an import
//! reads and a ledger writes, and under its label. Here one is planted beside a person's own, and nothing else is said of it.

use bianfang_client::form_fields;
use bianfang_domain::codes::{self, Codes};
use bianfang_domain::document::Document;
use bianfang_domain::form::Form;
use bianfang_domain::kind::{self, Fault, Field, Kind, Nature};
use bianfang_domain::time::Day;
use bianfang_sheets::ledger::people::table_of;
use bianfang_sheets::read_columns;
use serde_json::{Value, json};

/// A person with one field more.
struct Planted(&'static [Field]);

impl Kind for Planted {
    fn name(&self) -> &'static str {
        "person"
    }
    fn nature(&self) -> Nature {
        Nature::Shared
    }
    fn fields(&self) -> &'static [Field] {
        self.0
    }
    fn check(&self, _doc: &Document) -> Result<(), Fault> {
        Ok(())
    }
}

fn planted() -> Planted {
    let own = kind::by_name("person").unwrap().fields();
    let field = Field::new("blood", "血型", "Blood", Form::Date).typed().headers(&["验血日期", "血检时间"]);
    Planted(own.iter().copied().chain([field]).collect::<Vec<_>>().leak())
}

fn document(value: Value) -> Document {
    serde_json::from_value(value).unwrap()
}

#[test]
fn planted_field_is_found_in_form_check_import_ledger_and_label() {
    let person = planted();
    let form = form_fields(&person, &Codes::default());
    let line = form.iter().find(|line| line.field == "blood").unwrap();
    assert_eq!((line.zh.as_str(), line.en.as_str(), line.form.as_str(), line.typed), ("血型", "Blood", "DATE", true));

    let label = codes::items_of(&[&person]).into_iter().find(|item| item.code == "blood").unwrap();
    assert_eq!((label.zh, label.en), ("血型", "Blood"));

    let fault = kind::check(&person, &document(json!({ "name": "张三", "blood": "某日" }))).unwrap_err();
    assert_eq!(fault.field, "blood");
    kind::check(&person, &document(json!({ "name": "张三", "blood": "2026-05-09" }))).unwrap();

    let table = Box::leak(Box::new(table_of(person.fields())));
    let column = table.get("blood").unwrap();
    assert_eq!(column.shown(&Codes::default(), &json!("2026-05-09")), "2026-05-09");
    assert_eq!(table.columns.last().map(|column| column.key), Some("note"), "the remark stays last");
    for header in ["验血日期", "血检时间"] {
        let file = format!("姓名,乡镇,村,{header}\n张三,甲镇,东村,2026年5月9日\n");
        let how = (None, &Codes::default(), Day(20_600));
        let read = read_columns(table, ("a.csv", file.as_bytes()), how).unwrap();
        assert_eq!(read.lines[0].fields["blood"], "2026-05-09", "{header}");
        assert_eq!(read.lines[0].at("blood"), "D2");
    }
}
