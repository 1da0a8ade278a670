//! Ledgers as a bureau files them, out of the register: .xlsx for people and paper, .csv for machines. Masked unless the
//! right and a reason are there, within the caller's divisions, one audit entry each. Start at [`run`]; a ledger is one
//! file of [`ledger`].

mod ask;
pub mod ledger;
mod line;
mod place;
mod read;
mod run;
mod words;

pub use ask::{Ask, Exporter, Format};
pub use run::{Exported, export};
