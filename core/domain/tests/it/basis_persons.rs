//! Basis persons and units: in no denominator, never one for the other; a discharge proposes somebody to be served.

use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::discharged;
use bianfang_domain::reason::Reason;
use serde_json::json;

use crate::county::{County, Phone, VILLAGE_A1, VILLAGE_B1, at, id};

const SOLDIER: u128 = 0x600;
const HOME: u128 = 0x700;

fn serving() -> County {
    let mut county = County::new();
    let home = county.household(HOME, VILLAGE_A1);
    let doc = json!({"basis": "SERVING", "name": "张小三", "household": home, "enlisted": "2023-09",
        "relations": [{"person": id(1), "relation": "父亲"}]});
    county.accepts(&Phone::worker(1, VILLAGE_A1).record(at(0, 9), "basis_person", id(SOLDIER), doc));
    county
}

#[test]
fn a_serving_soldier_is_counted_nowhere() {
    let county = serving();
    assert!(county.rows().iter().all(|row| row.table != "person" && row.table != "person_span"));
    assert_eq!(county.rows().iter().filter(|row| row.table == "basis_person").count(), 1);
}

#[test]
fn a_household_out_of_reach_gives_nobody_a_basis_person() {
    let mut county = serving();
    let doc = json!({"basis": "SERVING", "name": "李小四", "household": id(HOME)});
    let outside = county.take(&Phone::worker(9, VILLAGE_B1).record(at(0, 9), "basis_person", id(0x601), doc));
    assert_eq!((outside.verdict, outside.reason), (Verdict::Held, Some(Reason::TargetUnknown)));
    assert!(!county.records.contains_key(&id(0x601)));
}

#[test]
fn a_discharge_proposes_one_draft_and_the_visit_that_is_due() {
    let mut county = serving();
    assert!(discharged(county.get(id(SOLDIER)), id(VILLAGE_A1)).is_none());
    let mut town = Phone::reviewer();
    let set = json!({"basis": "VETERAN", "discharged": "2026-03"});
    county.accepts(&town.change(at(1, 9), "basis_person", id(SOLDIER), set));
    let proposed = discharged(county.get(id(SOLDIER)), id(VILLAGE_A1)).unwrap();
    assert_eq!(proposed, discharged(county.get(id(SOLDIER)), id(VILLAGE_A1)).unwrap());
    let draft = serde_json::Value::Object(proposed.fields);
    county.accepts(&Phone::worker(1, VILLAGE_A1).record(at(1, 10), "person", proposed.person, draft));
    let person = county.get(proposed.person);
    assert_eq!((person.value("register"), person.value("discharged")), (&json!("DRAFT"), &json!("2026-03")));
    assert_eq!((person.value("must_visit"), person.value("name")), (&json!("RETURNED_HOME"), &json!("张小三")));
}

#[test]
fn a_unit_has_an_alias_and_never_a_designation() {
    let mut county = County::new();
    let mut clerk = Phone::clerk();
    let unit = |name: &str| json!({"unit_kind": "FORCES", "name": name, "division": id(VILLAGE_A1)});
    let refused = county.take(&clerk.record(at(0, 9), "unit", id(0x610), unit("61234部队")));
    assert_eq!((refused.reason, refused.field.as_deref()), (Some(Reason::Designation), Some("name")));
    county.accepts(&clerk.record(at(0, 9), "unit", id(0x611), unit("驻军一")));
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let hiring = json!({"hiring": "保安两名", "contact_name": "李连长"});
    county.accepts(&worker.change(at(0, 10), "unit", id(0x611), hiring));
    let renamed = county.take(&worker.change(at(0, 11), "unit", id(0x611), json!({"name": "驻军二"})));
    assert_eq!(renamed.verdict, Verdict::Proposed);
    assert!(county.rows().iter().all(|row| row.table != "person"));
}
