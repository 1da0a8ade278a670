//! One way for a value to get in: whoever says it could set it, names what they can see, and says it in a form that rules
//! read. Each of these once got round the rules.

use bianfang_domain::actor::Role;
use bianfang_domain::decision::{Case, CaseKind, Decision, Verdict};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, joined, parted};
use bianfang_domain::op::{Act, Part};
use bianfang_domain::reason::Reason;
use bianfang_domain::record::{BesideWhy, Record};
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, TOWN_A, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, id, orders};

const PERSON: u128 = 0x100;
const HOME: u128 = 0x700;

fn told(decision: &Decision) -> (Verdict, Option<Reason>) {
    (decision.verdict, decision.reason)
}

fn beside(record: &Record, field: &str) -> Option<(BesideWhy, Value)> {
    record.meta.beside.iter().find(|beside| beside.field == field).map(|beside| (beside.why, beside.value.clone()))
}

fn new_person(phone: &mut Phone, more: Value) -> crate::county::Sent {
    let mut doc = json!({"name": "张三", "living_division": id(VILLAGE_A1), "register": "ACTIVE"});
    doc.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    phone.record(at(0, 9), "person", id(PERSON), doc)
}

#[test]
fn who_entered_a_person_no_longer_writes_them_once_they_live_elsewhere() {
    let mut county = County::new();
    let mut town = Phone::reviewer();
    county.accepts(&new_person(&mut town, json!({})));
    county.accepts(&Phone::clerk().change(at(1, 9), "person", id(PERSON), json!({"living_division": id(VILLAGE_B1)})));
    let gone = json!({"register": "REMOVED", "removed_for": "TRANSFERRED"});
    let decision = county.take(&town.change(at(2, 9), "person", id(PERSON), gone));
    assert_eq!(told(&decision), (Verdict::Held, Some(Reason::TargetUnknown)));
    assert_eq!(county.get(id(PERSON)).value("register"), "ACTIVE");
}

#[test]
fn who_made_a_visit_corrects_it_wherever_its_person_lives_now() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    county.accepts(&worker.visit(at(1, 9), id(0x900), &[(person, "MET")]));
    county.accepts(&Phone::clerk().change(at(2, 9), "person", person, json!({"living_division": id(VILLAGE_B1)})));
    county.accepts(&worker.amend(at(3, 9), "contact", id(0x900), json!({"method": "PHONE"})));
    county.accepts(&worker.void(at(4, 9), "contact", id(0x900)));
}

/// A fact under a case's id kept the case closed for ever; a person under the id of a discharge's draft, the draft.
#[test]
fn an_id_that_follows_from_what_it_names_is_nobody_elses() {
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let case = Case { kind: CaseKind::Death, subjects: vec![id(1)], facts: vec![id(0x900)] }.id();
    let draft = RecordId::derived(&["discharged", &id(0x600).to_string()]);
    let set = bianfang_domain::questions::id("YEARLY");
    let division = RecordId::derived(&["division", "991234", "991234001"]);
    for kept in [case, draft, set, division] {
        assert!(kept.is_derived());
        let home = json!({"head_name": "张三", "division": id(VILLAGE_A1)});
        let visit = json!({"at": at(1, 9), "method": "HOME", "entries": []});
        let person = json!({"name": "张三", "living_division": id(VILLAGE_A1)});
        for (kind, doc) in [("household", home), ("contact", visit), ("person", person)] {
            let decision = County::new().take(&worker.record(at(1, 9), kind, kept, doc));
            assert_eq!(told(&decision), (Verdict::Refused, Some(Reason::IdTaken)), "{kind}");
        }
    }
    // A request sent twice makes one record, under an id that is kept for nobody.
    assert!(!RecordId::repeated(&["online", "key"]).is_derived());
    assert_eq!(RecordId::repeated(&["online", "key"]), RecordId::repeated(&["online", "key"]));
    let mut clerk = Phone::clerk();
    let doc = json!({"name": "一村", "level": "VILLAGE", "parent": id(TOWN_A)});
    County::new().accepts(&clerk.record(at(0, 9), "division", division, doc));
}

