//! Dirty sheets as bureaus keep them, with the truth beside each: what a perfect importer must conclude, row by row. The
//! importer is tested against these in every format; the same options make the same bytes.
//!
//! ```no_run
//! use bianfang_dirty_sheets::{Dirt, Format, Ledger, Options, make};
//! let made = make(Ledger::People, &Options::new(7, 200).with(&[Dirt::IdRounded]))?;
//! let (sheet, truth) = (made.bytes(Format::Xlsx)?, made.truth(Format::Xlsx));
//! # Ok::<(), bianfang_dirty_sheets::SheetsError>(())
//! ```

mod book;
mod dirt;
mod entries;
mod error;
mod ledger;
mod made;
mod rows;
mod spoil;
mod truth;
mod write;

pub use book::{Book, Cell, Expression, Hidden, Look, Merge, NumberLook, Row, column_letters};
pub use dirt::Dirt;
pub use error::SheetsError;
pub use ledger::{Column, Kind, Ledger};
pub use made::{Made, Options, make};
pub use truth::{Code, Note, Outcome, RowTruth, Truth};
pub use write::{Encoding, Format};
