//! What the fixtures promise: the same bytes for the same options, every dirt where its ledger can show it, and the same
//! sheet in every format.
#![cfg(test)]

mod made;
mod read;
