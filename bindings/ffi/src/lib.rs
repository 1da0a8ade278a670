//! The library that Kotlin, Swift and Python load. It only wraps: what a call does stands in `core/client`, what crosses
//! is defined there, and nothing here is longer than three lines.

uniffi::setup_scaffolding!();

mod host;
mod key;
mod needs;
mod phone;
mod suggestions;
mod watch;
mod words;

pub use phone::Phone;
pub use watch::Watch;
pub use words::{error_en, error_zh};
