//! Borders that move: a village merges, a township changes, and nothing of the people in them is rewritten.

use bianfang_domain::actor::Role;
use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::{joined, parents, parted};
use bianfang_domain::op::Part;
use bianfang_domain::projection::Cell;
use bianfang_domain::reason::Reason;
use bianfang_domain::time::Day;
use serde_json::{Value, json};

use crate::county::{
    COUNTY, County, Phone, Sent, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, id, orders,
};

fn merge(village: u128, into: u128, from: i32) -> Sent {
    Phone::clerk().change_since(
        at(1, 9),
        "division",
        id(village),
        Value::Object(joined(id(into), day(from))),
        day(from),
    )
}

#[test]
fn a_merged_village_lies_below_the_other_from_its_day_and_its_people_stay_as_they_are() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let before = county.get(person).clone();
    county.accepts(&merge(VILLAGE_A1, VILLAGE_B1, 10));
    assert_eq!(county.get(person), &before, "nothing is rewritten");
    let village = county.get(id(VILLAGE_A1));
    assert_eq!(parents(village), [(Day::MIN, day(10), Some(id(TOWN_A))), (day(10), Day::MAX, Some(id(VILLAGE_B1)))]);
    assert_eq!((village.value("merged_into"), village.value("valid_to")), (&json!(id(VILLAGE_B1)), &json!(day(9).0)));
    let spans = county.rows().into_iter().filter(|row| row.table == "division_span");
    let own: Vec<Vec<Cell>> =
        spans.filter(|row| row.owner == id(VILLAGE_A1).to_string()).map(|row| row.cells).collect();
    assert_eq!(own.len(), 2);
}

#[test]
fn who_worked_in_either_village_sees_its_people_from_that_day_on() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let (mut of_a, mut of_b) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_B1));
    let early = county.take(&of_b.visit(at(5, 9), id(0x500), &[(person, "MET")]));
    assert_eq!(early.reason, Some(Reason::TargetUnknown));
    county.accepts(&merge(VILLAGE_A1, VILLAGE_B1, 10));
    county.accepts(&of_a.visit(at(11, 9), id(0x501), &[(person, "MET")]));
    county.accepts(&of_b.visit(at(11, 9), id(0x502), &[(person, "MET")]));
    let mut of_b = Phone::worker(3, VILLAGE_B1);
    let still = county.take(&of_b.visit(at(6, 9), id(0x503), &[(person, "MET")]));
    assert_eq!(still.reason, Some(Reason::TargetUnknown), "before the day it was another village");
    let neighbour = county.person(2, VILLAGE_B1);
    let back = county.take(&of_a.visit(at(11, 9), id(0x504), &[(neighbour, "MET")]));
    assert_eq!(back.reason, Some(Reason::TargetUnknown), "who worked in A alone does not see B's people");
}

#[test]
fn no_division_comes_to_lie_below_itself_in_any_order() {
    let moves = [merge(VILLAGE_A1, VILLAGE_A2, 3), merge(VILLAGE_A2, VILLAGE_B1, 5), merge(VILLAGE_B1, VILLAGE_A1, 7)];
    for order in orders(&moves) {
        let mut county = County::new();
        let decisions = county.takes(&order);
        let refused: Vec<Verdict> = decisions.iter().map(|decision| decision.verdict).collect();
        assert_eq!(refused.iter().filter(|verdict| **verdict == Verdict::Refused).count(), 1, "{refused:?}");
        assert_eq!(decisions[2].reason, Some(Reason::OwnAncestor));
        assert_eq!(decisions[2].field.as_deref(), Some("parent"));
        assert_eq!(county.replayed(county.revision), county.records);
    }
}

#[test]
fn a_past_border_is_judged_by_the_days_after_it_too() {
    let mut county = County::new();
    // From day 9 on A2 lies in A1; A1 may not lie in A2 from an earlier day on.
    county.accepts(&merge(VILLAGE_A2, VILLAGE_A1, 9));
    assert_eq!(county.take(&merge(VILLAGE_A1, VILLAGE_A2, 2)).reason, Some(Reason::OwnAncestor));
    let own = Phone::clerk().change(at(1, 9), "division", id(TOWN_A), json!({"parent": id(TOWN_A)}));
    assert_eq!(county.take(&own).reason, Some(Reason::OwnAncestor));
}

