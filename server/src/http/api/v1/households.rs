//! Households: one household's page, and what happens to it.

pub mod id;
