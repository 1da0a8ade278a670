//! Grids to tables: where the header stands, what each column means, and which rows are records.

mod columns;
mod field;
mod header;
mod ledger;
mod mapping;
mod naming;
mod segment;
mod skip;

pub use columns::FoundColumn;
pub use field::{Belongs, SheetField, number, township, village};
pub use ledger::{Ledger, LedgerTable};
pub use mapping::Mapping;

use std::sync::Arc;

use bianfang_domain::mask;

use super::error::ImportError;
use super::note::{CellNote, NoteCode};
use super::read::{Book, BookFormat, Grid, GridRow, UnreadWhy, read_fitting};
use header::{Band, Header, HeaderSearch};

/// A file as tables of one ledger.
#[derive(Debug)]
pub struct SheetReading {
    /// Tables under a fitting header, sheet by sheet.
    pub tables: Vec<SheetTable>,
    /// Sheets that were not read.
    pub skipped: Vec<SkippedSheet>,
    /// What each column was taken for: to be saved, and given back for the next file of the kind.
    pub mapping: Mapping,
}

/// A sheet of which no row was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedSheet {
    /// Its name.
    pub sheet: String,
    /// Why: hidden, without a header, damaged, no cells.
    pub code: NoteCode,
    /// Rows that hold something; below the header where it has one.
    pub rows: u64,
}

/// One table under its header.
#[derive(Debug)]
pub struct SheetTable {
    /// Whose columns these are.
    pub ledger: &'static LedgerTable,
    /// The sheet's name.
    pub sheet: String,
    /// Which of the sheet's tables, from 0.
    pub number: u16,
    /// The header's last row, from 1.
    pub header_row: u32,
    /// Columns dropped, rows left out: each with its cell.
    pub notes: Vec<CellNote>,
    /// Numbers (from 1) of hidden rows, of totals, of repeated headers and of lines below the table.
    pub left_out: Vec<u32>,
    pub(super) columns: Vec<SheetColumn>,
    pub(super) epoch_1904: bool,
    pub(super) typed: bool,
    /// First and last column, from 0.
    range: (u32, u32),
    /// The row of the next header below, or none.
    until: u32,
    grid: Arc<Grid>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetColumn {
    /// From 0.
    pub at: u32,
    /// The header as it stands, of two rows joined by `/`.
    pub header: String,
    /// What it holds; None for one that is kept under its header.
    pub field: Option<&'static SheetField>,
    /// Amounts are in 万元.
    pub ten_thousand: bool,
    /// A column to its left holds the same field.
    pub second: bool,
}

impl SheetReading {
    /// A file as its sheets, read as it is read for a ledger.
    ///
    /// # Errors
    /// Those of [`super::read_book`].
    pub fn book(
        (name, bytes): (&str, &[u8]),
        ledger: &'static LedgerTable,
        mapping: Option<&Mapping>,
    ) -> Result<Book, ImportError> {
        let search = HeaderSearch { ledger, mapping, epoch_1904: false };
        read_fitting(name, bytes, &|grid| search.fits(grid))
    }

    /// Reads a file. A mapping that is given wins over the usual names.
    ///
    /// # Errors
    /// Those of [`super::read_book`] and of [`Self::new`].
    pub fn read(
        file: (&str, &[u8]),
        ledger: &'static LedgerTable,
        mapping: Option<&Mapping>,
    ) -> Result<Self, ImportError> {
        Self::new(Self::book(file, ledger, mapping)?, ledger, mapping)
    }

