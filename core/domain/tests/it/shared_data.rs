//! Shared data: proposals by role, conflicts with both values, uniqueness (invariants 1 and 14; story 21).

use bianfang_domain::actor::Role;
use bianfang_domain::decision::{FieldVerdict, Verdict};
use bianfang_domain::id::RecordId;
use bianfang_domain::op::{Act, Part, Sealed};
use bianfang_domain::projection::Cell;
use bianfang_domain::reason::Reason;
use bianfang_domain::record::BesideWhy;
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, fields, id};

const NUMBER: &str = "11010519491231002X";

fn beside(county: &County, person: RecordId) -> Vec<(String, Value, BesideWhy)> {
    county.get(person).meta.beside.iter().map(|b| (b.field.clone(), b.value.clone(), b.why)).collect()
}

#[test]
fn a_worker_sets_at_once_what_is_theirs_and_proposes_the_rest() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut one = Phone::worker(1, VILLAGE_A1);
    one.base = county.revision;
    let set = json!({"address": "村东头", "presence": "AWAY", "tags": {"$add": ["独居"]}, "name": "张叁", "life": "DECEASED"});
    let decision = county.take(&one.change(at(0, 9), "person", person, set));
    assert_eq!(decision.verdict, Verdict::Proposed);
    assert_eq!(decision.fields.len(), 2);
    let record = county.get(person);
    assert_eq!(record.value("address"), "村东头");
    assert_eq!(record.value("presence"), "AWAY");
    assert_eq!(record.value("tags"), &json!(["独居"]));
    assert_eq!((record.value("name"), record.value("life")), (&json!("张三"), &json!("ALIVE")));
    let mut town = Phone::reviewer();
    county.accepts(&town.settle(at(1, 9), "person", person, Part::Field("name".into()), true));
    county.accepts(&town.settle(at(1, 9), "person", person, Part::Field("life".into()), false));
    let record = county.get(person);
    assert_eq!((record.value("name"), record.value("life")), (&json!("张叁"), &json!("ALIVE")));
    assert!(record.meta.beside.is_empty());
    county.accepts(&{
        town.base = county.revision;
        town.change(at(2, 9), "person", person, json!({"name": "张三"}))
    });
    assert_eq!(county.get(person).value("name"), "张三");
}

#[test]
fn of_several_proposals_a_reviewer_chooses_one_by_its_op() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    let first = one.change(at(0, 9), "person", person, json!({"name": "张叁"}));
    county.take(&first);
    county.take(&two.change(at(0, 10), "person", person, json!({"name": "章三"})));
    assert_eq!(beside(&county, person).len(), 2);
    let part = Part::Value("name".into(), first.op.id);
    county.accepts(&Phone::reviewer().settle(at(1, 9), "person", person, part, true));
    assert_eq!(county.get(person).value("name"), "张叁");
    assert!(beside(&county, person).is_empty());
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn a_new_person_of_a_worker_is_a_draft_that_they_may_correct() {
    let mut county = County::new();
    let mut one = Phone::worker(1, VILLAGE_A1);
    let doc = json!({"name": "李四", "living_division": id(VILLAGE_A1), "register": "ACTIVE", "responsible_division": id(VILLAGE_A2)});
    let decision = county.take(&one.record(at(0, 9), "person", id(0x300), doc));
    assert_eq!(decision.fields.get("responsible_division"), Some(&FieldVerdict::Proposed));
    assert_eq!(county.get(id(0x300)).value("register"), "DRAFT");
    county.accepts(&one.change(at(0, 10), "person", id(0x300), json!({"name": "李肆"})));
    let colleague = Phone::worker(2, VILLAGE_A1).change(at(0, 11), "person", id(0x300), json!({"name": "李泗"}));
    assert_eq!(county.take(&colleague).verdict, Verdict::Proposed);
    assert_eq!(county.get(id(0x300)).value("name"), "李肆");
    let refused = county.take(&one.change(at(0, 12), "person", id(0x300), json!({"register": "ACTIVE"})));
    assert_eq!((refused.verdict, refused.field.as_deref()), (Verdict::Refused, Some("register")));
}

#[test]
fn who_creates_must_see_the_place() {
    let mut county = County::new();
    let doc = json!({"name": "李四", "living_division": id(VILLAGE_B1)});
    let decision = county.take(&Phone::worker(1, VILLAGE_A1).record(at(0, 9), "person", id(0x300), doc));
    assert_eq!((decision.verdict, decision.reason, decision.waits), (Verdict::Held, Some(Reason::TargetUnknown), true));
    let both = json!({"name": "李四", "living_division": id(VILLAGE_B1), "registered_division": id(VILLAGE_A1)});
    county.accepts(&Phone::worker(1, VILLAGE_A1).record(at(0, 9), "person", id(0x301), both));
}

