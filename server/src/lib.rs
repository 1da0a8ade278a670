//! The bureau's server: HTTP, accounts, the database and its files. The rules of the field are not here but in
//! `bianfang-domain`, which the phone calls too. Start reading at [`http::routes`], the one page with every route.

pub mod app;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod county;
pub mod db;
pub mod error;
pub mod export;
pub mod feed;
pub mod files;
pub mod http;
pub mod import;
pub mod lists;
pub mod log;
pub mod media;
pub mod pki;
pub mod records;
pub mod report;
pub mod role;
pub mod write;

pub use error::ServerError;
