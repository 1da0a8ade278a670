//! Households: fields changed one by one, and chains of changes.

use bianfang_client::{ClientError, HouseholdDraft, RecordState};
use serde_json::json;

use crate::scene::*;

fn address(address: &str) -> HouseholdDraft {
    HouseholdDraft { household: text(HOUSEHOLD), address: Some(address.into()), way_note: None }
}

/// Story 21, as far as one phone goes.
#[tokio::test]
async fn fifteen_edits_in_a_row_offline_are_one_chain_without_conflict() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    for step in 1..=15 {
        let saved = phone.change_household(address(&format!("{step}组8号"))).await.unwrap();
        assert_eq!(saved.state, RecordState::Saved);
    }
    phone.close().await.unwrap();
    let phone = bench.open().await;
    assert_eq!(phone.household(&text(HOUSEHOLD)).await.unwrap().address, "15组8号");
    assert_eq!(phone.people(all()).await.unwrap().rows[0].address, "15组8号");
    assert_eq!((phone.status().await.unwrap().waiting, phone.troubles().await.unwrap()), (15, vec![]));
    phone.close().await.unwrap();
    let store = bench.store().await;
    let record = store.get(id(HOUSEHOLD)).await.unwrap().unwrap();
    assert!(record.meta.beside.is_empty(), "no conflict with itself");
    let seqs: Vec<u64> = store.pending(99).await.unwrap().iter().map(|op| op.id.seq).collect();
    assert_eq!(seqs, (1..=15).collect::<Vec<_>>());
}

#[tokio::test]
async fn only_what_changed_is_written() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let same = phone.change_household(address("一组3号")).await.unwrap();
    assert_eq!((same.state, phone.status().await.unwrap().waiting), (RecordState::Confirmed, 0));
    let both = HouseholdDraft { way_note: Some(" 红门 ".into()), ..address("一组3号") };
    phone.change_household(both).await.unwrap();
    let view = phone.household(&text(HOUSEHOLD)).await.unwrap();
    assert_eq!((view.address.as_str(), view.note.as_deref()), ("一组3号", Some("红门")));
    phone.change_household(HouseholdDraft { way_note: Some(" ".into()), ..address("") }).await.unwrap();
    let view = phone.household(&text(HOUSEHOLD)).await.unwrap();
    assert_eq!((view.address.as_str(), view.note), ("", None));
    phone.close().await.unwrap();
    let ops = bench.store().await.pending(9).await.unwrap();
    let sets: Vec<_> = ops.iter().map(|op| json!(op.set())).collect();
    assert_eq!(sets, [json!({ "way_note": "红门" }), json!({ "address": null, "way_note": null })]);
}

#[tokio::test]
async fn household_page_shows_who_lives_there() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let view = phone.household(&text(HOUSEHOLD)).await.unwrap();
    let members: Vec<&str> = view.members.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(members, ["李秀英", "张建国"]);
    let page = phone.person(&text(FATHER)).await.unwrap();
    let others: Vec<&str> = page.household.iter().map(|row| row.name.as_str()).collect();
    assert_eq!((others, page.plaque.unwrap().state.as_str()), (vec!["李秀英"], "PENDING"));
    assert_eq!(phone.household(&text(FATHER)).await.unwrap_err(), ClientError::NotFound);
    assert_eq!(phone.person(&text(HOUSEHOLD)).await.unwrap_err(), ClientError::NotFound);
    assert_eq!(
        phone.change_household(HouseholdDraft { household: "x".into(), ..address("") }).await.unwrap_err(),
        ClientError::NotFound
    );
}
