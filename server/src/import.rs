//! Sheets as bureaus keep them: bytes become grids ([`read`]), grids tables ([`table`]), cells values ([`value`]), rows typed
//! rows of a ledger with notes by cell ([`ledger`]). These are judged beside the register, shown, and only then written as
//! ops like everybody's. One bad row never stops the others.

mod accounts;
mod apply;
mod batch;
mod compare;
mod error;
mod importer;
pub mod jobs;
mod judge;
mod known;
pub mod ledger;
mod line;
mod note;
mod plan;
pub mod read;
mod report;
mod rows;
pub mod saved;
pub mod table;
mod undo;
mod upload;
pub mod value;
mod verdict;
mod why;

pub use accounts::Handed;
pub use batch::Batch;
pub use error::ImportError;
pub use importer::{Importer, PlanError, feed};
pub use judge::{describe, division_id};
pub use known::Known;
pub use line::{Line, Note, Weight};
pub use note::{CellNote, NoteCode};
pub use plan::{Counts, Plan, State};
pub use read::read_book;
pub use report::{Cell, Item, items, write_json};
pub use rows::{Stored, Which};
pub use table::Ledger;
pub use undo::Dependent;
pub use upload::{Upload, read_upload};
pub use verdict::{Decision, Outcome, Verdict, Write};
pub use why::Why;
