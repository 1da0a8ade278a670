//! Stock by the batch: what leaves a lot, what is left, and the one case when more was put up than came in.

use std::collections::BTreeSet;

use bianfang_domain::decision::{Case, CaseKind, Verdict};
use bianfang_domain::kind::PlaqueEvent;
use bianfang_domain::kind::plaque::stock::Lot;
use bianfang_domain::op::Part;
use bianfang_domain::projection::{Cell, Row};
use bianfang_domain::reason::Reason;
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, Sent, TOWN_A, VILLAGE_A1, at, id, orders};

const LOT: u128 = 0x600;

fn stock(act: &str, division: u128, count: i64, from: Option<u128>, when: i64) -> Value {
    json!({"act": act, "division": id(division), "count": count, "at": when, "from_lot": from.map(id)})
}

/// A lot of a village that the township filled.
fn filled(count: i64) -> County {
    let mut county = County::new();
    for house in 0x700..0x712 {
        let house = county.household(house, VILLAGE_A1);
        county.member(house.0.as_u128() - 0x600, house, &["DISCHARGED_SOLDIER"]);
    }
    let lot = stock("RECEIVED", VILLAGE_A1, count, None, at(-1, 9));
    county.accepts(&Phone::reviewer().record(at(-1, 9), "plaque_stock", id(LOT), lot));
    county
}

fn lot(county: &County) -> Lot {
    Lot::of(county.get(id(LOT)), &county.world()).unwrap()
}

fn overdrawn() -> BTreeSet<Case> {
    BTreeSet::from([Case { kind: CaseKind::Stock, subjects: vec![id(LOT)], facts: vec![] }])
}

fn hang(phone: &mut Phone, n: u128) -> Sent {
    phone.plaque(at(n as i32, 9), id(0x800 + n), id(0x700 + n), "NEW", json!({"lot": id(LOT)}))
}

#[test]
fn two_phones_that_put_up_ten_of_eight_make_one_case_and_nothing_is_held() {
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    let first: Vec<Sent> = (0..5).map(|n| hang(&mut one, n)).collect();
    let second: Vec<Sent> = (5..10).map(|n| hang(&mut two, n)).collect();
    for (a, b) in [(&first, &second), (&second, &first)] {
        let mut county = filled(8);
        assert!(county.takes(a).iter().chain(&county.takes(b)).all(|decision| decision.verdict == Verdict::Accepted));
        assert!(county.held().is_empty());
        assert_eq!(lot(&county), Lot { count: 8, taken: 10, moved: 0 });
        assert_eq!(county.open_cases(), overdrawn());
        assert_eq!(
            county.rows().iter().filter(|row| row.table == "plaque" && format!("{row:?}").contains("HUNG")).count(),
            10
        );
        // Mended: two more had come than were written down.
        county.accepts(&Phone::reviewer().amend(at(20, 9), "plaque_stock", id(LOT), json!({"count": 10})));
        assert!(county.open_cases().is_empty());
        county.accepts(&Phone::reviewer().amend(at(21, 9), "plaque_stock", id(LOT), json!({"count": 9})));
        assert_eq!(county.open_cases(), overdrawn());
        // Or one was never put up.
        county.accepts(&one.clone().void(at(22, 9), "plaque_event", id(0x800)));
        assert!(county.open_cases().is_empty());
        assert_eq!(county.replayed(county.revision), county.records);
    }
}