#[test]
fn a_value_of_another_form_is_refused_whoever_says_it() {
    let wrong = [
        ("person", "life", json!("dead")),
        ("person", "life", json!(1)),
        ("person", "presence", json!("在家")),
        ("person", "sex", json!("男")),
        ("person", "died_on", json!("2024-01-01")),
        ("person", "key_next_on", json!(3_000_000_000_i64)),
        ("person", "birth", json!(1960)),
        ("person", "household", json!("张三家")),
        ("person", "key_contact", json!("yes")),
        ("person", "name", json!("\u{200b}")),
        ("basis_person", "died_on", json!("2024-01-01")),
        ("basis_person", "basis", json!("现役")),
        ("household", "merged_into", json!("李四家")),
        ("division", "valid_to", json!("2024-01-01")),
        ("division", "hidden", json!("no")),
    ];
    for (name, field, value) in wrong {
        let right = match name {
            "person" => json!({"name": "张三", "living_division": id(VILLAGE_A1)}),
            "basis_person" => json!({"basis": "SERVING", "name": "张三", "division": id(VILLAGE_A1)}),
            "household" => json!({"head_name": "张三", "division": id(VILLAGE_A1)}),
            _ => json!({"name": "一村", "level": "VILLAGE", "parent": id(TOWN_A)}),
        };
        let mut doc = right.clone();
        doc[field] = value.clone();
        let mut county = County::new();
        let mut clerk = Phone::clerk();
        let new = county.take(&clerk.record(at(0, 9), name, id(PERSON), doc));
        county.accepts(&clerk.record(at(0, 10), name, id(PERSON), right));
        let change = county.take(&clerk.change(at(0, 11), name, id(PERSON), json!({field: value})));
        for decision in [new, change] {
            assert_eq!(told(&decision), (Verdict::Refused, Some(Reason::Malformed)), "{name}.{field} {value}");
            assert_eq!(decision.field.as_deref(), Some(field));
        }
    }
    // A code of a newer version stays as it is.
    let mut county = County::new();
    county.accepts(&new_person(&mut Phone::clerk(), json!({"life": "FROZEN", "presence": "ON_THE_MOON"})));
}

#[test]
fn a_name_is_kept_in_one_form_and_two_who_type_it_differently_agree() {
    let mut county = County::new();
    county.accepts(&new_person(&mut Phone::clerk(), json!({"name": "买买提•艾力"})));
    assert_eq!(county.get(id(PERSON)).value("name"), "买买提·艾力");
    let mut towns = [Phone::reviewer(), Phone::new(0x53, Role::TownReviewer, TOWN_A)];
    towns.iter_mut().for_each(|town| town.base = county.revision);
    county.accepts(&towns[0].change(at(1, 9), "person", id(PERSON), json!({"name": "王 五"})));
    // Written without having seen the first.
    county.accepts(&towns[1].change(at(1, 9), "person", id(PERSON), json!({"name": "王五"})));
    assert_eq!(county.get(id(PERSON)).value("name"), "王五");
    assert!(county.get(id(PERSON)).meta.beside.is_empty());
}

#[test]
fn a_division_that_is_none_places_nobody() {
    let mut county = County::new();
    let home = county.household(HOME, VILLAGE_A1);
    for none in [home, id(0xDEAD)] {
        let mut worker = Phone::worker(1, VILLAGE_A1);
        let doc = json!({"registered_division": none});
        let decision = county.take(&new_person(&mut worker, doc));
        assert_eq!(told(&decision), (Verdict::Held, Some(Reason::TargetUnknown)));
        assert!(!county.records.contains_key(&id(PERSON)));
    }
    let person = county.person(1, VILLAGE_A1);
    let set = json!({"living_division": home});
    let decision = county.take(&Phone::reviewer().change(at(1, 9), "person", person, set));
    assert_eq!(told(&decision), (Verdict::Held, Some(Reason::TargetUnknown)));
    assert_eq!(county.get(person).value("living_division"), &json!(id(VILLAGE_A1)));
    let part = Part::Field("living_division".into());
    let chosen = county.take(&Phone::clerk().settle(at(2, 9), "person", person, part, true));
    assert_eq!(told(&chosen), (Verdict::Refused, Some(Reason::TargetUnknown)));
}

