//! What the device gives the core: its clocks and its randomness. They are parameters, so that a test can repeat a run
//! and a visit can be told again.

/// Clocks and randomness of the device.
pub trait Host: Send + Sync {
    /// The wall clock, UTC milliseconds.
    fn now_ms(&self) -> i64;

    /// A clock that never jumps, milliseconds since some start. Where there is none the wall clock stands for it, and a
    /// jump of that goes unseen.
    fn monotonic_ms(&self) -> i64 {
        self.now_ms()
    }

    /// Fills with bytes nobody can guess, and says whether it could.
    fn fill(&self, bytes: &mut [u8]) -> bool;
}
