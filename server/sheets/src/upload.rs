//! A file to lines: what the reader made of each row, in the words of the register's documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use bianfang_domain::codes::Codes;
use bianfang_domain::mask;
use bianfang_domain::time::Day;
use bianfang_domain::warning::{Warning, warnings};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::ImportError;
use super::ledger::LedgerRow;
use super::line::{Line, Note, Weight};
use super::note::CellNote;
use super::table::{Ledger, LedgerTable, Mapping, SheetReading, SheetTable, SkippedSheet};

/// A file as lines.
#[derive(Debug)]
pub struct Upload {
    /// As it is called where it comes from.
    pub file_name: String,
    /// SHA-256 of its bytes, hex.
    pub file_sha256: String,
    /// Rows in the order of the file.
    pub lines: Vec<Line>,
    /// What is said of whole sheets: columns that were dropped, rows that were left out. Cells with their sheet: `甲镇!G1`.
    pub notes: Vec<Note>,
    /// Every table that was read and every sheet that was not, with how many rows.
    pub sheets: Vec<SheetCount>,
    /// What each column was taken for.
    pub mapping: Mapping,
}

/// How much of a sheet was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetCount {
    /// The sheet's name; empty for a CSV.
    pub sheet: String,
    /// Where the table lies, `A3:K90`; empty for a sheet that was not read.
    pub place: String,
    /// Which of the sheet's tables, from 0.
    pub table: u16,
    /// Rows that became lines.
    pub read: u64,
    /// Rows that hold something and became none.
    pub left_out: u64,
    /// Of a sheet that was not read, why: 中文 / English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
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
    let reading = SheetReading::read((name, bytes), ledger, mapping)?;
    let year = today.ymd().map_or(2026, |(year, _, _)| year);
    let mut upload = Upload {
        file_name: mask::id_numbers(name),
        file_sha256: hex::encode(Sha256::digest(bytes)),
        lines: Vec::new(),
        notes: Vec::new(),
        sheets: Vec::new(),
        mapping: reading.mapping,
    };
    for table in reading.tables {
        let of_table = table.notes.iter().map(|note| self::note(note, Weight::Note));
        upload.notes.extend(of_table.map(|note| Note { at: in_sheet(&table.sheet, &note.at), ..note }));
        upload.take(&table, codes, year);
    }
    for skipped in reading.skipped {
        let SkippedSheet { sheet, code, rows } = skipped;
        let from = Some(format!("{rows} 行 / {rows} rows")).filter(|_| rows > 0);
        let said = CellNote { at: in_sheet(&sheet, "A1"), code, from, to: None };
        let said = self::note(&said, Weight::Note);
        let why = Some(said.message.clone());
        upload.sheets.push(SheetCount { sheet, place: String::new(), table: 0, read: 0, left_out: rows, why });
        upload.notes.push(said);
    }
    Ok(upload)
}

impl Upload {
    fn take(&mut self, table: &SheetTable, codes: &Codes, year: i32) {
        let first = table.columns().iter().filter(|column| !column.second);
        let columns = first.filter_map(|column| Some((column.field?.field, column.at)));
        let columns: BTreeMap<String, String> =
            columns.map(|(name, at)| (name.to_owned(), crate::read::letters(at))).collect();
        let columns = Arc::new(columns);
        let before = self.lines.len();
        self.lines.extend(table.rows(codes, year).map(|row| line(table, row, &columns)));
        self.sheets.push(SheetCount {
            sheet: table.sheet.clone(),
            place: table.place(),
            table: table.number,
            read: (self.lines.len() - before) as u64,
            left_out: table.left_out.len() as u64,
            why: None,
        });
    }
}

/// A cell with its sheet, as spreadsheets write it.
fn in_sheet(sheet: &str, at: &str) -> String {
    if sheet.is_empty() { at.to_owned() } else { format!("{sheet}!{at}") }
}

fn line(table: &SheetTable, row: LedgerRow, columns: &Arc<BTreeMap<String, String>>) -> Line {
    let refused = row.refused;
    let weight = |cell: &CellNote| match &refused {
        Some(refused) if refused.at == cell.at && refused.code == cell.code => Weight::Refusal,
        _ if cell.code.is_doubt() => Weight::Doubt,
        _ => Weight::Note,
    };
    let mut line = Line {
        sheet: table.sheet.clone(),
        row: row.row,
        table: table.number,
        township: row.township.unwrap_or_default(),
        village: row.village.unwrap_or_default(),
        fields: row.fields,
        subject: row.whom,
        notes: row.cells.iter().map(|cell| note(cell, weight(cell))).collect(),
        columns: columns.clone(),
    };
    if table.ledger.ledger == Ledger::People {
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
