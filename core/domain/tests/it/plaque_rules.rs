//! Each rule of the plaque section of the product, and invariants 2 to 6, by name: people, deaths, the notice, the county.

use std::collections::BTreeSet;

use bianfang_domain::decision::Verdict;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::plaque::NOTICE;
use bianfang_domain::kind::plaque::eligibility::{self, Basis, Eligibility, EligibilityWhy};
use bianfang_domain::kind::{Plaque, PlaqueEvent, PlaqueRule, PlaqueState};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use bianfang_domain::rules::{self, Rule};
use bianfang_domain::time::Day;
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, Sent, VILLAGE_A1, at, day, id, orders};

pub const HOUSE: u128 = 0x700;

pub fn plaque(county: &County) -> Plaque {
    PlaqueEvent::shown(id(HOUSE), &county.world()).0
}

fn entitled(county: &County, house: u128) -> Eligibility {
    eligibility::of(id(house), &county.world(), Day::MAX)
}

pub fn held(county: &County) -> BTreeSet<(RecordId, Reason)> {
    county.held().into_iter().map(|(fact, _, reason)| (fact, reason)).collect()
}

/// A household with one person of these categories.
pub fn home(categories: &[&str]) -> County {
    let mut county = County::new();
    let house = county.household(HOUSE, VILLAGE_A1);
    county.member(1, house, categories);
    county
}

pub fn death(on: Day) -> Value {
    json!({"life": "DECEASED", "died_on": on.0})
}

/// All orders of arrival in which each installation keeps its own, over the same county: they must agree.
pub fn agree(start: impl Fn() -> County, sent: &[Sent]) -> County {
    let mut seen: Option<County> = None;
    for order in orders(sent) {
        let in_sequence = order.iter().enumerate().all(|(i, s)| {
            order[..i].iter().all(|p| p.op.id.installation != s.op.id.installation || p.op.id.seq < s.op.id.seq)
        });
        if !in_sequence {
            continue;
        }
        let mut county = start();
        county.takes(&order);
        assert_eq!(county.replayed(county.revision), county.records);
        if let Some(first) = &seen {
            assert_eq!(
                (first.held(), first.open_cases(), first.rows()),
                (county.held(), county.open_cases(), county.rows())
            );
        }
        seen.get_or_insert(county);
    }
    seen.unwrap()
}

#[test]
fn notice_day_is_29_july_2018() {
    assert_eq!(NOTICE.to_string(), "2018-07-29");
}

#[test]
fn families_of_the_three_kinds_of_fallen_of_soldiers_and_of_veterans_are_eligible_and_others_not() {
    for (category, why) in [
        ("MARTYR_SURVIVOR", EligibilityWhy::Survivor),
        ("DUTY_SURVIVOR", EligibilityWhy::Survivor),
        ("ILLNESS_SURVIVOR", EligibilityWhy::Survivor),
        ("21", EligibilityWhy::Survivor),
        ("SERVING_FAMILY", EligibilityWhy::Serving),
        ("PREF_71", EligibilityWhy::Serving),
        ("DISCHARGED_SOLDIER", EligibilityWhy::Veteran),
        ("81", EligibilityWhy::Veteran),
    ] {
        let county = home(&[category]);
        let found = entitled(&county, HOUSE);
        assert_eq!((found.eligible, found.why, &found.who[..]), (true, why, &[id(1)][..]), "{category}");
        assert_eq!(plaque(&county).state, PlaqueState::Pending);
    }
    for category in ["DISABLED_MILITIA", "RETIRED_EMPLOYEE", "13", "14", "OF_A_NEWER_VERSION"] {
        let county = home(&[category]);
        assert_eq!(entitled(&county, HOUSE).why, EligibilityWhy::NoGround, "{category}");
        assert_eq!(plaque(&county).state, PlaqueState::NotEligible);
    }
    let mut empty = County::new();
    empty.household(HOUSE, VILLAGE_A1);
    assert_eq!(entitled(&empty, HOUSE).why, EligibilityWhy::Nobody);
}

#[test]
fn a_home_with_people_waits_or_is_not_eligible_without_any_event() {
    let row = |county: &County| {
        let row = county.rows().into_iter().find(|row| row.table == "plaque").unwrap();
        format!("{:?}", row.cells.first())
    };
    assert!(row(&home(&["DISCHARGED_SOLDIER"])).contains("PENDING"));
    let mut county = home(&["DISABLED_MILITIA"]);
    assert!(row(&county).contains("NOT_ELIGIBLE"));
    // They move out: nobody is left to speak of.
    county.accepts(&Phone::clerk().change(at(1, 9), "person", id(1), json!({"household": null})));
    assert!(!county.rows().iter().any(|row| row.table == "plaque"));
}

