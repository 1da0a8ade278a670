//! The device's own clocks and randomness: the one seam where a phone reads them.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use bianfang_client::{ClockReading, Host};
use rand::TryRng;
use rand::rngs::SysRng;

/// A clock that nobody sets and that counts sleep; the app gives it, for no library of ours can read it on every system
/// (`std::time::Instant` stops in sleep). Neither call may throw.
#[uniffi::export(with_foreign)]
pub trait SteadyClock: Send + Sync {
    /// Milliseconds since the device was switched on: `SystemClock.elapsedRealtime()`, `mach_continuous_time`, `CLOCK_BOOTTIME`.
    fn steady_ms(&self) -> i64;

    /// A name of this boot: `Settings.Global.BOOT_COUNT`, `kern.bootsessionuuid`, `/proc/sys/kernel/random/boot_id`. Where
    /// there is none, one of this process. Asked once.
    fn boot(&self) -> String;
}

/// The system that the app runs on.
pub struct SystemHost {
    steady: Arc<dyn SteadyClock>,
    boot: String,
}

impl SystemHost {
    pub fn new(steady: Arc<dyn SteadyClock>) -> Self {
        Self { boot: steady.boot(), steady }
    }
}

impl Host for SystemHost {
    #[expect(clippy::disallowed_methods, reason = "the seam of the phones; all else takes a Host")]
    fn clocks(&self) -> ClockReading {
        // A clock set before 1970 reads as 1970: the core takes such a time for doubtful, and no visit is lost by it.
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        ClockReading {
            wall_ms: i64::try_from(wall).unwrap_or(i64::MAX),
            steady_ms: self.steady.steady_ms(),
            boot: self.boot.clone(),
        }
    }

    fn fill(&self, bytes: &mut [u8]) -> bool {
        SysRng.try_fill_bytes(bytes).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Still;

    impl SteadyClock for Still {
        fn steady_ms(&self) -> i64 {
            5
        }

        fn boot(&self) -> String {
            "seventh".into()
        }
    }

    #[test]
    fn clocks_are_the_systems_and_the_apps() {
        let clocks = SystemHost::new(Arc::new(Still)).clocks();
        // 2025-01-01, before this was written.
        assert!(clocks.wall_ms > 1_735_689_600_000);
        assert_eq!((clocks.steady_ms, clocks.boot.as_str()), (5, "seventh"));
    }

    #[test]
    fn two_keys_differ() {
        let (mut one, mut two) = ([0; 32], [0; 32]);
        let host = SystemHost::new(Arc::new(Still));
        assert!(host.fill(&mut one) && host.fill(&mut two));
        assert!(one != two && one != [0; 32]);
    }
}
