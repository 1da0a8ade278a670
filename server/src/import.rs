//! Sheets as bureaus keep them, read into rows with located problems, and written as ops like everybody's. One bad row never
//! stops the others.

mod batch;
mod divisions;
mod header;
mod people;
mod problem;
mod roster;
mod sheet;

pub use batch::{Batch, Report};
pub use divisions::{DivisionList, SheetDivision, read_divisions};
pub use header::Column;
pub use people::{Importer, division_id};
pub use problem::{CellProblem, ImportError, ProblemCode};
pub use roster::{Roster, RosterPerson, read_roster};
pub use sheet::{Sheet, SheetRow, read_sheet};
