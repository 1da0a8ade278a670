//! The bureau's server.

pub mod auth {
    //! Roles.
    pub mod role;
}
pub mod clock;
pub mod county_keys;
pub mod db;
pub mod error;
pub mod feed;
pub mod files;
pub mod media;
pub mod report;
pub mod write;

pub use error::ServerError;
