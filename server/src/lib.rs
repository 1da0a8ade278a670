//! The server of one bureau.

pub mod import;
