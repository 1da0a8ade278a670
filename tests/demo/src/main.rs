//! `cargo xtask demo`: a county with invented people, its server, three phones that work offline and synchronize, and the
//! figures on the console. Everything is the real thing but the people.

mod desk;
mod error;
mod options;
mod photos;
mod register;
mod report;
mod round;
mod setting;
mod story;

use std::process::ExitCode;

use clap::Parser;
use options::Options;

#[tokio::main]
async fn main() -> ExitCode {
    match story::tell(&Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n✗ {error}");
            ExitCode::FAILURE
        }
    }
}
