//! The `bianfang` program. The only place where the system's clock and randomness enter.

use std::process::ExitCode;
use std::sync::Arc;

use bianfang_server::cli::{self, Cli};
use bianfang_server::clock::{SystemClock, SystemRandom};
use clap::Parser;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli::run(Cli::parse(), Arc::new(SystemClock), Arc::new(SystemRandom)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bianfang: {}", cli::explain(&error));
            ExitCode::FAILURE
        }
    }
}
