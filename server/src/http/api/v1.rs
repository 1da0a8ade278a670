//! Everything below `/api/v1`.

pub mod audit;
pub mod blobs;
pub mod cases;
pub mod codes;
pub mod coverage;
pub mod divisions;
pub mod due;
pub mod enrol;
pub mod exports;
pub mod holding;
pub mod households;
pub mod import_mappings;
pub mod imports;
pub mod letters;
pub mod me;
pub mod openapi;
pub mod people;
pub mod plaques;
pub mod records;
pub mod review;
pub mod rules;
pub mod session;
pub mod sync;
pub mod token;
