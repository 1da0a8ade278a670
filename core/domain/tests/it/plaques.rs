//! The plaque rules (invariants 2, 3, 5, 6): several phones, every order of arrival.

use std::collections::BTreeSet;

use bianfang_domain::decision::{CaseKind, Verdict};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{PlaqueEvent, PlaqueState};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use serde_json::json;

use crate::county::{County, Phone, Sent, VILLAGE_A1, at, id, orders};

const HOUSE: u128 = 0x700;

fn state(county: &County) -> PlaqueState {
    PlaqueEvent::shown(id(HOUSE), &county.world()).0.state
}

/// The outcome of some ops in every order: all must agree. Ops of one phone keep their order, as they do on the wire.
fn whatever_order(sent: &[Sent]) -> County {
    let mut seen: Option<County> = None;
    for order in orders(sent) {
        let in_sequence = order.iter().enumerate().all(|(i, s)| {
            order[..i].iter().all(|p| p.op.id.installation != s.op.id.installation || p.op.id.seq < s.op.id.seq)
        });
        if !in_sequence {
            continue;
        }
        let mut county = County::new();
        county.household(HOUSE, VILLAGE_A1);
        county.takes(&order);
        assert_eq!(county.replayed(county.revision), county.records);
        if let Some(first) = &seen {
            assert_eq!(first.held(), county.held());
            assert_eq!(first.open_cases(), county.open_cases());
            assert_eq!(first.rows(), county.rows());
        }
        seen.get_or_insert(county);
    }
    seen.unwrap()
}

fn held_whole(county: &County) -> BTreeSet<(RecordId, Reason)> {
    county.held().into_iter().map(|(fact, _, reason)| (fact, reason)).collect()
}

#[test]
fn a_second_plaque_is_held_and_the_earlier_stays_whoever_arrives_first() {
    let mut phones = [Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1), Phone::worker(3, VILLAGE_A1)];
    let sent: Vec<Sent> =
        (0..3).map(|n| phones[n].plaque(at(n as i32, 9), id(0x801 + n as u128), id(HOUSE), "NEW", json!({}))).collect();
    let county = whatever_order(&sent);
    let expected = BTreeSet::from([(id(0x802), Reason::AlreadyHung), (id(0x803), Reason::AlreadyHung)]);
    assert_eq!(held_whole(&county), expected);
    assert_eq!(state(&county), PlaqueState::Hung);
    let cases = county.open_cases();
    assert_eq!(cases.len(), 2, "each double once");
    assert!(cases.iter().all(|case| case.kind == CaseKind::Double && case.subjects == [id(HOUSE)]));
    assert!([0x801, 0x802, 0x803].iter().all(|n| county.records.contains_key(&id(*n))), "nothing is lost");
}

#[test]
fn a_case_lapses_when_what_makes_it_moot_arrives() {
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    let sent = [
        one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({})),
        one.plaque(at(1, 9), id(0x802), id(HOUSE), "TAKE_BACK", json!({"reason": "AGED"})),
        two.plaque(at(2, 9), id(0x803), id(HOUSE), "NEW", json!({})),
    ];
    let county = whatever_order(&sent);
    assert!(county.held().is_empty());
    assert!(county.open_cases().is_empty());
}

#[test]
fn a_doubtful_clock_never_moves_another_to_held() {
    let (mut sure, mut unsure) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    unsure.offset = None;
    let sent = [
        sure.plaque(at(2, 9), id(0x801), id(HOUSE), "NEW", json!({})),
        unsure.plaque(at(1, 9), id(0x802), id(HOUSE), "NEW", json!({})),
    ];
    let county = whatever_order(&sent);
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x802), Reason::AlreadyHung)]));
}

#[test]
fn mending_a_doubtful_time_gives_the_fact_its_place() {
    let (mut sure, mut unsure) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    unsure.offset = None;
    let sent = [
        sure.plaque(at(2, 9), id(0x801), id(HOUSE), "NEW", json!({})),
        unsure.plaque(at(3, 9), id(0x802), id(HOUSE), "NEW", json!({})),
    ];
    let mut county = whatever_order(&sent);
    let mended = Phone::reviewer().amend(at(5, 9), "plaque_event", id(0x802), json!({"at": at(1, 9)}));
    county.accepts(&mended);
    assert!(!county.get(id(0x802)).meta.origin.happened.doubtful);
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x801), Reason::AlreadyHung)]));
}

