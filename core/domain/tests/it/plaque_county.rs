//! The plaque rules of the county's word: another reissue, cancelling and restoring, what came back, and the two figures.

use std::collections::BTreeSet;

use bianfang_domain::kind::{PlaqueEvent, PlaqueState};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use serde_json::json;

use crate::county::{COUNTY, Phone, VILLAGE_A1, at, id};
use crate::plaque_rules::{HOUSE, agree, held, home, plaque};

#[test]
fn a_third_reissue_needs_the_countys_exception_and_so_does_handing_out_after_a_loss() {
    for last in ["REISSUE", "ISSUE"] {
        for (by_county, exception, fine) in
            [(false, None, false), (false, Some("水灾"), false), (true, None, false), (true, Some("水灾"), true)]
        {
            let mut one = Phone::worker(1, VILLAGE_A1);
            let mut county = home(&["DISCHARGED_SOLDIER"]);
            county.accepts(&one.plaque(at(0, 9), id(0x800), id(HOUSE), "NEW", json!({})));
            for round in 1..=3_i32 {
                let number = 0x810 + 2 * round as u128;
                county.accepts(&one.plaque(at(round, 9), id(number), id(HOUSE), "REPORT_LOST", json!({})));
                let mut author = if round == 3 && by_county { Phone::clerk() } else { one.clone() };
                let (act, more) =
                    if round == 3 { (last, json!({"exception": exception})) } else { ("REISSUE", json!({})) };
                let again = author.plaque(at(round, 10), id(number + 1), id(HOUSE), act, more);
                if !(round == 3 && by_county) {
                    one = author;
                }
                let decision = county.take(&again);
                let expected = if round < 3 || fine { None } else { Some(Reason::ReissuedTwice) };
                assert_eq!(decision.reason, expected, "{last} {round} {by_county} {exception:?}");
            }
        }
    }
}

#[test]
fn only_a_public_order_case_is_restored_and_a_second_punishment_stays() {
    let start = || home(&["DISCHARGED_SOLDIER"]);
    let (mut clerk, mut other) = (Phone::clerk(), Phone::new(0x52, bianfang_domain::actor::Role::SectionClerk, COUNTY));
    let order = |reason: &str| json!({"reason": reason, "document": "文"});
    let sent = [
        clerk.plaque(at(0, 9), id(0x801), id(HOUSE), "CANCEL", order("PUBLIC_ORDER")),
        other.plaque(at(1, 9), id(0x802), id(HOUSE), "CANCEL", order("CRIMINAL")),
        clerk.plaque(at(2, 9), id(0x803), id(HOUSE), "RESTORE", order("CORRECTED")),
    ];
    let county = agree(start, &sent);
    assert_eq!(held(&county), BTreeSet::from([(id(0x803), Reason::NotRestorable)]));
    assert_eq!(plaque(&county).state, PlaqueState::Cancelled);
    // Without the second the home waits again: nothing had hung.
    let county = agree(start, &[sent[0].clone(), sent[2].clone()]);
    assert_eq!(plaque(&county).state, PlaqueState::Pending);
}

#[test]
fn a_cancelled_household_comes_to_no_plaque_by_any_village_act() {
    let mut clerk = Phone::clerk();
    for act in [
        "NEW",
        "ISSUE",
        "REISSUE",
        "REPLACE",
        "DECLINE",
        "REPORT_LOST",
        "TAKE_DOWN",
        "MARK_DUE",
        "RESTORE",
        "TAKE_BACK",
    ] {
        let mut one = Phone::worker(1, VILLAGE_A1);
        let mut county = home(&["DISCHARGED_SOLDIER"]);
        county.accepts(&one.plaque(at(0, 9), id(0x800), id(HOUSE), "NEW", json!({})));
        clerk.seq += 10;
        county.accepts(&clerk.plaque(
            at(1, 9),
            id(0x801),
            id(HOUSE),
            "CANCEL",
            json!({"reason": "CRIMINAL", "document": "文"}),
        ));
        county.take(&one.plaque(at(2, 9), id(0x802), id(HOUSE), act, json!({"old_returned": true})));
        county.take(&one.plaque(at(3, 9), id(0x803), id(HOUSE), "NEW", json!({})));
        assert_eq!(plaque(&county).state, PlaqueState::Cancelled, "{act}");
        assert!(!county.get(id(0x803)).counts(&Part::Whole), "{act}");
    }
}

#[test]
fn an_old_plaque_comes_back_first_and_the_county_destroys_it_once() {
    let (mut one, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
    let sent = [
        one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({})),
        one.plaque(at(1, 9), id(0x802), id(HOUSE), "REPLACE", json!({"old_returned": true, "reason": "MOVED_HOME"})),
        clerk.plaque(at(2, 9), id(0x803), id(HOUSE), "DESTROY", json!({})),
        clerk.plaque(at(3, 9), id(0x804), id(HOUSE), "DESTROY", json!({})),
    ];
    let county = agree(|| home(&["DISCHARGED_SOLDIER"]), &sent);
    assert_eq!(held(&county), BTreeSet::from([(id(0x804), Reason::NothingReturned)]));
    assert_eq!((plaque(&county).state, plaque(&county).returned), (PlaqueState::Hung, 0));
}

#[test]
fn handing_out_and_hanging_are_counted_apart_and_each_plaque_leaves_the_store_once() {
    let mut one = Phone::worker(1, VILLAGE_A1);
    let mut county = home(&["DISCHARGED_SOLDIER"]);
    for (number, act) in (0..).zip(["ISSUE", "NEW", "TAKE_DOWN", "NEW", "REPORT_LOST", "REISSUE"]) {
        county.accepts(&one.plaque(at(number, 9), id(0x801 + number as u128), id(HOUSE), act, json!({})));
    }
    let steps = PlaqueEvent::steps(id(HOUSE), &county.world());
    let count = |which: fn(&bianfang_domain::kind::plaque::event::PlaqueStep) -> bool| {
        steps.iter().filter(|s| which(s)).count()
    };
    assert_eq!(count(|step| step.left_store()), 2, "发放: the first and the reissued one");
    assert_eq!(count(|step| step.put_up()), 2, "悬挂: a plaque that goes up again is no other plaque");
    assert_eq!((count(|step| step.onto_wall()), count(|step| step.off_wall())), (3, 2), "on the wall at the end: one");
}
