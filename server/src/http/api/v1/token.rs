//! Everything below `/api/v1/token`.

pub mod refresh;