#[test]
fn a_replacement_needs_the_old_plaque_or_the_countys_exception() {
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    let hung = one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({}));
    let cases = [
        (json!({"reason": "AGED"}), false, Some(Reason::OldPlaqueMissing)),
        (json!({"reason": "AGED", "old_returned": true}), false, None),
        (json!({"reason": "BROKEN", "exception": "烧毁"}), false, Some(Reason::OldPlaqueMissing)),
        (json!({"reason": "BROKEN", "exception": "烧毁"}), true, None),
    ];
    for (more, by_county, reason) in cases {
        let mut author = if by_county { Phone::clerk() } else { two.clone() };
        let county = whatever_order(&[hung.clone(), author.plaque(at(1, 9), id(0x802), id(HOUSE), "REPLACE", more)]);
        assert_eq!(held_whole(&county), reason.map(|reason| (id(0x802), reason)).into_iter().collect());
    }
    // An old plaque that came back before needs no second return; a wall that never had one has nothing to replace.
    let back = one.plaque(at(1, 9), id(0x803), id(HOUSE), "TAKE_BACK", json!({"reason": "MOVED_HOME"}));
    let county = whatever_order(&[hung, back, two.plaque(at(2, 9), id(0x802), id(HOUSE), "REPLACE", json!({}))]);
    assert!(county.held().is_empty());
    let county = whatever_order(&[two.plaque(at(2, 9), id(0x804), id(HOUSE), "REPLACE", json!({}))]);
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x804), Reason::NotHung)]));
}

#[test]
fn reissue_is_for_a_loss_and_a_third_is_the_countys() {
    let mut one = Phone::worker(1, VILLAGE_A1);
    let mut two = Phone::worker(2, VILLAGE_A1);
    let early = two.plaque(at(0, 12), id(0x890), id(HOUSE), "REISSUE", json!({}));
    let mut sent = vec![one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({}))];
    let county = whatever_order(&[sent[0].clone(), early]);
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x890), Reason::NotLost)]));
    for round in 1..=3_i32 {
        let number = 0x810 + 2 * round as u128;
        sent.push(one.plaque(at(round, 9), id(number), id(HOUSE), "REPORT_LOST", json!({})));
        sent.push(one.plaque(at(round, 10), id(number + 1), id(HOUSE), "REISSUE", json!({})));
    }
    let mut county = whatever_order(&sent);
    let third = id(0x817);
    assert_eq!(held_whole(&county), BTreeSet::from([(third, Reason::ReissuedTwice)]));
    let refused = county.take(&Phone::reviewer().settle(at(9, 9), "plaque_event", third, Part::Whole, true));
    assert_eq!((refused.verdict, refused.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
    county.accepts(&Phone::clerk().settle(at(9, 10), "plaque_event", third, Part::Whole, true));
    assert_eq!(state(&county), PlaqueState::Hung);
}

#[test]
fn cancel_and_restore_are_the_countys_with_a_document() {
    let (mut one, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
    let hung = one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({}));
    let order = json!({"reason": "PUBLIC_ORDER", "document": "县退役军人局〔2026〕7号"});
    let by_worker = one.plaque(at(1, 9), id(0x802), id(HOUSE), "CANCEL", order.clone());
    let county = whatever_order(&[hung.clone(), by_worker]);
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x802), Reason::CountyOnly)]));
    assert_eq!(state(&county), PlaqueState::Hung);

    let bare = clerk.plaque(at(1, 9), id(0x803), id(HOUSE), "CANCEL", json!({"reason": "CRIMINAL"}));
    let county = whatever_order(&[hung.clone(), bare]);
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x803), Reason::CountyOnly)]));

    for (reason, restored) in [("PUBLIC_ORDER", true), ("CRIMINAL", false)] {
        let (mut one, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
        let document = |reason: &str| json!({"reason": reason, "document": "文"});
        let sent = [
            hung.clone(),
            clerk.plaque(at(1, 9), id(0x802), id(HOUSE), "CANCEL", document(reason)),
            clerk.plaque(at(3, 9), id(0x804), id(HOUSE), "RESTORE", document("CORRECTED")),
            Phone::worker(2, VILLAGE_A1).plaque(at(2, 9), id(0x803), id(HOUSE), "TAKE_BACK", json!({})),
        ];
        one.seq = 9;
        let county = whatever_order(&sent);
        let held = if restored { BTreeSet::new() } else { BTreeSet::from([(id(0x804), Reason::NotRestorable)]) };
        assert_eq!(held_whole(&county), held, "{reason}");
        assert_eq!(state(&county), if restored { PlaqueState::Returned } else { PlaqueState::Cancelled });
    }
}

