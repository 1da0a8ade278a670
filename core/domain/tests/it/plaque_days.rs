//! The day a plaque's event speaks of: it is judged by who lived in the household then, of which category, and stays as it was
//! when somebody moves or is called something else later. A word about that day itself, told late, does move it.

use bianfang_domain::decision::CaseKind;
use bianfang_domain::document::Document;
use bianfang_domain::kind::{PlaqueEvent, PlaqueState};
use bianfang_domain::op::Act;
use bianfang_domain::reason::Reason;
use serde_json::{Value, json};

use crate::county::{County, Phone, Sent, VILLAGE_A1, at, day, fields, id, orders};
use crate::plaque_rules::{HOUSE, held, plaque};

/// Months apart: a plaque in January, F dies in March, it is replaced in May, V goes in July.
const HUNG: i32 = -120;
const DIED: i32 = -60;
const REPLACED: i32 = 0;
const GONE: i32 = 30;

/// F and V, veterans of one household whose plaque was hung while both lived; F died since.
fn home() -> County {
    let mut county = County::new();
    let house = county.household(HOUSE, VILLAGE_A1);
    county.household(0x701, VILLAGE_A1);
    county.member(1, house, &["DISCHARGED_SOLDIER"]);
    county.member(2, house, &["DISCHARGED_SOLDIER"]);
    let died = json!({"life": "DECEASED", "died_on": day(DIED).0});
    county.accepts(&Phone::worker(9, VILLAGE_A1).plaque(at(HUNG, 9), id(0x800), house, "NEW", json!({})));
    county.accepts(&Phone::clerk().change_since(at(DIED, 9), "person", id(1), died, day(DIED)));
    county
}

fn replaced(number: u128, on: i32) -> Sent {
    let mut worker = Phone::worker(number, VILLAGE_A1);
    worker.plaque(at(on, 9), id(0x800 + number), id(HOUSE), "REPLACE", json!({"old_returned": true}))
}

fn changes(person: u128, set: Value, since: i32) -> Sent {
    let set: Document = fields(set);
    let act = Act::Change { set, sealed: Default::default(), since: Some(day(since)) };
    Phone::new(0x300 + person, bianfang_domain::actor::Role::SectionClerk, crate::county::COUNTY).op(
        at(GONE, 9),
        "person",
        id(person),
        act,
    )
}

#[test]
fn who_moves_out_in_july_takes_nothing_from_the_replacement_in_may() {
    let moved = changes(2, json!({"household": id(0x701)}), GONE);
    for sent in orders(&[replaced(1, REPLACED), moved]) {
        let mut county = home();
        county.takes(&sent);
        assert!(held(&county).is_empty(), "{:?}", held(&county));
        let steps = PlaqueEvent::steps(id(HOUSE), &county.world());
        assert!(steps.iter().any(|step| step.put_up() && step.day == day(REPLACED)));
        // Nobody lives there today whom another one would honour.
        assert_eq!(plaque(&county).state, PlaqueState::KeptNoRenew);
        assert_eq!(county.take(&replaced(2, GONE + 1)).reason, Some(Reason::NoRenewal));
    }
}

#[test]
fn who_had_left_by_april_as_is_told_in_july_does() {
    let moved = changes(2, json!({"household": id(0x701)}), REPLACED - 30);
    for sent in orders(&[replaced(1, REPLACED), moved]) {
        let mut county = home();
        county.takes(&sent);
        assert_eq!(held(&county).into_iter().map(|(_, reason)| reason).collect::<Vec<_>>(), [Reason::NoRenewal]);
    }
}

#[test]
fn a_category_that_is_taken_away_later_was_there_on_the_day() {
    let called = |since| changes(2, json!({"categories": ["OTHER"]}), since);
    for (since, free) in [(GONE, true), (REPLACED - 1, false)] {
        for sent in orders(&[replaced(1, REPLACED), called(since)]) {
            let mut county = home();
            county.takes(&sent);
            assert_eq!(held(&county).is_empty(), free, "since {since}");
        }
    }
}

