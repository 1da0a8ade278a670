//! Which column is which in the bureau's own sheets.

pub mod ledger;
