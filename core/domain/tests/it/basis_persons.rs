//! Basis persons and units: in no denominator, never one for the other; a discharge opens somebody to be served.

use bianfang_domain::decision::Verdict;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::plaque::eligibility;
use bianfang_domain::op::Part;
use bianfang_domain::projection::Cell;
use bianfang_domain::reason::Reason;
use bianfang_domain::time::Day;
use serde_json::json;

use crate::county::{County, Phone, VILLAGE_A1, VILLAGE_B1, at, id, orders};

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

fn home_coming() -> serde_json::Value {
    json!({"basis": "VETERAN", "discharged": "2026-03"})
}

fn draft() -> RecordId {
    RecordId::derived(&["discharged", &id(SOLDIER).to_string()])
}

#[test]
fn a_discharge_opens_one_draft_and_the_visit_that_is_due() {
    let mut county = serving();
    let mut town = Phone::reviewer();
    let decision = county.take(&town.change(at(1, 9), "basis_person", id(SOLDIER), home_coming()));
    assert_eq!(decision.opened.iter().map(|opened| opened.id).collect::<Vec<_>>(), [draft()]);
    let person = county.get(draft());
    assert_eq!((person.value("register"), person.value("discharged")), (&json!("DRAFT"), &json!("2026-03")));
    assert_eq!((person.value("must_visit"), person.value("name")), (&json!("RETURNED_HOME"), &json!("张小三")));
    assert_eq!(person.value("living_division"), &json!(id(VILLAGE_A1)));
    let rows = county.rows();
    let listed = rows.iter().find(|row| row.table == "contacted" && row.owner == draft().to_string()).unwrap();
    assert!(listed.cells.contains(&Cell::Text("RETURNED_HOME".into())));
    assert_eq!(county.replayed(county.revision), county.records);
    // What the township then makes of the draft stays, whatever is said of the soldier again.
    county.accepts(&town.change(at(2, 9), "person", draft(), json!({"register": "REVIEWING", "address": "一组"})));
    let again = county.take(&town.change(at(3, 9), "basis_person", id(SOLDIER), json!({"discharged": "2026-04"})));
    assert!(again.opened.is_empty());
    assert_eq!(county.get(draft()).value("address"), &json!("一组"));
}

#[test]
fn a_workers_word_opens_the_draft_only_when_the_township_accepts_it() {
    let mut county = serving();
    let said = Phone::worker(1, VILLAGE_A1).change(at(1, 9), "basis_person", id(SOLDIER), home_coming());
    assert_eq!(county.take(&said).verdict, Verdict::Proposed);
    assert!(!county.records.contains_key(&draft()));
    let settle = Phone::reviewer().settle(at(2, 9), "basis_person", id(SOLDIER), Part::Field("basis".into()), true);
    county.accepts(&settle);
    assert_eq!(county.get(draft()).value("register"), &json!("DRAFT"));
}

#[test]
fn two_who_tell_of_one_discharge_open_one_draft_in_any_order() {
    let (mut town, mut clerk) = (Phone::reviewer(), Phone::clerk());
    let sent = [
        town.change(at(1, 9), "basis_person", id(SOLDIER), home_coming()),
        clerk.change(at(1, 10), "basis_person", id(SOLDIER), json!({"basis": "VETERAN", "discharged": "2026-03-01"})),
    ];
    for order in orders(&sent) {
        let mut county = serving();
        county.takes(&order);
        let people = county.records.values().filter(|record| record.kind == "person");
        assert_eq!(people.map(|person| person.id).collect::<Vec<_>>(), [draft()]);
    }
}

#[test]
fn who_is_entered_as_a_veteran_came_home_long_ago() {
    let mut county = serving();
    let doc = json!({"basis": "VETERAN", "name": "李老四", "household": id(HOME), "discharged": "1979-12"});
    let decision = county.take(&Phone::worker(1, VILLAGE_A1).record(at(0, 9), "basis_person", id(0x602), doc));
    assert_eq!((decision.verdict, decision.opened.len()), (Verdict::Accepted, 0));
}

#[test]
fn a_basis_person_names_no_unit() {
    let mut county = serving();
    let set = json!({"certificate_no": "某部61234部队第3号"});
    let refused = county.take(&Phone::reviewer().change(at(1, 9), "basis_person", id(SOLDIER), set));
    assert_eq!((refused.reason, refused.field.as_deref()), (Some(Reason::MilitaryUnit), Some("certificate_no")));
}

