//! Sheets as they come: the header under its title, cells merged downwards, numbers that lost their digits.

use bianfang_county::{county, invent, write_roster};
use bianfang_server::import::{ImportError, NoteCode, Roster, read_book, read_roster};

mod book;
mod sheets;
mod unreadable;

const TITLE: &str = "某县退役军人花名册,,,,,,\n序号,姓名,身份证号码,乡镇(街道),村(社区),联系电话,备注\n";

fn roster(body: &str) -> Roster {
    read_roster(read_book("花名册.csv", format!("{TITLE}{body}").as_bytes()).unwrap(), 2026).unwrap()
}

fn problems(roster: &Roster) -> Vec<(&str, NoteCode, bool)> {
    roster.problems.iter().map(|p| (p.at.as_str(), p.code, p.row_refused)).collect()
}

#[test]
fn header_is_found_under_a_title_and_merged_cells_fill_down() {
    let read = roster("1,张 三,11010519491231002X,甲镇,东村,13800000001,住村头\n2,李四,,,,,\n");
    assert_eq!(read.people.len(), 2);
    assert_eq!(read.people[0].fields.name, "张三");
    assert_eq!(read.people[0].fields.remark.as_deref(), Some("住村头"));
    let place = |at: usize| (read.people[at].fields.township.as_deref(), read.people[at].fields.village.as_deref());
    assert_eq!(place(1), (Some("甲镇"), Some("东村")));
    assert_eq!(read.problems, []);
}

#[test]
fn every_bad_cell_is_named_and_the_other_rows_go_on() {
    let read = roster(
        "1,王一,11010519491231002X,甲镇,东村,138,\n2,,,,,,x\n3,王三,990722199001010000,,,,\n4,王四,3.60722E+17,,,,\n\
         5,王五,11010519491231002X,,,,\n6,王六,110105194912310021,,,13800000001、0797-1234567,\n",
    );
    let expected = [
        ("F3", NoteCode::PhoneInvalid, false),
        ("B4", NoteCode::NameMissing, true),
        ("C5", NoteCode::IdRounded, true),
        ("C6", NoteCode::IdRounded, true),
        ("C7", NoteCode::IdTwice, true),
        ("C8", NoteCode::IdInvalid, false),
    ];
    assert_eq!(problems(&read), expected);
    let names: Vec<&str> = read.people.iter().map(|p| p.fields.name.as_str()).collect();
    assert_eq!(names, ["王一", "王六"]);
    let phones: Vec<&str> = read.people[1].fields.phones.iter().map(|phone| phone.number.as_str()).collect();
    assert_eq!(phones, ["13800000001", "0797-1234567"]);
}

#[test]
fn totals_are_no_people() {
    assert_eq!(roster("1,张三,,甲镇,东村,,\n小 计,1,,,,,\n,合计,,,,,\n").rows, 1);
}

#[test]
fn new_township_does_not_take_the_village_of_the_last_one() {
    let read = roster("1,张三,,甲镇,东村,,\n2,李四,,乙镇,,,\n3,王五,,,,,\n");
    assert_eq!(problems(&read), [("E4", NoteCode::PlaceMissing, true), ("E5", NoteCode::PlaceMissing, true)]);
}

#[test]
fn sheet_in_gb18030_reads_like_one_in_utf8() {
    let text = format!("{TITLE}1,𠮷田·买买提,,甲镇,东村,,\n");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let read = read_roster(read_book("a.CSV", &bytes).unwrap(), 2026).unwrap();
    assert_eq!(read.people[0].fields.name, "𠮷田·买买提");
}

#[test]
fn sheet_without_header_is_refused_with_the_columns_it_needs() {
    let refused = read_roster(read_book("a.csv", b"1,2,3\n").unwrap(), 2026).unwrap_err();
    assert!(matches!(&refused, ImportError::NoHeader { needs } if needs == &["姓名", "村"]));
}

#[test]
fn roster_of_the_demo_county_imports_whole() {
    let people = invent(&county().unwrap(), 2_000, 1);
    let mut bytes = Vec::new();
    write_roster(&people, &mut bytes).unwrap();
    let read = read_roster(read_book("people.csv", &bytes).unwrap(), 2026).unwrap();
    let rounded = people.iter().filter(|person| person.id_number.ends_with("000")).count();
    assert_eq!((read.rows, read.people.len() + rounded, read.problems.len()), (2_000, 2_000, rounded));
    assert!(read.people.iter().all(|p| p.fields.id_number.is_some() && p.fields.category.len() == 1));
}