fn folded(county: &County) -> (PlaqueState, u32) {
    let plaque = PlaqueEvent::shown(id(HOUSE), &county.world()).0;
    (plaque.state, plaque.returned)
}

/// Only what hung came back; a family that had been handed one, or had lost theirs, was due to get another.
#[test]
fn a_restoration_goes_back_to_what_the_cancellation_found() {
    let order = |reason: &str| json!({"reason": reason, "document": "文"});
    let found = [
        (vec!["ISSUE"], PlaqueState::IssuedNotHung),
        (vec!["NEW"], PlaqueState::Hung),
        (vec!["NEW", "REPORT_LOST"], PlaqueState::Lost),
        (vec!["NEW", "MARK_DUE"], PlaqueState::ReplaceDue),
        (vec!["NEW", "TAKE_DOWN"], PlaqueState::TakenDownKept),
        (vec!["DECLINE"], PlaqueState::Declined),
        (vec![], PlaqueState::Pending),
    ];
    for (before, expected) in found {
        let (mut one, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
        let mut sent: Vec<Sent> = Vec::new();
        for (n, event) in before.iter().enumerate() {
            let number = n as u128;
            sent.push(one.plaque(at(0, 9 + n as i64), id(0x801 + number), id(HOUSE), event, json!({"reason": "AGED"})));
        }
        sent.push(clerk.plaque(at(1, 9), id(0x804), id(HOUSE), "CANCEL", order("PUBLIC_ORDER")));
        sent.push(clerk.plaque(at(2, 9), id(0x805), id(HOUSE), "CANCEL", order("PUBLIC_ORDER")));
        sent.push(clerk.plaque(at(3, 9), id(0x806), id(HOUSE), "RESTORE", order("CORRECTED")));
        let county = whatever_order(&sent);
        assert_eq!(held_whole(&county), BTreeSet::new(), "{before:?}");
        assert_eq!(folded(&county), (expected, 0), "{before:?}");
    }
}

#[test]
fn one_plaque_comes_back_once() {
    let order = json!({"reason": "PUBLIC_ORDER", "document": "文"});
    let (mut one, mut two, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1), Phone::clerk());
    let sent = [
        one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({})),
        clerk.plaque(at(1, 9), id(0x802), id(HOUSE), "CANCEL", order.clone()),
        one.plaque(at(2, 9), id(0x803), id(HOUSE), "TAKE_BACK", json!({})),
        two.plaque(at(3, 9), id(0x804), id(HOUSE), "TAKE_BACK", json!({})),
    ];
    let mut county = whatever_order(&sent);
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x804), Reason::NotHung)]));
    assert_eq!(folded(&county), (PlaqueState::Cancelled, 1));
    // Also where a reviewer lets the second word stand.
    county.accepts(&Phone::reviewer().settle(at(4, 9), "plaque_event", id(0x804), Part::Whole, true));
    assert_eq!(folded(&county), (PlaqueState::Cancelled, 1));

    let mut one = Phone::worker(3, VILLAGE_A1);
    let sent = [
        one.plaque(at(0, 9), id(0x811), id(HOUSE), "NEW", json!({})),
        one.plaque(at(1, 9), id(0x812), id(HOUSE), "TAKE_BACK", json!({})),
        one.plaque(at(2, 9), id(0x813), id(HOUSE), "REPLACE", json!({"old_returned": true, "reason": "AGED"})),
    ];
    let county = whatever_order(&sent);
    assert_eq!(held_whole(&county), BTreeSet::new());
    assert_eq!(folded(&county), (PlaqueState::Hung, 1));
}

#[test]
fn nothing_is_hung_again_after_a_cancellation() {
    let (mut one, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
    let sent = [
        clerk.plaque(at(1, 9), id(0x802), id(HOUSE), "CANCEL", json!({"reason": "DISMISSED", "document": "文"})),
        one.plaque(at(2, 9), id(0x803), id(HOUSE), "NEW", json!({})),
    ];
    let county = whatever_order(&sent);
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x803), Reason::CountyOnly)]));
}

#[test]
fn hanging_needs_position_hanger_and_signature_or_the_reason() {
    let mut county = County::new();
    county.household(HOUSE, VILLAGE_A1);
    let mut one = Phone::worker(1, VILLAGE_A1);
    let cases = [
        (json!({"position": null}), Some((Reason::Missing, "position"))),
        (json!({"position": "ROOF"}), Some((Reason::Malformed, "position"))),
        (json!({"hanger": " "}), Some((Reason::Missing, "hanger"))),
        (json!({"signature": null}), Some((Reason::Missing, "no_signature"))),
        (json!({"signature": null, "no_signature": "家属不识字"}), None),
    ];
    for (number, (more, fault)) in cases.into_iter().enumerate() {
        let sent = one.plaque(at(0, 9), id(0x900 + number as u128), id(HOUSE), "NEW", more);
        let decision = county.take(&sent);
        let told = decision.reason.zip(decision.field.as_deref());
        assert_eq!(told, fault);
        assert_eq!(decision.verdict == Verdict::Refused, fault.is_some());
    }
}

