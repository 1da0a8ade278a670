//! What can go wrong around the programs under test.

use std::path::PathBuf;

/// The harness failed, or a program did.
#[derive(Debug, thiserror::Error)]
pub enum E2eError {
    /// The program was not built.
    #[error("there is no program {0}; build it with `cargo build --workspace --bins`")]
    NotBuilt(PathBuf),
    /// A program ended with an error.
    #[error("`{command}` failed: {stderr}")]
    Failed {
        /// As it was called.
        command: String,
        /// What it said.
        stderr: String,
    },
    /// The server did not say that it serves.
    #[error("the server ended before it served; its log is {0}")]
    NotServing(PathBuf),
    /// The server answered with another status than success.
    #[error("{path}: status {status}: {body}")]
    Status {
        /// The path asked for.
        path: String,
        /// HTTP status.
        status: u16,
        /// The problem body.
        body: String,
    },
    /// Files and processes.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The network.
    #[error("{0}")]
    Network(#[from] reqwest::Error),
    /// TLS.
    #[error("{0}")]
    Tls(#[from] rustls::Error),
    /// An answer of another form.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// A sheet.
    #[error("{0}")]
    Csv(#[from] csv::Error),
    /// The place names.
    #[error("{0}")]
    Places(#[from] bianfang_county::PlacesError),
    /// The phone core.
    #[error("{0}")]
    Client(#[from] bianfang_client::ClientError),
}
