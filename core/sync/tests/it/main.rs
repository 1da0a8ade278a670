//! Tests of the sync crate: the engine against a server model over a bad network, TLS against real certificates, and a
//! session over real HTTPS.

// The test-only leave of clippy.toml ends at functions marked as tests; the models of both ends are none.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod order;
mod rough;
mod secure;
mod server;
mod world;
