//! Writing: one transaction, chains of edits, refusals, drafts.

use bianfang_domain::decision::Verdict;
use bianfang_domain::reason::Reason;
use bianfang_store::{FormOutcome, MetaKey, NewPhoto, OpState, PhotoRole, StoreError, Writing};
use serde_json::json;

use crate::scene::*;

#[tokio::test]
async fn write_shows_at_once_and_waits() {
    let (_folder, store) = phone().await;
    let (op, decision) = wrote(&store, visit(30), 1).await;
    assert_eq!((op.seq, decision.verdict), (1, Verdict::Accepted));
    assert_eq!(store.facts(id(PERSON)).await.unwrap().len(), 1);
    let pending = store.pending(10).await.unwrap();
    assert_eq!(pending.len(), 1);
    assert_eq!(pending[0].target, id(30));
    assert_eq!(store.status().await.unwrap().pending, 1);
}

#[tokio::test]
async fn failure_late_in_a_form_leaves_neither_op_nor_record_nor_number() {
    let (folder, store) = phone().await;
    let nothing = NewPhoto { name: "no such file".into(), record: id(31), owed: true };
    store.save_draft("visit", "{}", NOW).await.unwrap();
    let form = Writing { ops: vec![visit(30)], photos: vec![nothing], draft: Some("visit".into()) };
    assert!(matches!(store.write(&form, &at(1)).await, Err(StoreError::File { .. })));
    assert!(store.get(id(30)).await.unwrap().is_none());
    assert!(store.pending(10).await.unwrap().is_empty());
    assert!(store.get_draft("visit").await.unwrap().is_some());
    store.close().await.unwrap();
    let store = opened(folder.path()).await;
    assert_eq!(wrote(&store, visit(30), 2).await.0.seq, 1, "numbers have no gap");
}

#[tokio::test]
async fn write_dropped_half_way_leaves_nothing() {
    let (_folder, store) = phone().await;
    for polls in 1..400 {
        let form = Writing { ops: vec![visit(30)], ..Writing::default() };
        let clock = at(1);
        let mut writing = std::pin::pin!(store.write(&form, &clock));
        let mut count = 0;
        let cut = std::future::poll_fn(|cx| {
            count += 1;
            match writing.as_mut().poll(cx) {
                std::task::Poll::Ready(_) => std::task::Poll::Ready(false),
                std::task::Poll::Pending if count >= polls => std::task::Poll::Ready(true),
                std::task::Poll::Pending => std::task::Poll::Pending,
            }
        })
        .await;
        if !cut {
            assert!(polls > 3, "the write must have been cut at least a few times");
            break;
        }
    }
    // Whether a cut one was rolled back or had just been committed: op and record are there together, and once.
    let pending = store.pending(10).await.unwrap();
    let shown = store.facts(id(PERSON)).await.unwrap();
    assert_eq!((pending.len(), shown.len()), (1, 1));
    let last: Option<i64> = store.value(MetaKey::LastSeq).await.unwrap();
    assert_eq!(last, Some(1));
}

#[tokio::test]
async fn fifteen_offline_edits_keep_order_and_survive_reopening() {
    let (folder, store) = phone().await;
    for step in 1..=15 {
        let (op, decision) =
            wrote(&store, change(json!({ "address": format!("第{step}户"), "steps": step })), step).await;
        assert_eq!(op.seq, u64::try_from(step).unwrap());
        assert_eq!(decision.verdict, Verdict::Accepted, "a chain never conflicts with itself");
    }
    store.close().await.unwrap();
    let store = opened(folder.path()).await;
    assert_eq!(field(&store, PERSON, "address").await, json!("第15户"));
    let seqs: Vec<u64> = store.pending(100).await.unwrap().iter().map(|op| op.id.seq).collect();
    assert_eq!(seqs, (1..=15).collect::<Vec<_>>());
    assert!(store.pending(100).await.unwrap().iter().all(|op| op.base == 2));
}

#[tokio::test]
async fn refused_form_is_not_written() {
    let (_folder, store) = phone().await;
    let form = Writing { ops: vec![visit(30), change(json!({ "register": "ACTIVE" }))], ..Writing::default() };
    match store.write(&form, &at(1)).await.unwrap() {
        FormOutcome::Refused { index, decision } => {
            assert_eq!((index, decision.reason), (1, Some(Reason::NotAllowed)));
        }
        written @ FormOutcome::Written { .. } => panic!("{written:?}"),
    }
    assert!(store.get(id(30)).await.unwrap().is_none());
    assert!(store.pending(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn proposal_is_kept_beside_and_searchable_name_stays() {
    let (_folder, store) = phone().await;
    let (_, decision) = wrote(&store, change(json!({ "name": "另一个名字" })), 1).await;
    assert_eq!(decision.verdict, Verdict::Proposed);
    assert_eq!(store.get(id(PERSON)).await.unwrap().unwrap().meta.beside.len(), 1);
    assert_eq!(store.people_page("白乌云", None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn refused_by_the_server_leaves_the_screen_and_keeps_its_reason() {
    let (_folder, store) = phone().await;
    let (op, _) = wrote(&store, change(json!({ "address": "东头" })), 1).await;
    let mut refused = answer(op, Verdict::Refused, 0);
    refused.reason = Some(Reason::NotAllowed);
    store.acknowledge(&[refused.clone()], NOW).await.unwrap();
    assert_eq!(field(&store, PERSON, "address").await, json!(null));
    let sent = store.sent(id(PERSON)).await.unwrap();
    assert_eq!((sent[0].state, sent[0].answer.clone()), (OpState::Refused, Some(refused)));
    assert_eq!(store.purge(NOW * 2).await.unwrap(), 0);
    assert_eq!(store.status().await.unwrap().refused, 1);
}

#[tokio::test]
async fn draft_is_kept_until_written_and_its_unused_photos_go_with_it() {
    let (folder, store) = phone().await;
    let mut fill = counting();
    let kept = store.files().write(&mut &b"kept"[..], &mut fill).unwrap();
    let thrown = store.files().write(&mut &b"thrown"[..], &mut fill).unwrap();
    store.save_draft("visit", r#"{"a":1}"#, NOW).await.unwrap();
    for file in [&kept, &thrown] {
        store.keep_photo("visit", PhotoRole::Copy, file, NOW).await.unwrap();
    }
    store.close().await.unwrap();
    let store = opened(folder.path()).await;
    assert_eq!(store.get_draft("visit").await.unwrap().as_deref(), Some(r#"{"a":1}"#));
    assert_eq!(store.photos_in_draft("visit").await.unwrap().len(), 2);
    let photo =
        record("photo", 31, json!({ "subject": id(30), "photo_kind": "SCENE", "original": kept.sha256, "length": 4 }));
    let form = Writing {
        ops: vec![visit(30), photo],
        photos: vec![NewPhoto { name: kept.name.clone(), record: id(31), owed: true }],
        draft: Some("visit".into()),
    };
    assert!(matches!(store.write(&form, &at(1)).await.unwrap(), FormOutcome::Written { .. }));
    assert_eq!(store.get_draft("visit").await.unwrap(), None);
    assert_eq!(store.files().read(&kept, 0, 4).unwrap(), b"kept");
    assert!(store.files().read(&thrown, 0, 6).is_err());
    assert_eq!(store.owed().await.unwrap().len(), 1);
}

/// Randomness that can be told again: every call is filled with the next number.
pub fn counting() -> impl FnMut(&mut [u8]) -> bool {
    let mut next = 0u8;
    move |bytes| {
        next += 1;
        bytes.fill(next);
        true
    }
}
