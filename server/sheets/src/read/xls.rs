//! .xls by calamine, its hidden rows by [`super::biff`].

use std::io::{Cursor, Read};

use calamine::{Data, Reader, SheetType, Xls, XlsError};

use super::biff;
use super::book::{Book, BookFormat};
use super::grid::{Area, GridBuilder, GridValue};
use crate::error::ImportError;

/// Reads a workbook.
pub fn read(bytes: &[u8]) -> Result<Book, ImportError> {
    let hidden = biff::hidden_rows(&stream(bytes)?)?;
    let mut book: Xls<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: XlsError| match error {
            XlsError::Password => ImportError::Encrypted,
            _ => ImportError::Damaged,
        })?;
    let sheets = book.sheets_metadata().to_vec();
    let epoch_1904 = book.has_1904_epoch();
    let mut read = Vec::new();
    for (index, sheet) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet) {
        let areas = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        let areas = areas.iter().map(|area| Area { start: area.start, end: area.end }).collect();
        let Ok(range) = book.worksheet_range(&sheet.name) else { continue };
        let (top, left) = range.start().unwrap_or((0, 0));
        let formulas = book.worksheet_formula(&sheet.name).unwrap_or_default();
        let mut grid = GridBuilder::default();
        for (row, column, cell) in range.used_cells() {
            let at = |start: u32, more: usize| start.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
            let error;
            let value = match cell {
                Data::Empty => GridValue::Empty,
                Data::Int(number) => GridValue::Number(*number as f64),
                Data::Float(number) => GridValue::Number(*number),
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => GridValue::Text(text),
                Data::Bool(truth) => GridValue::Bool(*truth),
                Data::DateTime(serial) => GridValue::Date(serial.as_f64()),
                Data::Error(kind) => {
                    error = kind.to_string();
                    GridValue::Error(&error)
                }
            };
            let place = (at(top, row), at(left, column));
            let formula = formulas.get_value(place).is_some_and(|text| !text.is_empty());
            grid.put(place, value, formula)?;
        }
        let none = Vec::new();
        read.push(grid.finish(sheet.name.clone(), areas, hidden.get(&index).unwrap_or(&none)));
    }
    Ok(Book { format: BookFormat::Xls, epoch_1904, sheets: read })
}

fn stream(bytes: &[u8]) -> Result<Vec<u8>, ImportError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| ImportError::Damaged)?;
    let path = if file.exists("/Workbook") { "/Workbook" } else { "/Book" };
    let stream = file.open_stream(path).map_err(|_| ImportError::Damaged)?;
    let mut read = Vec::new();
    // A damaged chain of sectors may say any length; the stream is never longer than the file.
    stream.take(bytes.len() as u64).read_to_end(&mut read).map_err(|_| ImportError::Damaged)?;
    Ok(read)
}
