//! HTTP: a handler's file path equals its URL, and every route stands in [`routes`].

pub mod after;
pub mod api;
pub mod authorize;
mod code;
pub mod console;
pub mod health;
pub mod layers;
pub mod place;
pub mod problem;
pub mod question;
pub mod ready;
pub mod routes;
pub mod serve;
pub mod writing;
