//! The invariants at the door, without a signal: what the phone can know it says before or after the save, what only the
//! county can know it leaves to the county, and nothing that happened is refused.

use bianfang_client::{FieldDraft, PersonDraft, Phone, PlaqueDraft, RecordState};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;

use crate::scene::*;

/// Saves an act on a plaque; its id, and why it is held.
async fn act(bench: &Bench, acts: &[PlaqueDraft]) -> Vec<Option<Reason>> {
    let phone = bench.open().await;
    let mut saved = Vec::new();
    for draft in acts {
        let form = phone.new_form().await.unwrap();
        saved.push(phone.record_plaque(&form, draft.clone()).await.unwrap());
    }
    phone.close().await.unwrap();
    let store = bench.store().await;
    let mut reasons = Vec::new();
    for saved in saved {
        let record = store.get(saved.id.parse().unwrap()).await.unwrap().unwrap();
        reasons.push(record.held_for(&Part::Whole));
    }
    store.close().await.unwrap();
    reasons
}

pub fn typed(fields: &[(&str, &str)]) -> PersonDraft {
    let field = |(field, value): &(&str, &str)| FieldDraft {
        field: (*field).to_owned(),
        value: Some((*value).to_owned()),
        ..FieldDraft::default()
    };
    PersonDraft { fields: fields.iter().map(field).collect(), since: None }
}

async fn new_person(phone: &Phone, number: &str) -> RecordState {
    let form = phone.new_form().await.unwrap();
    let village = text(VILLAGE);
    let draft = typed(&[("name", "张三"), ("living_division", &village), ("id_number", number)]);
    phone.new_person(&form, draft).await.unwrap().state
}

/// Invariant 1: whether a number is somebody's only the county knows, and the phone tells nobody.
#[tokio::test]
async fn a_number_that_may_be_anothers_is_saved_for_the_county_to_check() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    for _ in 0..2 {
        assert_eq!(new_person(phone, "11010519491231002X").await, RecordState::Saved);
    }
    assert_eq!(phone.status().await.unwrap().waiting, 2, "both are kept and sent");
}

/// Invariant 2: the second plaque of a home is kept, and said to be looked at.
#[tokio::test]
async fn a_second_plaque_is_recorded_and_known_to_be_held() {
    let bench = Bench::enrolled().await;
    let twice = [event("NEW", PlaqueDraft::default()), event("NEW", PlaqueDraft::default())];
    assert_eq!(act(&bench, &twice).await, [None, Some(Reason::AlreadyHung)]);
}

/// Invariant 3.
#[tokio::test]
async fn replacing_and_reissuing_say_what_is_missing() {
    let bench = Bench::enrolled().await;
    let aged = PlaqueDraft { reason: Some("AGED".into()), ..PlaqueDraft::default() };
    let back = PlaqueDraft { old_returned: true, ..aged.clone() };
    let lost = PlaqueDraft { reason: Some("LOST".into()), ..PlaqueDraft::default() };
    let acts = [
        event("NEW", PlaqueDraft::default()),
        event("REPLACE", aged),
        event("REISSUE", lost.clone()),
        event("REPLACE", back),
        event("REPORT_LOST", lost.clone()),
        event("REISSUE", lost),
    ];
    let reasons = act(&bench, &acts).await;
    let expected = [None, Some(Reason::OldPlaqueMissing), Some(Reason::NotLost), None, None, None];
    assert_eq!(reasons, expected);
}

/// Invariant 5.
#[tokio::test]
async fn a_cancellation_from_the_village_waits_for_the_county() {
    let bench = Bench::enrolled().await;
    let cancel =
        PlaqueDraft { reason: Some("CRIMINAL".into()), document: Some("三号".into()), ..PlaqueDraft::default() };
    let acts =
        [event("NEW", PlaqueDraft::default()), event("CANCEL", cancel), event("INSPECT", PlaqueDraft::default())];
    assert_eq!(act(&bench, &acts).await, [None, Some(Reason::CountyOnly), None]);
    let phone = bench.open().await;
    assert_eq!(phone.household(&text(HOUSEHOLD)).await.unwrap().plaque.state, "HUNG");
}

/// Invariant 6: the form says what is missing, before anything is written.
#[tokio::test]
async fn hanging_names_each_missing_thing() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let whole = event("NEW", PlaqueDraft::default());
    for (missing, draft) in [
        ("position", PlaqueDraft { position: None, ..whole.clone() }),
        ("hanger", PlaqueDraft { hanger: Some(" ".into()), ..whole.clone() }),
        ("no_signature", PlaqueDraft { signature: None, ..whole.clone() }),
    ] {
        assert_eq!(field(phone.record_plaque(&phone.new_form().await.unwrap(), draft).await), missing);
    }
    let refused = PlaqueDraft { signature: None, no_signature: Some("家属不便签字".into()), ..whole };
    phone.record_plaque(&phone.new_form().await.unwrap(), refused).await.unwrap();
    assert_eq!(phone.status().await.unwrap().waiting, 1, "nothing of the others was written");
}

/// Invariant 10: one photo on two visits is no reason to refuse either.
#[tokio::test]
async fn one_photo_serves_two_visits() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let photo = bench.photo(3);
    for who in [FATHER, MOTHER] {
        let form = phone.new_form().await.unwrap();
        phone.add_photo(&form, &photo).await.unwrap();
        assert_eq!(phone.save_visit(&form, visit(&[(who, "MET")])).await.unwrap().state, RecordState::Saved);
    }
    phone.close().await.unwrap();
    let ops = bench.store().await.pending(9).await.unwrap();
    let originals: Vec<_> =
        ops.iter().filter(|op| op.kind == "photo").map(|op| op.set().unwrap()["original"].clone()).collect();
    assert_eq!(originals.len(), 2);
    assert_eq!(originals[0], originals[1]);
}

/// Invariant 13: what contradicts a document is warned of and saved.
#[tokio::test]
async fn a_birth_against_the_number_is_a_warning_and_saved() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let village = text(VILLAGE);
    let odd = typed(&[
        ("name", "张三"),
        ("living_division", &village),
        ("id_number", "11010519491231002X"),
        ("birth", "1951-01-01"),
        ("enlisted", "1960-01"),
    ]);
    let warned = phone.check_person(None, odd.clone()).await.unwrap();
    assert!(warned.len() >= 2 && warned.iter().all(|warning| !warning.zh.is_ascii()), "{warned:?}");
    let saved = phone.new_person(&phone.new_form().await.unwrap(), odd).await.unwrap();
    assert_eq!(saved.state, RecordState::Saved);
}
