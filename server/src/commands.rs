//! What the command line does. Each gives back what happened; `cli` prints it.

pub mod enrol_code;
pub mod export;
pub mod import;
pub mod init;
pub mod serve;
pub mod user;
