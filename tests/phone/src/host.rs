//! The system's clocks and randomness, for phones that run on a desk.

use std::process;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bianfang_client::{ClockReading, Host};
use rand::TryRng;
use rand::rngs::SysRng;

/// What counts sleep. On macOS the clock of this name does.
#[cfg(any(target_os = "linux", target_os = "android"))]
const STEADY: libc::clockid_t = libc::CLOCK_BOOTTIME;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const STEADY: libc::clockid_t = libc::CLOCK_MONOTONIC;

/// This machine as a phone's device. Its clocks are read through the C library, so that a test can move them.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemHost;

impl Host for SystemHost {
    #[expect(clippy::disallowed_methods, reason = "the one seam where the system's clock is read")]
    fn clocks(&self) -> ClockReading {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        ClockReading { wall_ms: millis(wall), steady_ms: millis(steady()), boot: boot().to_owned() }
    }

    fn fill(&self, bytes: &mut [u8]) -> bool {
        SysRng.try_fill_bytes(bytes).is_ok()
    }
}

fn millis(since: Duration) -> i64 {
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Since the machine was switched on.
fn steady() -> Duration {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    #[expect(unsafe_code, reason = "no library that is in the tree reads this clock through the C library")]
    // SAFETY: the C library writes one timespec to a place that is one. It fails only for clocks that do not exist.
    unsafe {
        libc::clock_gettime(STEADY, &raw mut now);
    }
    Duration::new(u64::try_from(now.tv_sec).unwrap_or(0), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// A boot's name; where the system tells none, one of this process.
fn boot() -> &'static str {
    static BOOT: OnceLock<String> = OnceLock::new();
    BOOT.get_or_init(|| {
        let told = std::fs::read_to_string("/proc/sys/kernel/random/boot_id");
        told.map_or_else(|_| format!("process {}", process::id()), |id| id.trim().to_owned())
    })
}

/// This machine with its wall clock so many milliseconds off.
#[derive(Debug, Clone, Copy, Default)]
pub struct ShiftedHost(pub i64);

impl Host for ShiftedHost {
    fn clocks(&self) -> ClockReading {
        let clocks = SystemHost.clocks();
        ClockReading { wall_ms: clocks.wall_ms.saturating_add(self.0), ..clocks }
    }

    fn fill(&self, bytes: &mut [u8]) -> bool {
        SystemHost.fill(bytes)
    }
}
