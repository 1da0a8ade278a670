//! .xlsx: cells streamed by calamine (a range of a whole sheet would take a gigabyte), hidden rows and merge areas by [`super::xlsx_rows`].

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, Xlsx, XlsxError};

use super::book::{Book, BookFormat};
use super::grid::{GridBuilder, GridValue};
use super::{archive, xlsx_rows};
use crate::error::ImportError;

/// Reads a workbook.
pub fn read(bytes: &[u8]) -> Result<Book, ImportError> {
    let mut layouts = xlsx_rows::read(&mut archive::open(bytes)?)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(fault)?;
    let sheets = book.sheets_metadata().to_vec();
    let epoch_1904 = book.has_1904_epoch();
    let mut read = Vec::new();
    for sheet in sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let layout = layouts.remove(&sheet.name).unwrap_or_default();
        let mut grid = GridBuilder::default();
        let mut cells = match book.worksheet_cells_reader(&sheet.name) {
            // A part that the workbook names and the archive lacks, or a chart.
            Err(XlsxError::WorksheetNotFound(_) | XlsxError::NotAWorksheet(_)) => continue,
            other => other.map_err(fault)?,
        };
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(fault)? {
            let error;
            let value = match &cell.value {
                DataRef::Empty => GridValue::Empty,
                DataRef::Int(number) => GridValue::Number(*number as f64),
                DataRef::Float(number) => GridValue::Number(*number),
                DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                    GridValue::Text(text)
                }
                DataRef::SharedString(text) => GridValue::Text(text),
                DataRef::Bool(truth) => GridValue::Bool(*truth),
                DataRef::DateTime(serial) => GridValue::Date(serial.as_f64()),
                DataRef::Error(kind) => {
                    error = kind.to_string();
                    GridValue::Error(&error)
                }
            };
            grid.put(cell.pos, value, cell.formula.is_some())?;
        }
        drop(cells);
        read.push(grid.finish(sheet.name, layout.areas, &layout.hidden));
    }
    Ok(Book { format: BookFormat::Xlsx, epoch_1904, sheets: read })
}

fn fault(error: XlsxError) -> ImportError {
    match error {
        XlsxError::Password => ImportError::Encrypted,
        _ => ImportError::Damaged,
    }
}
