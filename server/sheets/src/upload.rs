//! A file to lines: what the reader made of each row, in the words of the register's documents.

mod documents;

use std::collections::BTreeMap;
use std::sync::Arc;

use bianfang_domain::time::Day;
use sha2::{Digest, Sha256};

use super::error::ImportError;
use super::ledger::{
    LedgerFields, LedgerRow, SheetDivision, SheetLetter, SheetPerson, SheetPlaque, SheetVisit, StaffRow,
};
use super::line::{Line, Note, Weight};
use super::note::CellNote;
use super::read::read_book;
use super::table::{Ledger, Mapping, SheetField, SheetReading, SheetTable};

/// A file as lines.
#[derive(Debug)]
pub struct Upload {
    /// As it is called where it comes from.
    pub file_name: String,
    /// SHA-256 of its bytes, hex.
    pub file_sha256: String,
    /// Rows in the order of the file.
    pub lines: Vec<Line>,
    /// What is said of whole sheets: columns that were dropped, rows that were left out.
    pub notes: Vec<Note>,
    /// What each column was taken for.
    pub mapping: Mapping,
}

/// Reads a file as a ledger. Years of two digits are read with today in mind.
///
/// # Errors
/// [`ImportError`] says what to do.
pub fn read_upload(
    ledger: Ledger,
    (name, bytes): (&str, &[u8]),
    (mapping, today): (Option<&Mapping>, Day),
) -> Result<Upload, ImportError> {
    let reading = SheetReading::new(read_book(name, bytes)?, ledger, mapping)?;
    let year = today.ymd().map_or(2026, |(year, _, _)| year);
    let mut upload = Upload {
        file_name: name.to_owned(),
        file_sha256: hex::encode(Sha256::digest(bytes)),
        lines: Vec::new(),
        notes: Vec::new(),
        mapping: reading.mapping,
    };
    for table in reading.tables {
        upload.notes.extend(table.notes.iter().map(|note| self::note(note, Weight::Note)));
        match ledger {
            Ledger::People => upload.take::<SheetPerson>(&table, year),
            Ledger::Divisions => upload.take::<SheetDivision>(&table, year),
            Ledger::Plaques => upload.take::<SheetPlaque>(&table, year),
            Ledger::Visits => upload.take::<SheetVisit>(&table, year),
            Ledger::Letters => upload.take::<SheetLetter>(&table, year),
            Ledger::Staff => upload.take::<StaffRow>(&table, year),
        }
    }
    Ok(upload)
}

/// Fields of a ledger in the words of the register.
trait Says {
    /// Puts them into a line.
    fn say(self, line: &mut Line);
    /// The register's name of a column's field.
    fn name_of(field: SheetField) -> &'static str;
}

impl Upload {
    fn take<T: LedgerFields + Says>(&mut self, table: &SheetTable, year: i32) {
        let columns = table.columns().iter().filter_map(|column| Some((T::name_of(column.field?), column.at)));
        let columns: BTreeMap<String, String> =
            columns.filter(|(name, _)| !name.is_empty()).map(|(name, at)| (name.to_owned(), letters(at))).collect();
        let columns = Arc::new(columns);
        self.lines.extend(table.rows::<T>(year).map(|row| line(row, &columns)));
    }
}

fn line<T: Says>(row: LedgerRow<T>, columns: &Arc<BTreeMap<String, String>>) -> Line {
    let refused = row.refused;
    let weight = |cell: &CellNote| match &refused {
        Some(refused) if refused.at == cell.at && refused.code == cell.code => Weight::Refusal,
        _ if cell.code.is_doubt() => Weight::Doubt,
        _ => Weight::Note,
    };
    let mut line = Line {
        sheet: row.sheet,
        row: row.row,
        notes: row.cells.iter().map(|cell| note(cell, weight(cell))).collect(),
        columns: columns.clone(),
        ..Line::default()
    };
    row.fields.say(&mut line);
    let mut extra = row.extra;
    extra.extend(row.kept);
    if !extra.is_empty() {
        line.fields.insert("extra".to_owned(), serde_json::json!(extra));
    }
    line
}

fn note(cell: &CellNote, weight: Weight) -> Note {
    let code = serde_json::to_value(cell.code).ok().and_then(|code| code.as_str().map(str::to_owned));
    Note {
        at: cell.at.clone(),
        code: code.unwrap_or_default(),
        message: format!("{} / {}", cell.code.zh(), cell.code.en()),
        from: cell.from.clone(),
        to: cell.to.clone(),
        weight,
    }
}

/// The letters of a column, counted from 0.
fn letters(column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from_u32(u32::from(b'A') + (rest - 1) % 26).unwrap_or('A'));
        rest = (rest - 1) / 26;
    }
    letters
}
