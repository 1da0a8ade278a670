//! A phone decides over what it has: it warns where it can, knows that the rest is elsewhere, and never undoes what the
//! server said. And what a store must know after a decision: which records and which folds to write again.

use std::collections::BTreeSet;

use bianfang_domain::decide::take;
use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::KINDS;
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use bianfang_domain::world::World;
use serde_json::json;

use crate::county::{County, Phone, VILLAGE_A1, at, id};

/// What a phone of the village has of a county: some records and nothing above its village.
fn mirror(county: &County, numbers: &[u128]) -> World {
    let mut world = World::partial(KINDS).all_at_hand();
    numbers.iter().for_each(|number| world.load(county.get(id(*number)).clone()));
    world
}

#[test]
fn what_is_elsewhere_is_for_the_county_to_check() {
    let mut world = World::partial(KINDS).all_at_hand();
    let mut phone = Phone::worker(1, VILLAGE_A1);
    let visit = phone.visit(at(0, 9), id(2), &[(id(1), "MET")]);
    assert_eq!(take(&mut world, &visit.arrival(), 0).unwrap().verdict, Verdict::Accepted);
    let hung = phone.plaque(at(0, 10), id(3), id(0x700), "NEW", json!({}));
    assert_eq!(take(&mut world, &hung.arrival(), 0).unwrap().verdict, Verdict::Accepted);
    let person = phone.record(at(0, 11), "person", id(5), json!({"name": "李四", "living_division": id(0xA2)}));
    assert_eq!(take(&mut world, &person.arrival(), 0).unwrap().verdict, Verdict::Accepted);
}

#[test]
fn it_warns_of_what_it_knows() {
    let mut county = County::new();
    let house = county.household(0x700, VILLAGE_A1);
    county.accepts(&Phone::worker(2, VILLAGE_A1).plaque(at(0, 9), id(3), house, "NEW", json!({})));
    let mut world = mirror(&county, &[0x700, 3]);
    let second = Phone::worker(1, VILLAGE_A1).plaque(at(1, 9), id(4), house, "NEW", json!({}));
    let decision = take(&mut world, &second.arrival(), 0).unwrap();
    assert_eq!((decision.verdict, decision.reason), (Verdict::Held, Some(Reason::AlreadyHung)));
}

#[test]
fn it_never_releases_what_the_server_held_nor_lowers_its_revisions() {
    let mut county = County::new();
    let house = county.household(0x700, VILLAGE_A1);
    county.accepts(&Phone::worker(2, VILLAGE_A1).plaque(at(0, 9), id(3), house, "NEW", json!({})));
    county.take(&Phone::worker(3, VILLAGE_A1).plaque(at(1, 9), id(4), house, "NEW", json!({})));
    let revision = county.get(id(4)).revision;
    // The first plaque is not on this phone.
    let mut world = mirror(&county, &[0x700, 4]);
    let mut phone = Phone::worker(1, VILLAGE_A1);
    for hour in 9..11 {
        let inspected = phone.plaque(at(2, hour), id(0x50 + hour as u128), house, "INSPECT", json!({}));
        take(&mut world, &inspected.arrival(), 0).unwrap();
        let held = world.find(id(4)).unwrap();
        assert_eq!((held.held_for(&Part::Whole), held.revision), (Some(Reason::AlreadyHung), revision));
    }
}

#[test]
fn a_moved_fact_leaves_the_old_subject_and_speaks_of_the_new() {
    let mut county = County::new();
    let (from, to) = (county.household(0x700, VILLAGE_A1), county.household(0x701, VILLAGE_A1));
    let mut phone = Phone::worker(1, VILLAGE_A1);
    county.accepts(&phone.plaque(at(0, 9), id(3), from, "NEW", json!({})));
    let mut world = World::complete(KINDS).all_at_hand();
    county.records.values().for_each(|record| world.load(record.clone()));
    assert!(world.take_touched().is_empty(), "loading touches nothing");
    let moved = phone.amend(at(1, 9), "plaque_event", id(3), json!({"household": to}));
    take(&mut world, &moved.arrival(), 99).unwrap();
    assert_eq!(world.take_touched(), BTreeSet::from([id(3)]));
    assert!(world.facts(from, "plaque_event").is_empty());
    assert_eq!(world.facts(to, "plaque_event").len(), 1);
}
