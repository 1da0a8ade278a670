//! Synchronization of phones. Messages are `bianfang_protocol::{push, pull}`.

pub mod pull;
pub mod push;