#[test]
fn a_household_out_of_sight_is_named_by_nobody_and_waits_for_who_sees_it() {
    let mut county = County::new();
    let far = county.household(HOME, VILLAGE_B1);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    for home in [far, id(0xDEAD)] {
        let mut county = county.clone();
        let decision = county.take(&new_person(&mut worker, json!({"household": home})));
        assert_eq!(told(&decision), (Verdict::Held, Some(Reason::TargetUnknown)));
        assert_eq!(county.get(id(PERSON)).value("household"), &Value::Null);
        let (why, value) = beside(county.get(id(PERSON)), "household").unwrap();
        assert_eq!((why, value), (BesideWhy::Held(Reason::TargetUnknown), json!(home)));
        // The township does not see it either; the county does, where there is something to see.
        let part = Part::Field("household".into());
        let town = county.take(&Phone::reviewer().settle(at(1, 9), "person", id(PERSON), part.clone(), true));
        assert_eq!(told(&town), (Verdict::Refused, Some(Reason::TargetUnknown)));
        let decision = county.take(&Phone::clerk().settle(at(2, 9), "person", id(PERSON), part, true));
        let there = home == far;
        assert_eq!(decision.verdict, if there { Verdict::Accepted } else { Verdict::Refused });
        assert_eq!(county.get(id(PERSON)).value("household"), &if there { json!(far) } else { Value::Null });
    }
}

#[test]
fn a_reviewer_merges_no_household_into_one_out_of_sight() {
    let mut county = County::new();
    let (near, far) = (county.household(HOME, VILLAGE_A1), county.household(HOME + 1, VILLAGE_B1));
    let set = json!({"register": "MERGED", "merged_into": far});
    let decision = county.take(&Phone::reviewer().change(at(1, 9), "household", near, set.clone()));
    assert_eq!(told(&decision), (Verdict::Refused, Some(Reason::TargetUnknown)));
    // A worker's word on it waits, and is the county's to take.
    let decision = county.take(&Phone::worker(1, VILLAGE_A1).change(at(1, 9), "household", near, set.clone()));
    assert_eq!(told(&decision), (Verdict::Refused, Some(Reason::TargetUnknown)));
    county.accepts(&Phone::clerk().change(at(2, 9), "household", near, set));
}

#[test]
fn what_a_soldier_chose_lies_in_sight_of_who_says_so() {
    let mut county = County::new();
    let (home, far) = (county.household(HOME, VILLAGE_A1), county.household(HOME + 1, VILLAGE_B1));
    let doc =
        json!({"basis": "SERVING", "name": "张小三", "household": home, "parents_household": far, "plaque_at": far});
    let decision = county.take(&Phone::worker(1, VILLAGE_A1).record(at(0, 9), "basis_person", id(0x600), doc));
    assert_eq!(told(&decision), (Verdict::Held, Some(Reason::TargetUnknown)));
    let soldier = county.get(id(0x600));
    assert_eq!(soldier.value("household"), &json!(home));
    for field in ["parents_household", "plaque_at"] {
        assert_eq!(beside(soldier, field), Some((BesideWhy::Held(Reason::TargetUnknown), json!(far))));
    }
}

/// Where a village lies and into which it merged are said together; told late, they parted.
#[test]
fn a_merger_of_villages_that_is_told_late_keeps_parent_and_word_together() {
    let into = [(VILLAGE_B1, 5), (VILLAGE_A2, 10)];
    for order in orders(&[0, 1]) {
        let mut county = County::new();
        let mut clerk = Phone::clerk();
        for (village, from) in order.into_iter().map(|n: usize| into[n]) {
            let set = Value::Object(joined(id(village), day(from)));
            county.accepts(&clerk.change_since(at(20, 9), "division", id(VILLAGE_A1), set, day(from)));
        }
        let village = county.get(id(VILLAGE_A1));
        for (on, into, last) in [(4, None, None), (5, Some(VILLAGE_B1), Some(4)), (12, Some(VILLAGE_A2), Some(9))] {
            let doc = village.doc_on(day(on));
            let says = |field: &str| doc.get(field).cloned().filter(|value| !value.is_null());
            assert_eq!(says("merged_into"), into.map(|into| json!(id(into))), "day {on}");
            assert_eq!(says("parent"), Some(json!(id(into.unwrap_or(TOWN_A)))), "day {on}");
            assert_eq!(says("valid_to"), last.map(|last| json!(day(last).0)), "day {on}");
        }
        let set = Value::Object(parted(id(TOWN_A)));
        county.accepts(&clerk.change_since(at(21, 9), "division", id(VILLAGE_A1), set, day(15)));
        assert!(kind::check(kind::by_name("division").unwrap(), &county.get(id(VILLAGE_A1)).doc).is_ok());
        assert_eq!(county.get(id(VILLAGE_A1)).value("merged_into"), &Value::Null);
    }
}

