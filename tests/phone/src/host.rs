//! The system's clocks and randomness, for phones that run on a desk.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use bianfang_client::Host;
use rand::TryRng;
use rand::rngs::SysRng;

/// This machine as a phone's device.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemHost;

impl Host for SystemHost {
    #[expect(clippy::disallowed_methods, reason = "the one seam where the system's clock is read")]
    fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    #[expect(clippy::disallowed_methods, reason = "the one seam where the system's clock is read")]
    fn monotonic_ms(&self) -> i64 {
        static FIRST: OnceLock<Instant> = OnceLock::new();
        i64::try_from(FIRST.get_or_init(Instant::now).elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    fn fill(&self, bytes: &mut [u8]) -> bool {
        SysRng.try_fill_bytes(bytes).is_ok()
    }
}

/// This machine with its wall clock so many milliseconds off.
#[derive(Debug, Clone, Copy, Default)]
pub struct ShiftedHost(pub i64);

impl Host for ShiftedHost {
    fn now_ms(&self) -> i64 {
        SystemHost.now_ms().saturating_add(self.0)
    }

    fn monotonic_ms(&self) -> i64 {
        SystemHost.monotonic_ms()
    }

    fn fill(&self, bytes: &mut [u8]) -> bool {
        SystemHost.fill(bytes)
    }
}
