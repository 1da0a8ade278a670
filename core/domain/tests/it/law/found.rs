//! What the law found, each as the few ops that brought it about.

use bianfang_domain::actor::Role;
use bianfang_domain::decision::{Case, CaseKind};
use bianfang_domain::op::Part;
use bianfang_domain::rules;
use serde_json::json;

use crate::county::{COUNTY, County, Phone, Sent, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_B1, at, day, id};
use bianfang_law::bureau::Bureau;
use bianfang_law::work::{Job, LETTERS};

#[test]
fn a_border_entered_late_releases_what_its_days_allow() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_B1);
    county.take(&Phone::reviewer().visit(at(3, 9), id(2), &[(person, "MET")]));
    assert_eq!(county.held().len(), 1, "out of reach that day");
    county.accepts(&Phone::clerk().change_since(
        at(9, 9),
        "division",
        id(VILLAGE_B1),
        json!({"parent": id(TOWN_A)}),
        day(1),
    ));
    assert!(county.held().is_empty());
}

#[test]
fn a_changed_rule_releases_what_it_now_allows() {
    let mut county = County::new();
    let house = county.household(0x700, VILLAGE_A1);
    county.member(1, house, &["DISCHARGED_SOLDIER"]);
    let (mut one, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
    let doc = json!({"rule": "PLAQUE", "division": id(COUNTY), "data": {"free_reissues": 0}});
    county.accepts(&clerk.record(at(-9, 9), "rule", rules::id("PLAQUE"), doc));
    for (number, act) in (0..).zip(["NEW", "REPORT_LOST", "REISSUE"]) {
        county.take(&one.plaque(at(number, 9), id(0x800 + number as u128), house, act, json!({})));
    }
    assert_eq!(county.held().len(), 1, "no reissue without the county");
    let set = json!({"data": {"free_reissues": 1}});
    county.accepts(&clerk.change_since(at(9, 9), "rule", rules::id("PLAQUE"), set, day(-9)));
    assert!(county.held().is_empty());
}

/// A lot of one of which two were destroyed, by a record with id 3, and the case of it.
fn overdrawn() -> (County, Phone, Case) {
    let mut county = County::new();
    let mut clerk = Phone::clerk();
    let lot = json!({"act": "RECEIVED", "division": id(COUNTY), "count": 1, "at": at(0, 9)});
    county.accepts(&clerk.record(at(0, 9), "plaque_stock", id(2), lot));
    county.accepts(&destroyed(&mut clerk, 3));
    (county, clerk, Case { kind: CaseKind::Stock, subjects: vec![id(2)], facts: vec![] })
}

fn destroyed(clerk: &mut Phone, number: u128) -> Sent {
    let doc = json!({"act": "DESTROYED", "division": id(COUNTY), "count": 2, "at": at(1, 9), "from_lot": id(2)});
    clerk.record(at(1, 9), "plaque_stock", id(number), doc)
}

#[test]
fn a_lot_overdrawn_again_after_its_case_was_settled_is_looked_at_again() {
    let (mut county, mut clerk, case) = overdrawn();
    county.accepts(&clerk.change(at(2, 9), "case", case.id(), json!({"state": "SETTLED", "how": "错录"})));
    county.accepts(&clerk.void(at(2, 10), "plaque_stock", id(3)));
    county.accepts(&destroyed(&mut clerk, 4));
    assert!(county.open_cases().contains(&case));
}

/// Whoever settles a case says how much there was to it: what comes meanwhile is looked at, whichever of the two is heard first.
#[test]
fn a_case_is_settled_for_as_much_as_its_settler_saw_in_any_order() {
    let (_, mut clerk, case) = overdrawn();
    let settled = |seen: u64| json!({"state": "SETTLED", "how": "错录", "seen": seen});
    let sent = |clerk: &mut Phone, seen| {
        let said = Phone::new(0x63, Role::SectionClerk, COUNTY).change(at(2, 9), "case", case.id(), settled(seen));
        [said, destroyed(clerk, 4), clerk.void(at(2, 10), "plaque_stock", id(4)), destroyed(clerk, 5)]
    };
    for (seen, state) in [(1, "OPEN"), (4, "SETTLED")] {
        let sent = sent(&mut clerk, seen);
        for order in [[0, 1, 2, 3], [1, 0, 2, 3], [1, 2, 0, 3], [1, 2, 3, 0]] {
            let (mut county, ..) = overdrawn();
            order.into_iter().for_each(|n| drop(county.take(&sent[n])));
            let stands = ["weight", "seen", "state"].map(|field| county.get(case.id()).value(field).clone());
            assert_eq!(stands, [json!(4), json!(seen), json!(state)], "{order:?}");
            assert_eq!(county.replayed(county.revision), county.records);
        }
    }
}

#[test]
fn a_case_opened_again_by_a_person_is_open_whatever_was_seen() {
    let (mut county, mut clerk, case) = overdrawn();
    for set in [json!({"state": "SETTLED", "how": "错录"}), json!({"state": "OPEN", "how": "再看"})] {
        county.accepts(&clerk.change(at(2, 9), "case", case.id(), set));
    }
    assert!(county.open_cases().contains(&case));
    county.accepts(&clerk.void(at(2, 10), "plaque_stock", id(3)));
    assert_eq!(county.get(case.id()).value("state"), "LAPSED");
}

#[test]
fn a_border_entered_late_judges_what_happened_before_its_household_moved_away() {
    let mut county = County::new();
    let house = county.household(0x700, VILLAGE_A1);
    county.accepts(&Phone::clerk().change_since(
        at(6, 9),
        "household",
        house,
        json!({"division": id(VILLAGE_B1)}),
        day(5),
    ));
    let mut town = Phone::new(0x62, Role::TownReviewer, TOWN_A);
    county.take(&town.plaque(at(3, 9), id(2), house, "INSPECT", json!({"condition": "GOOD"})));
    let before = county.held();
    let border = |parent: u128| json!({"parent": id(parent)});
    county.accepts(&Phone::clerk().change_since(at(9, 9), "division", id(VILLAGE_A1), border(TOWN_B), day(1)));
    assert_ne!(county.held(), before, "on that day it lay in the other township");
    county.accepts(&Phone::clerk().change_since(at(9, 10), "division", id(VILLAGE_A1), border(TOWN_A), day(1)));
    assert_eq!(county.held(), before);
}

#[test]
fn a_household_that_ends_elsewhere_after_all_asks_nothing_where_it_first_ended() {
    let mut county = County::new();
    let [one, first, then] = [0x700, 0x701, 0x702].map(|house| county.household(house, VILLAGE_A1));
    let mut worker = Phone::worker(1, VILLAGE_A1);
    county.accepts(&worker.plaque(at(1, 9), id(2), one, "NEW", json!({})));
    for (on, into) in [(2, first), (3, then)] {
        let set = json!({"register": "MERGED", "merged_into": into});
        county.accepts(&Phone::clerk().change(at(on, 9), "household", one, set));
    }
    county.accepts(&worker.plaque(at(4, 9), id(3), first, "NEW", json!({})));
    assert!(county.open_cases().is_empty(), "{:?}", county.open_cases());
}

#[test]
fn a_case_that_lapsed_is_as_if_it_had_never_been() {
    let (mut county, mut clerk, case) = overdrawn();
    county.accepts(&clerk.void(at(2, 9), "plaque_stock", id(3)));
    county.take(&clerk.change(at(2, 10), "case", case.id(), json!({"state": "SETTLED", "how": "错录"})));
    assert_eq!(county.get(case.id()).value("state"), "LAPSED");
}

#[test]
fn a_step_leaves_the_question_of_two_letters_with_one_number_open() {
    let mut county = County::new();
    let letter = json!({"soldier": "王小军", "level": "SECOND", "source": "TROOPS", "notice_no": "第1号", "division": id(VILLAGE_A1)});
    for number in [2, 3] {
        county.accepts(&Phone::new(number, Role::SectionClerk, COUNTY).record(
            at(0, number as i64),
            "letter",
            id(number),
            letter.clone(),
        ));
    }
    assert_eq!(county.open_cases().len(), 1);
    let step = json!({"letter": id(3), "step": "REGISTERED", "at": at(1, 9)});
    county.accepts(&Phone::clerk().record(at(1, 9), "letter_step", id(4), step));
    assert_eq!(county.open_cases().len(), 1);
}

#[test]
fn a_visit_amended_before_it_was_sent_is_found_by_whom_it_now_speaks_of() {
    let mut county = County::new();
    let (one, other) = (county.person(1, VILLAGE_A1), county.person(2, VILLAGE_A1));
    let mut phone = Phone::worker(1, VILLAGE_A1);
    let push = [
        phone.visit(at(0, 9), id(3), &[(one, "MET")]),
        phone.amend(at(0, 10), "contact", id(3), json!({"entries": [{"person": other, "result": "MET"}]})),
    ];
    assert_eq!(county.push(&push)[1].reason, None);
}

#[test]
fn what_the_county_said_of_a_fact_on_its_way_is_heard_when_it_comes() {
    let mut county = County::new();
    let (mut phone, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
    let visit = phone.visit(at(0, 9), id(3), &[(id(1), "MET")]);
    let said = clerk.settle(at(1, 9), "contact", id(3), Part::Of(id(1)), false);
    assert!(county.take(&said).waits);
    // Both in one world, as a push takes again what waited for it.
    let decisions = county.push(&[visit, said]);
    assert!(!decisions[1].waits);
}

#[test]
fn who_comes_to_see_a_record_is_heard_whatever_came_first() {
    let (mut clerk, mut town) = (Phone::clerk(), Phone::reviewer());
    let letter = json!({"soldier": "郑十", "level": "THIRD", "source": "TROOPS", "division": id(VILLAGE_A1)});
    let step = json!({"letter": id(LETTERS + 2), "step": "REGISTERED", "at": at(1, 9)});
    let sent = [
        clerk.record(at(1, 9), "letter_step", id(0x10_003), step),
        town.settle(at(1, 10), "letter_step", id(0x10_003), Part::Whole, false),
        Phone::new(0x61, Role::SectionClerk, COUNTY).record(at(1, 11), "letter", id(LETTERS + 2), letter),
    ];
    let jobs: Vec<Job> = sent.map(|sent| Job { sent, by: 0, seen: 0, barrier: false, key: 0 }).into();
    let told = [[0, 1, 2], [0, 2, 1]].map(|order| Bureau::heard(&jobs, &order).told());
    assert_eq!(told[0], told[1]);
}

#[test]
fn a_visit_amended_to_somebody_else_proposes_nothing_of_the_first() {
    let mut county = County::new();
    let (one, other) = (county.person(1, VILLAGE_A1), county.person(2, VILLAGE_A1));
    let mut phone = Phone::worker(1, VILLAGE_A1);
    county.accepts(&phone.visit(at(0, 9), id(3), &[(one, "WRONG_ADDRESS")]));
    assert_eq!(county.get(one).meta.beside.len(), 1);
    let set = json!({"entries": [{"person": other, "result": "WRONG_ADDRESS"}]});
    county.accepts(&phone.amend(at(0, 10), "contact", id(3), set));
    assert!(county.get(one).meta.beside.is_empty());
}

#[test]
fn a_plaque_out_of_reach_hangs_on_no_wall_of_two_merged_households() {
    let mut county = County::new();
    let (one, into) = (county.household(0x700, VILLAGE_A1), county.household(0x701, VILLAGE_A1));
    let set = json!({"register": "MERGED", "merged_into": into});
    county.accepts(&Phone::clerk().change(at(0, 9), "household", one, set));
    county.accepts(&Phone::worker(1, VILLAGE_A1).plaque(at(1, 9), id(2), one, "NEW", json!({})));
    county.take(&Phone::worker(2, VILLAGE_B1).plaque(at(2, 9), id(3), into, "NEW", json!({})));
    assert_eq!(county.held().len(), 1, "the second was told from afar");
    assert!(county.open_cases().is_empty());
}

#[test]
fn a_number_on_two_records_that_are_one_person_asks_nothing() {
    let mut county = County::new();
    let (one, other) = (county.person(1, VILLAGE_A1), county.person(2, VILLAGE_A1));
    let mut clerk = Phone::clerk();
    county.accepts(&clerk.record(at(0, 9), "same_as", id(3), json!({"person": other, "kept": one, "at": at(0, 9)})));
    for (hour, person) in [(10, one), (11, other)] {
        county.take(&clerk.change(at(0, hour), "person", person, json!({})).numbered("11010519491231002X"));
    }
    assert!(county.open_cases().is_empty());
}

/// Somebody else's word on it waits until a border puts it into their divisions, and is taken then.
#[test]
fn what_lies_by_its_author_rests_on_where_they_work() {
    let mut county = County::new();
    let photo =
        json!({"subject": id(0x99), "photo_kind": "SCENE", "original": "ab".repeat(32), "length": 9, "at": at(0, 9)});
    county.take(&Phone::worker(1, VILLAGE_A1).record(at(0, 9), "photo", id(2), photo));
    let world = county.world();
    let rests = |on| world.rests_on(id(2), &[id(on)].into());
    assert!(rests(VILLAGE_A1) && rests(TOWN_A) && rests(0x99));
    assert!(!rests(VILLAGE_B1));
}
