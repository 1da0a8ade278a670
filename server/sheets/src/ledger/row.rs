//! One row of a sheet, cell by cell: each column of the ledger is read by what it holds.

use std::collections::BTreeMap;

use bianfang_domain::codes::Codes;
use bianfang_domain::document::Document;
use serde_json::Value;

use super::{Cells, cells};
use super::{basis_persons, divisions, letters, people, plaques, staff, units, visits};
use crate::note::{CellNote, NoteCode};
use crate::table::{Belongs, Ledger, SheetTable};

/// A row of a ledger.
#[derive(Debug, Clone, Default)]
pub struct LedgerRow {
    /// As a spreadsheet counts, from 1.
    pub row: u32,
    /// 乡镇
    pub township: Option<String>,
    /// 村
    pub village: Option<String>,
    /// What it says of the record it becomes, by the fields of the register. Of a refused row as far as it could be read.
    pub fields: Document,
    /// What it says of whom it speaks of, by the fields of a person.
    pub whom: Document,
    /// What it says that the register has no kind for, by the columns' keys.
    pub beside: Document,
    /// Columns without a meaning, and those that stay as they are written, under their headers.
    pub extra: BTreeMap<String, String>,
    /// What was normalized or left out, left to right as read.
    pub cells: Vec<CellNote>,
    /// Nothing can be made of the row: for which cell and why.
    pub refused: Option<Refusal>,
}

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The cell.
    pub at: String,
    /// Why.
    pub code: NoteCode,
}

impl LedgerRow {
    /// People must decide about it, by what the sheet alone says.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.cells.iter().any(|note| note.code.is_doubt())
    }

    /// A text that the row says, of itself or of whom it speaks of.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        let said = self.fields.get(field).or_else(|| self.whom.get(field));
        said.and_then(Value::as_str).filter(|text| !text.is_empty())
    }
}

impl SheetTable {
    /// The rows, read one at a time, codes by the words of a county. Years of two digits up to `pivot`, this year, are of this
    /// century.
    pub fn rows(&self, codes: &Codes, pivot: i32) -> impl Iterator<Item = LedgerRow> {
        let mut above = cells::LeftAbove::default();
        let mut rows = self.rows_below().peekable();
        std::iter::from_fn(move || {
            loop {
                let (row, record) = rows.next()?;
                let (number, hidden) = (row.number, row.hidden);
                let mut cells = Cells::new(self, row, &mut above, (codes, pivot));
                if !record {
                    // 同上 under a hidden row means the hidden row.
                    if hidden {
                        cells.pass();
                    }
                    continue;
                }
                let mut read = LedgerRow { row: number, ..LedgerRow::default() };
                self.say(&mut cells, &mut read);
                read.extra = cells.extra();
                while let Some((below, _)) = rows.next_if(|(below, record)| *record && self.goes_on(below)) {
                    cells.second_row(&mut read, below);
                }
                self.conclude(&mut cells, &mut read);
                let (notes, refused) = cells.finish();
                return Some(LedgerRow { cells: notes, refused, ..read });
            }
        })
    }

    /// What the cells of a row say, each by itself.
    fn say(&self, cells: &mut Cells<'_, '_>, read: &mut LedgerRow) {
        if self.ledger.get("village").is_some_and(|column| column.belongs == Belongs::Place) {
            (read.township, read.village) = cells.place();
        }
        for column in self.columns.iter().filter(|column| !column.second) {
            let Some(field) = column.field.filter(|field| field.belongs != Belongs::Place) else { continue };
            let value = cells.read(field);
            let said = match field.belongs {
                Belongs::Row => &mut read.fields,
                Belongs::Whom => &mut read.whom,
                _ => &mut read.beside,
            };
            if let Some(value) = value {
                add(said, field.field, value);
            }
        }
        cells.second_columns(read);
    }

    /// What they say together.
    fn conclude(&self, cells: &mut Cells<'_, '_>, read: &mut LedgerRow) {
        match self.ledger.ledger {
            Ledger::People => people::finish(cells, read),
            Ledger::Divisions => divisions::finish(cells, read),
            Ledger::Plaques => plaques::finish(cells, read),
            Ledger::Visits => visits::finish(cells, read),
            Ledger::Letters => letters::finish(cells, read),
            Ledger::Units => units::finish(cells, read),
            Ledger::BasisPersons => basis_persons::finish(cells, read),
            Ledger::Staff => staff::finish(cells, read),
        }
    }
}

/// Two columns of one field are one list.
fn add(said: &mut Document, field: &str, value: Value) {
    match (said.get_mut(field), value) {
        (Some(Value::Array(list)), Value::Array(more)) => list.extend(more),
        (_, value) => {
            said.insert(field.to_owned(), value);
        }
    }
}
