//! Books of several sheets, columns mapped by hand, amounts merged over rows.

use bianfang_domain::codes::Codes;
use bianfang_sheets::ledger::LedgerRow;
use bianfang_sheets::table::{Ledger, Mapping, SheetReading, SheetTable};
use bianfang_sheets::{ImportError, NoteCode, read_book};
use rust_xlsxwriter::{Format, Workbook};

#[test]
fn every_sheet_with_a_header_is_read_and_the_others_are_named() {
    let mut book = Workbook::new();
    for (name, rows) in [
        ("甲镇", vec![["姓名", "乡镇", "村"], ["张三", "甲镇", "东村"]]),
        ("说明", vec![["请勿改动", "表头", ""]]),
        ("乙镇", vec![["姓名", "乡镇", "村"], ["李四", "乙镇", "西村"]]),
    ] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (at, row) in (0..).zip(&rows) {
            sheet.write_row(at, 0, *row).unwrap();
        }
    }
    let book = read_book("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let reading = SheetReading::new(book, Ledger::People.table(), None).unwrap();
    let skipped: Vec<_> = reading.skipped.iter().map(|sheet| (sheet.sheet.as_str(), sheet.code, sheet.rows)).collect();
    assert_eq!(skipped, [("说明", NoteCode::SheetWithoutHeader, 1)]);
    let codes = Codes::default();
    let rows = |table: &SheetTable| {
        let row = |row: LedgerRow| format!("{} {} {}", table.sheet, row.row, row.text("name").unwrap());
        table.rows(&codes, 2026).map(row).collect::<Vec<_>>()
    };
    let found: Vec<_> = reading.tables.iter().flat_map(rows).collect();
    assert_eq!(found, ["甲镇 2 张三", "乙镇 2 李四"]);
}

#[test]
fn mapping_that_is_given_wins_over_the_usual_names_and_comes_back_whole() {
    let csv = "姓名,别号,村\n张三,张老三,东村\n".as_bytes();
    let read = |mapping: Option<&Mapping>| {
        SheetReading::new(read_book("a.csv", csv).unwrap(), Ledger::People.table(), mapping)
    };
    let usual = read(None).unwrap().mapping;
    assert_eq!(usual.columns, [("姓名".to_owned(), "name".to_owned()), ("村".to_owned(), "village".to_owned())]);
    let columns = vec![("别号".to_owned(), "name".to_owned()), ("姓名".to_owned(), "contact_staff".to_owned())];
    let own = Mapping { ledger: Ledger::People, columns };
    let own: Mapping = serde_json::from_str(&serde_json::to_string(&own).unwrap()).unwrap();
    let reading = read(Some(&own)).unwrap();
    let row = reading.tables[0].rows(&Codes::default(), 2026).next().unwrap();
    assert_eq!((row.text("name"), &row.fields["contact_staff"][0]["name"]), (Some("张老三"), &"张三".into()));
    assert_eq!(reading.mapping.columns.len(), 3);
    let other = Mapping { ledger: Ledger::Staff, columns: Vec::new() };
    assert!(matches!(read(Some(&other)), Err(ImportError::MappingLedger)));
}

#[test]
fn amount_merged_over_a_household_is_counted_once_and_a_title_in_ten_thousands_multiplies() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["走访时间", "村", "对象姓名", "慰问金(万元)"]).unwrap();
    sheet.write_row(1, 0, ["2026-01-05", "东村", "张三"]).unwrap();
    sheet.write_row(2, 0, ["2026-01-05", "东村", "李四"]).unwrap();
    sheet.merge_range(1, 3, 2, 3, "0.05", &Format::new()).unwrap();
    let book = read_book("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let reading = SheetReading::new(book, Ledger::Visits.table(), None).unwrap();
    let rows: Vec<_> = reading.tables[0].rows(&Codes::default(), 2026).collect();
    assert_eq!((rows[0].beside.get("cash"), rows[1].beside.get("cash")), (Some(&50_000.into()), None));
    assert_eq!((rows[1].cells[0].at.as_str(), rows[1].cells[0].code), ("D3", NoteCode::MergedAmount));
    let note = serde_json::to_value(&rows[1].cells[0]).unwrap();
    assert_eq!(note["code"], "merged_amount");
    assert!(note["message"].as_str().unwrap().contains(" / "));
}
