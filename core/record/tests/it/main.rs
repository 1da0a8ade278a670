//! The mechanism with kinds of no bureau: a cellar with rooms in rooms, jars, and what is poured from them. What holds here
//! holds for any kind, for the mechanism has never heard of these.
#![cfg(test)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests assert bluntly

mod cellar;

use bianfang_record::actor::Role;
use bianfang_record::case::{self, LAPSED, OPEN};
use bianfang_record::decision::{Case, CaseKind, Verdict};
use bianfang_record::kinds::Kinds;
use bianfang_record::op::Part;
use bianfang_record::reason::Reason;
use bianfang_record::time::Day;
use bianfang_record::world::World;
use serde_json::json;

use cellar::{ALL, CELLAR, Hand, JAR, KINDS, LEFT, NOOK, RIGHT, WITHOUT_CASES, id, stocked};

#[test]
fn what_lies_in_a_room_is_seen_from_the_rooms_around_it_and_from_no_other() {
    let mut world = stocked(KINDS);
    for (number, room, sees) in [(1, CELLAR, true), (2, LEFT, true), (3, NOOK, true), (4, RIGHT, false)] {
        let mut hand = Hand::new(number, Role::TownReviewer, room);
        assert_eq!(world.sees(&hand.actor, id(JAR)), sees, "{room:x}");
        let decision = hand.change(&mut world, "jar", JAR, json!({ "label": number.to_string() }));
        assert_eq!(decision.reason, (!sees).then_some(Reason::TargetUnknown));
    }
}

#[test]
fn a_room_that_comes_to_lie_elsewhere_takes_its_jars_along_from_that_day_on() {
    let mut world = stocked(KINDS);
    let right = Hand::new(4, Role::TownReviewer, RIGHT);
    let mut owner = Hand::new(5, Role::SectionClerk, CELLAR);
    let moved = owner.change_since(&mut world, "room", NOOK, json!({ "inside": id(RIGHT) }), Day(20_010));
    assert_eq!(moved.verdict, Verdict::Accepted);
    assert!(world.sees(&right.actor, id(JAR)));
    assert!(world.sees_on(&right.actor, id(JAR), Day(20_010)));
    assert!(!world.sees_on(&right.actor, id(JAR), Day(20_009)));
}

#[test]
fn nothing_lies_in_what_is_no_room() {
    let mut world = stocked(KINDS);
    let mut owner = Hand::new(5, Role::SectionClerk, CELLAR);
    let decision = owner.record(&mut world, "jar", 0x90, json!({ "label": "梅", "room": id(JAR) }));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Held, Some(Reason::TargetUnknown)));
    assert!(world.find(id(0x90)).is_none());
    owner.record(&mut world, "jar", 0x96, json!({ "label": "梅", "room": id(NOOK), "state": "KEPT" }));
    let decision = owner.change(&mut world, "jar", 0x96, json!({ "room": id(JAR) }));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Held, Some(Reason::TargetUnknown)));
    assert_eq!(world.find(id(0x96)).unwrap().value("room"), &json!(id(NOOK)));
}

#[test]
fn too_much_is_held_and_opens_a_case_of_the_kind_that_keeps_them() {
    let mut world = stocked(KINDS);
    let mut hand = Hand::new(2, Role::VillageWorker, LEFT);
    assert_eq!(hand.record(&mut world, "pour", 0xA1, json!({ "jar": id(JAR), "cups": 4 })).verdict, Verdict::Accepted);
    let much = hand.record(&mut world, "pour", 0xA2, json!({ "jar": id(JAR), "cups": 7 }));
    assert_eq!((much.verdict, much.reason), (Verdict::Held, Some(Reason::NothingReturned)));
    let case = Case { kind: CaseKind::Stock, subjects: vec![id(JAR)], facts: vec![id(0xA2)] };
    let opened = world.find(case.id()).unwrap();
    assert_eq!((opened.kind.as_str(), case::state(&opened.doc)), ("question", Some(OPEN)));

    // Its ground goes with the fact.
    hand.void(&mut world, "pour", 0xA2);
    assert_eq!(case::state(&world.find(case.id()).unwrap().doc), Some(LAPSED));
}

#[test]
fn where_no_kind_keeps_cases_none_is_written() {
    let mut world = stocked(KINDS.with(WITHOUT_CASES));
    let mut hand = Hand::new(2, Role::VillageWorker, LEFT);
    let much = hand.record(&mut world, "pour", 0xA2, json!({ "jar": id(JAR), "cups": 11 }));
    assert_eq!(much.verdict, Verdict::Held);
    assert!(world.records().all(|record| ["room", "jar", "pour"].contains(&record.kind.as_str())));
}

#[test]
fn what_nobody_may_say_is_refused_of_every_kind_and_only_where_it_is_handed_in() {
    for (kinds, refused) in [(KINDS, true), (Kinds::new(ALL), false)] {
        let mut world = stocked(kinds);
        let mut owner = Hand::new(5, Role::SectionClerk, CELLAR);
        for (kind, number, doc) in [
            ("room", 0x91, json!({ "name": "poison", "inside": id(CELLAR) })),
            ("jar", 0x92, json!({ "label": "poison", "room": id(NOOK) })),
            ("pour", 0x93, json!({ "jar": id(JAR), "cups": 1, "note": "poison" })),
        ] {
            let decision = owner.record(&mut world, kind, number, doc);
            assert_eq!(decision.verdict == Verdict::Refused, refused, "{kind}");
        }
    }
}

#[test]
fn what_a_worker_began_is_theirs_until_somebody_accepts_it() {
    let mut world = stocked(KINDS);
    let (mut hand, mut reviewer) = (Hand::new(2, Role::VillageWorker, LEFT), Hand::new(3, Role::TownReviewer, LEFT));
    hand.record(&mut world, "jar", 0x94, json!({ "label": "李", "room": id(NOOK) }));
    assert_eq!(world.find(id(0x94)).unwrap().value("state"), "NEW");
    assert_eq!(hand.change(&mut world, "jar", 0x94, json!({ "label": "杏" })).verdict, Verdict::Accepted);
    assert_eq!(reviewer.change(&mut world, "jar", 0x94, json!({ "state": "KEPT" })).verdict, Verdict::Accepted);
    assert_eq!(hand.change(&mut world, "jar", 0x94, json!({ "label": "桃" })).verdict, Verdict::Proposed);
    let jar = world.find(id(0x94)).unwrap();
    assert_eq!(
        (jar.value("label"), jar.beside(&Part::Field("label".into())).unwrap().value.clone()),
        (&json!("杏"), json!("桃"))
    );
}

#[test]
fn a_kind_that_is_not_handed_in_waits() {
    let mut world = stocked(KINDS);
    let mut owner = Hand::new(5, Role::SectionClerk, CELLAR);
    let decision = owner.record(&mut world, "barrel", 0x95, json!({}));
    assert_eq!((decision.reason, decision.waits), (Some(Reason::KindUnknown), true));
    assert_eq!(
        World::complete(KINDS).kinds().iter().map(|kind| kind.name()).collect::<Vec<_>>(),
        ["room", "jar", "pour", "question"]
    );
}
