//! Who is due on a phone: computed from its store, with the reason; put off, taken, and done by a visit.

use bianfang_client::{Phone, TodayPage, VisitMore};
use bianfang_domain::due::CadenceRule;
use bianfang_domain::rules::{self, Rule};
use serde_json::json;

use crate::scene::*;

fn told(page: &TodayPage) -> Vec<String> {
    let line = |row: &bianfang_client::DueLine| {
        let reasons: Vec<String> = row.due.iter().map(|due| format!("{} {}", due.why, due.since)).collect();
        format!("{}: {}", row.name, reasons.join(", "))
    };
    page.rows.iter().map(line).collect()
}

async fn today(phone: &Phone) -> Vec<String> {
    told(&phone.today(0, 100).await.unwrap())
}

#[tokio::test]
async fn everybody_is_due_with_the_reason_until_visited_and_follow_ups_come_back() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let page = phone.today(0, 1).await.unwrap();
    assert_eq!((page.day.as_str(), page.total, page.rows.len()), ("2026-07-01", 2, 1));
    assert_eq!(today(phone).await, ["李秀英: CADENCE 2026-01-01", "张建国: CADENCE 2026-01-01"]);
    let mut draft = visit(&[(FATHER, "MET")]);
    draft.more = Some(VisitMore { follow_up_on: Some("2026-06-30".into()), ..VisitMore::default() });
    phone.save_visit(&phone.new_form().await.unwrap(), draft).await.unwrap();
    assert_eq!(today(phone).await, ["张建国: FOLLOW_UP 2026-06-30", "李秀英: CADENCE 2026-01-01"]);
}

#[tokio::test]
async fn a_snooze_and_its_void_a_take_and_an_assignment_show_at_once() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    for (until, reason, wrong) in [("2026-07-01", "外出", "until"), ("2026-08-01", " ", "reason")] {
        assert_eq!(field(phone.snooze(&text(FATHER), until, reason).await), wrong);
    }
    let snoozed = phone.snooze(&text(FATHER), "2026-08-01", "外出务工").await.unwrap();
    assert_eq!(today(phone).await, ["李秀英: CADENCE 2026-01-01"]);
    phone.void(&snoozed.id, "提前回来").await.unwrap();
    assert_eq!(today(phone).await.len(), 2);
    phone.take(&text(HOUSEHOLD)).await.unwrap();
    let page = phone.today(0, 9).await.unwrap();
    assert!(page.rows.iter().all(|row| row.taken == ["王村站"]), "{page:?}");
    assert_eq!(page.rows[0].due.len(), 1, "taking is no task of its own");
    phone.assign(&text(FATHER), "HOSPITAL", Some("2026-07-05".into())).await.unwrap();
    let page = phone.today(0, 9).await.unwrap();
    let due = &page.rows[0].due[0];
    assert_eq!(
        (page.rows[0].name.as_str(), due.why.as_str(), due.code.as_deref()),
        ("张建国", "ASSIGNED", Some("HOSPITAL"))
    );
    assert_eq!((due.since.as_str(), due.by.as_deref()), ("2026-07-01", Some("2026-07-05")));
    phone.save_visit(&phone.new_form().await.unwrap(), visit(&[(FATHER, "MET")])).await.unwrap();
    assert_eq!(today(phone).await, ["李秀英: CADENCE 2026-01-01"], "done by any matching visit");
}

#[tokio::test]
async fn the_bureaus_cadence_is_read_from_its_day_on() {
    let bench = Bench::enrolled().await;
    let monthly = json!({ "rule": "CADENCE", "division": id(1), "data": { "classes": [
        { "class": "ALL", "what": "CONTACT", "every": "MONTH" }] } });
    let mut record = served("rule", 1, 30, monthly);
    record.id = rules::id(CadenceRule::NAME);
    bench.receive(vec![record]).await;
    let phone = bench.open().await;
    assert_eq!(today(phone).await[0], "李秀英: CADENCE 2026-07-01");
}

#[tokio::test]
async fn of_ten_thousand_people_a_page_comes_with_the_figure_of_all() {
    let bench = Bench::enrolled().await;
    bench.receive((0..10_000).map(|n| person(1000 + n as u128, 10 + n, "张伟", json!({}))).collect()).await;
    let phone = bench.open().await;
    let page = phone.today(0, 100).await.unwrap();
    assert_eq!((page.total, page.rows.len()), (10_002, 100));
}