#[test]
fn divisions_are_the_countys() {
    let mut county = County::new();
    let doc = json!({"name": "新村", "level": "VILLAGE", "parent": id(TOWN_B)});
    for mut author in [Phone::worker(1, VILLAGE_A1), Phone::reviewer(), Phone::new(9, Role::Leader, COUNTY)] {
        let new = county.take(&author.record(at(0, 9), "division", id(0xB2), doc.clone()));
        assert_ne!(new.verdict, Verdict::Accepted);
        let moved = county.take(&author.change(at(0, 9), "division", id(VILLAGE_A1), json!({"parent": id(TOWN_B)})));
        assert_eq!((moved.verdict, moved.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
        assert!(!county.records.contains_key(&id(0xB2)));
    }
    county.accepts(&Phone::clerk().record(at(0, 9), "division", id(0xB2), doc));
}

#[test]
fn a_village_that_changes_its_township_keeps_its_past_there() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut town_a = Phone::reviewer();
    county.accepts(&town_a.visit(at(0, 9), id(0x500), &[(person, "MET")]));
    let set = json!({"parent": id(TOWN_B)});
    county.accepts(&Phone::clerk().change_since(at(2, 9), "division", id(VILLAGE_A1), set, day(2)));
    let mut town_b = Phone::new(0x55, Role::TownReviewer, TOWN_B);
    county.accepts(&town_b.visit(at(3, 9), id(0x501), &[(person, "MET")]));
    let late = county.take(&town_a.visit(at(3, 10), id(0x502), &[(person, "MET")]));
    assert_eq!(late.reason, Some(Reason::TargetUnknown));
    assert!(county.get(id(0x500)).meta.held.is_empty());
}

#[test]
fn disjoint_fields_of_two_phones_merge() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    (one.base, two.base) = (county.revision, county.revision);
    county.accepts(&one.change(at(0, 9), "person", person, json!({"address": "甲"})));
    let decision = county.take(&two.change(at(0, 9), "person", person, json!({"presence": "AWAY"})));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Merged, None));
    assert!(beside(&county, person).is_empty());
}

#[test]
fn one_field_of_two_phones_keeps_both_values_and_the_same_value_does_not() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    (one.base, two.base) = (county.revision, county.revision);
    county.accepts(&one.change(at(0, 9), "person", person, json!({"address": "甲", "presence": "AWAY"})));
    let decision = county.take(&two.change(at(0, 9), "person", person, json!({"address": "乙", "presence": "AWAY"})));
    assert_eq!(decision.verdict, Verdict::Conflict);
    assert_eq!(decision.fields.keys().collect::<Vec<_>>(), ["address"]);
    assert_eq!(county.get(person).value("address"), "乙", "arrival wins for now");
    assert_eq!(beside(&county, person), [("address".into(), json!("甲"), BesideWhy::Conflict)]);
    let part = Part::Field("address".into());
    county.accepts(&Phone::reviewer().settle(at(1, 9), "person", person, part, true));
    assert_eq!(county.get(person).value("address"), "甲");
}

#[test]
fn a_chain_of_offline_edits_never_conflicts_with_itself() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut one = Phone::worker(1, VILLAGE_A1);
    one.base = county.revision;
    for edit in 0..15 {
        county.accepts(&one.change(at(0, 9) + edit, "person", person, json!({"address": format!("甲{edit}")})));
    }
    assert!(beside(&county, person).is_empty());
}

#[test]
fn fifteen_edits_against_two_of_another_phone_make_one_conflict_in_any_interleaving() {
    for (first, second) in (0..=15).flat_map(|first| (first..=15).map(move |second| (first, second))) {
        let mut county = County::new();
        let person = county.person(1, VILLAGE_A1);
        let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
        (one.base, two.base) = (county.revision, county.revision);
        for edit in 0..=15 {
            for (_, name) in [(first, "乙1"), (second, "乙2")].iter().filter(|(place, _)| *place == edit) {
                county.take(&two.change(at(0, 9) + edit, "person", person, json!({"address": name})));
            }
            if edit < 15 {
                county.take(&one.change(at(0, 9) + edit, "person", person, json!({"address": format!("甲{edit}")})));
            }
        }
        let record = county.get(person);
        let kept: Vec<&Value> = record.meta.beside.iter().map(|b| &b.value).collect();
        let values = [kept, vec![record.value("address")]].concat();
        assert_eq!(values.len(), 2, "{first} {second}: {values:?}");
        assert!(values.contains(&&json!("甲14")) && values.contains(&&json!("乙2")), "{first} {second}: {values:?}");
    }
}

