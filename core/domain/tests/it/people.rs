//! Persons: what a worker sets at once and what they propose, drafts, removal, cards, contradictions of two phones.

use bianfang_domain::decision::{FieldVerdict, Verdict};
use bianfang_domain::kind::{IdState, id_state};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use serde_json::{Value, json};

use crate::county::{County, Phone, VILLAGE_A1, at, id, orders};

/// A field and what is written into it.
type Written = (&'static str, fn() -> Value);

const AT_ONCE: [Written; 6] = [
    ("phones", || json!({"$add": ["13800001111"]})),
    ("address", || json!("村东头")),
    ("presence", || json!("AWAY")),
    ("tags", || json!({"$add": ["LIVES_ALONE"]})),
    ("card_number", || json!("优-1")),
    ("note", || json!("爱下棋")),
];

const PROPOSED: [Written; 8] = [
    ("name", || json!("张叁")),
    ("categories", || json!({"$add": ["DISABLED"]})),
    ("life", || json!("DECEASED")),
    ("died_on", || json!(20_000)),
    ("household", || json!(id(0x700))),
    ("relation", || json!("长子")),
    ("registered_address", || json!("老村")),
    ("registered_division", || json!(id(VILLAGE_A1))),
];

#[test]
fn a_worker_sets_some_fields_at_once_and_proposes_others() {
    let mut county = County::new();
    county.household(0x700, VILLAGE_A1);
    for (number, (field, value)) in AT_ONCE.into_iter().enumerate() {
        let person = county.person(100 + number as u128, VILLAGE_A1);
        county.accepts(&Phone::worker(1, VILLAGE_A1).change(at(0, 9), "person", person, json!({ field: value() })));
    }
    for (number, (field, value)) in PROPOSED.into_iter().enumerate() {
        let person = county.person(200 + number as u128, VILLAGE_A1);
        let before = county.get(person).doc.clone();
        let sent = Phone::worker(1, VILLAGE_A1).change(at(0, 9), "person", person, json!({ field: value() }));
        assert_eq!(county.take(&sent).fields.get(field), Some(&FieldVerdict::Proposed), "{field}");
        assert_eq!(county.get(person).doc, before, "{field}");
        county.accepts(&Phone::reviewer().settle(at(1, 9), "person", person, Part::Field(field.into()), true));
        assert!(county.get(person).meta.beside.is_empty(), "{field}");
    }
    let person = county.person(1, VILLAGE_A1);
    for field in ["register", "responsible_division", "removed_for", "key_contact", "restricted_tags"] {
        let sent = Phone::worker(1, VILLAGE_A1).change(at(0, 9), "person", person, json!({ field: "ACTIVE" }));
        assert_eq!(county.take(&sent).verdict, Verdict::Refused, "{field}");
    }
}

#[test]
fn a_draft_can_be_visited_and_is_counted_nowhere_until_accepted() {
    let mut county = County::new();
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let draft = worker.record(at(0, 9), "person", id(1), json!({"name": "李四", "living_division": id(VILLAGE_A1)}));
    county.accepts(&draft);
    county.accepts(&worker.visit(at(0, 10), id(2), &[(id(1), "MET")]));
    let counted = |county: &County| {
        let spans = county.rows().into_iter().filter(|row| row.table == "person_span");
        spans.filter(|row| row.cells[3] == bianfang_domain::projection::Cell::Int(1)).count()
    };
    assert_eq!(counted(&county), 0);
    let mut town = Phone::reviewer();
    let rejected = town.change(at(1, 9), "person", id(1), json!({"register": "REJECTED"}));
    county.accepts(&rejected);
    assert_eq!(counted(&county), 0);
    county.accepts(&town.change(at(2, 9), "person", id(1), json!({"register": "ACTIVE"})));
    assert_eq!(counted(&county), 1);
    assert!(county.held().is_empty(), "the visit to the draft always counted as a visit");
}

#[test]
fn nobody_is_removed_without_the_reason_and_another_reason_says_which() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut town = Phone::reviewer();
    let bare = county.take(&town.change(at(0, 9), "person", person, json!({"register": "REMOVED"})));
    assert_eq!(bare.field.as_deref(), Some("removed_for"));
    let other = town.change(at(0, 9), "person", person, json!({"register": "REMOVED", "removed_for": "OTHER"}));
    assert_eq!(county.take(&other).verdict, Verdict::Refused);
    let why = json!({"register": "REMOVED", "removed_for": "OTHER", "removed_note": "重复建档"});
    county.accepts(&town.change(at(0, 9), "person", person, why));
    county.accepts(&town.change(at(1, 9), "person", person, json!({"register": "ACTIVE"})));
}

