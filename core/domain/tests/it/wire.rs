//! The wire form of ops, decisions and records, and the shape of the projections. A change here is a change for every
//! phone in the field: old ones push for twelve months.

use std::collections::BTreeMap;

use bianfang_domain::actor::{Right, Role};
use bianfang_domain::decision::{Case, CaseKind, Decision, FieldVerdict, Judged, Verdict};
use bianfang_domain::kind;
use bianfang_domain::op::{Act, Op, Part, Review, Sealed};
use bianfang_domain::reason::Reason;
use bianfang_domain::record::Record;
use serde_json::{Value, json};

use crate::county::{County, Phone, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, fields, id};

fn back<T: serde::de::DeserializeOwned + serde::Serialize + PartialEq + std::fmt::Debug>(value: &T) -> Value {
    let json = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(json.clone()).unwrap(), value, "reads what it writes");
    json
}

#[test]
fn ops_keep_their_form() {
    let mut phone = Phone::worker(1, VILLAGE_A1);
    phone.base = 41;
    let sealed = Sealed::from([("id_number".to_owned(), "c2VhbA".to_owned())]);
    let when = at(0, 9);
    let record = Act::Record { fields: fields(json!({"name": "张三"})), sealed: sealed.clone() };
    let change = Act::Change { set: fields(json!({"life": "DECEASED"})), sealed, since: Some(day(0)) };
    let ops: Vec<Value> = [
        phone.op(when, "person", id(1), record),
        phone.op(when, "person", id(1), change),
        phone.change(when, "person", id(1), json!({"tags": {"$add": ["独居"]}})),
        phone.amend(when, "contact", id(2), json!({"method": "PHONE"})),
        phone.void(when, "contact", id(2)),
        phone.settle(when, "contact", id(2), Part::Whole, true),
        phone.settle(when, "contact", id(2), Part::Of(id(1)), false),
        phone.settle(when, "person", id(1), Part::Field("name".into()), true),
        phone.review(when, id(2), Review::Returned),
    ]
    .iter()
    .map(|sent| back(&sent.op))
    .collect();
    insta::assert_json_snapshot!("op", ops);
}

#[test]
fn an_op_of_the_least_form_is_read() {
    let text = json!({
        "id": {"installation": id(7), "seq": 1}, "kind": "contact", "target": id(2), "act": "void", "reason": "误录",
        "at": {"device_ms": 5, "monotonic_ms": 6}, "of_a_newer_version": [1],
    });
    let op: Op = serde_json::from_value(text).unwrap();
    assert_eq!((op.base, op.at.offset_ms), (0, None));
}

#[test]
fn decisions_keep_their_form() {
    let full = Decision {
        verdict: Verdict::Held,
        reason: Some(Reason::AlreadyHung),
        field: Some("name".into()),
        fields: BTreeMap::from([
            ("a".into(), FieldVerdict::Conflict),
            ("b".into(), FieldVerdict::Proposed),
            ("c".into(), FieldVerdict::Held(Reason::IdNumberTaken)),
        ]),
        judged: vec![
            Judged { fact: id(2), part: Part::Whole, held: Some(Reason::AlreadyHung), idle: false },
            Judged { fact: id(3), part: Part::Of(id(1)), held: None, idle: true },
        ],
        cases: vec![Case { kind: CaseKind::Double, subjects: vec![id(1)], facts: vec![id(2)] }.into()],
        lapsed: vec![id(9)],
        ..Decision::accepted()
    };
    let waiting = Decision::stopped(Verdict::Held, Reason::TargetUnknown, None);
    let all: Vec<Value> = [Decision::accepted(), full, waiting].iter().map(back).collect();
    insta::assert_json_snapshot!("decision", all);
}

#[test]
fn records_keep_their_form() {
    let mut county = County::new();
    let doc = json!({"name": "张三", "living_division": id(VILLAGE_A1), "register": "ACTIVE"});
    let mut clerk = Phone::clerk();
    county.accepts(&clerk.record(at(0, 9), "person", id(1), doc).numbered("11010519491231002X"));
    let mut worker = Phone::worker(1, VILLAGE_A1);
    worker.offset = None;
    county.take(&worker.change(at(1, 9), "person", id(1), json!({"name": "张叁"})));
    let moved = json!({"living_division": id(VILLAGE_A2)});
    county.accepts(&clerk.change_since(at(2, 9), "person", id(1), moved, day(2)));
    county.take(&Phone::worker(2, VILLAGE_B1).visit(at(3, 9), id(2), &[(id(1), "MET"), (id(3), "MET")]));
    county.take(&clerk.settle(at(4, 9), "contact", id(2), Part::Of(id(1)), true));
    county.take(&clerk.void(at(5, 9), "contact", id(2)));
    let records: Vec<Value> = [county.get(id(1)), county.get(id(2))].into_iter().map(back::<Record>).collect();
    insta::assert_json_snapshot!("record", records);
}

