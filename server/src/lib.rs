//! The bureau's server: HTTP, accounts, the database and its files. The rules of the field are not here but in
//! `bianfang-domain`, which the phone calls too. Start reading at [`http::routes`], the one page with every route.

pub mod app;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod county_keys;
pub mod db;
pub mod error;
pub mod feed;
pub mod files;
pub mod http;
pub mod import;
pub mod media;
pub mod pki;
pub mod queue;
pub mod register;
pub mod report;
pub mod write;

pub use error::ServerError;
