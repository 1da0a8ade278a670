//! Mirror and overlay: what a pull may and may not change on the screen.

use std::collections::BTreeMap;

use bianfang_domain::decision::Verdict;
use bianfang_protocol::pull::Check;
use bianfang_store::{MetaKey, OpState};
use serde_json::json;

use crate::scene::*;

#[tokio::test]
async fn pull_over_a_pending_edit_keeps_the_local_value() {
    let (_folder, store) = phone().await;
    wrote(&store, change(json!({ "address": "东头第三家" })), 1).await;
    let theirs = person(5, json!({ "address": "西头", "note": "腿脚不便" }));
    store.apply_page(&page("c2", vec![put(theirs)]), false, NOW).await.unwrap();
    assert_eq!(field(&store, PERSON, "address").await, json!("东头第三家"));
    assert_eq!(field(&store, PERSON, "note").await, json!("腿脚不便"), "other fields follow the server");
}

#[tokio::test]
async fn acknowledged_edit_stays_shown_until_the_mirror_has_it() {
    let (folder, store) = phone().await;
    let (op, _) = wrote(&store, change(json!({ "address": "东头" })), 1).await;
    store.acknowledge(&[answer(op, Verdict::Accepted, 8)], NOW).await.unwrap();
    assert_eq!(field(&store, PERSON, "address").await, json!("东头"));
    store.apply_page(&page("c2", vec![put(person(6, json!({ "note": "x" })))]), false, NOW).await.unwrap();
    assert_eq!(field(&store, PERSON, "address").await, json!("东头"), "an older state of the server must not undo it");
    store.close().await.unwrap();
    let store = opened(folder.path()).await;
    assert_eq!(field(&store, PERSON, "address").await, json!("东头"));
    store
        .apply_page(&page("c3", vec![put(person(8, json!({ "address": "东头", "by": "server" })))]), false, NOW)
        .await
        .unwrap();
    assert_eq!(field(&store, PERSON, "by").await, json!("server"));
    assert_eq!(store.sent(id(PERSON)).await.unwrap()[0].state, OpState::Mirrored);
    assert_eq!(store.purge(NOW + 40 * 86_400_000).await.unwrap(), 0, "the newest op stays");
    wrote(&store, change(json!({ "address": "南头" })), 2).await;
    assert_eq!(store.purge(NOW + 40 * 86_400_000).await.unwrap(), 1);
    assert_eq!(wrote(&store, visit(30), 3).await.0.seq, 3);
}

/// Visits of long ago arrive today; tomorrow the server is put back to yesterday. What it lost is still here.
#[tokio::test]
async fn ops_are_kept_from_their_answer_on_however_long_ago_they_were_written() {
    let (_folder, store) = phone().await;
    let answered = NOW + 200 * 86_400_000;
    for (n, at) in [(30, 1), (31, 2), (32, 3)] {
        let (op, _) = wrote(&store, visit(n), at).await;
        store.acknowledge(&[answer(op, Verdict::Accepted, 9)], answered).await.unwrap();
        let mut theirs = store.get(id(n)).await.unwrap().unwrap();
        theirs.revision = 9;
        store.apply_page(&page("c2", vec![put(theirs)]), false, answered).await.unwrap();
    }
    assert_eq!(store.purge(answered + 86_400_000).await.unwrap(), 0, "answered yesterday");
    store.set_epoch("restored", Some(1)).await.unwrap();
    assert_eq!(store.pending(10).await.unwrap().len(), 3, "all of it goes out again");
    assert_eq!(store.purge(answered + 400 * 86_400_000).await.unwrap(), 0, "what waits never leaves");
}

#[tokio::test]
async fn pull_faster_than_its_answer_shows_the_fact_once() {
    let (_folder, store) = phone().await;
    let (op, _) = wrote(&store, visit(30), 1).await;
    let mut theirs = store.get(id(30)).await.unwrap().unwrap();
    theirs.revision = 9;
    store.apply_page(&page("c2", vec![put(theirs)]), false, NOW).await.unwrap();
    assert_eq!(store.facts(id(PERSON)).await.unwrap().len(), 1);
    store.acknowledge(&[answer(op, Verdict::Accepted, 9)], NOW).await.unwrap();
    assert_eq!(store.facts(id(PERSON)).await.unwrap().len(), 1);
    assert_eq!(store.sent(id(30)).await.unwrap()[0].state, OpState::Mirrored);
}

#[tokio::test]
async fn second_plaque_is_held_on_the_phone_and_released_with_the_first() {
    let (_folder, store) = phone().await;
    let home = served("household", 40, 3, json!({ "head_name": "白家", "division": id(VILLAGE) }));
    store.apply_page(&page("c2", vec![put(home)]), false, NOW).await.unwrap();
    let hang = |number, hour: i64| {
        let fields = json!({ "household": id(40), "event": "NEW", "at": NOW + hour, "position": "GATE",
            "hanger": "村里", "no_signature": "不识字" });
        record("plaque_event", number, fields)
    };
    let (first, _) = wrote(&store, hang(41, 1), 1).await;
    let (_, second) = wrote(&store, hang(42, 2), 2).await;
    assert_eq!(second.verdict, Verdict::Held);
    assert!(!store.get(id(42)).await.unwrap().unwrap().meta.held.is_empty());
    store.acknowledge(&[answer(first, Verdict::Refused, 0)], NOW).await.unwrap();
    assert!(store.get(id(41)).await.unwrap().is_none());
    assert!(store.get(id(42)).await.unwrap().unwrap().meta.held.is_empty());
    assert!(store.list("case").await.unwrap().is_empty(), "the case of the double goes with it");
}

