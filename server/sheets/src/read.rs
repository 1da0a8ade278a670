//! Bytes to grids: .xlsx, .xls, .ods by what is in them, .csv in UTF-8, UTF-16 or GB18030. What a file is, is sniffed from its first
//! bytes; sizes are looked at before anything is unpacked. A library that panics on a damaged file makes it a damaged file.

mod archive;
mod biff;
mod book;
mod compound;
mod decode;
mod encrypted;
mod grid;
mod ods;
mod package;
mod pool;
mod sniff;
mod text;
mod xls;
mod xlsx;
mod xlsx_sheet;
mod xlsx_styles;
mod xlsx_texts;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use book::{Book, BookFormat, UnreadSheet, UnreadWhy};
pub use decode::BROKEN;
pub use grid::{Area, Grid, GridCell, GridRow, GridValue, letters};

use super::error::ImportError;

/// A larger file is refused before it is read.
pub const MAX_FILE: u64 = 50 * 1024 * 1024;
/// A book with more rows is refused: a county serves at most 50,000 people.
pub const MAX_ROWS: usize = 250_000;
/// Cells that hold something, in a book: 50,000 rows of 26 columns, three times over.
pub const MAX_CELLS: usize = 4_000_000;
/// Columns beyond are not looked at: sheets have some thirty.
pub const MAX_COLUMNS: u32 = 512;

/// Reads a file's bytes. `name` only helps to say what is wrong.
///
/// # Errors
/// [`ImportError`] says what to do: too large, of another type, encrypted, damaged.
pub fn read_book(name: &str, bytes: &[u8]) -> Result<Book, ImportError> {
    read_fitting(name, bytes, &|_| 0)
}

/// Reads a file's bytes. `fits`: how many columns of a ledger the head of a sheet names, by which the separator of a text is told.
///
/// # Errors
/// Those of [`read_book`].
pub fn read_fitting(name: &str, bytes: &[u8], fits: &dyn Fn(&Grid) -> usize) -> Result<Book, ImportError> {
    check_size(bytes.len() as u64)?;
    let read = || {
        let opened = encrypted::opened(bytes)?;
        let bytes = opened.as_deref().unwrap_or(bytes);
        match sniff::sniff(name, bytes)? {
            BookFormat::Xlsx => xlsx::read(bytes),
            BookFormat::Xls => xls::read(bytes),
            BookFormat::Ods => ods::read(bytes),
            BookFormat::Csv => text::read(bytes, fits),
        }
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(ImportError::Damaged))
}

/// Looks at a file's size before its bytes are read.
///
/// # Errors
/// [`ImportError::FileTooLarge`].
pub fn check_size(bytes: u64) -> Result<(), ImportError> {
    if bytes > MAX_FILE {
        return Err(ImportError::FileTooLarge { bytes, limit: MAX_FILE });
    }
    Ok(())
}
