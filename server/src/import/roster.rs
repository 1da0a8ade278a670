//! The 退役军人花名册 as the plain importer takes it: rows that are refused or stand twice are left out and named.

use super::error::ImportError;
use super::ledger::{LedgerRow, PersonRow};
use super::note::NoteCode;
use super::problem::CellProblem;
use super::read::Book;
use super::table::{Ledger, Reading};

/// A sheet that was read.
#[derive(Debug, Default)]
pub struct Roster {
    /// People in the order of the sheet.
    pub people: Vec<LedgerRow<PersonRow>>,
    /// What was left out, and where.
    pub problems: Vec<CellProblem>,
    /// Rows below the header, without totals.
    pub rows: usize,
}

/// Reads a roster. `year` is this year: two-digit years up to it are of this century.
///
/// # Errors
/// [`ImportError::NoHeader`] when no row names person and village.
pub fn read_roster(book: Book, year: i32) -> Result<Roster, ImportError> {
    let reading = Reading::new(book, Ledger::People, None)?;
    let mut roster = Roster::default();
    for mut row in reading.tables.iter().flat_map(|table| table.rows::<PersonRow>(year)) {
        roster.rows += 1;
        let twice = row.cells.iter().any(|note| note.code == NoteCode::IdTwice);
        let refused = row.refused.as_ref().map(|refused| (refused.at.clone(), refused.code));
        let lost = row.cells.iter().filter(|note| !note.code.is_change());
        let problems: Vec<CellProblem> = lost
            .map(|note| {
                let row_refused = note.code == NoteCode::IdTwice || refused == Some((note.at.clone(), note.code));
                CellProblem { at: note.at.clone(), code: note.code, row_refused }
            })
            .collect();
        roster.problems.extend(problems);
        row.cells = Vec::new();
        if refused.is_none() && !twice {
            roster.people.push(row);
        }
    }
    Ok(roster)
}
