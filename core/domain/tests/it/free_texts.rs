//! No free text of any form names a military unit: refused with the field, whatever the kind and however deep it stands.

use bianfang_domain::decision::Verdict;
use bianfang_domain::free_text;
use bianfang_domain::op::{Act, Review};
use bianfang_domain::reason::Reason;
use serde_json::{Value, json};

use crate::county::{County, Phone, Sent, TOWN_A, VILLAGE_A1, at, id};

const UNIT: &str = "他在99123部队服役";

fn refused(county: &mut County, sent: &Sent, field: &str) {
    let decision = county.take(sent);
    assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::MilitaryUnit)), "{field}");
    assert_eq!(decision.field.as_deref(), Some(field));
}

#[test]
fn every_text_of_a_visit_is_refused_where_it_names_a_unit() {
    let mut county = County::new();
    let (person, mut phone) = (county.person(1, VILLAGE_A1), Phone::worker(1, VILLAGE_A1));
    let texts = [
        "companions",
        "situation",
        "thoughts",
        "difficulties",
        "cause",
        "measures",
        "answered",
        "to_solve",
        "note",
        "no_signature",
        "no_photo",
        "no_place",
        "gifts_text",
        "needs_text",
        "must_trigger",
        "of_a_newer_version",
    ];
    let visit = |more: (&str, Value)| {
        let mut doc = json!({"at": at(1, 10), "method": "HOME", "work_types": ["ROUND"], "entries": [{"person": person, "result": "MET"}]});
        doc[more.0] = more.1;
        doc
    };
    for field in texts {
        refused(&mut county, &phone.record(at(1, 10), "contact", id(0x900), visit((field, json!(UNIT)))), field);
    }
    let deep = [
        ("visitors", json!([{"name": UNIT}])),
        ("entries", json!([{"person": person, "result": "MET", "note": UNIT}])),
        ("answers", json!([{"set": "EMPLOYMENT", "version": 1, "values": {"employer": UNIT}}])),
        ("extra", json!({"慰问99123部队": "1"})),
    ];
    for (field, value) in deep {
        refused(&mut county, &phone.record(at(1, 10), "contact", id(0x900), visit((field, value))), field);
    }
    county.accepts(&phone.record(at(1, 10), "contact", id(0x900), visit(("note", json!("儿子在驻军一服役")))));
    refused(&mut county, &phone.amend(at(1, 11), "contact", id(0x900), json!({"situation": UNIT})), "situation");
}

#[test]
fn the_texts_of_every_other_form_too() {
    let mut county = County::new();
    let (home, person) = (county.household(0x20, VILLAGE_A1), county.person(1, VILLAGE_A1));
    let (mut phone, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
    for field in ["note", "merits", "employer", "placement_unit", "address", "health"] {
        refused(&mut county, &phone.change(at(0, 9), "person", person, json!({field: UNIT})), field);
    }
    for field in ["way_note", "head_name", "registered_address"] {
        refused(&mut county, &phone.change(at(0, 9), "household", home, json!({field: UNIT})), field);
    }
    for field in ["reason", "hanger", "no_signature"] {
        let mut doc = json!({"hanger": "张三", "position": "GATE"});
        doc[field] = json!(UNIT);
        refused(&mut county, &phone.plaque(at(1, 9), id(0x901), home, "NEW", doc), field);
    }
    let unit = json!({"unit_kind": "EMPLOYER", "name": "粮站", "division": id(VILLAGE_A1), "contact_name": UNIT});
    refused(&mut county, &clerk.record(at(0, 9), "unit", id(0x902), unit), "contact_name");
    let letter =
        json!({"source": "TROOPS", "level": "THIRD", "soldier": "张三", "division": id(TOWN_A), "goods": UNIT});
    refused(&mut county, &clerk.record(at(0, 9), "letter", id(0x903), letter), "goods");
    let snooze = json!({"person": person, "until": 30_000, "reason": UNIT, "at": at(1, 9)});
    refused(&mut county, &phone.record(at(1, 9), "snooze", id(0x904), snooze), "reason");
}

#[test]
fn the_reason_of_an_act_is_a_text_too_and_nothing_of_it_is_kept() {
    let mut county = County::new();
    let (person, mut phone, mut town) = (county.person(1, VILLAGE_A1), Phone::worker(1, VILLAGE_A1), Phone::reviewer());
    county.accepts(&phone.visit(at(1, 10), id(0x900), &[(person, "MET")]));
    let void = phone.op(at(1, 11), "contact", id(0x900), Act::Void { reason: UNIT.into() });
    refused(&mut county, &void, "reason");
    let comment = Act::Review { verdict: Review::Returned, comment: Some(UNIT.into()) };
    refused(&mut county, &town.op(at(1, 12), "contact", id(0x900), comment), "comment");
    let fields = json!({"note": UNIT, "name": "张三"}).as_object().cloned().unwrap();
    for act in [Act::Void { reason: UNIT.into() }, Act::Record { fields, sealed: [("x".into(), "y".into())].into() }] {
        let mut op = phone.op(at(1, 13), "contact", id(0x900), act).op;
        assert!(free_text::check_op(&op).is_err());
        free_text::strike(&mut op);
        assert!(free_text::check_op(&op).is_ok() && !serde_json::to_string(&op).unwrap().contains("99123"));
    }
}
