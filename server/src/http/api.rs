//! Everything below `/api`.

pub mod v1;
