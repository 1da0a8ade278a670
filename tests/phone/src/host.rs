//! The system's clocks and randomness, for phones that run on a desk.

use std::time::{SystemTime, UNIX_EPOCH};

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
    fn fill(&self, bytes: &mut [u8]) -> bool {
        SysRng.try_fill_bytes(bytes).is_ok()
    }
}
