//! Tests of the protocol crate: seals that open only where they should, and wire forms that old clients rely on.

mod seal;
mod wire;
