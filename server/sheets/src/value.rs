//! One cell to one value: a pure function for each type, which says what it changed. Nothing here knows sheets or ledgers.

mod amount;
mod clock;
mod date;
mod flag;
mod id;
mod person_name;
mod phones;
mod plain;

pub use amount::amount;
pub use clock::minutes;
pub use date::{SheetDate, date, either, serial_day};
pub use flag::flag;
pub use id::{id_number, suspect_number};
pub use person_name::person_name;
pub use phones::{SheetPhone, phones};
pub use plain::{marks, narrow, plain};

use super::note::NoteCode;

/// What a cell was read as, and each change that led there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// None: nothing stood there, or it was left out for the reason in `codes`.
    pub value: Option<T>,
    /// What was changed, or why it was left out.
    pub codes: Vec<NoteCode>,
}

impl<T> Read<T> {
    /// A value and what was changed for it.
    #[must_use]
    pub fn some(value: T, codes: Vec<NoteCode>) -> Self {
        Self { value: Some(value), codes }
    }
    /// Nothing stood there.
    #[must_use]
    pub fn none() -> Self {
        Self { value: None, codes: Vec::new() }
    }
    /// Left out.
    #[must_use]
    pub fn left_out(code: NoteCode) -> Self {
        Self { value: None, codes: vec![code] }
    }
}
