//! What the device gives the core: its clocks and its randomness. They are parameters, so that a test can repeat a run
//! and a visit can be told again.

use bianfang_domain::clock::ClockReading;

/// Clocks and randomness of the device.
pub trait Host: Send + Sync {
    /// What the clocks say, all at one moment.
    fn clocks(&self) -> ClockReading;

    /// The wall clock, UTC milliseconds.
    fn now_ms(&self) -> i64 {
        self.clocks().wall_ms
    }

    /// Fills with bytes nobody can guess, and says whether it could.
    fn fill(&self, bytes: &mut [u8]) -> bool;
}
