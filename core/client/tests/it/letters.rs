//! Plaques from lots, requests and letters on the phone, without a signal.

use bianfang_client::{
    ClientError, DelivererDraft, LetterStepDraft, PlaqueDraft, PlaqueOpinionDraft, PlaqueRequestDraft, RecordState,
};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use serde_json::json;

use crate::scene::*;

const LOT: u128 = 70;
const LETTER: u128 = 80;

async fn bench() -> Bench {
    let bench = Bench::enrolled().await;
    let lot = json!({ "act": "RECEIVED", "division": id(VILLAGE), "count": 1, "at": NOW });
    let letter = json!({ "source": "PAFD", "level": "SECOND", "soldier": "李军", "division": id(VILLAGE), "address": "一组3号" });
    bench.receive(vec![served("plaque_stock", LOT, 6, lot), served("letter", LETTER, 7, letter)]).await;
    bench
}

#[tokio::test]
async fn a_lot_tells_what_is_left_and_the_household_why_it_may_have_one() {
    let bench = bench().await;
    let phone = bench.open().await;
    let plaque = phone.household(&text(HOUSEHOLD)).await.unwrap().plaque;
    assert_eq!(
        (plaque.state.as_str(), plaque.why.as_str(), plaque.basis.as_deref()),
        ("PENDING", "VETERAN", Some("PROACTIVE"))
    );
    assert!(plaque.why_zh.contains("退役军人"));
    let lots = phone.plaque_lots().await.unwrap();
    assert_eq!(lots.iter().map(|lot| (lot.count, lot.left)).collect::<Vec<_>>(), [(1, 1)]);
    let from_lot = PlaqueDraft { lot: Some(text(LOT)), ..PlaqueDraft::default() };
    phone.record_plaque(&phone.new_form().await.unwrap(), event("NEW", from_lot.clone())).await.unwrap();
    assert_eq!(phone.plaque_lots().await.unwrap()[0].left, 0);
    let again = PlaqueDraft { old_returned: true, reason: Some("AGED".into()), ..from_lot };
    phone.record_plaque(&phone.new_form().await.unwrap(), event("REPLACE", again)).await.unwrap();
    assert_eq!(phone.plaque_lots().await.unwrap()[0].left, -1, "it is recorded all the same");
    let bad = PlaqueDraft { lot: Some("red box".into()), ..PlaqueDraft::default() };
    let refused = phone.record_plaque(&phone.new_form().await.unwrap(), event("INSPECT", bad)).await;
    assert!(matches!(refused, Err(ClientError::Invalid { field, .. }) if field == "lot"));
}

