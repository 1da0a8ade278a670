//! Loading follows the decision: whatever is withheld from a world, the decision asks for it or does not need it, and until it
//! has all it asked for nothing is written.

use std::collections::BTreeSet;

use bianfang_domain::decide::{lacking, take};
use bianfang_domain::kind::KINDS;
use bianfang_domain::world::{Need, World};
use proptest::prelude::*;
use serde_json::json;

use crate::county::{County, Phone, Sent, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, id};

/// A county with something of everything that hangs together: homes that merged, a plaque from a lot, a case, one who is two.
fn county() -> County {
    let mut county = County::new();
    let (home, other) = (county.household(0x700, VILLAGE_A1), county.household(0x701, VILLAGE_A2));
    county.member(1, home, &["31"]);
    county.member(2, other, &["31"]);
    let (mut clerk, mut worker) = (Phone::clerk(), Phone::worker(1, VILLAGE_A1));
    let lot = json!({"division": id(VILLAGE_A1), "move": "RECEIPT", "count": 1, "at": at(0, 8), "from": "县局"});
    let said = [
        clerk.record(at(0, 8), "plaque_stock", id(0x900), lot),
        worker.plaque(at(0, 9), id(3), home, "NEW", json!({"lot": id(0x900)})),
        Phone::worker(2, VILLAGE_A2).plaque(at(0, 9), id(4), other, "NEW", json!({})),
        worker.visit(at(0, 10), id(5), &[(id(1), "MET"), (id(2), "MET")]),
        clerk.change(at(1, 9), "household", other, json!({"register": "MERGED", "merged_into": home})),
        clerk.record(at(1, 9), "same_as", id(6), json!({"person": id(2), "kept": id(1), "at": at(1, 9)})),
    ];
    county.takes(&said);
    county
}

/// What may be said next, each alone.
fn ops() -> Vec<Sent> {
    let (mut clerk, mut worker, mut reviewer) = (Phone::clerk(), Phone::worker(3, VILLAGE_A1), Phone::reviewer());
    vec![
        worker.visit(at(2, 9), id(0x50), &[(id(1), "DECEASED")]),
        worker.plaque(at(2, 9), id(0x51), id(0x700), "NEW", json!({"lot": id(0x900)})),
        worker.record(at(2, 9), "photo", id(0x52), json!({"subject": id(5), "at": at(2, 9), "sha256": "a".repeat(64)})),
        clerk.change(at(2, 9), "person", id(1), json!({"household": id(0x701)})),
        clerk.change(at(2, 9), "division", id(VILLAGE_A2), json!({"parent": id(TOWN_B)})),
        clerk.change(at(2, 9), "division", id(TOWN_A), json!({"parent": id(VILLAGE_A1)})),
        clerk.change(at(2, 9), "household", id(0x701), json!({"register": "ACTIVE", "merged_into": null})),
        clerk.void(at(2, 9), "same_as", id(6)),
        clerk.void(at(2, 9), "plaque_stock", id(0x900)),
        reviewer.void(at(2, 9), "plaque_event", id(3)),
        clerk.record(at(2, 9), "division", id(0xD1), json!({"name": "新村", "level": "VILLAGE", "parent": id(TOWN_B)})),
        clerk.record(at(2, 9), "person", id(0x53), json!({"name": "李四", "living_division": id(VILLAGE_B1)})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_decision_asks_for_what_was_withheld_or_does_not_need_it(which in 0..12_usize, seen in any::<u64>()) {
        let (county, sent) = (county(), &ops()[which]);
        let mut whole = county.world();
        let expected = take(&mut whole, &sent.arrival(), 99);
        // Some of the records are here before anything is asked for.
        let mut part = World::complete(KINDS);
        for (n, record) in county.records.values().enumerate() {
            if seen >> (n % 64) & 1 == 1 {
                part.load(record.clone());
            }
        }
        let mut asked = county.clone();
        asked.revision = 99;
        let decided = asked.decided(&mut part, sent);
        prop_assert_eq!(Ok(&decided), expected.as_ref());
        let (touched, all) = (part.take_touched(), whole.take_touched());
        prop_assert_eq!(&touched, &all);
        for id in touched {
            prop_assert_eq!(part.find(id), whole.find(id));
        }
    }
}

#[test]
fn nothing_is_written_while_something_is_lacking() {
    let county = county();
    for sent in ops() {
        let mut world = World::complete(KINDS);
        let mut rounds = 0;
        while let Err(lacking) = take(&mut world, &sent.arrival(), 99) {
            assert!(world.take_touched().is_empty() && !lacking.is_empty());
            assert!(world.records().all(|record| county.records.get(&record.id) == Some(record)), "{:?}", sent.op);
            lacking.into_iter().for_each(|need| county.answer(&mut world, need));
            rounds += 1;
        }
        assert!(rounds > 0, "a decision is not told by its op alone");
    }
}

#[test]
fn what_an_earlier_op_of_the_push_brings_is_seen_by_the_later_ones() {
    let county = county();
    let mut clerk = Phone::clerk();
    let home = clerk.record(at(2, 9), "household", id(0x702), json!({"head_name": "李四", "division": id(VILLAGE_B1)}));
    let moved = clerk.change(at(2, 10), "household", id(0x702), json!({"division": id(VILLAGE_A2)}));
    let mut world = World::complete(KINDS);
    let place = Need::Record(id(VILLAGE_A2));
    let mut asked: BTreeSet<Need> = BTreeSet::new();
    loop {
        let lacking = lacking(&mut world, [home.arrival(), moved.arrival()].into_iter(), 99);
        if lacking.is_empty() {
            break;
        }
        asked.extend(lacking.iter().cloned());
        lacking.into_iter().for_each(|need| county.answer(&mut world, need));
    }
    assert!(asked.contains(&place));
    assert!(!world.at_hand(id(0x702)), "nothing of it is written");
    assert!(take(&mut world, &home.arrival(), 99).is_ok());
    assert!(take(&mut world, &moved.arrival(), 100).is_ok());
}
