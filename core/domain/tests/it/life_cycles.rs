//! Every life-cycle of every kind, walked step by step from the tables: what stands in one is accepted from who may, what
//! does not stand in one waits beside the field.

use bianfang_domain::actor::{Right, Role};
use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::{self, Kind, Sets};
use bianfang_domain::life_cycle::LifeCycle;
use bianfang_domain::reason::Reason;
use bianfang_domain::record::BesideWhy;
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, VILLAGE_A1, at, fields, id};

const TARGET: u128 = 0x4000;

/// A document of a kind that has all that its steps may need.
fn whole(kind: &str) -> Value {
    match kind {
        "person" => json!({"name": "张三", "living_division": id(VILLAGE_A1), "removed_for": "DIED",
            "card_kind": "VETERAN", "register": "ACTIVE"}),
        "household" => json!({"head_name": "张三", "division": id(VILLAGE_A1), "merged_into": id(0x701),
            "removed_note": "错录"}),
        "basis_person" => json!({"name": "张三", "basis": "SERVING", "division": id(VILLAGE_A1),
            "discharged": "2025-09", "certificate_no": "甲-1"}),
        other => panic!("no example of {other}"),
    }
}

fn cycles() -> Vec<(&'static dyn Kind, LifeCycle)> {
    kind::ALL.iter().flat_map(|kind| kind.life_cycles().iter().map(|cycle| (*kind, *cycle))).collect()
}

/// A county with one record in a state, put there by the table of records, not by steps.
fn standing(kind: &str, cycle: &LifeCycle, state: &str) -> County {
    let mut county = County::new();
    county.household(0x701, VILLAGE_A1);
    let mut doc = whole(kind);
    doc[cycle.field] = json!(cycle.begins[0]);
    county.accepts(&Phone::clerk().record(at(0, 8), kind, id(TARGET), doc));
    let mut record = county.get(id(TARGET)).clone();
    record.doc.insert(cycle.field.into(), json!(state));
    record.meta.dated.clear();
    county.records.insert(record.id, record);
    county
}

fn change(role: Role, kind: &str, field: &str, to: &str) -> crate::county::Sent {
    Phone::new(0x90, role, COUNTY).change(at(1, 9), kind, id(TARGET), json!({ field: to }))
}

#[test]
fn there_are_life_cycles() {
    let named: Vec<String> = cycles().iter().map(|(kind, cycle)| format!("{}.{}", kind.name(), cycle.field)).collect();
    assert_eq!(named, ["household.register", "person.register", "person.card_state", "basis_person.basis"]);
}

#[test]
fn every_pair_of_states_is_a_step_or_waits() {
    for (kind, cycle) in cycles() {
        let states = cycle.states();
        for (from, to) in states.iter().flat_map(|from| states.iter().map(move |to| (*from, *to))) {
            if from == to {
                continue;
            }
            let mut county = standing(kind.name(), &cycle, from);
            let decision = county.take(&change(Role::SectionClerk, kind.name(), cycle.field, to));
            let value = county.get(id(TARGET)).value(cycle.field).clone();
            let where_ = format!("{}.{} {from} → {to}", kind.name(), cycle.field);
            if cycle.between(from, to).is_some() {
                assert_eq!((decision.reason, value), (None, json!(to)), "{where_}");
            } else {
                assert_eq!((decision.reason, value), (Some(Reason::NoSuchStep), json!(from)), "{where_}");
                let beside = &county.get(id(TARGET)).meta.beside;
                assert_eq!(beside[0].why, BesideWhy::Held(Reason::NoSuchStep), "{where_}: nothing is lost");
            }
        }
    }
}

#[test]
fn who_may_not_take_a_step_proposes_it_or_is_refused_and_the_state_stays() {
    for (kind, cycle) in cycles() {
        for step in cycle.steps {
            let roles = [Role::VillageWorker, Role::TownReviewer, Role::SectionClerk, Role::Auditor];
            for role in roles.into_iter().filter(|role| !role.may(step.who)) {
                let mut county = standing(kind.name(), &cycle, step.from);
                let decision = county.take(&change(role, kind.name(), cycle.field, step.to));
                // Who may write the field at all proposes; who may not is refused.
                let writes = match kind::field(kind, cycle.field).sets {
                    Sets::Only(right) => role.may(right),
                    Sets::AtOnce | Sets::Proposed => role.may(Right::Record),
                };
                let expected = if writes { Verdict::Proposed } else { Verdict::Refused };
                assert_eq!(decision.verdict, expected, "{role:?} {step:?}");
                assert_eq!(county.get(id(TARGET)).value(cycle.field), step.from, "{role:?} {step:?}");
            }
        }
    }
}

#[test]
fn a_step_without_what_it_needs_names_the_field() {
    for (kind, cycle) in cycles() {
        for step in cycle.steps.iter().filter(|step| !step.needs.is_empty()) {
            for needed in step.needs {
                let mut county = standing(kind.name(), &cycle, step.from);
                let mut record = county.get(id(TARGET)).clone();
                record.doc.remove(*needed);
                county.records.insert(record.id, record);
                let refused = county.take(&change(Role::SectionClerk, kind.name(), cycle.field, step.to));
                assert_eq!((refused.reason, refused.field.as_deref()), (Some(Reason::Missing), Some(*needed)));
                let mut set = fields(json!({ cycle.field: step.to }));
                set.insert((*needed).to_string(), whole(kind.name())[*needed].clone());
                let mut clerk = Phone::clerk();
                county.accepts(&clerk.change(at(1, 10), kind.name(), id(TARGET), Value::Object(set)));
            }
        }
    }
}

#[test]
fn every_state_can_be_reached_and_a_new_record_begins_where_its_cycle_begins() {
    for (kind, cycle) in cycles() {
        let mut reached: Vec<&str> = cycle.begins.to_vec();
        for _ in cycle.steps {
            let next = cycle.steps.iter().filter(|step| reached.contains(&step.from) && !reached.contains(&step.to));
            let next: Vec<&str> = next.map(|step| step.to).collect();
            reached.extend(next);
        }
        for state in cycle.states() {
            assert!(reached.contains(&state), "{} {state}", kind.name());
            if !cycle.begins.contains(&state) {
                let mut doc = whole(kind.name());
                doc[cycle.field] = json!(state);
                let mut county = County::new();
                county.household(0x701, VILLAGE_A1);
                let decision = county.take(&Phone::clerk().record(at(0, 8), kind.name(), id(TARGET), doc));
                assert_eq!(decision.reason, Some(Reason::NoSuchStep), "{} {state}", kind.name());
            }
        }
        assert!(cycle.steps.iter().all(|step| matches!(step.who, Right::Record | Right::Review | Right::County)));
    }
}