#[tokio::test]
async fn after_the_veterans_death_the_phone_shows_the_plaque_as_kept_and_holds_a_replacement() {
    let bench = bench().await;
    let died = json!({ "household": id(HOUSEHOLD), "categories": ["DISCHARGED_SOLDIER"], "life": "DECEASED", "died_on": 20_000 });
    bench.receive(vec![person(FATHER, 8, "张建国", died)]).await;
    let phone = bench.open().await;
    phone.record_plaque(&phone.new_form().await.unwrap(), event("NEW", PlaqueDraft::default())).await.unwrap();
    let plaque = phone.household(&text(HOUSEHOLD)).await.unwrap().plaque;
    assert_eq!((plaque.state.as_str(), plaque.why.as_str()), ("KEPT_NO_RENEW", "DIED_SINCE"));
    let again = PlaqueDraft { old_returned: true, ..PlaqueDraft::default() };
    let saved = phone.record_plaque(&phone.new_form().await.unwrap(), event("REPLACE", again)).await.unwrap();
    phone.close().await.unwrap();
    let record = bench.store().await.get(saved.id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(record.held_for(&Part::Whole), Some(Reason::NoRenewal), "known before it is sent");
}

#[tokio::test]
async fn a_request_shows_its_way_and_the_event_that_names_it_fulfils_it() {
    let bench = bench().await;
    let phone = bench.open().await;
    let form = phone.new_form().await.unwrap();
    let draft = PlaqueRequestDraft {
        household: text(HOUSEHOLD),
        ask: "NEW".into(),
        at_ms: NOW,
        applicant: "李秀英".into(),
        ..PlaqueRequestDraft::default()
    };
    let request = phone.request_plaque(&form, draft.clone()).await.unwrap();
    assert_eq!(phone.request_plaque(&form, draft.clone()).await.unwrap(), request, "a tap that was repeated");
    let state = async || phone.plaque_requests().await.unwrap().into_iter().map(|row| row.state).collect::<Vec<_>>();
    assert_eq!(state().await, ["APPLIED"]);
    let opinion = |step: &str| PlaqueOpinionDraft {
        request: request.id.clone(),
        step: step.into(),
        opinion: "同意".into(),
        by: None,
        at_ms: NOW + 1000,
    };
    phone.give_opinion(&phone.new_form().await.unwrap(), opinion("VILLAGE_OK")).await.unwrap();
    assert_eq!(state().await, ["VILLAGE_OK"]);
    phone.give_opinion(&phone.new_form().await.unwrap(), opinion("TOWN_OK")).await.unwrap();
    assert_eq!(state().await, ["VILLAGE_OK"], "the township's word is not the village's to give");
    let names = PlaqueDraft { request: Some(request.id.clone()), ..PlaqueDraft::default() };
    phone.record_plaque(&phone.new_form().await.unwrap(), event("NEW", names)).await.unwrap();
    assert_eq!(state().await, ["DONE"]);
    let nameless = PlaqueRequestDraft { applicant: " ".into(), ..draft };
    let refused = phone.request_plaque(&phone.new_form().await.unwrap(), nameless).await;
    assert!(matches!(refused, Err(ClientError::Invalid { field, .. }) if field == "applicant"));
}

#[tokio::test]
async fn a_letter_is_delivered_once_and_a_wrong_level_only_warns() {
    let bench = bench().await;
    let phone = bench.open().await;
    let step = LetterStepDraft {
        letter: text(LETTER),
        step: "DELIVERED".into(),
        at_ms: NOW,
        delivered_by: vec![DelivererDraft {
            name: "王五".into(),
            of: Some("BUREAU".into()),
            level: Some("VILLAGE".into()),
        }],
        signature: Some("家属".into()),
        award_fen: Some(500_000),
        ..LetterStepDraft::default()
    };
    let codes: Vec<String> = phone.letter_warnings(step.clone()).await.unwrap().into_iter().map(|w| w.code).collect();
    assert_eq!(codes, ["LOWER_LEVEL", "WITHOUT_PAFD"]);
    let saved = phone.record_letter(&phone.new_form().await.unwrap(), step.clone()).await.unwrap();
    assert_eq!(saved.state, RecordState::Saved);
    let letters = phone.letters("DELIVERED").await.unwrap();
    assert_eq!(
        (letters.len(), letters[0].warnings.len(), letters[0].delivered_on.as_deref()),
        (1, 2, Some("2026-07-01"))
    );
    assert!(phone.letters("RECEIVED").await.unwrap().is_empty());
    let second = LetterStepDraft { at_ms: NOW + 5000, ..step.clone() };
    let second = phone.record_letter(&phone.new_form().await.unwrap(), second).await.unwrap();
    let unsigned = LetterStepDraft { signature: None, ..step.clone() };
    let refused = phone.record_letter(&phone.new_form().await.unwrap(), unsigned).await;
    assert!(matches!(refused, Err(ClientError::Invalid { field, .. }) if field == "no_signature"));
    let unit = LetterStepDraft { step: "UNDELIVERABLE".into(), reason: Some("随31234部队移防".into()), ..step };
    let refused = phone.record_letter(&phone.new_form().await.unwrap(), unit).await;
    assert!(matches!(refused, Err(ClientError::Invalid { field, .. }) if field == "reason"));
    phone.close().await.unwrap();
    let record = bench.store().await.get(second.id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(record.held_for(&Part::Whole), Some(Reason::AlreadyDelivered));
}
