//! Contacts: what is held is one person's part, never the visit; what happened at a door is never refused.

use std::collections::BTreeSet;

use bianfang_domain::actor::Role;
use bianfang_domain::decision::{CaseKind, Verdict};
use bianfang_domain::id::RecordId;
use bianfang_domain::op::{Part, Review};
use bianfang_domain::projection::{Cell, Row};
use bianfang_domain::reason::Reason;
use serde_json::json;

use crate::county::{County, Phone, Sent, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day0, id, orders};

const VISIT: u128 = 0x500;

fn entry(county: &County, person: RecordId) -> Row {
    let of = Cell::Text(person.to_string());
    let row = county.rows().into_iter().find(|row| row.table == "contact_entry" && row.cells[0] == of);
    row.expect("an entry")
}

fn counts(county: &County, person: RecordId) -> bool {
    entry(county, person).cells[7] == Cell::Int(1)
}

fn held(county: &County) -> BTreeSet<(RecordId, Part, Reason)> {
    county.held()
}

#[test]
fn a_visit_of_a_household_is_accepted_person_by_person() {
    let mut county = County::new();
    let (one, two) = (county.person(1, VILLAGE_A1), county.person(2, VILLAGE_A1));
    let sent = Phone::worker(1, VILLAGE_A1).visit(at(0, 9), id(VISIT), &[(one, "MET"), (two, "AWAY")]);
    assert_eq!(county.take(&sent).verdict, Verdict::Accepted);
    assert!(counts(&county, one) && counts(&county, two));
}

#[test]
fn meeting_a_dead_person_is_held_with_a_case_and_the_others_stand() {
    let mut county = County::new();
    let (dead, alive) = (county.person(1, VILLAGE_A1), county.person(2, VILLAGE_A1));
    let died = json!({"life": "DECEASED", "died_on": day0().0});
    county.accepts(&Phone::reviewer().change(at(3, 9), "person", dead, died));
    let mut one = Phone::worker(1, VILLAGE_A1);
    let met = one.visit(at(1, 9), id(VISIT), &[(dead, "MET"), (alive, "MET")]);
    let decision = county.take(&met);
    assert_eq!((decision.verdict, decision.reason), (Verdict::Held, Some(Reason::AfterDeath)));
    assert_eq!(decision.field, Some(dead.to_string()));
    assert_eq!(held(&county), BTreeSet::from([(id(VISIT), Part::Of(dead), Reason::AfterDeath)]));
    assert!(!counts(&county, dead) && counts(&county, alive));
    let cases = county.open_cases();
    assert!(cases.len() == 1 && cases.iter().all(|c| c.kind == CaseKind::Death && c.subjects == [dead]));

    county.accepts(&Phone::worker(2, VILLAGE_A1).visit(at(0, 20), id(VISIT + 1), &[(dead, "MET")]));
    let family = one.visit(at(2, 9), id(VISIT + 2), &[(dead, "MET_FAMILY")]);
    county.accepts(&family);
}

#[test]
fn a_death_known_later_holds_what_was_accepted_and_its_correction_releases_it() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    county.accepts(&Phone::worker(1, VILLAGE_A1).visit(at(5, 9), id(VISIT), &[(person, "MET")]));
    let mut town = Phone::reviewer();
    let died = json!({"life": "DECEASED", "died_on": day0().0});
    let decision = county.take(&town.change(at(6, 9), "person", person, died));
    assert_eq!(decision.judged.len(), 1);
    assert!(!counts(&county, person));
    county.take(&town.change(at(7, 9), "person", person, json!({"life": "ALIVE", "died_on": null})));
    assert!(counts(&county, person));
    assert!(county.open_cases().is_empty());
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn a_reported_death_opens_a_case_until_the_register_says_so() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let decision = county.take(&Phone::worker(1, VILLAGE_A1).visit(at(5, 9), id(VISIT), &[(person, "DIED")]));
    assert_eq!(decision.verdict, Verdict::Accepted);
    assert_eq!(county.open_cases().len(), 1);
    let died = json!({"life": "DECEASED", "died_on": day0().0});
    county.accepts(&Phone::reviewer().change(at(6, 9), "person", person, died));
    assert!(county.open_cases().is_empty());
}

#[test]
fn an_end_before_the_start_is_refused_and_the_longest_visit_is_not() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut one = Phone::worker(1, VILLAGE_A1);
    let doc = |started: i64, ended: i64| json!({"started": started, "at": ended, "method": "HOME", "entries": [{"person": person, "result": "MET"}]});
    let decision = county.take(&one.record(at(0, 9), "contact", id(VISIT), doc(at(0, 9), at(0, 8))));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::EndsBeforeStart)));
    assert!(!county.records.contains_key(&id(VISIT)));
    county.accepts(&one.record(at(0, 9), "contact", id(VISIT + 1), doc(at(0, 8), at(0, 8))));
}