#[test]
fn a_merger_is_undone_by_the_county_and_its_past_stays_told() {
    let mut county = County::new();
    county.accepts(&merge(VILLAGE_A1, VILLAGE_B1, 10));
    let undo = Value::Object(parted(id(TOWN_A)));
    county.accepts(&Phone::clerk().change_since(at(20, 9), "division", id(VILLAGE_A1), undo, day(20)));
    let village = county.get(id(VILLAGE_A1));
    assert!(village.value("merged_into").is_null() && village.value("valid_to").is_null());
    assert_eq!(village.value_on("parent", day(15)), &json!(id(VILLAGE_B1)));
    assert_eq!(village.value_on("parent", day(20)), &json!(id(TOWN_A)));
    let by_town = Phone::reviewer().change(at(1, 9), "division", id(VILLAGE_A1), json!({"parent": id(TOWN_B)}));
    assert_eq!(county.take(&by_town).reason, Some(Reason::NotAllowed));
}

#[test]
fn validity_has_an_end_after_its_beginning_and_a_merger_has_a_day() {
    let mut county = County::new();
    let mut clerk = Phone::clerk();
    let odd = clerk.change(at(0, 9), "division", id(VILLAGE_A1), json!({"valid_from": 20, "valid_to": 10}));
    assert_eq!(county.take(&odd).field.as_deref(), Some("valid_to"));
    let open = clerk.change(at(0, 9), "division", id(VILLAGE_A1), json!({"merged_into": id(VILLAGE_A2)}));
    assert_eq!(county.take(&open).field.as_deref(), Some("valid_to"));
    let fine = clerk.change(at(0, 9), "division", id(VILLAGE_A1), json!({"urban_rural": "220", "hidden": true}));
    county.accepts(&fine);
}

#[test]
fn a_merger_told_of_a_day_before_the_villages_were_entered_holds() {
    let mut county = County::new();
    county.accepts(&merge(VILLAGE_A1, VILLAGE_B1, -400));
    let village = county.get(id(VILLAGE_A1));
    assert_eq!(village.value("parent"), &json!(id(VILLAGE_B1)));
    assert_eq!(village.value_on("parent", day(-401)), &json!(id(TOWN_A)));
}

#[test]
fn a_division_hangs_below_one_that_is_there_and_of_no_lower_level() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut clerk = Phone::clerk();
    let before = county.records.clone();
    for (division, parent, reason) in [
        (VILLAGE_A1, id(0xDEAD), Reason::TargetUnknown),
        (VILLAGE_A1, person, Reason::TargetUnknown),
        (TOWN_B, id(VILLAGE_A1), Reason::OwnAncestor),
    ] {
        let decision = county.take(&clerk.change(at(1, 9), "division", id(division), json!({"parent": parent})));
        let told = (decision.verdict, decision.reason, decision.field.as_deref());
        assert_eq!(told, (Verdict::Refused, Some(reason), Some("parent")));
    }
    let low = json!({"name": "新乡", "level": "TOWNSHIP", "parent": id(VILLAGE_A1)});
    assert_eq!(county.take(&clerk.record(at(1, 9), "division", id(0xC1), low)).reason, Some(Reason::OwnAncestor));
    assert_eq!(county.records, before, "whatever hangs on nothing would be in no total");
    // A township that merges into another lies in one of its own level.
    county.accepts(&merge(TOWN_B, TOWN_A, 3));
}

#[test]
fn two_borders_that_disagree_are_the_countys_to_settle_and_stay_readable() {
    let mut county = County::new();
    let (mut one, mut two) = (Phone::clerk(), Phone::new(0x57, Role::SectionClerk, COUNTY));
    let seen = county.revision;
    (one.base, two.base) = (seen, seen);
    let joined = Value::Object(joined(id(VILLAGE_A2), day(5)));
    county.accepts(&one.change_since(at(1, 9), "division", id(VILLAGE_A1), joined, day(5)));
    let apart = Value::Object(parted(id(TOWN_B)));
    let other = county.take(&two.change_since(at(1, 10), "division", id(VILLAGE_A1), apart, day(5)));
    assert_eq!(other.verdict, Verdict::Conflict);
    let say = |phone: &mut Phone, field: &str, accept| {
        phone.settle(at(2, 9), "division", id(VILLAGE_A1), Part::Field(field.to_owned()), accept)
    };
    let settle = |phone: &mut Phone, field: &str| say(phone, field, true);
    let mut town = Phone::new(0x59, Role::TownReviewer, COUNTY);
    for accept in [true, false] {
        let by_town = county.take(&say(&mut town, "parent", accept));
        assert_eq!((by_town.verdict, by_town.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
    }
    let no_day = county.take(&settle(&mut one, "merged_into"));
    assert_eq!((no_day.reason, no_day.field.as_deref()), (Some(Reason::Missing), Some("valid_to")));
    for field in ["valid_to", "merged_into", "parent"] {
        county.accepts(&settle(&mut one, field));
    }
    assert_eq!(county.get(id(VILLAGE_A1)).value("merged_into"), &json!(id(VILLAGE_A2)));
    assert_eq!(county.replayed(county.revision), county.records);
}
