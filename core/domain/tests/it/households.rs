//! Households that split, merge and move; the plaques on their walls are a question for people, never lost.

use std::collections::BTreeSet;

use bianfang_domain::decision::{Case, CaseKind, Verdict};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use serde_json::json;

use crate::county::{County, Phone, Sent, TOWN_A, VILLAGE_A1, VILLAGE_A2, at, id, orders};

const OLD: u128 = 0x700;
const NEW: u128 = 0x701;

fn both_hung() -> (County, [Sent; 3]) {
    let mut county = County::new();
    let (one, other) = (county.household(OLD, VILLAGE_A1), county.household(NEW, VILLAGE_A1));
    let mut workers = [Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1)];
    let hung = [
        workers[0].plaque(at(0, 9), id(0x801), one, "NEW", json!({})),
        workers[1].plaque(at(0, 10), id(0x802), other, "NEW", json!({})),
    ];
    let merged =
        Phone::reviewer().change(at(2, 9), "household", one, json!({"register": "MERGED", "merged_into": other}));
    let [first, second] = hung;
    (county, [first, second, merged])
}

#[test]
fn two_hung_plaques_of_merged_households_open_one_case_in_any_order() {
    let (_, ops) = both_hung();
    for order in orders(&ops) {
        let (mut county, _) = both_hung();
        county.takes(&order);
        let case = Case { kind: CaseKind::Double, subjects: vec![id(OLD), id(NEW)], facts: vec![] };
        assert_eq!(county.open_cases(), BTreeSet::from([case]), "{order:?}");
        let on_walls = county.rows().into_iter().filter(|row| row.table == "plaque").count();
        assert_eq!(on_walls, 2, "neither is lost");
        assert_eq!(county.replayed(county.revision), county.records);
    }
}

/// A question whose ground is gone asked on for ever.
#[test]
fn the_case_lapses_when_the_merger_is_undone_or_a_plaque_comes_off() {
    let double = Case { kind: CaseKind::Double, subjects: vec![id(OLD), id(NEW)], facts: vec![] };
    let back = json!({"register": "ACTIVE", "merged_into": null});
    let mut town = Phone::new(0x54, bianfang_domain::actor::Role::TownReviewer, TOWN_A);
    let undone = town.change(at(4, 9), "household", id(OLD), back);
    let off =
        |home| Phone::worker(7, VILLAGE_A1).plaque(at(4, 9), id(0x880), home, "TAKE_BACK", json!({"reason": "AGED"}));
    for answer in [undone, off(id(OLD)), off(id(NEW))] {
        let (_, ops) = both_hung();
        for order in orders(&ops) {
            let (mut county, _) = both_hung();
            county.takes(&order);
            assert_eq!(county.open_cases(), BTreeSet::from([double.clone()]));
            county.accepts(&answer);
            assert_eq!(county.open_cases(), BTreeSet::new(), "{:?}", answer.op.act);
            assert_eq!(county.replayed(county.revision), county.records);
        }
    }
}

#[test]
fn a_merged_household_says_into_which_and_not_into_itself() {
    let mut county = County::new();
    let (one, other) = (county.household(OLD, VILLAGE_A1), county.household(NEW, VILLAGE_A1));
    let mut town = Phone::reviewer();
    let decision = county.take(&town.change(at(0, 9), "household", one, json!({"register": "MERGED"})));
    assert_eq!((decision.reason, decision.field.as_deref()), (Some(Reason::Missing), Some("merged_into")));
    let itself = town.change(at(0, 9), "household", one, json!({"register": "MERGED", "merged_into": one}));
    assert_eq!(county.take(&itself).verdict, Verdict::Refused);
    let worker = Phone::worker(1, VILLAGE_A1).change(
        at(0, 9),
        "household",
        one,
        json!({"register": "MERGED", "merged_into": other}),
    );
    assert_eq!(county.take(&worker).verdict, Verdict::Proposed);
    assert!(county.get(one).value("register").is_null());
}

#[test]
fn a_worker_splits_a_household_and_the_old_one_keeps_its_plaque() {
    let mut county = County::new();
    let old = county.household(OLD, VILLAGE_A1);
    let son = county.person(1, VILLAGE_A1);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    county.accepts(&worker.plaque(at(0, 9), id(0x801), old, "NEW", json!({})));
    let split = json!({"head_name": "张小三", "division": id(VILLAGE_A1), "address": "二组", "split_from": old});
    county.accepts(&worker.record(at(1, 9), "household", id(NEW), split));
    let moved = county.take(&worker.change(at(1, 9), "person", son, json!({"household": id(NEW), "relation": "户主"})));
    assert_eq!(moved.verdict, Verdict::Proposed, "whose household one is of, the township says");
    let rows = county.rows().into_iter().filter(|row| row.table == "plaque");
    assert_eq!(rows.map(|row| row.owner).collect::<Vec<_>>(), [old.to_string()]);
}

