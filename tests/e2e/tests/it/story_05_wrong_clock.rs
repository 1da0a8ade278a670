//! Story 5: a phone stands at 2019, another at 2035. Visits are accepted, their order kept, times marked doubtful with a proposal;
//! after mending the figures of each window are right.

use std::sync::Arc;

use bianfang_phone::ShiftedHost;
use serde_json::{Value, json};

use crate::town::{DAY, Town, day, everybody, now_ms, save, say, sync, visit};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn visits_of_lost_clocks_are_accepted_and_right_after_mending() {
    let town = Town::new().await;
    let mut people = Vec::new();
    for login in ["one", "two"] {
        let phone = town.phone(login).await;
        people = everybody(&phone).await;
        phone.close().await.unwrap();
    }
    let console = town.bureau.console("clerk").await.unwrap();
    let mut saved = Vec::new();
    for (login, years, at) in [("one", -7, 0), ("two", 9, 3)] {
        // The battery was out: the clock starts anywhere, and the measured offset is of another time.
        let shift = years * 365 * DAY;
        let phone = bianfang_phone::open(&town.folder(login), Arc::new(ShiftedHost(shift))).await.unwrap();
        for person in &people[at..at + 3] {
            let mut draft = visit(&person.id, "MET");
            draft.started_ms = now_ms() + shift - 60_000;
            draft.ended_ms = now_ms() + shift;
            saved.push(save(&phone, draft).await);
        }
        sync(&phone).await;
        assert_eq!(phone.status().await.unwrap().waiting, 0, "accepted");
        phone.close().await.unwrap();
    }
    let queue = console.get("/api/v1/review").await.unwrap();
    let rows = queue["rows"].as_array().unwrap();
    let row = |id: &str| rows.iter().find(|row| row["contact"]["id"] == id).cloned().unwrap();
    let rows: Vec<Value> = saved.iter().map(|id| row(id)).collect();
    for row in &rows {
        assert_eq!((&row["look"], &row["doubtful"]), (&json!("DOUBTFUL_TIME"), &json!(true)), "{row}");
        let proposed = row["contact"]["at_ms"].as_i64().unwrap();
        assert!((now_ms() - proposed).abs() < DAY, "the proposal is near the receipt");
    }
    for phone in rows.chunks(3) {
        let order: Vec<i64> = phone.iter().map(|row| row["contact"]["at_ms"].as_i64().unwrap()).collect();
        assert!(order.is_sorted(), "{order:?}");
    }
    let reached = async |from: i64, to: i64| {
        let path = format!("/api/v1/coverage?from={}&to={}", day(from), day(to));
        console.get(&path).await.unwrap()["total"]["reached"].as_u64().unwrap()
    };
    assert_eq!((reached(-30, -1).await, reached(-1, 0).await), (0, 6));
    // The worker's paper says when it was.
    for (row, ago) in rows.iter().zip([21, 20, 19, 5, 4, 0]) {
        let id = row["contact"]["id"].as_str().unwrap();
        let at_ms = row["contact"]["at_ms"].as_i64().unwrap() - ago * DAY;
        let mend = json!({ "say": "time", "revision": row["revision"], "at_ms": at_ms, "reason": "按工作日志更正" });
        say(&console, &format!("/api/v1/review/{id}"), &format!("key-mend-{id}"), &mend).await;
    }
    assert_eq!(console.get("/api/v1/review").await.unwrap()["rows"], json!([]), "sure now");
    assert_eq!((reached(-30, -10).await, reached(-9, -2).await, reached(-1, 0).await), (3, 2, 1));
}
