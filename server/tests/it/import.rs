//! Sheets as they come: the header under its title, cells merged downwards, numbers that lost their digits.

use bianfang_county::{county, invent, write_roster};
use bianfang_server::import::{ImportError, ProblemCode, read_roster, read_sheet};

const TITLE: &str = "某县退役军人花名册,,,,,,\n序号,姓名,身份证号码,乡镇(街道),村(社区),联系电话,备注\n";

fn roster(body: &str) -> bianfang_server::import::Roster {
    read_roster(&read_sheet("花名册.csv", format!("{TITLE}{body}").as_bytes()).unwrap()).unwrap()
}

fn problems(roster: &bianfang_server::import::Roster) -> Vec<(&str, ProblemCode, bool)> {
    roster.problems.iter().map(|p| (p.at.as_str(), p.code, p.row_refused)).collect()
}

#[test]
fn header_is_found_under_a_title_and_merged_cells_fill_down() {
    let read = roster("1,张 三,11010519491231002X,甲镇,东村,13800000001,住村头\n2,李四,,,,,\n");
    assert_eq!(read.people.len(), 2);
    assert_eq!(read.people[0].name, "张三");
    assert_eq!(read.people[0].extra["备注"], "住村头");
    assert_eq!((read.people[1].township.as_str(), read.people[1].village.as_str()), ("甲镇", "东村"));
    assert_eq!(read.problems, []);
}

#[test]
fn every_bad_cell_is_named_and_the_other_rows_go_on() {
    let read = roster(
        "1,王一,11010519491231002X,甲镇,东村,138,\n2,,,,,,\n3,王三,360722199001010000,,,,\n4,王四,3.60722E+17,,,,\n\
         5,王五,11010519491231002X,,,,\n6,王六,110105194912310021,,,13800000001、0797-1234567,\n",
    );
    let expected = [
        ("F3", ProblemCode::PhoneInvalid, false),
        ("B4", ProblemCode::NameMissing, true),
        ("C5", ProblemCode::IdNumberRounded, false),
        ("C6", ProblemCode::IdNumberRounded, false),
        ("C7", ProblemCode::IdNumberTwice, true),
        ("C8", ProblemCode::IdNumberInvalid, false),
    ];
    assert_eq!(problems(&read), expected);
    let names: Vec<&str> = read.people.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["王一", "王三", "王四", "王六"]);
    assert_eq!(read.people[3].phones, ["13800000001", "0797-1234567"]);
}

#[test]
fn totals_are_no_people() {
    assert_eq!(roster("1,张三,,甲镇,东村,,\n小 计,1,,,,,\n,合计,,,,,\n").rows, 1);
}

#[test]
fn sheet_in_gb18030_reads_like_one_in_utf8() {
    let text = format!("{TITLE}1,𠮷田·买买提,,甲镇,东村,,\n");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let read = read_roster(&read_sheet("a.CSV", &bytes).unwrap()).unwrap();
    assert_eq!(read.people[0].name, "𠮷田·买买提");
}

#[test]
fn sheet_without_header_and_file_of_another_type_are_refused_with_what_to_do() {
    let sheet = read_sheet("a.csv", b"1,2,3\n").unwrap();
    assert!(matches!(read_roster(&sheet), Err(ImportError::NoHeader)));
    assert!(matches!(read_sheet("a.pdf", b"%PDF"), Err(ImportError::UnknownType)));
    assert!(matches!(read_sheet("a.xlsx", b"not a workbook"), Err(ImportError::Workbook(_))));
}

#[test]
fn roster_of_the_demo_county_imports_whole() {
    let people = invent(&county().unwrap(), 2_000, 1);
    let mut bytes = Vec::new();
    write_roster(&people, &mut bytes).unwrap();
    let read = read_roster(&read_sheet("people.csv", &bytes).unwrap()).unwrap();
    assert_eq!((read.people.len(), read.rows, read.problems.len()), (2_000, 2_000, 0));
    assert!(read.people.iter().all(|p| p.id_number.is_some() && p.phones.len() == 1 && p.categories.len() == 1));
}