#[test]
fn a_unit_has_an_alias_and_never_a_designation() {
    let mut county = County::new();
    let mut clerk = Phone::clerk();
    let unit = |name: &str| json!({"unit_kind": "FORCES", "name": name, "division": id(VILLAGE_A1)});
    let refused = county.take(&clerk.record(at(0, 9), "unit", id(0x610), unit("61234部队")));
    assert_eq!((refused.reason, refused.field.as_deref()), (Some(Reason::MilitaryUnit), Some("name")));
    county.accepts(&clerk.record(at(0, 9), "unit", id(0x611), unit("驻军一")));
    let told = county.take(&clerk.change(at(0, 9), "unit", id(0x611), json!({"hiring": "61234部队招文职"})));
    assert_eq!((told.reason, told.field.as_deref()), (Some(Reason::MilitaryUnit), Some("hiring")));
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let hiring = json!({"hiring": "保安两名", "contact_name": "李连长"});
    county.accepts(&worker.change(at(0, 10), "unit", id(0x611), hiring));
    let renamed = county.take(&worker.change(at(0, 11), "unit", id(0x611), json!({"name": "驻军二"})));
    assert_eq!(renamed.verdict, Verdict::Proposed);
    assert!(county.rows().iter().all(|row| row.table != "person"));
}

#[test]
fn who_was_entered_in_error_gives_no_plaque_opens_nobody_and_comes_back() {
    let mut county = serving();
    let eligible = |county: &County| eligibility::of(id(HOME), &county.world(), Day::MAX).eligible;
    assert!(eligible(&county));
    let mut town = Phone::reviewer();
    let word = Phone::worker(1, VILLAGE_A1).change(at(1, 8), "basis_person", id(SOLDIER), json!({"removed": "同名"}));
    assert_ne!(county.take(&word).verdict, Verdict::Accepted, "the township takes out");
    county.accepts(&town.change(at(1, 9), "basis_person", id(SOLDIER), json!({"removed": "同名的另一家"})));
    assert!(!eligible(&county));
    let decision = county.take(&town.change(at(2, 9), "basis_person", id(SOLDIER), home_coming()));
    assert!(decision.opened.is_empty());
    // Back in the register, the discharge that was said meanwhile opens its draft.
    let back = county.take(&town.change(at(3, 9), "basis_person", id(SOLDIER), json!({"removed": null})));
    assert_eq!(back.opened.iter().map(|opened| opened.id).collect::<Vec<_>>(), [draft()]);
}

#[test]
fn who_is_called_a_veteran_once_more_came_home_long_ago_all_the_same() {
    let mut county = serving();
    let doc = json!({"basis": "VETERAN", "name": "李老四", "household": id(HOME), "discharged": "1979-12"});
    county.accepts(&Phone::worker(1, VILLAGE_A1).record(at(0, 9), "basis_person", id(0x602), doc));
    let again = json!({"basis": "VETERAN", "certificate_no": "甲-1"});
    let decision = county.take(&Phone::reviewer().change(at(1, 9), "basis_person", id(0x602), again));
    assert!(decision.opened.is_empty() && county.records.values().all(|record| record.kind != "person"));
}

#[test]
fn nobody_accepts_a_step_that_is_the_countys() {
    let mut county = serving();
    let mut town = Phone::reviewer();
    let died = json!({"basis": "MARTYR", "certificate_no": "烈-1"});
    assert_eq!(county.take(&town.change(at(1, 9), "basis_person", id(SOLDIER), died)).verdict, Verdict::Proposed);
    let accept =
        |phone: &mut Phone| phone.settle(at(2, 9), "basis_person", id(SOLDIER), Part::Field("basis".into()), true);
    let own = county.take(&accept(&mut town));
    let told = (own.verdict, own.reason, own.field.as_deref());
    assert_eq!(told, (Verdict::Refused, Some(Reason::NotAllowed), Some("basis")));
    assert_eq!(county.get(id(SOLDIER)).value("basis"), "SERVING");
    county.accepts(&accept(&mut Phone::clerk()));
    assert_eq!(county.get(id(SOLDIER)).value("basis"), "MARTYR");
    assert_eq!(county.get(id(SOLDIER)).value("certificate_no"), "烈-1");
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn a_soldiers_home_waits_for_its_plaque_though_nobody_of_it_is_served() {
    let mut county = serving();
    let waits = |county: &County| {
        let home = id(HOME).to_string();
        let rows = county.rows();
        rows.iter().find(|row| row.table == "plaque" && row.owner == home).map(|row| row.cells[0].clone())
    };
    assert!(county.records.values().all(|record| record.kind != "person"));
    assert_eq!(waits(&county), Some("PENDING".to_owned().into()));
    county.accepts(&Phone::reviewer().change(
        at(1, 9),
        "basis_person",
        id(SOLDIER),
        json!({"removed": "同名的另一家"}),
    ));
    assert_eq!(waits(&county), None, "nothing is known of who lives there");
}
