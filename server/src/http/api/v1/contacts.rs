//! Visits: what the desk changes of one.

pub mod id;
