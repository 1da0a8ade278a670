//! A file to lines: what the reader made of each row, in the words of the register's documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use bianfang_domain::codes::Codes;
use bianfang_domain::time::Day;
use bianfang_domain::warning::{Warning, warnings};
use sha2::{Digest, Sha256};

use super::error::ImportError;
use super::ledger::LedgerRow;
use super::line::{Line, Note, Weight};
use super::note::CellNote;
use super::read::read_book;
use super::table::{Ledger, LedgerTable, Mapping, SheetReading, SheetTable};

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

/// Reads a file as a ledger, codes by the words of a county. Years of two digits are read with today in mind.
///
/// # Errors
/// [`ImportError`] says what to do.
pub fn read_upload(
    ledger: Ledger,
    file: (&str, &[u8]),
    how: (Option<&Mapping>, &Codes, Day),
) -> Result<Upload, ImportError> {
    read_columns(ledger.table(), file, how)
}

/// Reads a file under some columns.
///
/// # Errors
/// Those of [`read_upload`].
pub fn read_columns(
    ledger: &'static LedgerTable,
    (name, bytes): (&str, &[u8]),
    (mapping, codes, today): (Option<&Mapping>, &Codes, Day),
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
        upload.take(&table, codes, year);
    }
    Ok(upload)
}

impl Upload {
    fn take(&mut self, table: &SheetTable, codes: &Codes, year: i32) {
        let columns = table.columns().iter().filter_map(|column| Some((column.field?.field, column.at)));
        let columns: BTreeMap<String, String> = columns.map(|(name, at)| (name.to_owned(), letters(at))).collect();
        let columns = Arc::new(columns);
        let ledger = table.ledger.ledger;
        self.lines.extend(table.rows(codes, year).map(|row| line(ledger, &table.sheet, row, &columns)));
    }
}

fn line(ledger: Ledger, sheet: &str, row: LedgerRow, columns: &Arc<BTreeMap<String, String>>) -> Line {
    let refused = row.refused;
    let weight = |cell: &CellNote| match &refused {
        Some(refused) if refused.at == cell.at && refused.code == cell.code => Weight::Refusal,
        _ if cell.code.is_doubt() => Weight::Doubt,
        _ => Weight::Note,
    };
    let mut line = Line {
        sheet: sheet.to_owned(),
        row: row.row,
        township: row.township.unwrap_or_default(),
        village: row.village.unwrap_or_default(),
        fields: row.fields,
        subject: row.whom,
        notes: row.cells.iter().map(|cell| note(cell, weight(cell))).collect(),
        columns: columns.clone(),
    };
    if ledger == Ledger::People {
        let warned = warnings(&line.fields).into_iter().filter(|warning| *warning != Warning::NoIdNumber);
        let warned: Vec<Note> = warned.map(|warning| look_twice(warning, &line)).collect();
        line.notes.extend(warned);
    }
    if !row.extra.is_empty() {
        line.fields.insert("extra".to_owned(), serde_json::json!(row.extra));
    }
    line
}

/// What may still be right, as the phone says it before saving (invariant 13).
fn look_twice(warning: Warning, line: &Line) -> Note {
    Note {
        at: line.at(warning.field()),
        code: format!("warning_{}", warning.field()),
        message: format!("{} / {}", warning.zh(), warning.en()),
        from: line.text(warning.field()).map(str::to_owned),
        to: None,
        weight: Weight::Note,
    }
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
