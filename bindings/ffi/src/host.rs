//! The device's own clocks and randomness: the one seam where a phone reads them.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use bianfang_client::Host;
use rand::TryRng;
use rand::rngs::SysRng;

/// The system that the app runs on.
pub struct SystemHost {
    opened: Instant,
}

impl SystemHost {
    /// Its steady clock begins now.
    #[expect(clippy::disallowed_methods, reason = "the seam of the phones; all else takes a Host")]
    pub fn new() -> Self {
        Self { opened: Instant::now() }
    }
}

impl Host for SystemHost {
    #[expect(clippy::disallowed_methods, reason = "the seam of the phones; all else takes a Host")]
    fn now_ms(&self) -> i64 {
        // A clock set before 1970 reads as 1970: the core takes such a time for doubtful, and no visit is lost by it.
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| millis(since.as_millis()))
    }

    #[expect(clippy::disallowed_methods, reason = "the seam of the phones; all else takes a Host")]
    fn monotonic_ms(&self) -> i64 {
        millis(self.opened.elapsed().as_millis())
    }

    fn fill(&self, bytes: &mut [u8]) -> bool {
        SysRng.try_fill_bytes(bytes).is_ok()
    }
}

fn millis(count: u128) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_reads_this_century() {
        // 2025-01-01, before this was written.
        assert!(SystemHost::new().now_ms() > 1_735_689_600_000);
    }

    #[test]
    fn steady_clock_never_goes_back() {
        let host = SystemHost::new();
        let first = host.monotonic_ms();
        assert!(first >= 0 && host.monotonic_ms() >= first);
    }

    #[test]
    fn two_keys_differ() {
        let (mut one, mut two) = ([0; 32], [0; 32]);
        assert!(SystemHost::new().fill(&mut one) && SystemHost::new().fill(&mut two));
        assert!(one != two && one != [0; 32]);
    }
}
