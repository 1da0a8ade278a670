//! Sheets as bureaus keep them, read into rows with located problems. One bad row never stops the others.

mod header;
mod problem;
mod roster;
mod sheet;

pub use header::Column;
pub use problem::{CellProblem, ImportError, ProblemCode};
pub use roster::{Roster, RosterPerson, read_roster};
pub use sheet::{Sheet, SheetRow, read_sheet};
