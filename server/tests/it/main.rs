//! The server's tests. Those over a database run on SQLite and on a real PostgreSQL; every database holds two counties
//! with the same ids, so that a query without its county shows.

mod bureau;
mod feed;
mod media;
mod postgres;
mod report;
mod write;
