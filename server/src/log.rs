//! What the program logs, whoever asks for more of it: never what a caller sent.

use tracing_subscriber::EnvFilter;

/// What is logged where `RUST_LOG` says nothing.
const USUAL: &str = "info,sqlx=warn";
/// Tells of each request that it refuses what stood in it.
const NEVER: &str = "axum::rejection=off";

/// The filter for what was asked.
#[must_use]
pub fn filter(asked: Option<&str>) -> EnvFilter {
    let known = asked.and_then(|asked| EnvFilter::try_new(asked).ok());
    let filter = known.unwrap_or_else(|| EnvFilter::new(USUAL));
    NEVER.parse().map_or_else(|_| EnvFilter::new(USUAL), |never| filter.add_directive(never))
}