#[test]
fn lists_merge_by_element_and_a_list_written_whole_keeps_what_it_replaced() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let (mut one, mut two) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1));
    (one.base, two.base) = (county.revision, county.revision);
    county.accepts(&one.change(at(0, 9), "person", person, json!({"tags": {"$add": ["高龄"]}})));
    county.take(&two.change(at(0, 9), "person", person, json!({"tags": {"$add": ["独居"]}})));
    assert_eq!(county.get(person).value("tags").as_array().map(Vec::len), Some(2));
    let whole = county.take(&two.change(at(0, 10), "person", person, json!({"tags": ["重病"]})));
    assert_ne!(whole.verdict, Verdict::Refused);
    let decision = {
        let mut three = Phone::worker(3, VILLAGE_A1);
        three.base = one.base;
        county.take(&three.change(at(0, 11), "person", person, json!({"tags": []})))
    };
    assert_eq!(decision.verdict, Verdict::Conflict);
    assert_eq!(beside(&county, person)[0].1, json!(["重病"]));
}

#[test]
fn namesakes_without_numbers_stay_two() {
    let mut county = County::new();
    let mut one = Phone::worker(1, VILLAGE_A1);
    let doc = json!({"name": "张三", "living_division": id(VILLAGE_A1), "birth_year": 1950});
    county.accepts(&one.record(at(0, 9), "person", id(1), doc.clone()));
    county.accepts(&one.record(at(0, 10), "person", id(2), doc));
    assert!(county.open_cases().is_empty());
    assert_eq!(county.rows().iter().filter(|row| row.table == "person").count(), 2);
}

#[test]
fn a_number_that_fails_its_check_is_held_and_the_rest_stands() {
    let mut county = County::new();
    let doc = json!({"name": "张三", "living_division": id(VILLAGE_A1)});
    let mut sent = Phone::worker(1, VILLAGE_A1).record(at(0, 9), "person", id(1), doc).numbered(NUMBER);
    sent.prints.insert("id_number".into(), Err(Reason::IdNumberInvalid));
    let decision = county.take(&sent);
    assert_eq!(decision.fields.get("id_number"), Some(&FieldVerdict::Held(Reason::IdNumberInvalid)));
    assert_eq!(county.get(id(1)).value("name"), "张三");
}

#[test]
fn two_numbers_masked_alike_still_conflict() {
    let mut county = County::new();
    let doc = json!({"name": "张三", "living_division": id(VILLAGE_A1), "register": "ACTIVE"});
    county.accepts(&Phone::clerk().record(at(0, 9), "person", id(1), doc));
    let (mut one, mut two) = (Phone::reviewer(), Phone::new(0x56, Role::TownReviewer, COUNTY));
    (one.base, two.base) = (county.revision, county.revision);
    county.accepts(&one.change(at(0, 9), "person", id(1), json!({})).numbered("990105194912310029"));
    let mut other = two.change(at(0, 9), "person", id(1), json!({})).numbered("990105195012310029");
    let Act::Change { set, .. } = &mut other.op.act else { panic!() };
    assert_eq!(Some(&set["id_number"]), county.get(id(1)).doc.get("id_number"));
    set.insert("note".into(), json!("x"));
    assert_eq!(county.take(&other).fields.get("id_number"), Some(&FieldVerdict::Conflict));
    assert!(county.get(id(1)).meta.beside[0].sealed.as_deref().is_some_and(|sealed| sealed.contains("1949")));
}

#[test]
fn a_masked_number_sent_back_leaves_the_number_behind_it() {
    let mut county = County::new();
    let doc = json!({"name": "张三", "living_division": id(VILLAGE_A1), "register": "ACTIVE"});
    let mut clerk = Phone::clerk();
    county.accepts(&clerk.record(at(0, 9), "person", id(1), doc).numbered(NUMBER));
    let masked = county.get(id(1)).value("id_number").clone();
    clerk.base = county.revision;
    county.take(&clerk.change(at(1, 9), "person", id(1), json!({"id_number": masked, "note": "x"})));
    assert!(county.get(id(1)).sealed.contains_key("id_number"));
    assert!(county.get(id(1)).meta.fingerprints.contains_key("id_number"));
    county.take(&clerk.change(at(1, 10), "person", id(1), json!({"id_number": null})));
    assert!(county.get(id(1)).sealed.is_empty() && county.get(id(1)).meta.fingerprints.is_empty());
}

#[test]
fn a_change_must_leave_a_readable_record() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    for (set, field) in [
        (json!({"name": "  "}), "name"),
        (json!({"name": null}), "name"),
        (json!({"living_division": null}), "living_division"),
        (json!({"categories": "烈士遗属"}), "categories"),
    ] {
        let decision = county.take(&Phone::clerk().change(at(0, 9), "person", person, set));
        assert_eq!((decision.verdict, decision.field.as_deref()), (Verdict::Refused, Some(field)));
    }
}

