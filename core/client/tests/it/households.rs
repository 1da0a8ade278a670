//! Households: fields changed one by one, and chains of changes.

use bianfang_client::{ClientError, HouseholdDraft, MergeDraft, MoveDraft, RecordState, SplitDraft};
use bianfang_domain::op::Act;
use bianfang_domain::time::Day;
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

/// Who lives elsewhere stays there, and no 户籍 moves.
#[tokio::test]
async fn a_household_moves_with_who_lives_in_it() {
    let bench = Bench::enrolled().await;
    let neighbour =
        served("division", OTHER_VILLAGE, 6, json!({ "name": "东村", "level": "VILLAGE", "parent": id(TOWNSHIP) }));
    let away =
        json!({ "household": id(HOUSEHOLD), "living_division": id(OTHER_VILLAGE), "registered_division": id(VILLAGE) });
    bench.receive(vec![neighbour, person(22, 7, "张小军", away)]).await;
    let phone = bench.open().await;
    let draft = MoveDraft {
        household: text(HOUSEHOLD),
        village: text(OTHER_VILLAGE),
        address: " 三组7号 ".into(),
        since: Some("2026-06-20".into()),
    };
    assert_eq!(phone.move_household(draft.clone()).await.unwrap().state, RecordState::Saved);
    let nowhere = MoveDraft { village: "x".into(), ..draft };
    assert_eq!(field(phone.move_household(nowhere).await), "village");
    phone.close().await.unwrap();
    let store = bench.store().await;
    let ops = store.pending(9).await.unwrap();
    let moved: Vec<_> = ops.iter().map(|op| (op.kind.as_str(), op.target, json!(op.set()))).collect();
    let to = |place: &str| json!({ place: id(OTHER_VILLAGE), "address": "三组7号" });
    assert_eq!(
        moved,
        [
            ("household", id(HOUSEHOLD), to("division")),
            ("person", id(MOTHER), to("living_division")),
            ("person", id(FATHER), to("living_division")),
        ]
    );
    let since = Day::from_ymd(2026, 6, 20);
    assert!(ops.iter().all(|op| matches!(&op.act, Act::Change { since: day, .. } if *day == since)), "{ops:?}");
}

#[tokio::test]
async fn a_household_splits_once_and_the_old_one_keeps_its_plaque() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let draft = SplitDraft {
        household: text(HOUSEHOLD),
        head_name: "李•秀英".into(),
        address: Some("一组4号".into()),
        members: vec![text(MOTHER)],
    };
    let new = phone.split_household(&form, draft.clone()).await.unwrap();
    assert_eq!(phone.split_household(&form, draft.clone()).await.unwrap(), new, "a tap that was repeated");
    let view = phone.household(&new.id).await.unwrap();
    assert_eq!(view.address, "一组4号");
    let wrong = SplitDraft { members: vec!["x".into()], ..draft };
    assert_eq!(field(phone.split_household(&phone.new_form().await.unwrap(), wrong).await), "members");
    phone.close().await.unwrap();
    let ops = bench.store().await.pending(9).await.unwrap();
    let kinds: Vec<_> = ops.iter().map(|op| (op.kind.as_str(), op.target)).collect();
    assert_eq!(kinds, [("household", new.id.parse().unwrap()), ("person", id(MOTHER))]);
    assert_eq!(json!(ops[1].set()), json!({ "household": new.id }));
}

#[tokio::test]
async fn a_merged_household_hands_its_members_over() {
    let bench = Bench::enrolled().await;
    let other = json!({ "head_name": "张大山", "division": id(VILLAGE), "address": "一组5号" });
    bench.receive(vec![served("household", 51, 6, other)]).await;
    let phone = bench.open().await;
    let draft = MergeDraft { household: text(HOUSEHOLD), into: text(51) };
    phone.merge_household(draft.clone()).await.unwrap();
    let into = MergeDraft { into: text(HOUSEHOLD), ..draft };
    assert!(phone.merge_household(into).await.is_err(), "into itself");
    phone.close().await.unwrap();
    let ops = bench.store().await.pending(9).await.unwrap();
    let sets: Vec<_> = ops.iter().map(|op| (op.target, json!(op.set()))).collect();
    let over = json!({ "household": id(51) });
    assert_eq!(
        sets,
        [
            (id(HOUSEHOLD), json!({ "register": "MERGED", "merged_into": id(51) })),
            (id(MOTHER), over.clone()),
            (id(FATHER), over),
        ]
    );
}
