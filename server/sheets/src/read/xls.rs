//! .xls by calamine, what is hidden in it by [`super::biff`].

use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::book::{Book, BookFormat, UnreadSheet, UnreadWhy};
use super::grid::{Area, GridBuilder, GridValue};
use super::{biff, compound};
use crate::error::ImportError;

/// Reads a workbook.
pub fn read(bytes: &[u8]) -> Result<Book, ImportError> {
    let mut hidden = biff::hidden(&stream(bytes)?)?;
    let mut book: Xls<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: XlsError| match error {
            XlsError::Password => ImportError::Encrypted,
            _ => ImportError::Damaged,
        })?;
    let sheets = book.sheets_metadata().to_vec();
    let epoch_1904 = book.has_1904_epoch();
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    for (index, sheet) in sheets.iter().enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            unread.push(UnreadSheet { name: sheet.name.clone(), why: UnreadWhy::NotCells });
            continue;
        }
        let Ok(range) = book.worksheet_range(&sheet.name) else {
            unread.push(UnreadSheet { name: sheet.name.clone(), why: UnreadWhy::Damaged });
            continue;
        };
        let biff::XlsHidden { mut layout, uncomputed } = hidden.remove(&index).unwrap_or_default();
        let areas = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        layout.areas = areas.iter().map(|area| Area { start: area.start, end: area.end }).collect();
        layout.hidden = sheet.visible != SheetVisible::Visible;
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
            let value = if uncomputed.contains(&place) { GridValue::Uncomputed } else { value };
            let formula = formulas.get_value(place).is_some_and(|text| !text.is_empty());
            grid.put(place, value, formula)?;
        }
        read.push(grid.finish(sheet.name.clone(), layout));
    }
    let damaged = unread.iter().any(|sheet| sheet.why == UnreadWhy::Damaged);
    if read.is_empty() && damaged {
        return Err(ImportError::Damaged);
    }
    Ok(Book { format: BookFormat::Xls, epoch_1904, sheets: read, unread })
}

fn stream(bytes: &[u8]) -> Result<Vec<u8>, ImportError> {
    let mut file = compound::open(bytes).ok_or(ImportError::Damaged)?;
    let path = if file.exists("/Workbook") { "/Workbook" } else { "/Book" };
    compound::stream(&mut file, path, bytes.len() as u64).ok_or(ImportError::Damaged)
}