#[test]
fn certificate_holders_soldiers_and_veterans_are_proactive_and_others_apply() {
    for (certificate, basis, why) in [
        (Some("烈字0001"), Basis::Proactive, EligibilityWhy::Survivor),
        (None, Basis::Applied, EligibilityWhy::SurvivorApplies),
    ] {
        let county = with_basis(
            &["MARTYR_SURVIVOR"],
            json!({"basis": "MARTYR", "household": id(HOUSE), "certificate_no": certificate,
                "relations": [{"person": id(1), "relation": "父"}]}),
        );
        let found = entitled_with(&county, HOUSE);
        assert_eq!((found.basis, found.why), (Some(basis), why));
    }
    assert_eq!(entitled(&home(&["DISCHARGED_SOLDIER"]), HOUSE).basis, Some(Basis::Proactive));
    assert_eq!(entitled(&home(&["SERVING_FAMILY"]), HOUSE).basis, Some(Basis::Proactive));
}

/// What the eligibility says with one basis person: read by the pure rule, whatever the kind's own file says.
fn with_basis(categories: &[&str], basis: Value) -> County {
    let mut county = home(categories);
    county.household(0x701, VILLAGE_A1);
    let mut record = county.get(id(1)).clone();
    (record.kind, record.id) = ("basis_person".into(), id(0xBA));
    record.meta.dated.clear();
    record.doc = crate::county::fields(basis);
    county.records.insert(record.id, record);
    county
}

fn entitled_with(county: &County, house: u128) -> Eligibility {
    let world = county.world();
    let basis = eligibility::Honoured::read(county.get(id(0xBA)), &world);
    let here = |record: &&bianfang_domain::record::Record| {
        record.kind == "person" && record.value("household") == &json!(id(house))
    };
    let people: Vec<_> = county.records.values().filter(here).collect();
    eligibility::eligibility(id(house), &people, &[basis], (PlaqueRule::default(), Day::MAX))
}

#[test]
fn a_soldiers_parents_may_have_one_too_at_the_home_the_soldier_chose() {
    let serving = json!({"basis": "SERVING", "household": id(HOUSE), "parents_household": id(0x701)});
    let county = with_basis(&[], serving.clone());
    assert_eq!(entitled_with(&county, HOUSE).why, EligibilityWhy::Serving);
    let parents = entitled_with(&county, 0x701);
    assert_eq!((parents.eligible, parents.why), (true, EligibilityWhy::ParentsOfServing));
    // Divorced: the soldier chose a third home.
    let mut chosen = serving;
    chosen["plaque_at"] = json!(id(0x702));
    let county = with_basis(&[], chosen);
    assert_eq!(entitled_with(&county, 0x701).why, EligibilityWhy::OtherHomeChosen);
    assert!(entitled_with(&county, HOUSE).eligible, "their own home keeps its own");
    assert_eq!(entitled_with(&county, 0x702).why, EligibilityWhy::ParentsOfServing);
}

#[test]
fn a_household_that_meets_two_conditions_gets_one_plaque() {
    let start = || home(&["DISCHARGED_SOLDIER", "MARTYR_SURVIVOR"]);
    assert_eq!(entitled(&start(), HOUSE).who, [id(1), id(1)], "two grounds");
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    let sent = [
        one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({"basis": "PROACTIVE"})),
        two.plaque(at(1, 9), id(0x802), id(HOUSE), "NEW", json!({"basis": "APPLIED"})),
    ];
    let county = agree(start, &sent);
    assert_eq!(held(&county), BTreeSet::from([(id(0x802), Reason::AlreadyHung)]));
}

#[test]
fn after_a_survivors_or_veterans_death_the_plaque_is_kept_and_a_replacement_is_held_for_the_county() {
    for category in ["DISCHARGED_SOLDIER", "MARTYR_SURVIVOR"] {
        let start = || home(&[category]);
        let (mut one, mut two, mut clerk) =
            (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1), Phone::clerk());
        let back = json!({"old_returned": true, "reason": "AGED"});
        let sent = [
            one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({})),
            clerk.change_since(at(9, 9), "person", id(1), death(day(3)), day(3)),
            // Before the death it was right; on the day itself nobody can tell; after it is the county's.
            two.plaque(at(2, 9), id(0x802), id(HOUSE), "REPLACE", back.clone()),
            two.plaque(at(5, 9), id(0x803), id(HOUSE), "REPLACE", back),
        ];
        let mut county = agree(start, &sent);
        assert_eq!(held(&county), BTreeSet::from([(id(0x803), Reason::NoRenewal)]), "{category}");
        assert_eq!(plaque(&county).state, PlaqueState::KeptNoRenew);
        assert!(PlaqueState::KeptNoRenew.on_wall(), "it counts as hung");
        let by_town = county.take(&Phone::reviewer().settle(at(10, 9), "plaque_event", id(0x803), Part::Whole, true));
        assert_eq!((by_town.verdict, by_town.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
        county.accepts(&Phone::clerk().settle(at(11, 9), "plaque_event", id(0x803), Part::Whole, true));
        assert_eq!(plaque(&county).hung_by, Some(id(0x803)));
    }
}

