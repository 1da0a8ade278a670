//! Days of Asia/Shanghai, and times that a phone's clock may have got wrong (invariant 9).

use bianfang_domain::time::{CorrectedTime, Day, DeviceTime, FUTURE_TOLERANCE_MS};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

/// 2026-05-04 10:00 in Shanghai.
fn now() -> i64 {
    day(2026, 5, 4).start_ms() + 10 * HOUR
}

fn clock(device_ms: i64, offset_ms: Option<i64>) -> DeviceTime {
    DeviceTime { device_ms, monotonic_ms: 0, offset_ms }
}

#[test]
fn a_day_begins_at_sixteen_hours_utc() {
    assert_eq!(Day::of(0), day(1970, 1, 1));
    assert_eq!(Day::of(16 * HOUR - 1), day(1970, 1, 1));
    assert_eq!(Day::of(16 * HOUR), day(1970, 1, 2));
    assert_eq!(Day::of(-8 * HOUR), day(1970, 1, 1));
    assert_eq!(Day::of(-8 * HOUR - 1), day(1969, 12, 31));
    assert_eq!(Day::of(day(2026, 12, 31).start_ms() + DAY - 1).to_string(), "2026-12-31");
    assert_eq!(Day::of(day(2026, 12, 31).start_ms() + DAY).to_string(), "2027-01-01");
}

#[test]
fn days_are_read_and_written_alike() {
    for text in ["1949-12-31", "1970-01-01", "2024-02-29", "2026-11-23"] {
        assert_eq!(Day::parse(text).unwrap().to_string(), text);
    }
    for text in ["2026-02-29", "2026-13-01", "2026-1", "", "x"] {
        assert_eq!(Day::parse(text), None, "{text}");
    }
    assert_eq!(Day::of(i64::MAX).ymd(), None);
}

#[test]
fn a_measured_offset_corrects_the_clock() {
    let time = clock(now() - 2 * HOUR, Some(HOUR)).corrected(None, now());
    assert_eq!(time, CorrectedTime { ms: now() - HOUR, doubtful: false });
}

#[test]
fn no_offset_is_doubtful() {
    let time = clock(now() - HOUR, None).corrected(None, now());
    assert_eq!(time, CorrectedTime { ms: now() - HOUR, doubtful: true });
}

#[test]
fn a_time_after_the_receipt_is_doubtful_and_proposed_at_it() {
    let late = clock(now() + FUTURE_TOLERANCE_MS + 1, Some(0)).corrected(None, now());
    assert_eq!(late, CorrectedTime { ms: now(), doubtful: true });
    // Within the tolerance it stands as it is: a sure time never depends on when it arrived.
    let near = clock(now() + 30_000, Some(0)).corrected(None, now());
    assert_eq!(near, CorrectedTime { ms: now() + 30_000, doubtful: false });
}

#[test]
fn nothing_is_before_the_previous_op_of_its_installation() {
    let previous = now() - HOUR;
    let jitter = clock(previous - 2_000, Some(0)).corrected(Some(previous), now());
    assert_eq!(jitter, CorrectedTime { ms: previous, doubtful: false });
    let jumped = clock(previous - 2 * DAY, Some(0)).corrected(Some(previous), now());
    assert_eq!(jumped, CorrectedTime { ms: previous, doubtful: true }, "the clock went back");
}

#[test]
fn clocks_of_2019_and_2035_are_doubtful_and_proposed_at_the_receipt() {
    for year in [2019, 2035] {
        for offset in [None, Some(0)] {
            let time = clock(day(year, 1, 1).start_ms(), offset).corrected(None, now());
            assert_eq!(time, CorrectedTime { ms: now(), doubtful: true }, "{year} {offset:?}");
        }
        let device = clock(day(year, 1, 1).start_ms(), None);
        let written = device.corrected(None, now());
        let visit = device.happened(device.device_ms - HOUR, written);
        assert_eq!(visit, CorrectedTime { ms: now() - HOUR, doubtful: true }, "an hour before it was written");
    }
}

#[test]
fn a_wrong_clock_with_a_measured_offset_is_sure() {
    let device = clock(day(2019, 1, 1).start_ms(), Some(now() - HOUR - day(2019, 1, 1).start_ms()));
    assert_eq!(device.corrected(None, now()), CorrectedTime { ms: now() - HOUR, doubtful: false });
}

#[test]
fn a_late_entry_keeps_its_own_day() {
    let device = clock(now(), Some(0));
    let written = device.corrected(None, now());
    let visit = device.happened(now() - 30 * DAY, written);
    assert_eq!(visit, CorrectedTime { ms: now() - 30 * DAY, doubtful: false });
}

#[test]
fn a_claim_of_the_future_or_the_far_past_is_doubtful() {
    let device = clock(now(), Some(0));
    let written = device.corrected(None, now());
    assert_eq!(device.happened(now() + DAY, written), CorrectedTime { ms: now(), doubtful: true });
    let old = now() - 7 * 365 * DAY;
    // It stays on the day it names: today's figures must not take in what somebody dated 2019.
    assert_eq!(device.happened(old, written), CorrectedTime { ms: old, doubtful: true });
}

#[test]
fn no_clock_overflows() {
    for device_ms in [i64::MIN, i64::MAX] {
        for offset in [None, Some(i64::MIN), Some(i64::MAX)] {
            let device = clock(device_ms, offset);
            let written = device.corrected(Some(0), now());
            assert!(written.doubtful && written.ms >= 0 && written.ms <= now());
            for claimed in [i64::MIN, i64::MAX] {
                let _ = Day::of(device.happened(claimed, written).ms);
            }
        }
    }
}
