//! Grids to tables: where the header stands, what each column means, and which rows are records.

mod field;
mod header;
mod ledger;
mod mapping;
mod skip;

pub use field::{Belongs, SheetField, number, township, village};
pub use ledger::{Ledger, LedgerTable};
pub use mapping::Mapping;

use super::error::ImportError;
use super::note::CellNote;
use super::read::{Book, BookFormat, Grid, GridRow};
use header::Header;

/// A file as tables of one ledger.
#[derive(Debug)]
pub struct SheetReading {
    /// Sheets with a fitting header.
    pub tables: Vec<SheetTable>,
    /// Names of the sheets without one.
    pub skipped: Vec<String>,
    /// What each column was taken for: to be saved, and given back for the next file of the kind.
    pub mapping: Mapping,
}

/// One sheet under its header.
#[derive(Debug)]
pub struct SheetTable {
    /// Whose columns these are.
    pub ledger: &'static LedgerTable,
    /// The sheet's name.
    pub sheet: String,
    /// The header's last row, from 1.
    pub header_row: u32,
    /// Columns dropped, rows left out: each with its cell.
    pub notes: Vec<CellNote>,
    /// Numbers (from 1) of hidden rows, of totals, of repeated headers and of lines below the table.
    pub left_out: Vec<u32>,
    pub(super) columns: Vec<SheetColumn>,
    pub(super) epoch_1904: bool,
    pub(super) typed: bool,
    grid: Grid,
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
}

impl SheetReading {
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
        for grid in book.sheets {
            match header::find(&grid, ledger, mapping, book.epoch_1904) {
                None if grid.is_empty() => {}
                None => reading.skipped.push(grid.name.clone()),
                Some(header) => {
                    reading.mapping.take(&header.columns);
                    reading.tables.push(SheetTable::new(grid, ledger, header, (book.format, book.epoch_1904)));
                }
            }
        }
        if reading.tables.is_empty() {
            return Err(ImportError::NoHeader { needs: ledger.needs() });
        }
        Ok(reading)
    }
}

impl SheetTable {
    fn new(grid: Grid, ledger: &'static LedgerTable, header: Header, (format, epoch_1904): (BookFormat, bool)) -> Self {
        let (left_out, mut notes) = skip::left_out(&grid, ledger, &header, epoch_1904);
        notes.splice(0..0, header.notes);
        Self {
            ledger,
            sheet: grid.name.clone(),
            header_row: header.last,
            notes,
            left_out,
            columns: header.columns,
            epoch_1904,
            typed: format != BookFormat::Csv,
            grid,
        }
    }

    /// What each column was taken for.
    #[must_use]
    pub fn columns(&self) -> &[SheetColumn] {
        &self.columns
    }

    /// Rows below the header, top to bottom, and whether each is a record.
    pub(super) fn rows_below(&self) -> impl Iterator<Item = (GridRow<'_>, bool)> {
        let below = self.grid.rows().filter(|row| row.number > self.header_row);
        below.map(|row| {
            let record = self.left_out.binary_search(&row.number).is_err();
            (row, record)
        })
    }
}
