//! Everything below `/api/v1`.

pub mod audit;
pub mod blobs;
pub mod coverage;
pub mod enrol;
pub mod letters;
pub mod me;
pub mod openapi;
pub mod people;
pub mod plaques;
pub mod records;
pub mod session;
pub mod sync;
pub mod token;
