//! The field, as a harness: what tests need to be as bad as the field is, and to see how work grows without a stopwatch.

pub mod clocks;
pub mod disk;
pub mod folder;
pub mod multiply;
pub mod steps;
pub mod wire;