#[test]
fn a_household_moves_from_a_day_on_and_its_past_stays_in_the_old_village() {
    let mut county = County::new();
    let home = county.household(OLD, VILLAGE_A1);
    let set = json!({"division": id(VILLAGE_A2), "address": "新村一组"});
    let mut town = Phone::reviewer();
    county.accepts(&town.change_since(at(9, 9), "household", home, set, crate::county::day(5)));
    let record = county.get(home);
    assert_eq!(record.value_on("division", crate::county::day(4)), &json!(id(VILLAGE_A1)));
    assert_eq!(record.value_on("division", crate::county::day(5)), &json!(id(VILLAGE_A2)));
    let late = county.take(&Phone::worker(1, VILLAGE_A1).plaque(at(3, 9), id(0x801), home, "NEW", json!({})));
    assert_eq!(late.reason, None, "who hung it while it was in their village");
}

#[test]
fn a_point_lies_on_earth() {
    let mut county = County::new();
    let home = county.household(OLD, VILLAGE_A1);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let fine = json!({"point": {"lat": 25.38, "lon": 114.93, "accuracy_m": 12.0, "source": "GPS"}, "door_photo": "ab"});
    county.accepts(&worker.change(at(0, 9), "household", home, fine));
    let far = worker.change(at(0, 9), "household", home, json!({"point": {"lat": 125.0, "lon": 114.93}}));
    assert_eq!(county.take(&far).field.as_deref(), Some("point"));
}

#[test]
fn no_household_ends_in_a_circle_in_nothing_or_in_what_is_none() {
    let mut county = County::new();
    let homes = [0x700, 0x701, 0x702].map(|number| county.household(number, VILLAGE_A1));
    let person = county.person(1, VILLAGE_A1);
    let mut town = Phone::reviewer();
    let merged = |phone: &mut Phone, from: usize, into| {
        phone.change(at(1, 9), "household", homes[from], json!({"register": "MERGED", "merged_into": into}))
    };
    county.accepts(&merged(&mut town, 0, homes[1]));
    county.accepts(&merged(&mut town, 1, homes[2]));
    let before = county.records.clone();
    for (into, reason) in [(homes[0], Reason::MergedAlready), (id(0x7FF), Reason::TargetUnknown)] {
        let circle = county.take(&merged(&mut town, 2, into));
        let told = (circle.verdict, circle.reason, circle.field.as_deref());
        assert_eq!(told, (Verdict::Refused, Some(reason), Some("merged_into")));
    }
    assert_eq!(county.take(&merged(&mut town, 2, person)).verdict, Verdict::Refused);
    let nobody_knows = town.change(at(2, 9), "household", homes[0], json!({"merged_into": null}));
    let decision = county.take(&nobody_knows);
    assert_eq!((decision.reason, decision.field.as_deref()), (Some(Reason::Missing), Some("merged_into")));
    assert_eq!(county.records, before);
    // Once the first is a household again, the last may end in it.
    county.accepts(&town.change(at(3, 9), "household", homes[0], json!({"register": "ACTIVE", "merged_into": null})));
    county.accepts(&merged(&mut town, 2, homes[0]));
}

#[test]
fn who_accepts_a_workers_merger_accepts_into_which() {
    let mut county = County::new();
    let (one, other) = (county.household(OLD, VILLAGE_A1), county.household(NEW, VILLAGE_A1));
    let merged = json!({"register": "MERGED", "merged_into": other});
    county.take(&Phone::worker(1, VILLAGE_A1).change(at(0, 9), "household", one, merged));
    let mut town = Phone::reviewer();
    let mut alone = county.clone();
    county.accepts(&town.settle(at(1, 9), "household", one, Part::Field("register".into()), true));
    assert_eq!(county.get(one).value("merged_into"), &json!(other));
    assert!(county.get(one).meta.beside.is_empty());
    assert_eq!(county.replayed(county.revision), county.records);
    // A target that was turned down leaves nothing to end in.
    alone.accepts(&town.settle(at(1, 9), "household", one, Part::Field("merged_into".into()), false));
    let nowhere = alone.take(&town.settle(at(1, 10), "household", one, Part::Field("register".into()), true));
    assert_eq!((nowhere.reason, nowhere.field.as_deref()), (Some(Reason::Missing), Some("merged_into")));
}

#[test]
fn plaques_of_a_withdrawn_household_wait_and_count_again_when_it_comes_back() {
    let withdrawn = |phone: &mut Phone| {
        let set = json!({"register": "REMOVED", "removed_note": "误建"});
        phone.change_since(at(3, 9), "household", id(OLD), set, bianfang_domain::time::Day::MIN)
    };
    let hung = Phone::worker(1, VILLAGE_A1).plaque(at(0, 9), id(0x801), id(OLD), "NEW", json!({}));
    for order in orders(&[hung.clone(), withdrawn(&mut Phone::reviewer())]) {
        let mut county = County::new();
        county.household(OLD, VILLAGE_A1);
        county.takes(&order);
        let plaque = county.get(id(0x801));
        assert_eq!(plaque.held_for(&Part::Whole), Some(Reason::HouseholdWithdrawn), "{order:?}");
        assert_eq!(county.replayed(county.revision), county.records);
        let mut town = Phone::new(0x54, bianfang_domain::actor::Role::TownReviewer, TOWN_A);
        let back = json!({"register": "ACTIVE", "removed_note": null});
        county.accepts(&town.change_since(at(4, 9), "household", id(OLD), back, bianfang_domain::time::Day::MIN));
        assert_eq!(county.get(id(0x801)).held_for(&Part::Whole), None);
    }
}
