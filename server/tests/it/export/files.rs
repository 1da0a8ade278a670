//! What the two file forms do to text, to many rows, and to the importer.

use bianfang_domain::codes::Codes;
use bianfang_server::export::{Ask, Format};
use bianfang_sheets::{Ledger, read_upload};
use serde_json::json;

use super::{ID_NUMBERS, PHONE, full, records, settle, try_bytes, xlsx};
use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    what_a_spreadsheet_would_run_or_lose_is_kept_as_text,
    long_ledgers_hold_everybody_once,
    a_roster_in_full_reads_back_as_the_same_people,
);

async fn what_a_spreadsheet_would_run_or_lose_is_kept_as_text(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    let long = "𠮷".repeat(40_000);
    bureau
        .push(&mut clerk, |p| {
            let named = |number: u128, name: &str, remark: &str| {
                let mut doc = person(name, VILLAGE_A1);
                doc["extra"] = json!({ "备注": remark, "=HYPERLINK(\"x\")": "@SUM(1)" });
                (number, doc)
            };
            let people = [
                named(1, "𠮷田", "=1+1"),
                named(2, "阿一", "+86"),
                named(3, "阿二", "-2"),
                named(4, "阿三", "_x000D_\u{1}\u{fffe}好"),
                named(5, "阿四", &long),
                named(6, "阿五", "一行\n\"二行\""),
            ];
            people.into_iter().map(|(number, doc)| p.record(at(1, 9), "person", id(number), doc)).collect()
        })
        .await;
    let people = records(&bureau, &clerk, &full("people")).await;
    let remark = |name: &str| people.iter().find(|record| record["姓名"] == name).unwrap()["备注"].clone();
    assert_eq!((remark("𠮷田").as_str(), remark("阿一").as_str(), remark("阿二").as_str()), ("=1+1", "+86", "-2"));
    assert_eq!(remark("阿三"), "_x000D_好");
    assert_eq!(remark("阿五"), "一行\n\"二行\"");
    let cut = remark("阿四");
    assert!((32_700..=32_767).contains(&cut.encode_utf16().count()), "{}", cut.encode_utf16().count());
    assert!(cut.starts_with("𠮷𠮷") && cut.ends_with("（原文共 40000 字，单元格放不下，此处截断）"));

    let bytes = try_bytes(&bureau, &clerk, &Ask { format: Format::Csv, ..full("people") }).await.unwrap();
    assert!(bytes.starts_with(&[0xEF, 0xBB, 0xBF]));
    let mut sheet = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
    let rows: Vec<csv::StringRecord> = sheet.records().map(Result::unwrap).collect();
    assert_eq!(rows[0].iter().next_back(), Some("'=HYPERLINK(\"x\")"));
    let dangerous = |cell: &str| cell.starts_with(['=', '+', '-', '@']);
    assert!(!rows.iter().flatten().any(dangerous), "no cell begins like a formula");
    let named = |name: &str| rows.iter().find(|row| &row[1] == name).unwrap();
    assert_eq!((&named("𠮷田")[26], &named("阿五")[26]), ("'=1+1", "一行\n\"二行\""));
    assert_eq!(named("阿四")[26].chars().count(), 40_000, "a CSV has no such limit");
}

async fn long_ledgers_hold_everybody_once(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    for step in 0..6u128 {
        bureau
            .push(&mut clerk, |p| {
                // Many of one name, so that a page ends between namesakes.
                let named = |n: u128| person(["王伟", "李明"][n as usize % 2], VILLAGE_A1);
                (0..200).map(|n| p.record(at(1, 9), "person", id(10_000 + step * 200 + n), named(n))).collect()
            })
            .await;
    }
    let people = records(&bureau, &clerk, &xlsx("people")).await;
    assert_eq!(people.len(), 1_200);
    assert_eq!(people.iter().filter(|record| record["姓名"] == "李*").count(), 600);
    assert_eq!((people[599]["姓名"].as_str(), people[600]["姓名"].as_str()), ("李*", "王*"));
}

/// The reading half of "an import of an export changes nothing".
async fn a_roster_in_full_reads_back_as_the_same_people(bureau: Bureau) {
    settle(&bureau).await;
    for (name, format) in [("a.xlsx", Format::Xlsx), ("a.csv", Format::Csv)] {
        let bytes = try_bytes(&bureau, &Phone::clerk(0), &Ask { format, ..full("people") }).await.unwrap();
        let read = read_upload(Ledger::People, (name, &bytes), (None, &Codes::default(), day(60))).unwrap();
        let people: Vec<_> =
            read.lines.iter().map(|line| (line.who("name").unwrap(), line.who("id_number").unwrap())).collect();
        let [a, b, c, d] = ID_NUMBERS;
        assert_eq!(people, [("阿建国", b), ("张建国", a), ("李建国", c), ("王建国", d)]);
        assert!(read.lines.iter().all(|line| line.fields["phones"] == json!([PHONE])), "{:?}", read.lines);
    }
}
