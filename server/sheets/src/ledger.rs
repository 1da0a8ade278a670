//! Rows of the ledgers. Each file has a ledger's columns, and what follows from them together: which row is refused, which
//! is doubted, what is left unsaid. A bad cell costs its value or its row, never another row.

pub mod basis_persons;
mod cells;
pub mod divisions;
pub mod letters;
pub mod people;
pub mod plaques;
mod row;
mod shown;
pub mod staff;
pub mod units;
pub mod visits;

pub use cells::Cells;
pub use row::{LedgerRow, Refusal};
