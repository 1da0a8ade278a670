//! Sheets as bureaus keep them, bytes ⇄ rows: bytes become grids ([`read`]), grids tables ([`table`]), cells values
//! ([`value`]), rows typed rows of a ledger with notes by cell ([`ledger`]) and lines in the words of the register
//! ([`read_upload`]); on the way out rows become files ([`write`]). Nothing here knows a database, a network or a caller.

mod error;
pub mod ledger;
mod line;
mod note;
pub mod read;
pub mod table;
mod upload;
pub mod value;
pub mod write;

pub use error::ImportError;
pub use line::{Line, Note, Weight};
pub use note::{CellNote, NoteCode};
pub use read::read_book;
pub use table::Ledger;
pub use upload::{SheetCount, Upload, read_columns, read_upload};
