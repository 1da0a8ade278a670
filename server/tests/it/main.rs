//! The server's tests. Those of `contract` and `auth` run on SQLite and on a real PostgreSQL; every database holds two
//! counties whose accounts have the same ids, so that a query without its county shows.
#![allow(
    clippy::needless_range_loop,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests assert bluntly, in their helpers too"
)]

mod audit;
mod auth;
mod basis_persons;
mod borders;
mod bureau;
mod candidates;
mod cli;
mod codes;
mod console;
mod contract;
mod coverage_cases;
mod export;
mod feed;
mod foreign;
mod growth;
mod growth_routes;
mod history;
mod households;
mod http;
mod imports;
mod imports_again;
mod imports_alike;
mod imports_assumed;
mod imports_divisions;
mod imports_facts;
mod imports_homes;
mod imports_http;
mod imports_law;
mod imports_listed;
mod imports_namesakes;
mod imports_staff;
mod imports_told;
mod imports_undo;
mod invariants;
mod kept_open;
mod law;
mod ledgers_again;
mod letter_figures;
mod media;
mod needs;
mod pages;
mod plaque_figures;
mod plaques;
mod postgres;
mod queue;
mod reach;
mod records;
mod refresh;
mod register;
mod report;
mod reviews;
mod rights;
mod same_as;
mod sized;
mod staff;
mod stories;
mod suggestions;
mod tls;
mod token;
mod units;
mod visit_acts;
mod visits_at_once;
mod whole_county;
mod world;
mod write;