#[test]
fn a_household_that_comes_back_for_a_day_before_its_merger_still_says_where_it_went() {
    let mut county = County::new();
    let (one, other) = (county.household(HOME, VILLAGE_A1), county.household(HOME + 1, VILLAGE_A1));
    let mut town = Phone::reviewer();
    let set = json!({"register": "MERGED", "merged_into": other});
    county.accepts(&town.change_since(at(20, 9), "household", one, set, day(10)));
    let back = json!({"register": "ACTIVE", "merged_into": null});
    county.accepts(&town.change_since(at(21, 9), "household", one, back.clone(), day(5)));
    let doc = &county.get(one).doc;
    assert_eq!((doc.get("register"), doc.get("merged_into")), (Some(&json!("MERGED")), Some(&json!(other))));
    county.accepts(&town.change_since(at(22, 9), "household", one, back, day(15)));
    assert_eq!(county.get(one).value("merged_into"), &Value::Null);
    assert_eq!(county.get(one).doc_on(day(12)).get("merged_into"), Some(&json!(other)));
}

#[test]
fn nothing_is_settled_or_unsettled_without_saying_why() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let mut town = Phone::reviewer();
    county.take(&worker.change(at(1, 9), "person", person, json!({"household": null, "relation": "父亲"})));
    let part = Part::Field("relation".into());
    for blank in ["", " \u{3000}"] {
        let settle = Act::Settle { part: part.clone(), accept: true, reason: blank.into() };
        let unsettle = Act::Unsettle { part: part.clone(), reason: blank.into() };
        for act in [settle, unsettle] {
            let decision = county.take(&town.op(at(2, 9), "person", person, act));
            assert_eq!((decision.reason, decision.field.as_deref()), (Some(Reason::Missing), Some("reason")));
        }
    }
    county.accepts(&town.settle(at(3, 9), "person", person, part, true));
}

/// There is no step from veteran to martyr; who lets it stand all the same could have made the step that leads there.
#[test]
fn a_leap_to_what_only_the_county_sets_is_the_countys_to_accept() {
    let mut county = County::new();
    let home = county.household(HOME, VILLAGE_A1);
    let doc = json!({"basis": "VETERAN", "name": "张小三", "household": home});
    let mut town = Phone::reviewer();
    county.accepts(&town.record(at(0, 9), "basis_person", id(0x600), doc));
    let decision = county.take(&town.change(at(1, 9), "basis_person", id(0x600), json!({"basis": "MARTYR"})));
    assert_eq!(told(&decision), (Verdict::Held, Some(Reason::NoSuchStep)));
    let part = Part::Field("basis".into());
    let decision = county.take(&town.settle(at(2, 9), "basis_person", id(0x600), part.clone(), true));
    assert_eq!(told(&decision), (Verdict::Refused, Some(Reason::NotAllowed)));
    let mut clerk = Phone::new(0x51, Role::SectionClerk, COUNTY);
    let decision = county.take(&clerk.settle(at(3, 9), "basis_person", id(0x600), part.clone(), true));
    assert_eq!((decision.reason, decision.field.as_deref()), (Some(Reason::Missing), Some("certificate_no")));
    county.accepts(&clerk.change(at(4, 9), "basis_person", id(0x600), json!({"certificate_no": "烈字1号"})));
    county.accepts(&clerk.settle(at(5, 9), "basis_person", id(0x600), part, true));
    assert_eq!(county.get(id(0x600)).value("basis"), "MARTYR");
}
