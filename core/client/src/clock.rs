//! The phone's clock in use: read from the device, kept in the store, so that the next start goes on from it.

use std::sync::{Arc, Mutex, PoisonError};

use bianfang_domain::clock::{ClockReading, PhoneClock};
use bianfang_store::{MetaKey, Store, StoreError};
use bianfang_sync::{MeasuredClock, ReadClock};

use crate::host::Host;

/// What is known about the time, at every moment.
#[derive(Clone)]
pub(crate) struct RunningClock {
    host: Arc<dyn Host>,
    /// As it was last read; None until a server was heard.
    last: Arc<Mutex<Option<PhoneClock>>>,
}

impl RunningClock {
    /// Goes on from what the store kept. What a reboot made of it is kept at once: from here on the steady clock counts,
    /// whatever becomes of the wall clock, and also if the next thing is that the app is killed.
    pub(crate) async fn begin(host: Arc<dyn Host>, store: &Store) -> Result<Self, StoreError> {
        let kept: Option<PhoneClock> = store.value(MetaKey::Clock).await?;
        let clock = Self { last: Arc::new(Mutex::new(kept.clone())), host };
        if kept.is_some() {
            store.set_value(MetaKey::Clock, &clock.now()).await?;
        }
        Ok(clock)
    }

    /// The clock at this moment.
    pub(crate) fn now(&self) -> PhoneClock {
        let now = self.host.clocks();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *last {
            Some(clock) => {
                *clock = clock.at(now);
                clock.clone()
            }
            None => PhoneClock::unheard(now),
        }
    }

    /// The server was heard.
    pub(crate) async fn heard(&self, store: &Store, measured: MeasuredClock) -> Result<(), StoreError> {
        let clock = PhoneClock::heard(measured.server_ms, measured.steady_ms, self.host.clocks());
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(clock.clone());
        store.set_value(MetaKey::Clock, &clock).await
    }

    /// What the device's own clocks say.
    pub(crate) fn device(&self) -> ClockReading {
        self.host.clocks()
    }

    /// For connections, which outlive a call.
    pub(crate) fn reader(&self) -> ReadClock {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }
}
