//! How many sequences a law is tried with, and how one is read when it fails.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::work::Job;

/// As many sequences as asked for, each time others; else a share of those that run at every commit, always the same: a fault
/// that turns up once in thousands is for a long run by hand.
pub fn sequences(share: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(2026) };
    ProptestConfig { cases: asked.unwrap_or(share), rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

/// A sequence as one reads it when the law fails.
pub fn lines(jobs: &[Job]) -> String {
    let line = |(n, job): (usize, &Job)| {
        let op = &job.sent.op;
        let act = serde_json::to_string(&op.act).unwrap().replace("00000000-0000-0000-0000-", "");
        format!("\n{n}: {} {} {:x} {act}", job.by, op.kind, op.target.0.as_u128())
    };
    jobs.iter().enumerate().map(line).collect()
}
