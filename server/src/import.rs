//! What a sheet means for the register: its lines (`bianfang_sheets`) are judged beside the register, shown, and only then
//! written as ops like everybody's. One bad row never stops the others.

mod accounts;
mod answer;
mod apply;
pub mod assumed;
mod batch;
mod compare;
mod importer;
pub mod jobs;
mod judge;
mod known;
mod places;
mod plan;
mod report;
mod rests;
mod rows;
pub mod saved;
mod told;
mod undo;
mod verdict;
mod why;

pub use accounts::Handed;
pub use batch::Batch;
pub use importer::{Importer, PlanError, feed};
pub use judge::{describe, division_id};
pub use known::Known;
pub use places::{NearView, PlaceView};
pub use plan::{Counts, Plan, PlanState};
pub use report::{ImportCell, ImportItem, items, marks, write_json};
pub use rests::Dependent;
pub use rows::{PlanRow, WhichRows};
pub use told::{AlarmView, ReasonView, SheetView, Told, told};
pub use verdict::{EachChoice, Outcome, RowChoice, RowVerdict, RowWrite};
pub use why::Why;

use bianfang_domain::actor::Right;
use bianfang_sheets::Ledger;

/// What who imports a ledger must be allowed to: accounts are the system administrator's, everything else is the bureau's.
#[must_use]
pub fn right(ledger: Ledger) -> Right {
    if ledger == Ledger::Staff { Right::Accounts } else { Right::Import }
}
