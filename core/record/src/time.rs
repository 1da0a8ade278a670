//! Times and days. Instants are UTC milliseconds; days are by Asia/Shanghai (UTC+8 without daylight saving since 1991).

use serde::{Deserialize, Serialize};

const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;
const SHANGHAI_MS: i64 = 8 * HOUR_MS;
/// Julian day of 1970-01-01.
const EPOCH_JULIAN: i32 = 2_440_588;

/// A civil day in Asia/Shanghai, counted from 1970-01-01. Stored as an integer in every table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// Earlier than any record.
    pub const MIN: Day = Day(-1_000_000);
    /// Later than any record: an open end.
    pub const MAX: Day = Day(1_000_000);

    /// The day an instant falls on.
    #[must_use]
    pub fn of(ms: i64) -> Self {
        let day = ms.saturating_add(SHANGHAI_MS).div_euclid(DAY_MS);
        Self(i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX }))
    }

    /// Its first instant, UTC milliseconds.
    #[must_use]
    pub fn start_ms(self) -> i64 {
        i64::from(self.0) * DAY_MS - SHANGHAI_MS
    }

    /// From year, month, day; None where the calendar has no such day.
    #[must_use]
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = time::Month::try_from(month).ok()?;
        let date = time::Date::from_calendar_date(year, month, day).ok()?;
        Some(Self(date.to_julian_day() - EPOCH_JULIAN))
    }

    /// From `2026-01-31`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        Self::from_ymd(year, month, day)
    }

    /// (year, month, day), or None outside the calendar (years ±9999).
    #[must_use]
    pub fn ymd(self) -> Option<(i32, u8, u8)> {
        let date = time::Date::from_julian_day(self.0.checked_add(EPOCH_JULIAN)?).ok()?;
        Some((date.year(), u8::from(date.month()), date.day()))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.ymd() {
            Some((year, month, day)) => write!(f, "{year:04}-{month:02}-{day:02}"),
            None => f.write_str("-"),
        }
    }
}

/// A date as papers have it: year, perhaps month, perhaps day. None for anything that is no date.
#[must_use]
pub fn date(text: &str) -> Option<(i32, Option<u8>, Option<u8>)> {
    let mut parts = text.split('-');
    let year: i32 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let two = |part: Option<&str>| match part {
        None => Some(None),
        Some(part) if part.len() == 2 => part.parse::<u8>().ok().map(Some),
        Some(_) => None,
    };
    let (month, day) = (two(parts.next())?, two(parts.next())?);
    Day::from_ymd(year, month.unwrap_or(1), day.unwrap_or(1))?;
    parts.next().is_none().then_some((year, month, day))
}

/// What a phone's clocks said when an op was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceTime {
    /// The wall clock, UTC milliseconds.
    pub device_ms: i64,
    /// A clock that nobody sets and that counts sleep, milliseconds since some start.
    pub monotonic_ms: i64,
    /// Server time minus device time where it is sure ([`crate::clock::PhoneClock`]). Phones of before that type: as last
    /// measured, and None after a jump of their wall clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_ms: Option<i64>,
}

/// When something happened, as well as it can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectedTime {
    /// UTC milliseconds; for a doubtful time the proposal.
    pub ms: i64,
    /// The clock could not be trusted: the time is shown as a question and moves nobody else's fact.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubtful: bool,
}

/// How far a corrected time may lie after the receipt, or before the op before it, and still be sure. Offsets are measured to
/// about a second, and a minute leaves room for slow answers; steady clocks run wrong by up to 100 parts per million (phones:
/// about 20), which is three minutes in the three weeks that somebody may be without a network.
pub const FUTURE_TOLERANCE_MS: i64 = 60_000 + 21 * DAY_MS / 10_000;

/// Older than this against the receipt (or a claim against its op) no clock is believed: phones lie in drawers for months,
/// but a clock that lost its battery starts years back.
pub const FAR_PAST_MS: i64 = 400 * DAY_MS;

impl CorrectedTime {
    /// What the installation's next op is not before, from what this one was not before. Only a sure time is such a floor: one
    /// op of a clock that stood in the future must not drag all later ones there.
    #[must_use]
    pub fn floor(self, previous_ms: Option<i64>) -> Option<i64> {
        if self.doubtful { previous_ms } else { Some(self.ms) }
    }
}

impl DeviceTime {
    /// When the op was written (invariant 9): device time plus offset, never before the installation's previous sure op.
    /// Doubtful without an offset, after the receipt, in the far past, or when the clock went back; the proposal is then
    /// the nearest possible time. A sure time does not depend on the receipt: folds must not depend on arrival.
    #[must_use]
    pub fn corrected(self, previous_ms: Option<i64>, received_ms: i64) -> CorrectedTime {
        let latest = received_ms.saturating_add(FUTURE_TOLERANCE_MS);
        let floor = previous_ms.unwrap_or(i64::MIN).min(latest);
        let raw = self.device_ms.saturating_add(self.offset_ms.unwrap_or(0));
        let lost = raw > latest || raw < received_ms.saturating_sub(FAR_PAST_MS);
        let went_back = raw < floor.saturating_sub(FUTURE_TOLERANCE_MS);
        let doubtful = lost || went_back || self.offset_ms.is_none();
        let proposed = match (lost, doubtful) {
            (true, _) => received_ms,
            (false, true) => raw.min(received_ms),
            (false, false) => raw,
        };
        CorrectedTime { ms: proposed.max(floor), doubtful }
    }

    /// When the thing itself happened, from the form's own time by the device's clock (late entry is allowed). A claim
    /// after its op is put at the op; one of the far past stays on its day, so that today's figures do not take it in.
    #[must_use]
    pub fn happened(self, claimed_device_ms: i64, written: CorrectedTime) -> CorrectedTime {
        let shift = written.ms.saturating_sub(self.device_ms);
        let ms = claimed_device_ms.saturating_add(shift);
        if ms > written.ms.saturating_add(FUTURE_TOLERANCE_MS) {
            return CorrectedTime { ms: written.ms, doubtful: true };
        }
        // Of a lost clock every proposal is near the receipt: a form saved within the hour happened when it was saved, so
        // that the numbers of the ops keep the order.
        let lost = written.doubtful && shift != self.offset_ms.unwrap_or(0);
        if lost && (0..HOUR_MS).contains(&self.device_ms.saturating_sub(claimed_device_ms)) {
            return written;
        }
        let far_past = ms < written.ms.saturating_sub(FAR_PAST_MS);
        CorrectedTime { ms, doubtful: written.doubtful || far_past }
    }
}
