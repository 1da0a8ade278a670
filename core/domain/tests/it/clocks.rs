//! What a phone knows about the time, over clocks that stop and jump as real ones do. A visit is sure as long as the time follows
//! from what the server said, and its time is then the true one.

use bianfang_domain::clock::{LONGEST_OFF_MS, NEAR_MS, PhoneClock};
use bianfang_domain::time::{CorrectedTime, Day, FUTURE_TOLERANCE_MS};
use bianfang_law::clocks::DeviceClocks;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// 2026-05-04 10:00 in Shanghai.
fn start() -> i64 {
    Day::from_ymd(2026, 5, 4).unwrap().start_ms() + 10 * HOUR
}

/// A phone that has just heard its server, and its clocks.
fn synchronized() -> (DeviceClocks, PhoneClock) {
    let device = DeviceClocks::right(start());
    let clock = PhoneClock::heard(device.true_ms, device.reading().steady_ms, device.reading());
    (device, clock)
}

/// What a server makes of an op that is written now and sent a day later.
fn written(device: &DeviceClocks, clock: &PhoneClock) -> CorrectedTime {
    clock.at(device.reading()).device_time().corrected(None, device.true_ms + DAY)
}

fn sure(device: &DeviceClocks) -> CorrectedTime {
    CorrectedTime { ms: device.true_ms, doubtful: false }
}

#[test]
fn sleep_is_counted() {
    let (mut device, clock) = synchronized();
    device.pass(5 * MINUTE);
    device.sleep(9 * HOUR);
    device.pass(5 * MINUTE);
    assert_eq!(written(&device, &clock), sure(&device));
    // What the clock that stops would have made of it.
    let clock = PhoneClock::heard(start(), 0, DeviceClocks::right(start()).reading_awake());
    assert_ne!(clock.at(device.reading_awake()).server_ms(), device.true_ms);
}

#[test]
fn whoever_sets_the_wall_clock_moves_no_visit() {
    // An NTP step, an hour by hand (a time zone of somebody who reads the clock), days, years.
    for step in [-3_000, 2 * MINUTE, HOUR, -2 * DAY, 10 * 365 * DAY, -7 * 365 * DAY] {
        let (mut device, clock) = synchronized();
        device.sleep(HOUR);
        device.step(step);
        device.pass(MINUTE);
        assert_eq!(written(&device, &clock), sure(&device), "{step}");
    }
}

#[test]
fn the_claim_of_a_form_follows_the_wall_clock_it_was_read_from() {
    let (mut device, clock) = synchronized();
    device.step(-2 * DAY);
    device.pass(HOUR);
    let at = clock.at(device.reading()).device_time();
    let written = at.corrected(None, device.true_ms + DAY);
    let began = device.reading().wall_ms - 20 * MINUTE;
    assert_eq!(at.happened(began, written), CorrectedTime { ms: device.true_ms - 20 * MINUTE, doubtful: false });
}

#[test]
fn a_clock_changed_while_the_app_was_dead_is_noticed() {
    let (mut device, clock) = synchronized();
    let kept = serde_json::to_string(&clock).unwrap();
    device.sleep(3 * HOUR);
    device.step(10 * DAY);
    let clock: PhoneClock = serde_json::from_str(&kept).unwrap();
    assert_eq!(written(&device, &clock), sure(&device));
}

#[test]
fn three_weeks_of_a_cheap_quartz_stay_sure() {
    for ppm in [-100, -20, 20, 100] {
        let (mut device, clock) = synchronized();
        device.drift(ppm);
        device.sleep(21 * DAY);
        let op = clock.at(device.reading()).device_time();
        let at = op.corrected(None, device.true_ms);
        assert!(!at.doubtful && (at.ms - device.true_ms).abs() < 4 * MINUTE, "{ppm}: {at:?}");
        // And the next one, after the server was heard again, is not taken for one of a clock that went back.
        let heard = PhoneClock::heard(device.true_ms, device.reading().steady_ms, device.reading());
        device.pass(MINUTE);
        let next = heard.at(device.reading()).device_time().corrected(at.floor(None), device.true_ms + DAY);
        assert!(!next.doubtful, "{ppm}: {next:?}");
    }
}

#[test]
fn a_right_wall_clock_carries_the_time_over_a_reboot() {
    let (mut device, clock) = synchronized();
    device.step(5 * MINUTE);
    device.pass(HOUR);
    let clock = clock.at(device.reading());
    device.reboot(9 * HOUR);
    let clock = clock.at(device.reading());
    assert_eq!(written(&device, &clock), sure(&device));
    // From there on it is the steady clock again that counts.
    device.step(-30 * DAY);
    device.sleep(DAY);
    assert_eq!(written(&device, &clock), sure(&device));
}

