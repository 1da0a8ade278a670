//! The phone's store, on real files with the real cipher.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod clock;
mod ending;
mod mirror;
mod photos;
mod scene;
mod schema;
mod write;