#[test]
fn what_is_told_late_of_one_who_lives_elsewhere_by_now_reaches_the_old_home() {
    // V goes in July; in August it is told that V was no veteran in May.
    let mut county = home();
    let moved = changes(2, json!({"household": id(0x701)}), GONE);
    let none = changes(2, json!({"categories": ["OTHER"]}), REPLACED - 1);
    for sent in [replaced(1, REPLACED), moved] {
        county.accepts(&sent);
    }
    let mut clerk = Phone::clerk();
    clerk.base = county.revision;
    let Act::Change { set, since, .. } = none.op.act else { panic!("a change") };
    county.accepts(&clerk.change_since(at(GONE + 1, 9), "person", id(2), Value::Object(set), since.unwrap()));
    assert_eq!(held(&county).len(), 1);
}

/// V is taken out as dead in April, which was an error found in July: who was there all along had a right to May's plaque.
#[test]
fn who_was_taken_out_for_a_death_that_was_none_lived_there_all_along() {
    let mut county = home();
    let out = changes(2, json!({"register": "REMOVED", "removed_for": "DIED"}), REPLACED - 30);
    county.accepts(&out);
    assert_eq!(county.take(&replaced(1, REPLACED)).reason, Some(Reason::NoRenewal));
    let mut clerk = Phone::clerk();
    clerk.base = county.revision;
    let back = json!({"register": "ACTIVE", "removed_for": null});
    county.accepts(&clerk.change_since(at(GONE, 9), "person", id(2), back, day(GONE)));
    assert!(held(&county).is_empty(), "{:?}", held(&county));
    // Who had gone elsewhere by then had none.
    let mut county = home();
    let out = changes(2, json!({"register": "REMOVED", "removed_for": "TRANSFERRED"}), REPLACED - 30);
    county.accepts(&out);
    clerk.base = county.revision;
    let back = json!({"register": "ACTIVE", "removed_for": null});
    county.accepts(&clerk.change_since(at(GONE, 9), "person", id(2), back, day(GONE)));
    assert_eq!(county.take(&replaced(1, REPLACED)).reason, Some(Reason::NoRenewal));
    county.accepts(&replaced(2, GONE + 1));
}

fn grounds(county: &County) -> Vec<bianfang_domain::decision::Case> {
    county.open_cases().into_iter().filter(|case| case.kind == CaseKind::Ground).collect()
}

/// Kept, counted and looked at: what hangs hangs. Nothing is known of who has no category yet.
#[test]
fn a_plaque_where_nobody_was_entitled_on_its_day_opens_a_case() {
    let hung = Phone::worker(9, VILLAGE_A1).plaque(at(HUNG, 9), id(0x800), id(HOUSE), "NEW", json!({}));
    let never = changes(1, json!({"categories": ["DISABLED_MILITIA"]}), HUNG - 1);
    for sent in orders(&[hung.clone(), never]) {
        let mut county = County::new();
        let house = county.household(HOUSE, VILLAGE_A1);
        county.member(1, house, &["DISCHARGED_SOLDIER"]);
        county.takes(&sent);
        assert!(held(&county).is_empty());
        assert_eq!((plaque(&county).state, grounds(&county).len()), (PlaqueState::Hung, 1));
        // A soldier of the family was forgotten: the question has its answer.
        let soldier = json!({"basis": "SERVING", "name": "李军", "household": house});
        county.accepts(&Phone::clerk().record(at(GONE, 9), "basis_person", id(0x900), soldier));
        assert_eq!(grounds(&county), []);
        assert_eq!(county.replayed(county.revision), county.records);
    }
    for (categories, asked) in [(json!([]), 0), (json!(["OF_A_NEWER_VERSION"]), 0), (json!(["DISABLED_MILITIA"]), 1)] {
        let mut county = County::new();
        let house = county.household(HOUSE, VILLAGE_A1);
        county.member(1, house, &[]);
        county.accepts(&changes(1, json!({"categories": categories}), HUNG - 1));
        county.accepts(&hung);
        assert_eq!(grounds(&county).len(), asked, "{categories}");
    }
}
