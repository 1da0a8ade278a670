//! The `phone` program as somebody at a terminal uses it, and as a test kills it.
#![cfg(test)]
#![allow(missing_docs)]

mod desk;
mod kill;
mod words;
