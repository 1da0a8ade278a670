//! Generated dirty sheets against their truth: each ledger in each format with each kind of dirt, and all kinds at once.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_dirty_sheets::{
    Code, Dirt, Encoding, Format, Ledger as Made, Note, Options, Outcome, RowTruth, Truth, make,
};
use bianfang_domain::codes::{Codes, shipped};
use bianfang_domain::form::Form;
use bianfang_sheets::ledger::LedgerRow;
use bianfang_sheets::read_book;
use bianfang_sheets::table::{Belongs, Ledger, SheetField, SheetReading, SheetTable};

/// What was read of a row, in the words of the truth.
struct Read {
    row: u32,
    refused: bool,
    doubtful: bool,
    values: BTreeMap<String, String>,
    extra: BTreeMap<String, String>,
    notes: BTreeSet<(String, String)>,
}

/// The names by which the register knows what the made sheets call otherwise.
fn key(ledger: Ledger, made: &str) -> &str {
    match (ledger, made) {
        (Ledger::Plaques, "category") => "category_text",
        (Ledger::People, "category") => "categories",
        (_, "placement") => "placement_kind",
        (_, "disability") => "disability_grade",
        (_, "employment") => "employment_state",
        (_, "remark") => "note",
        (_, "code") => "code12",
        (_, "head") => "head_name",
        (_, "hung_at" | "visited_at") => "at",
        (_, "hung_by") => "hanger",
        (_, "living") => "situation",
        (_, "hardship") => "difficulties",
        (_, "answer") => "answered",
        (_, "needs") => "to_solve",
        (Ledger::Visits, "result") => "outcome",
        (_, "received_at") => "received_on",
        (Ledger::Letters, "name") => "soldier",
        (_, "approved_at") => "approved_on",
        (_, "notice_number") => "notice_no",
        (Ledger::Letters, "phones") => "phone",
        (_, "delivered_at") => "delivered_on",
        (Ledger::Letters, "goods_value") => "goods_fen",
        (_, "award") => "award_fen",
        (_, other) => other,
    }
}

fn rows(table: &SheetTable) -> Vec<Read> {
    let codes = Codes::default();
    let one = |row: LedgerRow| {
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        for column in &table.ledger.columns {
            let said = [&row.fields, &row.whom, &row.beside].into_iter().find_map(|said| said.get(column.field));
            values.insert(column.key.to_owned(), said.map(|said| column.shown(&codes, said)).unwrap_or_default());
        }
        for (place, name) in [(&row.township, "township"), (&row.village, "village")] {
            values.insert(name.to_owned(), place.clone().unwrap_or_default());
        }
        let notes = row.cells.iter().map(|note| {
            let code = serde_json::to_value(note.code).unwrap().as_str().unwrap().to_owned();
            (note.at.clone(), code)
        });
        Read {
            row: row.row,
            refused: row.refused.is_some(),
            doubtful: row.is_doubtful(),
            notes: notes.collect(),
            values,
            extra: row.extra,
        }
    };
    table.rows(&codes, 2026).map(one).collect()
}

/// Values as both sides write them: amounts in yuan, lists by one separator, the first of a code's words.
fn settled(column: Option<&SheetField>, key: &str, value: &str) -> String {
    let tables = column.iter().flat_map(|column| column.tables).filter_map(|name| shipped(name));
    let word = |name: &str| tables.clone().find_map(|table| table.name_of(table.code_of(name)?));
    let quoted = |c: char| "“”\"「」".contains(c);
    let parts = value.split(',').map(|part| word(part.trim().replace(quoted, "").as_str()).unwrap_or(part));
    let value = &parts.collect::<Vec<_>>().join(",");
    let list = value.replace(['、', '，'], ",");
    match key {
        "cash" | "goods_value" | "award" => value.parse::<f64>().map_or(list, |yuan| yuan.to_string()),
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
            let column = table.ledger.get(self::key(table.ledger.ledger, key));
            let found = read.values.get(self::key(table.ledger.ledger, key)).map_or("", String::as_str);
            let (found, value) = (settled(column, key, &found.replace('、', ",")), settled(column, key, value));
            // A letter has one telephone number, the first.
            let first =
                (table.ledger.ledger, *key) == (Ledger::Letters, "phones") && value.split(',').next() == Some(&found);
            // A number tells the day where the sheet tells the month, and what needs a day has the month's first.
            let day = ["birth", "approved_at"].contains(key) && found.starts_with(&value);
            if found != value && !day && !first {
                wrong.push(format!("{what} row {} {key}: {value:?}, read {found:?}", row.row));
            }
        }
        // Columns that the register has no kind for stay as they are written too.
        let beside = |header: &String| {
            let column = table.columns().iter().find(|column| column.header == *header);
            let day = |form| matches!(form, Form::Date | Form::Day | Form::Moment);
            // A day that cannot be read too.
            column
                .and_then(|column| column.field)
                .is_some_and(|field| field.belongs == Belongs::Beside || day(field.form))
        };
        let extra: BTreeMap<&String, &String> = read.extra.iter().filter(|(header, _)| !beside(header)).collect();
        let truly: BTreeMap<String, String> = row.extra.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        if truly.iter().collect::<BTreeMap<_, _>>() != extra {
            wrong.push(format!("{what} row {} extra: {truly:?}, read {extra:?}", row.row));
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
    match SheetReading::new(book, ledger.table(), None) {
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
