//! What a phone knows about the time: the server's time as it was last heard, carried on by the phone's own clocks.
//!
//! A wall clock may be set by anybody, a steady clock only counts. So within one boot the server's time is what it was plus
//! what the steady clock counted since, whatever happened to the wall clock meanwhile (set by hand, by the network, while the
//! app was dead, another time zone): that is *sure*. A reboot ends the counting: then the wall clock carries the time over
//! once, and is believed only where nothing speaks against it; what is not believed stays doubtful until the server is heard
//! again. Why so, and what was weighed against it: `docs/adr/0010-the-time-of-a-phone.md`.

use serde::{Deserialize, Serialize};

use crate::time::{DeviceTime, FUTURE_TOLERANCE_MS};

/// A wall clock that was further off than this before a reboot says nothing after it: whoever kept it wrong may have set it
/// right since, or the network did. Within it the two differ by little. People who set a clock ahead do so by minutes.
pub const NEAR_MS: i64 = 15 * 60_000;

/// Longer than this no phone is believed to have been off: what the wall clock then says was rather typed wrong by a month or
/// a year, or read from an empty battery.
pub const LONGEST_OFF_MS: i64 = 31 * 86_400_000;

/// A measurement that took longer than this is none: the true moment lies anywhere in it.
pub const LONGEST_MEASUREMENT_MS: i64 = 2 * FUTURE_TOLERANCE_MS;

/// What a device's clocks say at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockReading {
    /// The wall clock, UTC milliseconds.
    pub wall_ms: i64,
    /// A clock that nobody sets and that counts sleep, milliseconds since some moment of this boot.
    pub steady_ms: i64,
    /// Which boot. Where a device tells none, a name of the process.
    pub boot: String,
}

/// The server's time, with what the phone's own clocks said then. Kept with everything the phone writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneClock {
    /// The server's time at `seen`, UTC milliseconds; where it is not sure, the nearest possible.
    server_ms: i64,
    /// It follows from what the server said.
    sure: bool,
    /// The phone's own clocks at that moment.
    seen: ClockReading,
}

impl PhoneClock {
    /// Of a phone that never heard a server: there is only the wall clock.
    #[must_use]
    pub fn unheard(now: ClockReading) -> Self {
        Self { server_ms: now.wall_ms, sure: false, seen: now }
    }

    /// The server said its time when the steady clock stood at `steady_ms`, a moment ago.
    #[must_use]
    pub fn heard(server_ms: i64, steady_ms: i64, now: ClockReading) -> Self {
        let since = now.steady_ms.saturating_sub(steady_ms);
        Self { server_ms: server_ms.saturating_add(since), sure: true, seen: now }
    }

    /// The same clock at a later moment.
    #[must_use]
    pub fn at(&self, now: ClockReading) -> Self {
        let counted = now.steady_ms.saturating_sub(self.seen.steady_ms);
        // A steady clock that went back is one of another boot, whatever its name.
        if now.boot == self.seen.boot && counted >= 0 {
            return Self { server_ms: self.server_ms.saturating_add(counted), sure: self.sure, seen: now };
        }
        self.after_reboot(now)
    }

    /// The device was off for a time that only its wall clock can know. Where that is impossible it is still after the last
    /// moment known, and the steady clock goes on from there.
    fn after_reboot(&self, now: ClockReading) -> Self {
        let possible = |ms: &i64| {
            let off = ms.saturating_sub(self.server_ms);
            (-FUTURE_TOLERANCE_MS..=LONGEST_OFF_MS).contains(&off)
        };
        let carried = now.wall_ms.saturating_add(self.offset_ms());
        let sure = self.sure && possible(&carried) && (-NEAR_MS..=NEAR_MS).contains(&self.offset_ms());
        let guess = [carried, now.wall_ms].into_iter().find(possible).unwrap_or(self.server_ms);
        Self { server_ms: guess.max(self.server_ms), sure, seen: now }
    }

    /// The server's time, UTC milliseconds; where it is not sure, the nearest possible.
    #[must_use]
    pub fn server_ms(&self) -> i64 {
        self.server_ms
    }

    /// The server's time where it is sure.
    #[must_use]
    pub fn sure_ms(&self) -> Option<i64> {
        self.sure.then_some(self.server_ms)
    }

    /// The phone's own clocks at this moment.
    #[must_use]
    pub fn seen(&self) -> &ClockReading {
        &self.seen
    }

    /// What an op written at this moment carries.
    #[must_use]
    pub fn device_time(&self) -> DeviceTime {
        DeviceTime {
            device_ms: self.seen.wall_ms,
            monotonic_ms: self.seen.steady_ms,
            offset_ms: self.sure.then(|| self.offset_ms()),
        }
    }

    /// What an op written at this moment is not before, of what the ops before it say ([`CorrectedTime::floor`]). A floor that
    /// lies ahead was believed over a reboot and has proven wrong: it is none.
    ///
    /// [`CorrectedTime::floor`]: crate::time::CorrectedTime::floor
    #[must_use]
    pub fn floor(&self, floor_ms: Option<i64>) -> Option<i64> {
        floor_ms.filter(|ms| *ms <= self.server_ms.saturating_add(FUTURE_TOLERANCE_MS))
    }

    /// Server time minus wall clock.
    fn offset_ms(&self) -> i64 {
        self.server_ms.saturating_sub(self.seen.wall_ms)
    }
}
