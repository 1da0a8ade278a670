//! Random work of a county, of every kind and every act, by several phones and desks: what the law of the record mechanism is
//! tried with, in memory (`core/domain/tests/it/law.rs`), in the server's databases and in a phone's store
//! (`server/tests/it/law.rs`). [`county`] is the small county that it happens in, [`bureau`] the law's own server.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::new_without_default,
    reason = "read by tests alone, which assert bluntly; names say what each is"
)]

pub mod bureau;
pub mod clocks;
pub mod county;
mod desk;
mod facts;
pub mod open;
pub mod orders;
mod phone;
mod sequences;
mod shared;
pub mod told;
pub mod work;

pub use sequences::{lines, sequences};