#[test]
fn after_a_reboot_a_wall_clock_that_cannot_be_right_is_doubtful_and_the_nearest_time_is_shown() {
    let years = 365 * DAY;
    // Back before the last moment known; further ahead than any phone is off; an empty battery.
    for set in [start() - HOUR, start() + HOUR + LONGEST_OFF_MS + DAY, start() - 7 * years, start() + 10 * years, 0] {
        let (mut device, clock) = synchronized();
        device.pass(HOUR);
        let clock = clock.at(device.reading());
        device.reboot(HOUR);
        device.set(set);
        let clock = clock.at(device.reading());
        assert!(written(&device, &clock).doubtful, "{set}");
        assert_eq!(clock.server_ms(), start() + HOUR, "the last moment known");
        device.sleep(2 * HOUR);
        assert_eq!(clock.at(device.reading()).server_ms(), start() + 3 * HOUR, "and on from there");
        assert_eq!(clock.at(device.reading()).sure_ms(), None);
    }
}

#[test]
fn after_a_reboot_a_wall_clock_that_was_kept_wrong_says_nothing_sure() {
    let (mut device, clock) = synchronized();
    device.step(-2 * DAY);
    device.pass(HOUR);
    let clock = clock.at(device.reading());
    assert_eq!(clock.sure_ms(), Some(device.true_ms));
    // The network sets it right while the phone starts: two days more would be in the future.
    let mut set_right = device.clone();
    set_right.reboot(MINUTE);
    set_right.set(set_right.true_ms);
    assert!(written(&set_right, &clock.at(set_right.reading())).doubtful);
    // Nobody sets it right: the guess is the old difference, and stays one.
    device.reboot(HOUR);
    let clock = clock.at(device.reading());
    assert_eq!((clock.server_ms(), clock.sure_ms()), (device.true_ms, None));
    let heard = PhoneClock::heard(device.true_ms, device.reading().steady_ms, device.reading());
    assert_eq!(written(&device, &heard), sure(&device), "the server is heard again");
}

#[test]
fn a_doubtful_time_stays_so_over_another_reboot() {
    let (mut device, clock) = synchronized();
    device.reboot(HOUR);
    device.set(0);
    let clock = clock.at(device.reading());
    device.reboot(HOUR);
    device.set(device.true_ms);
    let mut clock = clock.at(device.reading());
    assert_eq!((clock.server_ms(), clock.sure_ms()), (device.true_ms, None), "the wall clock is possible, not proven");
    for _ in 0..2 {
        device.reboot(HOUR);
        clock = clock.at(device.reading());
        assert_eq!((clock.server_ms(), clock.sure_ms()), (device.true_ms, None), "and is proven by no reboot");
    }
}

#[test]
fn the_server_is_heard_a_moment_before_it_is_kept() {
    let mut device = DeviceClocks::right(start());
    let middle = device.reading().steady_ms;
    device.pass(30_000);
    assert_eq!(PhoneClock::heard(start(), middle, device.reading()).sure_ms(), Some(device.true_ms));
}

#[test]
fn a_floor_that_has_proven_wrong_is_none() {
    let (device, clock) = synchronized();
    for (ahead, kept) in [(-DAY, true), (2_000, true), (FUTURE_TOLERANCE_MS, true), (5 * DAY, false)] {
        let floor = Some(device.true_ms + ahead);
        assert_eq!(clock.floor(floor), floor.filter(|_| kept), "{ahead}");
    }
}

#[test]
fn a_boot_without_a_new_name_is_seen_by_the_clock_that_began_anew() {
    let (mut device, clock) = synchronized();
    let boot = device.reading().boot;
    device.reboot(HOUR);
    let mut reading = device.reading();
    reading.boot = boot;
    assert_eq!(clock.at(reading).server_ms(), device.true_ms);
}

#[test]
fn a_phone_that_never_heard_a_server_is_doubtful_by_its_wall_clock() {
    let device = DeviceClocks::right(start());
    let clock = PhoneClock::unheard(device.reading());
    assert_eq!(written(&device, &clock), CorrectedTime { ms: start(), doubtful: true });
}

#[test]
fn only_a_sure_time_is_a_floor() {
    let (mut device, clock) = synchronized();
    let first = written(&device, &clock).floor(None);
    assert_eq!(first, Some(start()));
    device.reboot(MINUTE);
    device.step(300 * DAY);
    let lost = clock.at(device.reading()).device_time().corrected(first, device.true_ms + 301 * DAY);
    assert!(lost.doubtful && lost.ms > device.true_ms + 200 * DAY, "{lost:?}");
    assert_eq!(lost.floor(first), first);
}

#[test]
fn near_is_further_than_what_is_measured_wrong_and_nearer_than_an_hour() {
    const { assert!(NEAR_MS > FUTURE_TOLERANCE_MS && NEAR_MS < HOUR) };
}

#[test]
fn no_reading_overflows() {
    let ends = [i64::MIN, -1, 0, i64::MAX];
    let reading =
        |wall_ms, steady_ms, boot: &str| bianfang_domain::clock::ClockReading { wall_ms, steady_ms, boot: boot.into() };
    for wall in ends {
        for steady in ends {
            let clock = PhoneClock::heard(wall, steady, reading(wall, steady, "a"));
            for (next, boot) in ends.into_iter().zip(["a", "b", "a", "b"]) {
                let at = clock.at(reading(next, next, boot)).device_time();
                let _ = at.corrected(Some(next), wall);
            }
        }
    }
}
