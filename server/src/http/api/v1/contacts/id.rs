//! One visit.

pub mod acts;