#[test]
fn handing_out_and_hanging_are_two_things() {
    let mut one = Phone::worker(1, VILLAGE_A1);
    let sent = [
        one.plaque(at(0, 9), id(0x801), id(HOUSE), "ISSUE", json!({})),
        one.plaque(at(1, 9), id(0x802), id(HOUSE), "NEW", json!({})),
        one.plaque(at(2, 9), id(0x803), id(HOUSE), "MARK_DUE", json!({})),
    ];
    assert_eq!(state(&whatever_order(&sent[..1])), PlaqueState::IssuedNotHung);
    assert_eq!(state(&whatever_order(&sent[..2])), PlaqueState::Hung);
    assert_eq!(state(&whatever_order(&sent)), PlaqueState::ReplaceDue);
    assert!(PlaqueState::ReplaceDue.on_wall());
    let county = whatever_order(&[sent[2].clone()]);
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x803), Reason::NotHung)]));
}

#[test]
fn voiding_what_others_rest_on_holds_them_and_frees_the_place() {
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    let sent = [
        one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({})),
        two.plaque(at(1, 9), id(0x802), id(HOUSE), "NEW", json!({})),
        one.plaque(at(2, 9), id(0x803), id(HOUSE), "TAKE_DOWN", json!({})),
    ];
    let mut county = whatever_order(&sent);
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x802), Reason::AlreadyHung)]));
    let decision = county.take(&one.void(at(3, 9), "plaque_event", id(0x801)));
    assert_eq!(decision.verdict, Verdict::Accepted);
    assert!(county.held().is_empty(), "the second now is the first");
    assert!(county.open_cases().is_empty());
    county.take(&two.void(at(4, 9), "plaque_event", id(0x802)));
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x803), Reason::NotHung)]), "nothing hung to take down");
}

#[test]
fn moving_an_event_to_another_household_judges_both() {
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    let mut county = whatever_order(&[
        one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({})),
        two.plaque(at(1, 9), id(0x802), id(HOUSE), "NEW", json!({})),
    ]);
    county.household(0x701, VILLAGE_A1);
    county.accepts(&one.amend(at(2, 9), "plaque_event", id(0x801), json!({"household": id(0x701)})));
    assert!(county.held().is_empty());
    assert!(county.open_cases().is_empty());
    let walls = county.rows().into_iter().filter(|row| row.table == "plaque").count();
    assert_eq!(walls, 2);
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn an_unknown_event_of_a_newer_version_is_kept_and_held() {
    let mut one = Phone::worker(1, VILLAGE_A1);
    let county = whatever_order(&[one.plaque(at(0, 9), id(0x801), id(HOUSE), "POLISH", json!({"cloth": "red"}))]);
    assert_eq!(held_whole(&county), BTreeSet::from([(id(0x801), Reason::KindUnknown)]));
    assert_eq!(county.get(id(0x801)).value("event"), "POLISH");
    assert_eq!(county.get(id(0x801)).value("cloth"), "red");
}

#[test]
fn what_a_reviewer_settled_stays_settled() {
    let (mut one, mut two, mut town) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1), Phone::reviewer());
    let mut county = whatever_order(&[
        one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({})),
        two.plaque(at(1, 9), id(0x802), id(HOUSE), "NEW", json!({})),
    ]);
    county.accepts(&town.settle(at(2, 9), "plaque_event", id(0x802), Part::Whole, false));
    assert!(county.held().is_empty());
    assert!(county.open_cases().is_empty(), "looked at");
    assert!(!county.get(id(0x802)).counts(&Part::Whole));
    // Even when the wall is empty again by what arrives later.
    county.take(&one.void(at(3, 9), "plaque_event", id(0x801)));
    assert!(!county.get(id(0x802)).counts(&Part::Whole));
    assert_eq!(state(&county), PlaqueState::Pending);
    county.take(&town.settle(at(4, 9), "plaque_event", id(0x802), Part::Whole, true));
    assert_eq!(state(&county), PlaqueState::Pending, "the town lets through only what is held");
    assert_eq!(county.log.last().map(|(_, decision, _)| decision.verdict), Some(Verdict::Refused));
}