/// Invariant 13 between two phones: each word may be right by itself.
#[test]
fn a_discharge_before_the_enlistment_waits_whoever_comes_first() {
    let mut phones = [Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1)];
    let ops = [
        phones[0].change(at(0, 9), "person", id(1), json!({"enlisted": "1990-03"})),
        phones[1].change(at(0, 10), "person", id(1), json!({"discharged": "1986"})),
    ];
    for order in orders(&ops) {
        let mut county = County::new();
        county.person(1, VILLAGE_A1);
        county.accepts(&order[0]);
        let second = county.take(&order[1]);
        assert_eq!((second.verdict, second.reason), (Verdict::Held, Some(Reason::DischargeBeforeEnlistment)));
        assert_eq!(county.get(id(1)).meta.beside.len(), 1, "both words are kept");
        let field = second.field.unwrap();
        county.accepts(&Phone::reviewer().settle(at(1, 9), "person", id(1), Part::Field(field), false));
        assert!(county.get(id(1)).meta.beside.is_empty());
        assert_eq!(county.replayed(county.revision), county.records);
    }
    let same_year = json!({"enlisted": "1990-03", "discharged": "1990"});
    let mut county = County::new();
    county.person(1, VILLAGE_A1);
    county.accepts(&phones[0].change(at(1, 9), "person", id(1), same_year));
}

#[test]
fn an_unreadable_date_and_a_designation_are_refused_with_the_field() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    for (field, value) in [("birth", "85年3月"), ("enlisted", "1990-13"), ("discharged", "昨天")] {
        let decision = county.take(&worker.change(at(0, 9), "person", person, json!({ field: value })));
        assert_eq!((decision.reason, decision.field.as_deref()), (Some(Reason::Malformed), Some(field)));
    }
    let decision = county.take(&worker.change(at(0, 9), "person", person, json!({"merits": "在61234部队立三等功"})));
    assert_eq!((decision.reason, decision.field.as_deref()), (Some(Reason::MilitaryUnit), Some("merits")));
    county.accepts(&worker.change(at(0, 9), "person", person, json!({"merits": "三等功一次"})));
}

#[test]
fn the_state_of_an_id_number_follows_from_what_was_written() {
    let mut county = County::new();
    let state = |county: &County, number| id_state(county.get(id(number)));
    for number in [1, 2] {
        county.person(number, VILLAGE_A1);
        assert_eq!(state(&county, number), IdState::Missing);
    }
    let mut town = Phone::reviewer();
    county.accepts(&town.change(at(0, 9), "person", id(1), json!({})).numbered("11010519491231002X"));
    assert_eq!(state(&county, 1), IdState::Valid);
    county.take(&town.change(at(0, 9), "person", id(2), json!({})).numbered("11010519491231002X"));
    assert_eq!(state(&county, 2), IdState::Suspect);
    let mut odd = town.change(at(0, 10), "person", id(2), json!({})).numbered("110105194912310021");
    odd.prints.insert("id_number".into(), Err(Reason::IdNumberInvalid));
    county.take(&odd);
    assert_eq!(state(&county, 2), IdState::Suspect);
}

#[test]
fn columns_that_nobody_mapped_are_kept_verbatim() {
    let mut county = County::new();
    let doc = json!({"name": "李四", "living_division": id(VILLAGE_A1), "register": "ACTIVE",
        "extra": {"是否建档立卡": " 是（2016）", "代码": "007"}});
    county.accepts(&Phone::clerk().record(at(0, 9), "person", id(1), doc.clone()));
    assert_eq!(county.get(id(1)).value("extra"), &doc["extra"]);
}
