//! What phone and server say to each other, and how protected values are sealed on the way and at rest. No I/O.

pub mod blob;
pub mod enrol;
pub mod problem;
pub mod pull;
pub mod push;
pub mod seal;

/// The version of the protocol, sent by both sides as `bianfang-protocol`. Old versions may always push.
pub const VERSION: u32 = 1;

/// The header that carries [`VERSION`].
pub const VERSION_HEADER: &str = "bianfang-protocol";
