//! Tests of the sync crate: the engine against a server model over a bad network, TLS against real certificates, and a
//! session over real HTTPS.

mod order;
mod rough;
mod secure;
mod server;
mod world;
