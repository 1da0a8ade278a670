//! The `bianfang` program. The only place where the system's clock and randomness enter.

use std::process::ExitCode;
use std::sync::Arc;

use bianfang_server::cli::{self, Cli};
use bianfang_server::clock::{SystemClock, SystemRandom};
use bianfang_server::log;
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let asked = std::env::var("RUST_LOG").ok();
    tracing_subscriber::fmt().with_env_filter(log::filter(asked.as_deref())).with_writer(std::io::stderr).init();
    match cli::run(Cli::parse(), Arc::new(SystemClock), Arc::new(SystemRandom)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bianfang: {}", cli::explain(&error));
            ExitCode::FAILURE
        }
    }
}
