//! Sheets as bureaus keep them: bytes become grids ([`read`]), grids tables ([`table`]), cells values ([`value`]), rows typed
//! rows of a ledger with notes by cell ([`ledger`]), and these are written as ops like everybody's. One bad row never stops the
//! others.

mod batch;
mod divisions;
mod error;
pub mod ledger;
mod note;
mod people;
mod problem;
pub mod read;
mod roster;
pub mod table;
pub mod value;

pub use batch::{Batch, Report};
pub use divisions::{DivisionList, SheetDivision, read_divisions};
pub use error::ImportError;
pub use note::{CellNote, NoteCode};
pub use people::{Importer, division_id};
pub use problem::CellProblem;
pub use read::read_book;
pub use roster::{Roster, read_roster};
