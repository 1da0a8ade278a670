//! Generated dirty sheets against their truth: each ledger in each format with each kind of dirt, and all kinds at once.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_dirty_sheets::{
    Code, Dirt, Encoding, Format, Ledger as Made, Note, Options, Outcome, RowTruth, Truth, make,
};
use bianfang_domain::id_number::IdNumber;
use bianfang_sheets::ledger::{
    LedgerFields, LedgerRow, SheetDivision, SheetLetter, SheetPerson, SheetPlaque, SheetVisit, StaffRow,
};
use bianfang_sheets::read_book;
use bianfang_sheets::table::{Ledger, SheetReading, SheetTable};
use serde_json::Value;

/// What was read of a row, in the words of the truth.
struct Read {
    row: u32,
    refused: bool,
    doubtful: bool,
    values: BTreeMap<String, String>,
    extra: BTreeMap<String, String>,
    notes: BTreeSet<(String, String)>,
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(truth) => if *truth { "是" } else { "否" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Object(object) => word(object.get("name").or(object.get("number")).unwrap_or(&Value::Null)),
        Value::Array(list) => list.iter().map(word).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn read<T: LedgerFields + serde::Serialize>(table: &SheetTable, id: impl Fn(&T) -> Option<String>) -> Vec<Read> {
    let one = |row: LedgerRow<T>| {
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        for (key, value) in serde_json::to_value(&row.fields).unwrap().as_object().unwrap() {
            values.insert(key.clone(), word(value));
        }
        values.insert("id_number".to_owned(), id(&row.fields).unwrap_or_default());
        let notes = row.cells.iter().map(|note| {
            let code = serde_json::to_value(note.code).unwrap().as_str().unwrap().to_owned();
            (note.at.clone(), code)
        });
        Read {
            row: row.row,
            refused: row.refused.is_some(),
            doubtful: row.is_doubtful(),
            values,
            notes: notes.collect(),
            extra: row.extra,
        }
    };
    table.rows::<T>(2026).map(one).collect()
}

fn rows(table: &SheetTable) -> Vec<Read> {
    let reveal = |number: &Option<IdNumber>, suspect: &Option<String>| {
        number.as_ref().map(|number| number.reveal().to_owned()).or_else(|| suspect.clone())
    };
    match table.ledger {
        Ledger::People => read::<SheetPerson>(table, |row| reveal(&row.id_number, &row.id_suspect)),
        Ledger::Divisions => read::<SheetDivision>(table, |_| None),
        Ledger::Plaques => read::<SheetPlaque>(table, |row| reveal(&row.id_number, &row.id_suspect)),
        Ledger::Visits => read::<SheetVisit>(table, |row| reveal(&row.id_number, &row.id_suspect)),
        Ledger::Letters => read::<SheetLetter>(table, |row| reveal(&row.id_number, &row.id_suspect)),
        Ledger::Staff => read::<StaffRow>(table, |_| None),
    }
}

/// Values as the truth writes them, so that both sides compare: amounts in yuan, lists by one separator, words for codes.
fn settled(key: &str, value: &str) -> String {
    let list = value.replace(['、', '，'], ",");
    match key {
        // The truth says it as the sheet does, the reading by its code.
        "sex" => match value {
            "MALE" => "男".to_owned(),
            "FEMALE" => "女".to_owned(),
            _ => value.to_owned(),
        },
        "cash" | "goods_value" | "award" => value.parse::<i64>().map_or(list, |fen| (fen / 100).to_string()),
        _ => list.trim().to_owned(),
    }
}

/// 无 in the column of phones says that there is none: nothing to put right.
fn is_none(note: &Note) -> bool {
    note.code == Code::PhoneInvalid && note.from == "无"
}

fn compare(what: &str, truth: &Truth, table: &SheetTable) -> Vec<String> {
    let mut wrong = Vec::new();
    let read = rows(table);
    let left_out: BTreeSet<u32> = table.left_out.iter().copied().collect();
    let records: Vec<&RowTruth> =
        truth.rows.iter().filter(|row| !matches!(row.outcome, Outcome::Total | Outcome::Hidden)).collect();
    for row in truth.rows.iter().filter(|row| matches!(row.outcome, Outcome::Total | Outcome::Hidden)) {
        if !left_out.contains(&row.row) {
            wrong.push(format!("{what} row {} is {:?} and was read", row.row, row.outcome));
        }
    }
    let by_row: BTreeMap<u32, &Read> = read.iter().map(|read| (read.row, read)).collect();
    if read.len() != records.len() {
        wrong.push(format!("{what}: {} rows, {} read", records.len(), read.len()));
    }
    if table.header_row != truth.header.1 {
        wrong.push(format!("{what}: header at {} read at {}", truth.header.1, table.header_row));
    }
    for row in records {
        // A wrong check digit may make a tail of 000, which no reader can tell from a rounded number.
        if row.notes.iter().any(|note| note.code == Code::IdInvalid && note.from.ends_with("000")) {
            continue;
        }
        let Some(read) = by_row.get(&row.row) else {
            wrong.push(format!("{what} row {} was not read", row.row));
            continue;
        };
        if read.refused != (row.outcome == Outcome::Refused)
            || (!read.refused && read.doubtful != (row.outcome == Outcome::Doubtful))
        {
            wrong.push(format!(
                "{what} row {}: {:?}, refused {} doubtful {} {:?}",
                row.row, row.outcome, read.refused, read.doubtful, read.notes
            ));
        }
        let notes: BTreeSet<(String, String)> = row
            .notes
            .iter()
            .filter(|note| !is_none(note))
            .map(|note| {
                let code = serde_json::to_value(note.code).unwrap().as_str().unwrap().to_owned();
                (note.at.clone(), code)
            })
            .collect();
        if notes != read.notes {
            wrong.push(format!(
                "{what} row {}: notes {:?}, read {:?}",
                row.row,
                notes.difference(&read.notes).collect::<Vec<_>>(),
                read.notes.difference(&notes).collect::<Vec<_>>()
            ));
        }
        if row.outcome == Outcome::Refused {
            continue;
        }
        for (key, value) in row.values.iter().filter(|(key, _)| **key != "number") {
            let found = read.values.get(*key).map_or("", String::as_str);
            let value = if *key == "cash" || *key == "goods_value" || *key == "award" {
                value.clone()
            } else {
                settled(key, value)
            };
            if settled(key, found) != value {
                wrong.push(format!("{what} row {} {key}: {value:?}, read {found:?}", row.row));
            }
        }
        let truly: BTreeMap<String, String> = row.extra.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        if truly != read.extra {
            wrong.push(format!("{what} row {} extra: {truly:?}, read {:?}", row.row, read.extra));
        }
    }
    let dropped = truth.notes.iter().filter(|note| note.code == Code::MilitaryUnitDropped).map(|note| note.at.clone());
    let read_dropped = table.notes.iter().filter(|note| note.code == bianfang_sheets::NoteCode::MilitaryUnitDropped);
    if dropped.collect::<Vec<_>>() != read_dropped.map(|note| note.at.clone()).collect::<Vec<_>>() {
        wrong.push(format!("{what}: columns of units"));
    }
    wrong
}

fn check(made: Made, format: Format, options: &Options, what: &str) -> Vec<String> {
    let sheet = make(made, options).unwrap();
    let book = match read_book("x", &sheet.bytes(format).unwrap()) {
        Ok(book) => book,
        Err(error) => return vec![format!("{what}: {error}")],
    };
    let ledger = match made {
        Made::People => Ledger::People,
        Made::Divisions => Ledger::Divisions,
        Made::Plaques => Ledger::Plaques,
        Made::Visits => Ledger::Visits,
        Made::Letters => Ledger::Letters,
        Made::Staff => Ledger::Staff,
    };
    match SheetReading::new(book, ledger, None) {
        Ok(reading) => compare(what, &sheet.truth(format), &reading.tables[0]),
        Err(error) => vec![format!("{what}: {error}")],
    }
}

fn each_kind_of_dirt(format: Format) {
    let mut wrong = Vec::new();
    for ledger in Made::ALL {
        for dirt in Dirt::ALL {
            let what = format!("{ledger:?} {format:?} {dirt:?}");
            wrong.extend(check(ledger, format, &Options::new(5, 30).with(&[dirt]), &what));
        }
    }
    assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), wrong.iter().step_by(wrong.len() / 60 + 1).collect::<Vec<_>>());
}

#[test]
fn every_ledger_in_xlsx_reads_to_its_truth_for_each_kind_of_dirt() {
    each_kind_of_dirt(Format::Xlsx);
}

#[test]
fn every_ledger_in_xls_reads_to_its_truth_for_each_kind_of_dirt() {
    each_kind_of_dirt(Format::Xls);
}

#[test]
fn every_ledger_in_ods_reads_to_its_truth_for_each_kind_of_dirt() {
    each_kind_of_dirt(Format::Ods);
}

/// The encodings are told apart in the test of all dirt at once.
#[test]
fn every_ledger_in_csv_reads_to_its_truth_for_each_kind_of_dirt() {
    each_kind_of_dirt(Format::Csv(Encoding::Gb18030));
}

#[test]
fn every_ledger_in_every_format_reads_to_its_truth_with_all_dirt_at_once() {
    let mut wrong = Vec::new();
    for ledger in Made::ALL {
        for format in Format::ALL {
            for seed in 1..4 {
                let what = format!("{ledger:?} {format:?} seed {seed}");
                wrong.extend(check(ledger, format, &Options::new(seed, 120).all_dirt(), &what));
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), wrong.iter().step_by(wrong.len() / 60 + 1).collect::<Vec<_>>());
}
