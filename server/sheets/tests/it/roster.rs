//! Sheets as they come: the header under its title, cells merged downwards, numbers that lost their digits.

use bianfang_county::{county, invent, write_roster};
use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use bianfang_sheets::{ImportError, Ledger, Upload, Weight, read_upload};
use serde_json::json;

const TITLE: &str = "某县退役军人花名册,,,,,,\n序号,姓名,身份证号码,乡镇(街道),村(社区),联系电话,备注\n";

fn read(name: &str, bytes: &[u8]) -> Result<Upload, ImportError> {
    read_upload(Ledger::People, (name, bytes), (None, &Codes::default(), Day(20_600)))
}

fn roster(body: &str) -> Upload {
    read("花名册.csv", format!("{TITLE}{body}").as_bytes()).unwrap()
}

/// What is more than another form.
fn problems(roster: &Upload) -> Vec<(&str, &str, Weight)> {
    let notes = roster.lines.iter().flat_map(|line| &line.notes);
    let changes = ["filled_down", "blank_in_name", "phones_split"];
    let lost = notes.filter(|note| !changes.contains(&note.code.as_str()));
    lost.map(|note| (note.at.as_str(), note.code.as_str(), note.weight)).collect()
}

#[test]
fn header_is_found_under_a_title_and_merged_cells_fill_down() {
    let read = roster("1,张 三,11010519491231002X,甲镇,东村,13800000001,住村头\n2,李四,,,,,\n");
    assert_eq!(read.lines.len(), 2);
    assert_eq!(read.lines[0].fields["name"], "张三");
    assert_eq!(read.lines[0].fields["note"], "住村头");
    assert_eq!(read.lines[0].fields["birth"], "1949-12-31");
    assert_eq!(read.lines[0].at("phones"), "F3");
    assert_eq!((read.lines[1].township.as_str(), read.lines[1].village.as_str()), ("甲镇", "东村"));
    assert_eq!(problems(&read), []);
}

#[test]
fn every_bad_cell_is_named_and_the_other_rows_go_on() {
    let read = roster(
        "1,王一,11010519491231002X,甲镇,东村,138,\n2,,,,,,x\n3,王三,990722199001010000,,,,\n4,王四,3.60722E+17,,,,\n\
         5,王五,11010519491231002X,,,,\n6,王六,110105194912310021,,,13800000001、0797-1234567,\n",
    );
    let expected = [
        ("F3", "phone_invalid", Weight::Note),
        ("B4", "name_missing", Weight::Refusal),
        ("C5", "id_rounded", Weight::Refusal),
        ("C6", "id_rounded", Weight::Refusal),
        ("C7", "id_twice", Weight::Doubt),
        ("C8", "id_invalid", Weight::Note),
    ];
    assert_eq!(problems(&read), expected);
    assert_eq!(read.lines[5].fields["phones"], json!(["13800000001", "0797-1234567"]));
}

#[test]
fn totals_are_no_people() {
    assert_eq!(roster("1,张三,,甲镇,东村,,\n小 计,1,,,,,\n,合计,,,,,\n").lines.len(), 1);
}

#[test]
fn new_township_does_not_take_the_village_of_the_last_one() {
    let read = roster("1,张三,,甲镇,东村,,\n2,李四,,乙镇,,,\n3,王五,,,,,\n");
    assert_eq!(problems(&read), [("E4", "place_missing", Weight::Refusal), ("E5", "place_missing", Weight::Refusal)]);
}

#[test]
fn sheet_in_gb18030_reads_like_one_in_utf8() {
    let text = format!("{TITLE}1,𠮷田·买买提,,甲镇,东村,,\n");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    assert_eq!(read("a.CSV", &bytes).unwrap().lines[0].fields["name"], "𠮷田·买买提");
}

#[test]
fn sheet_without_header_is_refused_with_the_columns_it_needs() {
    let refused = read("a.csv", b"1,2,3\n").unwrap_err();
    assert!(matches!(&refused, ImportError::NoHeader { needs } if needs == &["姓名", "村"]));
}

#[test]
fn roster_of_the_demo_county_imports_whole() {
    let people = invent(&county().unwrap(), 2_000, 1);
    let mut bytes = Vec::new();
    write_roster(&people, &mut bytes).unwrap();
    let read = read("people.csv", &bytes).unwrap();
    let rounded = people.iter().filter(|person| person.id_number.ends_with("000")).count();
    let refused = read.lines.iter().filter(|line| line.weighs(Weight::Refusal)).count();
    assert_eq!((read.lines.len(), refused), (2_000, rounded));
    assert!(read.lines.iter().all(|line| line.fields["categories"].as_array().unwrap().len() == 1));
}