#[test]
fn projections_keep_their_form() {
    let tables = kind::ALL.iter().flat_map(|kind| kind.tables());
    let sql: Vec<String> = tables.flat_map(|table| table.create()).collect();
    insta::assert_json_snapshot!("projections", sql);
}

#[test]
fn every_row_fits_its_table() {
    let mut county = County::new();
    let (person, house) = (county.person(1, VILLAGE_A1), county.household(0x700, VILLAGE_A1));
    let mut worker = Phone::worker(1, VILLAGE_A1);
    county.accepts(&worker.visit(at(0, 9), id(2), &[(person, "DIED")]));
    county.accepts(&worker.plaque(at(0, 9), id(3), house, "NEW", json!({})));
    let photo = json!({"subject": id(2), "photo_kind": "SCENE", "original": "ab".repeat(32), "length": 9});
    county.accepts(&worker.record(at(0, 9), "photo", id(4), photo));
    let assigned = json!({"person": person, "owner": id(0x1001), "state": "OPEN"});
    county.accepts(&worker.record(at(0, 9), "assignment", id(5), assigned));
    let snoozed = json!({"person": person, "until": day(9).0, "reason": "外出", "at": at(0, 9)});
    county.accepts(&worker.record(at(0, 9), "snooze", id(6), snoozed));
    let rule = json!({"rule": "COVERAGE", "division": id(crate::county::COUNTY), "data": {}});
    county.accepts(&Phone::clerk().record(at(0, 9), "rule", bianfang_domain::rules::id("COVERAGE"), rule));
    let lot = json!({"act": "RECEIVED", "division": id(VILLAGE_A1), "count": 8, "at": at(0, 9)});
    county.accepts(&Phone::reviewer().record(at(0, 9), "plaque_stock", id(15), lot));
    let request = json!({"household": house, "ask": "NEW", "applicant": "张三", "at": at(0, 9)});
    county.accepts(&worker.record(at(0, 9), "plaque_request", id(16), request));
    let letter = json!({"source": "FAMILY", "level": "THIRD", "soldier": "张三", "division": id(VILLAGE_A1)});
    county.accepts(&worker.record(at(0, 9), "letter", id(17), letter));
    let need = json!({"person": person, "called": "张三", "need_type": "MEDICAL", "urgency": "RED", "asked": "报销",
        "at": at(0, 9)});
    county.accepts(&worker.record(at(0, 9), "need", id(31), need));
    let said = json!({"division": id(crate::county::COUNTY), "suggestion_type": "SUGGESTION", "words": "少填表",
        "at": at(0, 9)});
    county.accepts(&worker.record(at(0, 9), "suggestion", id(32), said));
    let mut clerk = Phone::clerk();
    let staff = json!({"account": id(27), "name": "王五", "division": id(VILLAGE_A1), "divisions": [id(VILLAGE_A1)]});
    let account = id(27).0;
    county.accepts(&Phone::admin().record(at(0, 9), "staff", bianfang_domain::kind::staff_id(account), staff));
    let other = county.person(26, VILLAGE_A1);
    county.accepts(&clerk.record(
        at(0, 9),
        "same_as",
        id(28),
        json!({"person": other, "kept": person, "at": at(0, 9)}),
    ));
    let soldier = json!({"basis": "SERVING", "name": "王小五", "household": house});
    county.accepts(&clerk.record(at(0, 9), "basis_person", id(29), soldier));
    let unit = json!({"unit_kind": "FORCES", "name": "驻军一", "division": id(VILLAGE_A1)});
    county.accepts(&clerk.record(at(0, 9), "unit", id(30), unit));
    let rows = county.rows();
    for table in kind::ALL.iter().flat_map(|kind| kind.tables()) {
        let mut of_it = rows.iter().filter(|row| row.table == table.name).peekable();
        assert!(of_it.peek().is_some(), "no row of {}", table.name);
        assert!(of_it.all(|row| row.cells.len() == table.columns.len()), "{}", table.name);
    }
    let insert = kind::by_name("photo").unwrap().tables()[0].insert(2);
    assert!(insert.ends_with("($9, $10, $11, $12, $13, $14, $15, $16)"), "{insert}");
}

#[test]
fn every_reason_speaks_both_languages() {
    for reason in Reason::ALL {
        assert!(reason.zh().chars().any(|c| c >= '\u{4e00}') && reason.en().is_ascii(), "{reason:?}");
    }
}

#[test]
fn codes_of_a_newer_server_are_read_as_such() {
    let read: Reason = serde_json::from_str("\"MOON_PHASE\"").unwrap();
    assert_eq!(read, Reason::Newer);
    assert!(!read.zh().is_empty() && !Reason::ALL.contains(&read), "told, but never given by this version");
    let role: Role = serde_json::from_str("\"ASTRONAUT\"").unwrap();
    for right in [Right::Record, Right::Review, Right::County, Right::Read, Right::Phones, Right::Reveal] {
        assert!(!role.may(right), "a role we do not know may do nothing");
    }
}
