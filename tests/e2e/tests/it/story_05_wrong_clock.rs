//! Story 5: a phone stands at 2019, another at 2036. Visits are accepted, their order kept, times marked doubtful with a proposal;
//! after mending the figures of each window are right. The phones are processes whose own clocks are moved, TLS included: what is
//! moved is what everything in them reads.

use bianfang_bureau::clocks::{Clocks, YEAR_MS};
use bianfang_e2e::Bureau;
use serde_json::{Value, json};

use crate::terminal::Terminal;
use crate::town::{DAY, Town, day, everybody, now_ms, say};

const HOUR: i64 = 3_600_000;

/// A phone that has synchronized, and ids of whom it knows.
async fn enrolled(town: &Town, login: &str) -> Vec<String> {
    let phone = town.phone(login).await;
    let people = everybody(&phone).await;
    phone.close().await.unwrap();
    people.into_iter().map(|person| person.id).collect()
}

async fn synchronized(phone: &mut Terminal) {
    let told = phone.say(&["sync"]).await;
    assert!(told.get("error").is_none(), "{told}");
}

/// Contacts that wait for a reviewer.
async fn review(town: &Town) -> Vec<Value> {
    let console = town.bureau.console(Bureau::CLERK).await.unwrap();
    console.get("/api/v1/review").await.unwrap()["rows"].as_array().unwrap().clone()
}

fn row(rows: &[Value], id: &str) -> Option<Value> {
    rows.iter().find(|row| row["contact"]["id"] == id).cloned()
}

/// A visit as the server has it is sure, and right within a minute.
async fn right(town: &Town, person: &str, id: &str, truth_ms: i64) {
    let console = town.bureau.console(Bureau::CLERK).await.unwrap();
    let told = console.get(&format!("/api/v1/people/{person}")).await.unwrap();
    let visit = told["visits"].as_array().unwrap().iter().find(|visit| visit["id"] == id).unwrap();
    let off = visit["at_ms"].as_i64().unwrap() - truth_ms;
    assert!(visit["doubtful"] == false && off.abs() < 60_000, "{off} {visit}");
    assert_eq!(row(&review(town).await, id), None, "nobody is asked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn visits_of_lost_clocks_are_accepted_and_right_after_mending() {
    let town = Town::new().await;
    let mut saved = Vec::new();
    for (login, years, at) in [("one", -7, 0), ("two", 10, 3)] {
        let people = enrolled(&town, login).await;
        // The battery was out: the clocks begin anew, and the wall clock starts anywhere.
        let mut clocks = Clocks::right(&town.folder(&format!("clocks-{login}"))).unwrap();
        clocks.reboot(0).unwrap();
        clocks.set(years * YEAR_MS).unwrap();
        let mut phone = Terminal::start(&town.folder(login), clocks.surroundings());
        for person in &people[at..at + 3] {
            saved.push(phone.visit(person).await);
        }
        synchronized(&mut phone).await;
        // Now it has heard the server, and its own date is of no account.
        let next = phone.visit(&people[at + 6]).await;
        synchronized(&mut phone).await;
        phone.close().await;
        right(&town, &people[at + 6], &next, now_ms()).await;
    }
    let waiting = review(&town).await;
    let rows: Vec<Value> = saved.iter().map(|id| row(&waiting, id).unwrap()).collect();
    for row in &rows {
        assert_eq!((&row["look"], &row["doubtful"]), (&json!("DOUBTFUL_TIME"), &json!(true)), "{row}");
        let proposed = row["contact"]["at_ms"].as_i64().unwrap();
        assert!((now_ms() - proposed).abs() < HOUR, "the proposal is near the receipt");
    }
    for phone in rows.chunks(3) {
        let order: Vec<i64> = phone.iter().map(|row| row["contact"]["at_ms"].as_i64().unwrap()).collect();
        assert!(order.is_sorted(), "{order:?}");
    }
    let console = town.bureau.console(Bureau::CLERK).await.unwrap();
    let reached = async |from: i64, to: i64| {
        let path = format!("/api/v1/coverage?from={}&to={}", day(from), day(to));
        console.get(&path).await.unwrap()["total"]["reached"].as_u64().unwrap()
    };
    assert_eq!((reached(-30, -1).await, reached(-1, 0).await), (0, 8));
    // The worker's paper says when it was.
    for (row, ago) in rows.iter().zip([21, 20, 19, 5, 4, 0]) {
        let id = row["contact"]["id"].as_str().unwrap();
        let at_ms = row["contact"]["at_ms"].as_i64().unwrap() - ago * DAY;
        let mend = json!({ "say": "time", "revision": row["revision"], "at_ms": at_ms, "reason": "按工作日志更正" });
        say(&console, &format!("/api/v1/review/{id}"), &format!("key-mend-{id}"), &mend).await;
    }
    assert_eq!(review(&town).await, Vec::<Value>::new(), "sure now");
    assert_eq!((reached(-30, -10).await, reached(-9, -2).await, reached(-1, 0).await), (3, 2, 3));
}

/// Somebody typed a wrong year or day, or never set one right: within one boot that is of no account.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_shows_another_date_synchronizes_and_its_visits_are_sure() {
    let town = Town::new().await;
    let people = enrolled(&town, "one").await;
    for (person, off) in people.iter().zip([-7 * YEAR_MS, 10 * YEAR_MS, -2 * DAY, 200 * YEAR_MS]) {
        let mut clocks = Clocks::right(&town.folder("clocks")).unwrap();
        clocks.set(off).unwrap();
        let mut phone = Terminal::start(&town.folder("one"), clocks.surroundings());
        let id = phone.visit(person).await;
        synchronized(&mut phone).await;
        phone.close().await;
        right(&town, person, &id, now_ms()).await;
    }
}

/// A new phone out of its box knows no time at all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_of_any_date_is_enrolled() {
    let town = Town::new().await;
    for (login, off) in [("one", -7 * YEAR_MS), ("two", 10 * YEAR_MS)] {
        let mut clocks = Clocks::right(&town.folder("clocks")).unwrap();
        clocks.set(off).unwrap();
        let mut phone = Terminal::start(&town.folder(login), clocks.surroundings());
        let told = phone.say(&["enrol", &town.bureau.invite(login).await.unwrap()]).await;
        assert!(told.get("error").is_none(), "{off}: {told}");
        synchronized(&mut phone).await;
        phone.close().await;
    }
}

/// The clock that counts between two synchronizations counts sleep too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visit_made_after_the_phone_slept_is_not_doubtful() {
    let mut town = Town::new().await;
    let people = enrolled(&town, "one").await;
    town.serving.take().unwrap().stop().await.unwrap();
    let mut truth = Clocks::right(&town.folder("truth")).unwrap();
    town.serving = Some(town.bureau.serve_in(truth.surroundings()).await.unwrap());
    let mut clocks = Clocks::right(&town.folder("clocks")).unwrap();
    let mut phone = Terminal::start(&town.folder("one"), clocks.surroundings());
    synchronized(&mut phone).await;
    // A nap in a pocket, while the server's time goes on.
    for each in [&mut truth, &mut clocks] {
        each.sleep(HOUR).unwrap();
    }
    let id = phone.visit(&people[0]).await;
    synchronized(&mut phone).await;
    phone.close().await;
    right(&town, &people[0], &id, now_ms() + HOUR).await;
}