#[test]
fn a_plaque_that_turns_out_held_goes_back_to_its_lot() {
    let mut county = filled(1);
    let (mut one, mut two, mut three) =
        (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1), Phone::worker(3, VILLAGE_A1));
    county.accepts(&hang(&mut one, 3));
    county.accepts(&hang(&mut two, 4));
    assert_eq!(county.open_cases(), overdrawn());
    // Another had hung there before, of another lot, and arrives late: the second there is held and took nothing.
    let earlier = three.plaque(at(1, 9), id(0x880), id(0x704), "NEW", json!({}));
    county.take(&earlier);
    assert_eq!(county.get(id(0x804)).held_for(&Part::Whole), Some(Reason::AlreadyHung));
    assert_eq!(lot(&county).left(), 0);
    assert!(!county.open_cases().contains(&overdrawn().into_iter().next().unwrap()));
    county.take(&three.void(at(9, 9), "plaque_event", id(0x880)));
    assert_eq!(county.open_cases(), overdrawn(), "and counts again");
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn a_death_learned_late_holds_the_replacement_and_frees_its_plaque_in_the_lot() {
    let mut county = filled(1);
    let (mut one, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
    county.accepts(&one.plaque(at(0, 9), id(0x800), id(0x700), "NEW", json!({})));
    let again = json!({"old_returned": true, "lot": id(LOT)});
    county.accepts(&one.plaque(at(5, 9), id(0x801), id(0x700), "REPLACE", again));
    assert_eq!(lot(&county).taken, 1);
    let died = json!({"life": "DECEASED", "died_on": crate::county::day(2).0});
    county.accepts(&clerk.change(at(9, 9), "person", id(0x100), died));
    assert_eq!(county.get(id(0x801)).held_for(&Part::Whole), Some(Reason::NoRenewal));
    assert_eq!(lot(&county).taken, 0);
}

#[test]
fn handing_out_and_putting_up_take_one_from_the_lot() {
    let mut county = filled(8);
    let mut one = Phone::worker(1, VILLAGE_A1);
    for (n, act) in (0..).zip(["ISSUE", "NEW", "TAKE_DOWN", "INSPECT"]) {
        let more = if n < 2 { json!({"lot": id(LOT)}) } else { json!({}) };
        county.accepts(&one.plaque(at(n, 9), id(0x800 + n as u128), id(0x700), act, more));
    }
    assert_eq!(lot(&county).taken, 1);
    county.accepts(&one.plaque(
        at(4, 9),
        id(0x805),
        id(0x700),
        "REPLACE",
        json!({"lot": id(LOT), "old_returned": true}),
    ));
    assert_eq!(lot(&county).taken, 2);
}

#[test]
fn lots_are_handed_down_given_back_and_destroyed_and_what_is_missing_is_a_case() {
    let mut county = filled(8);
    let (mut town, mut clerk) = (Phone::reviewer(), Phone::clerk());
    county.accepts(&clerk.record(at(0, 9), "plaque_stock", id(0x601), stock("RECEIVED", COUNTY, 100, None, at(0, 9))));
    county.accepts(&clerk.record(
        at(1, 9),
        "plaque_stock",
        id(0x602),
        stock("TRANSFERRED", TOWN_A, 60, Some(0x601), at(1, 9)),
    ));
    town.seq = 20;
    county.accepts(&town.record(
        at(2, 9),
        "plaque_stock",
        id(0x603),
        stock("TRANSFERRED", VILLAGE_A1, 50, Some(0x602), at(2, 9)),
    ));
    county.accepts(&town.record(
        at(3, 9),
        "plaque_stock",
        id(0x604),
        stock("RETURNED", TOWN_A, 5, Some(0x603), at(3, 9)),
    ));
    county.accepts(&clerk.record(
        at(4, 9),
        "plaque_stock",
        id(0x605),
        stock("DESTROYED", COUNTY, 40, Some(0x601), at(4, 9)),
    ));
    let left = |county: &County, lot: u128| Lot::of(county.get(id(lot)), &county.world()).map(Lot::left);
    assert_eq!(
        [0x601, 0x602, 0x603, 0x604, 0x605].map(|lot| left(&county, lot)),
        [Some(0), Some(10), Some(45), Some(5), None]
    );
    assert!(county.open_cases().is_empty());
    county.accepts(&town.record(
        at(5, 9),
        "plaque_stock",
        id(0x606),
        stock("TRANSFERRED", VILLAGE_A1, 11, Some(0x602), at(5, 9)),
    ));
    assert_eq!(county.open_cases().len(), 1);
    county.accepts(&town.void(at(6, 9), "plaque_stock", id(0x606)));
    assert!(county.open_cases().is_empty());
}

#[test]
fn who_may_not_record_a_stock_act_has_it_held_and_what_is_no_stock_is_refused() {
    let mut county = filled(8);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let more = stock("RECEIVED", VILLAGE_A1, 100, None, at(0, 9));
    let decision = county.take(&worker.record(at(0, 9), "plaque_stock", id(0x601), more));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Held, Some(Reason::StockOfUpper)));
    assert_eq!(Lot::of(county.get(id(0x601)), &county.world()).map(Lot::left), Some(0), "it counts nothing");
    let outside = stock("RETURNED", crate::county::TOWN_B, 1, Some(LOT), at(0, 9));
    let decision = county.take(&worker.record(at(0, 10), "plaque_stock", id(0x602), outside));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Held, Some(Reason::TargetUnknown)));
    for (doc, field) in [
        (stock("RECEIVED", VILLAGE_A1, 0, None, at(0, 9)), "count"),
        (stock("TRANSFERRED", VILLAGE_A1, 3, None, at(0, 9)), "from_lot"),
        (json!({"act": "RECEIVED", "count": 3, "at": at(0, 9)}), "division"),
    ] {
        worker.seq += 1;
        let decision = county.take(&worker.record(at(0, 11), "plaque_stock", id(0x609), doc));
        assert_eq!((decision.verdict, decision.field.as_deref()), (Verdict::Refused, Some(field)));
    }
}

/// The household's fold says what leaves the store, whichever lot an event names.
#[test]
fn what_was_handed_out_of_one_lot_is_not_taken_from_another_when_it_goes_up() {
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    let issue = one.plaque(at(1, 9), id(0x800), id(0x700), "ISSUE", json!({"lot": id(0x601)}));
    let new = two.plaque(at(2, 9), id(0x801), id(0x700), "NEW", json!({"lot": id(LOT)}));
    for sent in orders(&[issue, new]) {
        let mut county = filled(8);
        let other = stock("RECEIVED", VILLAGE_A1, 8, None, at(-1, 10));
        county.accepts(&Phone::clerk().record(at(-1, 10), "plaque_stock", id(0x601), other));
        county.takes(&sent);
        let taken = |county: &County, lot: u128| Lot::of(county.get(id(lot)), &county.world()).unwrap().taken;
        assert_eq!((taken(&county, 0x601), taken(&county, LOT)), (1, 0));
        let steps = PlaqueEvent::steps(id(0x700), &county.world());
        assert_eq!(steps.iter().filter(|step| step.left_store()).count(), 1, "as the figures say");
        let rows = county.rows();
        let of_lot = |row: &&Row| row.table == "plaque_lot" && row.owner == id(LOT).to_string();
        assert_eq!(rows.iter().find(of_lot).unwrap().cells, [Cell::Int(0), Cell::Int(8)]);
        // It was never handed out: the one that hangs came from the lot it names.
        county.accepts(&one.clone().void(at(3, 9), "plaque_event", id(0x800)));
        assert_eq!((taken(&county, 0x601), taken(&county, LOT)), (0, 1));
        assert_eq!(county.replayed(county.revision), county.records);
    }
}
