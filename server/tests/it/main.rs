//! Tests of the server, against real databases.

mod import;
