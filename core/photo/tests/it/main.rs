//! What a photo file becomes, and what every kind of bad file ends as. Every picture here is drawn by the test itself.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise, in its helpers too"
)]

mod any_bytes;
mod facts;
mod files;
mod formats;
mod orientation;
mod refusals;
mod scenes;
mod sizes;
mod warnings;