#[test]
fn after_a_serving_soldiers_death_the_family_keeps_and_may_renew() {
    let start = || home(&["SERVING_FAMILY"]);
    let (mut one, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
    let sent = [
        one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({})),
        clerk.change_since(at(9, 9), "person", id(1), death(day(3)), day(3)),
        one.plaque(at(5, 9), id(0x803), id(HOUSE), "REPLACE", json!({"old_returned": true})),
    ];
    let county = agree(start, &sent);
    assert!(held(&county).is_empty());
    assert_eq!(plaque(&county).state, PlaqueState::Hung);
}

#[test]
fn while_another_who_is_honoured_lives_there_the_plaque_is_renewed() {
    let start = || {
        let mut county = home(&["DISCHARGED_SOLDIER"]);
        county.member(2, id(HOUSE), &["MARTYR_SURVIVOR"]);
        county
    };
    let (mut one, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
    let sent = [
        one.plaque(at(0, 9), id(0x801), id(HOUSE), "NEW", json!({})),
        clerk.change_since(at(9, 9), "person", id(1), death(day(3)), day(3)),
        one.plaque(at(5, 9), id(0x803), id(HOUSE), "REPLACE", json!({"old_returned": true})),
    ];
    let mut county = agree(start, &sent);
    assert!(held(&county).is_empty());
    // The second dies, learned late: the replacement after that day goes to the county.
    county.accepts(&clerk.change_since(at(12, 9), "person", id(2), death(day(4)), day(4)));
    assert_eq!(held(&county), BTreeSet::from([(id(0x803), Reason::NoRenewal)]));
    // Not dead after all: everything comes back.
    county.accepts(&clerk.change(at(13, 9), "person", id(2), json!({"life": "ALIVE", "died_on": null})));
    assert!(held(&county).is_empty());
    assert_eq!(plaque(&county).state, PlaqueState::Hung);
}

#[test]
fn who_died_before_the_notice_gets_none_unless_the_bureau_hangs_those_too() {
    let start = || {
        let mut county = home(&["DISCHARGED_SOLDIER"]);
        county.accepts(&Phone::clerk().change(at(-9, 9), "person", id(1), death(Day(NOTICE.0 - 1))));
        county
    };
    let county = start();
    assert_eq!(
        (plaque(&county).state, entitled(&county, HOUSE).why),
        (PlaqueState::NotEligible, EligibilityWhy::DiedBeforeNotice)
    );
    let mut one = Phone::worker(1, VILLAGE_A1);
    let hung = one.plaque(at(1, 9), id(0x801), id(HOUSE), "NEW", json!({}));
    let county = agree(start, std::slice::from_ref(&hung));
    assert_eq!(held(&county), BTreeSet::from([(id(0x801), Reason::DiedBeforeNotice)]), "the record is kept");
    // The bureau's switch; whichever arrives first.
    let mut clerk = Phone::clerk();
    clerk.seq = 10;
    let doc = json!({"rule": PlaqueRule::NAME, "division": id(COUNTY), "data": {"died_before_notice": true}});
    let mut county = start();
    county.accepts(&clerk.record(at(0, 9), "rule", rules::id(PlaqueRule::NAME), doc));
    county.accepts(&hung);
    assert_eq!(plaque(&county).state, PlaqueState::KeptNoRenew);
    // Died on the day of the notice or later: a first plaque may hang, and is not renewed.
    let mut later = home(&["DISCHARGED_SOLDIER"]);
    later.accepts(&Phone::clerk().change(at(-9, 9), "person", id(1), death(NOTICE)));
    assert_eq!((plaque(&later).state, entitled(&later, HOUSE).why), (PlaqueState::Pending, EligibilityWhy::DiedSince));
    later.accepts(&hung);
    assert_eq!(plaque(&later).state, PlaqueState::KeptNoRenew);
}

#[test]
fn who_is_removed_for_another_reason_or_rejected_gives_no_ground() {
    let mut county = home(&["DISCHARGED_SOLDIER"]);
    let set = json!({"register": "REMOVED", "removed_for": "TRANSFERRED"});
    county.accepts(&Phone::clerk().change(at(0, 9), "person", id(1), set));
    assert!(!entitled(&county, HOUSE).eligible);
    // Nobody who is ACTIVE is rejected: as a draft would be.
    let mut county = home(&["DISCHARGED_SOLDIER"]);
    let mut draft = county.get(id(1)).clone();
    draft.doc.insert("register".into(), json!("REJECTED"));
    draft.meta.dated.remove("register");
    county.records.insert(draft.id, draft);
    assert!(!entitled(&county, HOUSE).eligible);
    let mut county = home(&["DISCHARGED_SOLDIER"]);
    county.accepts(&Phone::clerk().change(
        at(0, 9),
        "person",
        id(1),
        json!({"register": "REMOVED", "removed_for": "DIED"}),
    ));
    assert_eq!(entitled(&county, HOUSE).why, EligibilityWhy::DiedSince);
}
