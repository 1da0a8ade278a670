//! Everything below `/api/v1`.

pub mod audit;
pub mod enrol;
pub mod me;
pub mod openapi;
pub mod session;
pub mod token;