#[test]
fn unknown_and_out_of_scope_have_one_answer_and_hold_that_part_only() {
    let mut county = County::new();
    let (mine, other) = (county.person(1, VILLAGE_A1), county.person(2, VILLAGE_B1));
    let unknown = id(0x999);
    let mut one = Phone::worker(1, VILLAGE_A1);
    let all = [(mine, "MET"), (other, "MET"), (unknown, "MET")];
    let decision = county.take(&one.visit(at(0, 9), id(VISIT), &all));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Held, Some(Reason::TargetUnknown)));
    let expected = [other, unknown].map(|person| (id(VISIT), Part::Of(person), Reason::TargetUnknown));
    assert_eq!(held(&county), BTreeSet::from(expected));
    assert!(counts(&county, mine));
    // The township of the other village looks at it and lets it count.
    let mut town = Phone::new(0x55, Role::TownReviewer, TOWN_B);
    let settled = county.take(&town.settle(at(1, 9), "contact", id(VISIT), Part::Of(other), true));
    assert_ne!(settled.verdict, Verdict::Refused);
    assert!(counts(&county, other));
}

#[test]
fn a_visit_before_its_person_arrives_is_released_with_its_photo_in_every_order() {
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    let person = id(0x300);
    let sent = [
        one.record(at(0, 9), "person", person, json!({"name": "李四", "living_division": id(VILLAGE_A1)})),
        two.visit(at(0, 10), id(VISIT), &[(person, "MET")]),
        // A colleague's photo, of another village, for the same visit.
        Phone::worker(3, VILLAGE_A2).record(at(0, 11), "photo", id(0x600), photo(id(VISIT))),
        Phone::worker(4, VILLAGE_A1).record(at(0, 11), "photo", id(0x601), photo(id(VISIT))),
    ];
    for order in orders(&sent) {
        let mut county = County::new();
        county.takes(&order);
        let outside = BTreeSet::from([(id(0x600), Part::Whole, Reason::TargetUnknown)]);
        assert_eq!(held(&county), outside);
        assert_eq!(county.replayed(county.revision), county.records);
    }
}

fn photo(subject: RecordId) -> serde_json::Value {
    json!({"subject": subject, "photo_kind": "SCENE", "original": "ab".repeat(32), "length": 3_000_000})
}

#[test]
fn who_moves_away_takes_nothing_from_earlier_visits() {
    let mut one = Phone::worker(1, VILLAGE_A1);
    let mut two = Phone::worker(2, VILLAGE_B1);
    let mut clerk = Phone::clerk();
    let person = id(1);
    let sent: Vec<Sent> = vec![
        one.visit(at(0, 9), id(VISIT), &[(person, "MET")]),
        clerk.change_since(
            at(9, 9),
            "person",
            person,
            json!({"living_division": id(VILLAGE_B1)}),
            crate::county::day(5),
        ),
        one.visit(at(6, 9), id(VISIT + 1), &[(person, "MET")]),
        two.visit(at(4, 9), id(VISIT + 3), &[(person, "MET")]),
        two.visit(at(7, 9), id(VISIT + 2), &[(person, "MET")]),
    ];
    for order in orders(&sent) {
        let mut county = County::new();
        county.person(1, VILLAGE_A1);
        county.takes(&order);
        let outside = [VISIT + 1, VISIT + 3].map(|visit| (id(visit), Part::Of(person), Reason::TargetUnknown));
        assert_eq!(held(&county), BTreeSet::from(outside));
    }
}

#[test]
fn a_visit_moved_to_another_person_leaves_the_first() {
    let mut county = County::new();
    let (father, son) = (county.person(1, VILLAGE_A1), county.person(2, VILLAGE_A1));
    let died = json!({"life": "DECEASED", "died_on": day0().0});
    county.accepts(&Phone::reviewer().change(at(1, 9), "person", father, died));
    let mut one = Phone::worker(1, VILLAGE_A1);
    county.take(&one.visit(at(2, 9), id(VISIT), &[(father, "MET")]));
    assert_eq!(county.open_cases().len(), 1);
    let entries = json!({"entries": [{"person": son, "result": "MET"}]});
    let decision = county.take(&one.amend(at(3, 9), "contact", id(VISIT), entries));
    assert_eq!(decision.verdict, Verdict::Accepted, "{decision:?}");
    assert!(held(&county).is_empty() && county.open_cases().is_empty());
    assert!(counts(&county, son));
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn only_author_or_reviewer_amend_and_void() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut one = Phone::worker(1, VILLAGE_A1);
    county.accepts(&one.visit(at(0, 9), id(VISIT), &[(person, "MET")]));
    let mut colleague = Phone::worker(2, VILLAGE_A1);
    for sent in [
        colleague.void(at(1, 9), "contact", id(VISIT)),
        colleague.amend(at(1, 9), "contact", id(VISIT), json!({"method": "PHONE"})),
    ] {
        let decision = county.take(&sent);
        assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::NotAuthor)));
    }
    // Whoever cannot see it learns nothing about it.
    let stranger = Phone::worker(3, VILLAGE_B1).void(at(1, 9), "contact", id(VISIT));
    let nothing = Phone::worker(3, VILLAGE_B1).void(at(1, 9), "contact", id(0xFFF));
    let answers = county.takes(&[stranger, nothing]);
    assert_eq!(answers[0], answers[1]);
    assert_eq!((answers[0].verdict, answers[0].waits), (Verdict::Held, true));
    county.accepts(&one.amend(at(1, 9), "contact", id(VISIT), json!({"method": "PHONE"})));
    county.accepts(&Phone::reviewer().void(at(2, 9), "contact", id(VISIT)));
    assert!(!counts(&county, person));
    assert_eq!(county.get(id(VISIT)).value("method"), "PHONE", "nothing is deleted");
}