    /// Finds the tables of a book. A mapping that is given wins over the usual names.
    ///
    /// # Errors
    /// [`ImportError::NoHeader`] when no sheet has a fitting header, [`ImportError::MappingLedger`].
    pub fn new(book: Book, ledger: &'static LedgerTable, mapping: Option<&Mapping>) -> Result<Self, ImportError> {
        if mapping.is_some_and(|mapping| mapping.ledger != ledger.ledger) {
            return Err(ImportError::MappingLedger);
        }
        let mapped = Mapping { ledger: ledger.ledger, columns: Vec::new() };
        let mut reading = Self { tables: Vec::new(), skipped: Vec::new(), mapping: mapped };
        let search = HeaderSearch { ledger, mapping, epoch_1904: book.epoch_1904 };
        for sheet in book.unread {
            let code = match sheet.why {
                UnreadWhy::Damaged => NoteCode::SheetDamaged,
                UnreadWhy::NotCells => NoteCode::SheetWithoutCells,
            };
            reading.skipped.push(SkippedSheet { sheet: mask::id_numbers(&sheet.name), code, rows: 0 });
        }
        for grid in book.sheets.into_iter().filter(|grid| !grid.is_empty()) {
            let bands = search.bands(&grid);
            let code = match bands.as_slice() {
                _ if grid.hidden => Some(NoteCode::HiddenSheet),
                [] => Some(NoteCode::SheetWithoutHeader),
                _ => None,
            };
            match code {
                Some(code) => {
                    let header = bands.first().and_then(|band| band.headers.first()).map_or(0, |header| header.last);
                    let rows = grid.rows().filter(|row| row.number > header).count() as u64;
                    reading.skipped.push(SkippedSheet { sheet: mask::id_numbers(&grid.name), code, rows });
                }
                None => reading.take(Arc::new(grid), bands, (book.format, book.epoch_1904)),
            }
        }
        if reading.tables.is_empty() {
            return Err(ImportError::NoHeader { needs: ledger.needs() });
        }
        Ok(reading)
    }

    fn take(&mut self, grid: Arc<Grid>, bands: Vec<Band>, how: (BookFormat, bool)) {
        let ends: Vec<u32> = bands.iter().skip(1).map(|band| band.first).chain([u32::MAX]).collect();
        let mut number = 0;
        for (band, until) in bands.into_iter().zip(ends) {
            let mut beside = band.notes;
            for header in band.headers {
                self.mapping.take(&header.columns);
                let mut table = SheetTable::new((grid.clone(), number), &self.mapping, (header, until), how);
                if number == 0 {
                    table.notes.splice(0..0, of_the_sheet(&grid));
                }
                table.notes.append(&mut beside);
                self.tables.push(table);
                number += 1;
            }
        }
    }
}

/// What the reader of the file says of a sheet.
fn of_the_sheet(grid: &Grid) -> Vec<CellNote> {
    let beyond = (grid.beyond > 0).then(|| CellNote {
        at: format!("{}1", crate::read::letters(crate::read::MAX_COLUMNS)),
        code: NoteCode::ColumnsBeyond,
        from: Some(grid.beyond.to_string()),
        to: None,
    });
    grid.notes.iter().cloned().chain(beyond).collect()
}

impl SheetTable {
    fn new(
        (grid, number): (Arc<Grid>, u16),
        mapping: &Mapping,
        (mut header, until): (Header, u32),
        (format, epoch_1904): (BookFormat, bool),
    ) -> Self {
        let ledger = mapping.ledger.table();
        let below = grid.rows().filter(|row| (header.last + 1..until).contains(&row.number));
        let held = below.filter(|row| row.columns().any(|at| header.holds(at)));
        let (left_out, mut notes) = skip::left_out(held, ledger, &header, epoch_1904);
        notes.splice(0..0, std::mem::take(&mut header.notes));
        Self {
            ledger,
            sheet: mask::id_numbers(&grid.name),
            number,
            header_row: header.last,
            notes,
            left_out,
            columns: header.columns,
            epoch_1904,
            typed: format != BookFormat::Csv,
            range: header.range,
            until,
            grid,
        }
    }

    /// What each column was taken for.
    #[must_use]
    pub fn columns(&self) -> &[SheetColumn] {
        &self.columns
    }

    /// Rows below the header that hold something of the table, top to bottom, and whether each is a record.
    pub(super) fn rows_below(&self) -> impl Iterator<Item = (GridRow<'_>, bool)> {
        let below = self.grid.rows().filter(|row| (self.header_row + 1..self.until).contains(&row.number));
        let held = below.filter(|row| row.columns().any(|at| (self.range.0..=self.range.1).contains(&at)));
        held.map(|row| {
            let record = self.left_out.binary_search(&row.number).is_err();
            (row, record)
        })
    }

    /// Where the table lies: `A3:K90`.
    #[must_use]
    pub fn place(&self) -> String {
        let last = self.rows_below().last().map_or(self.header_row, |(row, _)| row.number);
        let columns = || self.columns.iter().map(|column| column.at);
        let (from, to) = (columns().min().unwrap_or(0), columns().max().unwrap_or(0));
        format!("{}{}:{}{last}", crate::read::letters(from), self.header_row, crate::read::letters(to))
    }
}