#[tokio::test]
async fn removed_record_with_pending_work_is_hidden_until_the_answer() {
    let (folder, store) = phone().await;
    let (op, _) = wrote(&store, change(json!({ "address": "东头" })), 1).await;
    store.apply_page(&page("c2", vec![removed("person", PERSON)]), false, NOW).await.unwrap();
    assert!(store.get(id(PERSON)).await.unwrap().is_none());
    assert!(store.people_page("", None, 10).await.unwrap().is_empty());
    assert_eq!(store.pending(10).await.unwrap().len(), 1, "the work is still sent");
    assert_eq!(count(&store, folder.path()).await, 2);
    let store = opened(folder.path()).await;
    store.acknowledge(&[answer(op, Verdict::Accepted, 9)], NOW).await.unwrap();
    assert_eq!(count(&store, folder.path()).await, 1);
}

/// Rows of the mirror, hidden ones too, read past the store.
async fn count(store: &bianfang_store::Store, folder: &std::path::Path) -> i64 {
    let _ = store;
    let mut raw = crate::schema::raw(folder).await;
    sqlx::query_scalar("select count(*) from record").fetch_one(&mut raw).await.unwrap()
}

#[tokio::test]
async fn removed_record_without_work_leaves_at_once_with_its_rows() {
    let (folder, store) = phone().await;
    store.apply_page(&page("c2", vec![removed("person", PERSON)]), false, NOW).await.unwrap();
    assert_eq!(count(&store, folder.path()).await, 1);
    assert!(store.people_page("", None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn pull_from_the_beginning_removes_only_at_its_end() {
    let (_folder, store) = phone().await;
    let village =
        served("division", VILLAGE, 1, json!({ "name": "浩特艾里嘎查", "level": "VILLAGE", "parent": id(9) }));
    let mut first = page("d1", vec![put(village)]);
    first.more = true;
    store.apply_page(&first, true, NOW).await.unwrap();
    assert!(store.get(id(PERSON)).await.unwrap().is_some(), "the phone is never emptied before");
    store.apply_page(&page("d2", vec![]), false, NOW).await.unwrap();
    assert!(store.get(id(PERSON)).await.unwrap().is_none());
    assert_eq!(store.value::<String>(MetaKey::Cursor).await.unwrap().as_deref(), Some("d2"));
    assert_eq!(store.status().await.unwrap().last_sync_ms, Some(NOW));
}

#[tokio::test]
async fn restored_server_gets_lost_ops_again() {
    let (_folder, store) = phone().await;
    let (op, _) = wrote(&store, visit(30), 1).await;
    let mut theirs = store.get(id(30)).await.unwrap().unwrap();
    theirs.revision = 9;
    store.acknowledge(&[answer(op, Verdict::Accepted, 9)], NOW).await.unwrap();
    store.apply_page(&page("c2", vec![put(theirs)]), false, NOW).await.unwrap();
    store.set_epoch("two", Some(1)).await.unwrap();
    assert_eq!(store.pending(10).await.unwrap().len(), 1);
    assert_eq!(store.value::<String>(MetaKey::Cursor).await.unwrap(), None);
    store.apply_page(&page("d1", vec![put(person(2, json!({})))]), true, NOW).await.unwrap();
    assert_eq!(
        store.facts(id(PERSON)).await.unwrap().len(),
        1,
        "the lost visit is still shown, from the phone's own op"
    );
}

#[tokio::test]
async fn unknown_fields_and_kinds_of_a_newer_server_survive() {
    let (folder, store) = phone().await;
    let newer = served("hologram", 50, 4, json!({ "beam": [1, 2, { "deep": "值" }] }));
    let with = person(5, json!({ "x_new": { "a": 1 } }));
    store.apply_page(&page("c2", vec![put(newer.clone()), put(with)]), false, NOW).await.unwrap();
    wrote(&store, change(json!({ "address": "东头" })), 1).await;
    store.close().await.unwrap();
    let store = opened(folder.path()).await;
    assert_eq!(store.get(id(50)).await.unwrap(), Some(newer));
    assert_eq!(field(&store, PERSON, "x_new").await, json!({ "a": 1 }));
    assert_eq!(field(&store, PERSON, "address").await, json!("东头"));
}

#[tokio::test]
async fn people_are_paged_in_the_order_of_their_names_and_found_by_pinyin() {
    let (_folder, store) = phone().await;
    let names = ["王二", "张三", "李四", "赵六", "张三"];
    let people = (100u128..).zip(names).map(|(number, name)| {
        put(served("person", number, 3, json!({ "name": name, "living_division": id(VILLAGE) })))
    });
    store.apply_page(&page("c2", people.collect()), false, NOW).await.unwrap();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let last: Option<(String, _)> = after.take();
        let part = store.people_page("", last.as_ref().map(|(key, id)| (key.as_str(), *id)), 2).await.unwrap();
        let Some(end) = part.last() else { break };
        after = Some((end.name_key.clone(), end.id));
        seen.extend(part.into_iter().map(|row| row.name));
    }
    assert_eq!(seen, ["白乌云其其格", "李四", "王二", "张三", "张三", "赵六"]);
    assert_eq!(store.people_page("zhang", None, 10).await.unwrap().len(), 2);
    assert_eq!(store.people_page("六", None, 10).await.unwrap().len(), 1);
    assert!(store.people_page("%", None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn compare_names_the_division_that_differs() {
    let (_folder, store) = phone().await;
    let mut right = Check::default();
    right.add(id(VILLAGE), 1);
    right.add(id(PERSON), 2);
    let mut wrong = right;
    wrong.add(id(99), 3);
    assert!(store.compare(&BTreeMap::from([(id(VILLAGE), right)])).await.unwrap().is_empty());
    assert_eq!(store.compare(&BTreeMap::from([(id(VILLAGE), wrong)])).await.unwrap(), [id(VILLAGE)]);
}
