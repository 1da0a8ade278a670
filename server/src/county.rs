//! One county: its keys, what is sealed with them, its tree of divisions, and the desk that holds what every read and write
//! of it needs.

mod desk;
mod division;
pub mod keys;
pub mod sealed;
pub mod tree;

pub use desk::Desk;
pub use division::DivisionRef;