#[test]
fn an_amendment_is_checked_like_a_new_fact_and_shared_data_is_not_amended() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut one = Phone::worker(1, VILLAGE_A1);
    county.accepts(&one.visit(at(0, 9), id(VISIT), &[(person, "MET")]));
    let bad = county.take(&one.amend(at(1, 9), "contact", id(VISIT), json!({"entries": []})));
    assert_eq!((bad.verdict, bad.field.as_deref()), (Verdict::Refused, Some("entries")));
    for sent in [
        one.change(at(1, 9), "contact", id(VISIT), json!({"method": "PHONE"})),
        one.amend(at(1, 9), "person", person, json!({"name": "李四"})),
        one.void(at(1, 9), "person", person),
    ] {
        let decision = county.take(&sent);
        assert_eq!(decision.verdict, Verdict::Refused);
    }
    let taken = county.take(&one.visit(at(1, 9), id(VISIT), &[(person, "MET")]));
    assert_eq!(taken.reason, Some(Reason::IdTaken), "an id is used once");
}

#[test]
fn two_amendments_unseen_by_each_other_keep_both_values() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let (mut one, mut town) = (Phone::worker(1, VILLAGE_A1), Phone::reviewer());
    county.accepts(&one.visit(at(0, 9), id(VISIT), &[(person, "MET")]));
    one.base = county.revision;
    town.base = county.revision;
    county.accepts(&one.amend(at(1, 9), "contact", id(VISIT), json!({"method": "PHONE"})));
    let decision = county.take(&town.amend(at(1, 10), "contact", id(VISIT), json!({"method": "VIDEO"})));
    assert_eq!(decision.verdict, Verdict::Conflict);
    let visit = county.get(id(VISIT));
    assert_eq!((visit.value("method"), &visit.meta.beside[0].value), (&json!("VIDEO"), &json!("PHONE")));
}

#[test]
fn a_returned_visit_counts_again_when_amended_by_one_who_saw_the_return() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let (mut one, mut town) = (Phone::worker(1, VILLAGE_A1), Phone::reviewer());
    county.accepts(&one.visit(at(0, 9), id(VISIT), &[(person, "MET")]));
    one.base = county.revision;
    county.accepts(&town.review(at(1, 9), id(VISIT), Review::Returned));
    assert!(!counts(&county, person));
    county.take(&one.amend(at(1, 10), "contact", id(VISIT), json!({"note": "门口"})));
    assert!(!counts(&county, person), "written before the return was seen");
    one.base = county.revision;
    county.take(&one.amend(at(2, 10), "contact", id(VISIT), json!({"note": "院内"})));
    assert!(counts(&county, person));
    let by_worker = county.take(&one.review(at(3, 9), id(VISIT), Review::Accepted));
    assert_eq!((by_worker.verdict, by_worker.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
}

#[test]
fn codes_and_fields_of_a_newer_version_are_kept_and_reach_nobody() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let doc = json!({
        "at": at(0, 9), "method": "HOLOGRAM", "mood": {"new": [1, 2]},
        "entries": [{"person": person, "result": "WAVED", "hand": "left"}],
    });
    let mut one = Phone::worker(1, VILLAGE_A1);
    county.accepts(&one.record(at(0, 9), "contact", id(VISIT), doc.clone()));
    county.accepts(&one.amend(at(1, 9), "contact", id(VISIT), json!({"note": "x"})));
    let visit = county.replayed(county.revision).remove(&id(VISIT)).unwrap();
    for field in ["method", "mood", "entries"] {
        assert_eq!(visit.value(field), &doc[field]);
    }
    let cells = entry(&county, person).cells;
    assert_eq!((&cells[3], &cells[4]), (&Cell::Text("HOLOGRAM".into()), &Cell::Text("WAVED".into())));
}

#[test]
fn who_may_not_record_is_refused() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    for (number, role) in [Role::SysAdmin, Role::SecAdmin, Role::Auditor].into_iter().enumerate() {
        let mut admin = Phone::new(0x70 + number as u128, role, VILLAGE_A1);
        let decision = county.take(&admin.visit(at(0, 9), id(VISIT + number as u128), &[(person, "MET")]));
        assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
    }
}
