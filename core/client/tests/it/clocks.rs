//! Visits on a phone whose clocks stop and jump as real ones do: which of them a reviewer must look at, and where they stand.

use bianfang_client::{ClientError, Phone};
use bianfang_sync::SyncError;

use crate::scene::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Saves a visit that ends now by the wall clock: whether its time is doubtful, and how far from the truth it stands.
async fn visited(bench: &Bench, phone: &Phone) -> (bool, i64) {
    let form = phone.new_form().await.unwrap();
    let (shown, truth) = {
        let clocks = bench.device.clocks();
        (clocks.reading().wall_ms, clocks.true_ms)
    };
    let mut draft = visit(&[(FATHER, "MET")]);
    (draft.started_ms, draft.ended_ms) = (shown - 10 * MINUTE, shown);
    let id = phone.save_visit(&form, draft).await.unwrap().id;
    let page = phone.person(&text(FATHER)).await.unwrap();
    let line = page.visits.iter().find(|line| line.id == id).unwrap();
    (line.doubtful, line.at_ms - truth)
}

/// The visit is sure, and right within the minute that all these looks at the clock take.
async fn right(bench: &Bench, phone: &Phone, why: &str) {
    let (doubtful, off) = visited(bench, phone).await;
    assert!(!doubtful && off.abs() < MINUTE, "{why}: {doubtful} {off}");
}

#[tokio::test]
async fn a_visit_after_a_nap_is_sure() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    for _ in 0..3 {
        bench.device.clocks().sleep(3 * HOUR);
        right(&bench, phone, "a nap").await;
    }
}

#[tokio::test]
async fn no_step_of_the_wall_clock_makes_a_visit_doubtful() {
    for step in [-2_000, 3 * MINUTE, HOUR, -2 * DAY, 3 * DAY, -7 * 365 * DAY, 9 * 365 * DAY] {
        let bench = Bench::enrolled().await;
        let phone = bench.open().await;
        bench.device.clocks().step(step);
        right(&bench, phone, &format!("a step of {step}")).await;
    }
}

#[tokio::test]
async fn a_clock_changed_while_the_app_was_dead_is_noticed() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    right(&bench, phone, "at first").await;
    phone.close().await.unwrap();
    bench.device.clocks().sleep(5 * HOUR);
    bench.device.clocks().step(-30 * DAY);
    let phone = bench.open().await;
    right(&bench, phone, "it was set back a month").await;
}

#[tokio::test]
async fn a_quartz_that_runs_wrong_for_three_weeks_stays_sure() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    bench.device.clocks().drift(50);
    bench.device.clocks().sleep(21 * DAY);
    let (doubtful, _) = visited(&bench, phone).await;
    assert!(!doubtful);
}

#[tokio::test]
async fn a_reboot_with_a_right_clock_changes_nothing_and_later_steps_neither() {
    let bench = Bench::enrolled().await;
    bench.open().await.close().await.unwrap();
    bench.device.clocks().reboot(9 * HOUR);
    // Nothing is written: it was only opened.
    bench.open().await.close().await.unwrap();
    bench.device.clocks().step(3 * DAY);
    let phone = bench.open().await;
    right(&bench, phone, "a night off").await;
    phone.close().await.unwrap();
    bench.device.clocks().step(-20 * DAY);
    let phone = bench.open().await;
    right(&bench, phone, "set back after the reboot, while the app was dead").await;
}

#[tokio::test]
async fn an_empty_battery_is_doubtful_and_spoils_neither_the_view_nor_what_is_due() {
    for set in [0, NOW - 7 * 365 * DAY, NOW + 9 * 365 * DAY] {
        let bench = Bench::enrolled().await;
        let phone = bench.open().await;
        let today = phone.today(0, 9).await.unwrap().day;
        phone.close().await.unwrap();
        bench.device.clocks().reboot(HOUR);
        bench.device.clocks().set(set);
        let phone = bench.open().await;
        assert_eq!(phone.today(0, 9).await.unwrap().day, today, "{set}");
        let (doubtful, off) = visited(&bench, phone).await;
        assert!(doubtful && off.abs() < 2 * HOUR, "{set}: {off}");
        phone.close().await.unwrap();
        let ops = bench.store().await.pending(9).await.unwrap();
        assert!(ops.iter().all(|op| op.at.offset_ms.is_none()), "and the server hears that nothing is sure");
    }
}

/// The wire stays what it was: wall clock, steady clock, and an offset that makes the wall clock the server's.
#[tokio::test]
async fn an_op_carries_what_every_server_understands() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    bench.device.clocks().step(-2 * DAY);
    bench.device.clocks().sleep(HOUR);
    visited(&bench, phone).await;
    phone.close().await.unwrap();
    let op = bench.store().await.pending(9).await.unwrap().remove(0);
    let off = op.at.device_ms + op.at.offset_ms.unwrap() - bench.device.clocks().true_ms;
    assert!(off.abs() < MINUTE && op.at.offset_ms.unwrap() == 2 * DAY, "{:?} {off}", op.at);
}

#[test]
fn a_wrong_date_is_named_and_nobody_is_called_an_impostor() {
    let error = ClientError::from(SyncError::WrongDate { shown_ms: NOW });
    for words in [error.zh(), error.en()] {
        assert!(words.contains("2026-07-01"), "{words}");
        assert!(!words.contains("登记时的服务器") && !words.contains("enrolled"), "{words}");
    }
    assert!(matches!(error, ClientError::Invalid { field, .. } if field == "clock"));
}