#[test]
fn what_is_told_late_about_an_earlier_day_does_not_change_today() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut clerk = Phone::clerk();
    let mut moved = |county: &mut County, village: u128, since: i32| {
        clerk.base = county.revision;
        let set = json!({"living_division": id(village)});
        county.accepts(&clerk.change_since(at(20, 9), "person", person, set, day(since)));
    };
    moved(&mut county, VILLAGE_B1, 10);
    moved(&mut county, VILLAGE_A2, 5);
    let record = county.get(person);
    assert_eq!(record.value("living_division"), &json!(id(VILLAGE_B1)));
    let on = |d: i32| record.value_on("living_division", day(d)).clone();
    assert_eq!([on(0), on(5), on(9), on(10)], [VILLAGE_A1, VILLAGE_A2, VILLAGE_A2, VILLAGE_B1].map(|v| json!(id(v))));
    let spans = county.rows().into_iter().filter(|row| row.table == "person_span").count();
    assert_eq!(spans, 3);
}

#[test]
fn a_category_added_for_an_earlier_day_is_there_later_too() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut clerk = Phone::clerk();
    for (add, since) in [("残疾军人", 10), ("烈士遗属", 5)] {
        clerk.base = county.revision;
        let set = json!({"categories": {"$add": [add]}});
        county.accepts(&clerk.change_since(at(20, 9), "person", person, set, day(since)));
    }
    assert_eq!(county.get(person).value("categories").as_array().map(Vec::len), Some(2));
    assert_eq!(county.get(person).value_on("categories", day(6)), &json!(["烈士遗属"]));
}

#[test]
fn sealed_list_elements_of_two_phones_both_stay() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    for (number, masked) in [(1, "138****8000"), (2, "139****9000")] {
        let mut phone = Phone::worker(number, VILLAGE_A1);
        phone.base = county.revision;
        let element = json!({"id": number.to_string(), "number": masked});
        let act = Act::Change {
            set: fields(json!({"phones": {"$add": [element]}})),
            sealed: Sealed::from([(format!("phones/{number}"), "sealed".into())]),
            since: None,
        };
        county.accepts(&phone.op(at(0, 9), "person", person, act));
    }
    let record = county.get(person);
    assert_eq!(record.value("phones").as_array().map(Vec::len), Some(2));
    assert_eq!(record.sealed.keys().collect::<Vec<_>>(), ["phones/1", "phones/2"]);
}

#[test]
fn a_case_is_settled_by_a_reviewer_and_opened_by_nobodys_phone() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    county.take(&Phone::worker(1, VILLAGE_A1).visit(at(0, 9), id(0x500), &[(person, "DIED")]));
    let case = county.open_cases().first().map(|case| case.id()).unwrap();
    let settled = json!({"state": "SETTLED", "how": "误报"});
    let by_worker = county.take(&Phone::worker(1, VILLAGE_A1).change(at(1, 9), "case", case, settled.clone()));
    assert_eq!(by_worker.verdict, Verdict::Refused);
    county.accepts(&Phone::reviewer().change(at(1, 9), "case", case, settled));
    assert!(county.open_cases().is_empty());
    // Deciding about the person again does not open it again.
    county.take(&Phone::clerk().change(at(2, 9), "person", person, json!({"life": "UNKNOWN"})));
    assert!(county.open_cases().is_empty());
    let forged = json!({"case": "DEATH", "subjects": [person], "facts": [], "state": "OPEN"});
    assert_eq!(
        county.take(&Phone::worker(1, VILLAGE_A1).record(at(3, 9), "case", id(0x999), forged)).verdict,
        Verdict::Refused
    );
    // Lists of cases have the one that was settled, and no other.
    let listed: Vec<_> = county.rows().into_iter().filter(|row| row.table == "case_item").collect();
    let state = [Cell::from("DEATH"), Cell::from("SETTLED")];
    assert_eq!(
        listed.iter().map(|row| (&row.owner, &row.cells[..])).collect::<Vec<_>>(),
        [(&case.to_string(), &state[..])]
    );
}

/// A phone sent `{"add": […]}` for a list, and the object stood in the register as the person's tags.
#[test]
fn what_is_declared_a_list_is_one_in_every_kind() {
    let mut county = County::new();
    let target = county.person(1, VILLAGE_A1);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    for wrong in [json!({"add": ["高龄"]}), json!("高龄"), json!(7)] {
        let decision = county.take(&worker.change(at(1, 9), "person", target, json!({"tags": wrong})));
        let told = (decision.verdict, decision.reason, decision.field.as_deref());
        assert_eq!(told, (Verdict::Refused, Some(Reason::Malformed), Some("tags")));
    }
    county.accepts(&worker.change(at(2, 9), "person", target, json!({"tags": {"$add": ["高龄"]}})));
    county.accepts(&worker.change(at(3, 9), "person", target, json!({"tags": null})));
}
