//! What facts say about the register: kept beside the field until a reviewer chooses, gone with the fact, never twice.

use std::collections::BTreeSet;

use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{died_on, gone_by};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use bianfang_domain::record::BesideWhy;

use crate::county::{County, Phone, TOWN_B, VILLAGE_A1, at, day, id};

const VISIT: u128 = 0x900;

fn proposed(county: &County, person: RecordId) -> Vec<String> {
    let beside = county.get(person).meta.beside.iter().filter(|beside| beside.why == BesideWhy::Proposed);
    beside.map(|beside| format!("{} {} {}", beside.field, beside.value, beside.since.0 - day(0).0)).collect()
}

fn reported() -> (County, RecordId, Phone) {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    county.accepts(&worker.visit(at(5, 9), id(VISIT), &[(person, "DIED")]));
    (county, person, worker)
}

#[test]
fn a_death_told_at_the_door_is_proposed_from_that_day_and_the_register_does_not_change() {
    let (county, person, _) = reported();
    assert_eq!(proposed(&county, person), ["life \"DECEASED\" 5"]);
    assert_eq!(gone_by(county.get(person)), None);
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn a_voided_report_takes_its_proposal_along() {
    let (mut county, person, mut worker) = reported();
    county.accepts(&worker.void(at(6, 9), "contact", id(VISIT)));
    assert!(proposed(&county, person).is_empty() && county.open_cases().is_empty());
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn a_rejected_report_does_not_come_back_and_a_second_one_is_a_new_question() {
    let (mut county, person, mut worker) = reported();
    county.accepts(&Phone::reviewer().settle(at(6, 9), "person", person, Part::Field("life".into()), false));
    assert!(proposed(&county, person).is_empty());
    county.accepts(&worker.visit(at(7, 9), id(VISIT + 1), &[(person, "NOT_HOME")]));
    assert!(proposed(&county, person).is_empty());
    county.accepts(&worker.visit(at(8, 9), id(VISIT + 2), &[(person, "DIED")]));
    assert_eq!(proposed(&county, person), ["life \"DECEASED\" 8"]);
}

#[test]
fn a_confirmed_report_counts_from_its_day_and_a_later_return_to_life_stays() {
    let (mut county, person, mut worker) = reported();
    let mut town = Phone::reviewer();
    county.accepts(&town.settle(at(6, 9), "person", person, Part::Field("life".into()), true));
    assert_eq!((gone_by(county.get(person)), died_on(county.get(person))), (Some(day(5)), None), "no day was told");
    assert!(county.open_cases().is_empty());
    county.accepts(&town.change(at(9, 9), "person", person, serde_json::json!({"life": "ALIVE"})));
    assert_eq!(gone_by(county.get(person)), None);
    county.accepts(&worker.visit(at(10, 9), id(VISIT + 1), &[(person, "MET")]));
    assert!(proposed(&county, person).is_empty(), "the settled report is not asked again");
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn a_settlement_taken_back_asks_again() {
    let (mut county, person, worker) = reported();
    let mut town = Phone::reviewer();
    let op = county.get(id(VISIT)).meta.origin.op;
    let part = Part::Value("life".into(), op);
    county.accepts(&town.settle(at(6, 9), "person", person, part.clone(), false));
    county.accepts(&town.unsettle(at(6, 10), "person", person, part.clone()));
    assert_eq!(proposed(&county, person), ["life \"DECEASED\" 5"]);
    let again = county.take(&town.unsettle(at(6, 11), "person", person, part.clone()));
    assert_eq!(again.reason, Some(Reason::WrongAct));
    let mut worker = worker;
    let own = county.take(&worker.unsettle(at(6, 12), "person", person, part));
    assert_eq!(own.reason, Some(Reason::NotAllowed));

    // A held visit let through, and held again.
    county.accepts(&town.settle(at(7, 9), "person", person, Part::Field("life".into()), true));
    county.take(&worker.visit(at(8, 9), id(VISIT + 1), &[(person, "MET")]));
    let part = Part::Of(person);
    assert!(!county.get(id(VISIT + 1)).counts(&part));
    county.accepts(&town.settle(at(9, 9), "contact", id(VISIT + 1), part.clone(), true));
    assert!(county.get(id(VISIT + 1)).counts(&part));
    let back = county.take(&town.unsettle(at(9, 10), "contact", id(VISIT + 1), part.clone()));
    assert_eq!(back.judged.len(), 1);
    assert!(!county.get(id(VISIT + 1)).counts(&part));
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn a_report_from_outside_the_divisions_proposes_nothing() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    county.take(&Phone::worker(9, TOWN_B).visit(at(5, 9), id(VISIT), &[(person, "DIED")]));
    assert!(proposed(&county, person).is_empty());
    assert_eq!(county.held().into_iter().map(|(fact, ..)| fact).collect::<BTreeSet<_>>(), BTreeSet::from([id(VISIT)]));
}
