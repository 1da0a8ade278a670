//! Rows of the six ledgers, typed. A bad cell costs its value or its row, never another row.

mod cells;
mod divisions;
mod letters;
mod people;
mod plaques;
mod staff;
mod visits;

use std::collections::BTreeMap;

use serde::Serialize;

pub use cells::{Cells, CodedName};
pub use divisions::SheetDivision;
pub use letters::SheetLetter;
pub use people::SheetPerson;
pub use plaques::SheetPlaque;
pub use staff::StaffRow;
pub use visits::SheetVisit;

use super::note::{CellNote, NoteCode};
use super::table::{Ledger, SheetField, SheetTable};

/// A row of a ledger.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerRow<T> {
    /// The sheet's name; that of a CSV is empty.
    pub sheet: String,
    /// As a spreadsheet counts, from 1.
    pub row: u32,
    /// What it says. Of a refused row as far as it could be read.
    pub fields: T,
    /// Columns without a meaning, verbatim under their headers.
    pub extra: BTreeMap<String, String>,
    /// Columns with a meaning that also stay as they are written: [`LedgerFields::KEPT`].
    pub kept: BTreeMap<String, String>,
    /// What was normalized or left out, left to right as read.
    pub cells: Vec<CellNote>,
    /// Nothing can be made of the row: for which cell and why.
    pub refused: Option<Refusal>,
}

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The cell.
    pub at: String,
    /// Why.
    pub code: NoteCode,
}

impl<T> LedgerRow<T> {
    /// People must decide about it, by what the sheet alone says.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.cells.iter().any(|note| note.code.is_doubt())
    }
}

/// The fields of one ledger.
pub trait LedgerFields: Sized {
    /// Which.
    const LEDGER: Ledger;
    /// Columns that stay verbatim, because the register has no kind for them yet.
    const KEPT: &'static [SheetField] = &[];
    /// Reads the cells of one row.
    fn read(cells: &mut Cells<'_, '_>) -> Self;
}

impl SheetTable {
    /// The rows as fields `T`, read one at a time. Years of two digits up to `pivot`, this year, are of this century.
    pub fn rows<T: LedgerFields>(&self, pivot: i32) -> impl Iterator<Item = LedgerRow<T>> {
        let mut above = cells::LeftAbove::default();
        self.rows_below().filter_map(move |(row, record)| {
            let (number, hidden) = (row.number, row.hidden);
            let mut cells = Cells::new(self, row, &mut above, pivot);
            if !record {
                // 同上 under a hidden row means the hidden row.
                if hidden {
                    cells.pass();
                }
                return None;
            }
            let fields = T::read(&mut cells);
            let extra = cells.extra();
            let kept = cells.verbatim(T::KEPT);
            let (cells, refused) = cells.finish();
            Some(LedgerRow { sheet: self.sheet.clone(), row: number, fields, extra, kept, cells, refused })
        })
    }
}
