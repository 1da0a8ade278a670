//! The library that Kotlin, Swift and Python load. It only wraps: what a call does stands in `core/client`, what crosses
//! is defined there, and nothing here is longer than three lines.

uniffi::setup_scaffolding!();

mod forms;
mod host;
mod households;
mod key;
mod letters;
mod needs;
mod people;
mod phone;
mod plaques;
mod suggestions;
mod today;
mod units;
mod visits;
mod watch;
mod words;

pub use host::SteadyClock;
pub use phone::Phone;
pub use watch::Watch;
pub use words::{error_en, error_zh};
