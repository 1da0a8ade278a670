//! The phone's clocks when something is written: wall, monotonic, and the server's offset as long as it can be believed.

use std::sync::{Mutex, PoisonError};

use bianfang_domain::time::{DeviceTime, FUTURE_TOLERANCE_MS};
use bianfang_store::{MetaKey, Store, StoreError};

use crate::host::Host;

/// Sees the wall clock jump. A measured offset speaks of the wall clock it was measured with.
#[derive(Debug)]
pub(crate) struct ClockWatch {
    /// Wall minus monotonic, when the phone was opened or the offset was measured.
    base: Mutex<i64>,
}

impl ClockWatch {
    pub(crate) fn new(host: &dyn Host) -> Self {
        Self { base: Mutex::new(difference(host)) }
    }

    /// The offset was measured just now.
    pub(crate) fn measured(&self, host: &dyn Host) {
        *self.base.lock().unwrap_or_else(PoisonError::into_inner) = difference(host);
    }

    /// What the clocks say. After a jump the offset is forgotten until the next session measures it: the time of what is
    /// written meanwhile is doubtful, and says so.
    pub(crate) async fn read(&self, host: &dyn Host, store: &Store) -> Result<DeviceTime, StoreError> {
        let (device_ms, monotonic_ms) = (host.now_ms(), host.monotonic_ms());
        let jumped = {
            let mut base = self.base.lock().unwrap_or_else(PoisonError::into_inner);
            let jumped = (device_ms - monotonic_ms - *base).abs() > FUTURE_TOLERANCE_MS;
            *base = device_ms - monotonic_ms;
            jumped
        };
        if jumped {
            store.clear_value(MetaKey::OffsetMs).await?;
        }
        Ok(DeviceTime { device_ms, monotonic_ms, offset_ms: store.value(MetaKey::OffsetMs).await? })
    }
}

fn difference(host: &dyn Host) -> i64 {
    host.now_ms() - host.monotonic_ms()
}
