//! A problem at one cell, as the plain report of an import shows it.

use serde::Serialize;

use super::note::NoteCode;

/// A problem at one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellProblem {
    /// As a spreadsheet names it: `E5`.
    pub at: String,
    /// What is wrong.
    pub code: NoteCode,
    /// The row was left out; otherwise only the value was.
    pub row_refused: bool,
}
