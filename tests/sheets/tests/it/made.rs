//! Promises about the sheet and its truth, before any format.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_dirty_sheets::{Cell, Code, Dirt, Encoding, Format, Ledger, Options, Outcome, Truth, make};
use bianfang_domain::id_number::IdNumber;

fn codes(truth: &Truth) -> BTreeSet<Code> {
    truth.rows.iter().flat_map(|row| &row.notes).chain(&truth.notes).map(|note| note.code).collect()
}

#[test]
fn same_options_make_the_same_bytes_and_another_seed_does_not() {
    for ledger in Ledger::ALL {
        let made = |seed| make(ledger, &Options::new(seed, 60).all_dirt()).unwrap();
        for format in Format::ALL {
            let bytes = made(7).bytes(format).unwrap();
            assert!(bytes == made(7).bytes(format).unwrap(), "{ledger:?} {format:?}");
            assert!(bytes != made(8).bytes(format).unwrap(), "{ledger:?} {format:?}");
        }
        assert_eq!(made(7).truth(Format::Xls), made(7).truth(Format::Xls));
    }
}

#[test]
fn clean_sheet_has_a_record_a_row_and_nothing_to_note() {
    for ledger in Ledger::ALL {
        let truth = make(ledger, &Options::new(3, 80)).unwrap().truth(Format::Xlsx);
        assert_eq!(truth.header, (1, 1));
        assert_eq!(truth.rows.len(), 80, "{ledger:?}");
        assert_eq!(codes(&truth), BTreeSet::new(), "{ledger:?}");
        assert!(truth.rows.iter().all(|row| row.outcome == Outcome::Record));
        let rows: Vec<u32> = truth.rows.iter().map(|row| row.row).collect();
        assert_eq!(rows, (2..82).collect::<Vec<u32>>());
    }
}

/// Each kind alone leaves what it is named for, and nothing else.
#[test]
fn each_dirt_alone_shows_in_the_people_ledger_or_the_visits() {
    use Code::*;
    let expected = |dirt| -> &[Code] {
        match dirt {
            Dirt::IdRounded | Dirt::IdExponent => &[IdRounded],
            Dirt::IdInvalid => &[IdInvalid],
            Dirt::IdOldCard => &[IdUpgraded],
            Dirt::IdLowerX => &[IdLowerX],
            Dirt::IdTwice => &[IdTwice],
            Dirt::Apostrophe => &[Apostrophe],
            Dirt::FullWidth => &[FullWidth],
            Dirt::BlankInName => &[BlankInName],
            Dirt::SeparatorInName => &[SeparatorInName],
            Dirt::NameMissing => &[NameMissing],
            Dirt::MergedPlaces => &[FilledDown],
            Dirt::SameAsAbove => &[SameAsAbove],
            Dirt::DateDots
            | Dirt::DateDashes
            | Dirt::DateSlashes
            | Dirt::DateCompact
            | Dirt::DateChinese
            | Dirt::DateNumerals
            | Dirt::DateSerial => &[DateNormalized],
            Dirt::DateTwoDigits => &[TwoDigitYear],
            Dirt::DateInvalid => &[DateInvalid],
            Dirt::SeveralPhones => &[PhonesSplit],
            Dirt::PhoneInvalid => &[PhoneInvalid],
            Dirt::MoneyText => &[MoneyNormalized],
            Dirt::Formulas => &[FormulaValue],
            Dirt::Errors => &[CellError],
            Dirt::MilitaryUnits => &[MilitaryUnitDropped],
            Dirt::Deceased => &[DeceasedListed],
            _ => &[],
        }
    };
    for dirt in Dirt::ALL {
        let ledger = if dirt == Dirt::MoneyText { Ledger::Visits } else { Ledger::People };
        let clean = make(ledger, &Options::new(5, 120)).unwrap();
        let made = make(ledger, &Options::new(5, 120).with(&[dirt])).unwrap();
        assert!(made.book != clean.book, "{dirt:?} changes nothing");
        assert_eq!(codes(&made.truth(Format::Xlsx)), expected(dirt).iter().copied().collect(), "{dirt:?}");
    }
}

#[test]
fn all_dirt_together_brings_every_outcome_and_every_note() {
    let mut seen = BTreeSet::new();
    for ledger in Ledger::ALL {
        let truth = make(ledger, &Options::new(11, 300).all_dirt()).unwrap().truth(Format::Xlsx);
        seen.extend(codes(&truth));
        let of = |outcome| truth.rows.iter().filter(|row| row.outcome == outcome).count();
        assert!(of(Outcome::Record) > truth.rows.len() / 3, "{ledger:?}");
        assert!(of(Outcome::Hidden) > 0 && of(Outcome::Total) > 0, "{ledger:?}");
        if ledger == Ledger::People {
            assert!(of(Outcome::Refused) > 0 && of(Outcome::Doubtful) > 0);
        }
    }
    assert_eq!(seen.len(), 22, "{seen:?}");
}

#[test]
fn normalized_id_numbers_are_valid_unless_a_note_doubts_them_and_stand_once() {
    let truth = make(Ledger::People, &Options::new(2, 400).all_dirt()).unwrap().truth(Format::Xls);
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for row in truth.rows.iter().filter(|row| !row.values.is_empty()) {
        let noted = |code| row.notes.iter().find(|note| note.code == code);
        let number = row.values["id_number"].as_str();
        assert_eq!(IdNumber::parse(number).is_ok(), noted(Code::IdInvalid).is_none(), "row {}", row.row);
        if let Some(first) = seen.insert(number, row.row) {
            let twice = noted(Code::IdTwice).unwrap_or_else(|| panic!("row {} repeats {first}", row.row));
            assert_eq!(twice.to.trim_start_matches(char::is_alphabetic), first.to_string());
            assert_eq!(row.outcome, Outcome::Doubtful);
        }
    }
}

#[test]
fn csv_knows_neither_hidden_rows_nor_formulas_but_shows_dates_as_text() {
    let options = Options::new(4, 60).with(&[Dirt::HiddenRows, Dirt::Formulas, Dirt::DateCell]);
    let made = make(Ledger::People, &options).unwrap();
    let (book, text) = (made.truth(Format::Ods), made.truth(Format::Csv(Encoding::Gb18030)));
    let hidden: Vec<usize> = (0..60).filter(|at| book.rows[*at].outcome == Outcome::Hidden).collect();
    assert!(hidden.len() >= 5);
    for at in hidden {
        assert_eq!(text.rows[at].outcome, Outcome::Record);
        assert!(text.rows[at].values.contains_key("name") && book.rows[at].values.is_empty());
    }
    assert_eq!(codes(&book), BTreeSet::from([Code::FormulaValue]));
    assert_eq!(codes(&text), BTreeSet::from([Code::DateNormalized]));
}

#[test]
fn merged_areas_hold_one_value_and_are_more_than_one_cell() {
    for ledger in Ledger::ALL {
        let book = make(ledger, &Options::new(9, 150).all_dirt()).unwrap().book;
        for area in &book.merges {
            assert!(area.bottom > area.top || area.right > area.left);
            for row in area.top..=area.bottom {
                for column in area.left..=area.right {
                    let cell = book.rows[row as usize].cells.get(usize::from(column)).unwrap_or(&Cell::Empty);
                    let first = (row, column) == (area.top, area.left);
                    assert_eq!(*cell != Cell::Empty, first, "{ledger:?} row {row} column {column}");
                }
            }
        }
    }
}
