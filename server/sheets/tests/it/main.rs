//! The readers against generated sheets and their truth, and against what is no sheet.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod book;
mod hostile;
mod law;
mod programs;
mod roster;
mod sent;
mod sheets;
mod unreadable;
