//! One number on two people (invariant 1): the second is kept beside, a case asks whether they are one, and asks no longer
//! once neither has the other's number.

use bianfang_domain::decision::{CaseKind, Verdict};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use bianfang_domain::record::BesideWhy;
use serde_json::{Value, json};

use crate::county::{County, Phone, VILLAGE_A1, at, id};

const NUMBER: &str = "11010519491231002X";

#[test]
fn the_case_of_one_number_on_two_lapses_when_the_number_was_corrected() {
    let mut clerk = Phone::clerk();
    let doc = |name: &str| json!({"name": name, "living_division": id(VILLAGE_A1), "register": "ACTIVE"});
    let mut county = County::new();
    county.accepts(&clerk.record(at(0, 9), "person", id(1), doc("张三")).numbered(NUMBER));
    let mut worker = Phone::worker(1, VILLAGE_A1);
    county.take(&worker.record(at(1, 9), "person", id(2), doc("李四")).numbered(NUMBER));
    assert_eq!(county.open_cases().len(), 1);
    // Something else of either leaves it as it is.
    county.accepts(&clerk.change(at(1, 10), "person", id(1), json!({"tags": {"$add": ["LIVES_ALONE"]}})));
    assert_eq!(county.open_cases().len(), 1);
    let mut typed_right = county.clone();
    let other = "990101199003070038";
    typed_right.take(&worker.change(at(2, 9), "person", id(2), json!({})).numbered(other));
    let part = Part::Field("id_number".into());
    county.accepts(&Phone::reviewer().settle(at(2, 9), "person", id(2), part, false));
    for county in [typed_right, county] {
        assert!(county.open_cases().is_empty());
        assert_eq!(county.replayed(county.revision), county.records);
        // It asks again when the number comes again.
        let mut again = county.clone();
        again.take(&worker.change(at(3, 9), "person", id(2), json!({})).numbered(NUMBER));
        assert_eq!(again.open_cases().len(), 1);
    }
}

#[test]
fn an_id_number_of_another_person_is_kept_beside_and_opens_one_case() {
    let mut county = County::new();
    let mut clerk = Phone::clerk();
    let doc = |name: &str| json!({"name": name, "living_division": id(VILLAGE_A1), "register": "ACTIVE"});
    county.accepts(&clerk.record(at(0, 9), "person", id(1), doc("张三")).numbered(NUMBER));
    let second = Phone::worker(1, VILLAGE_A1).record(at(1, 9), "person", id(2), doc("张三")).numbered(NUMBER);
    let decision = county.take(&second);
    assert_eq!((decision.verdict, decision.reason), (Verdict::Held, Some(Reason::IdNumberTaken)));
    let third = clerk.record(at(1, 9), "person", id(3), doc("张叁")).numbered(NUMBER);
    assert_eq!(county.take(&third).verdict, Verdict::Held);
    for newcomer in [id(2), id(3)] {
        let record = county.get(newcomer);
        assert_eq!((record.value("register"), record.value("id_number")), (&json!("DRAFT"), &Value::Null));
        assert_eq!(record.meta.beside[0].why, BesideWhy::Held(Reason::IdNumberTaken));
        assert!(record.meta.beside[0].sealed.is_some() && record.sealed.is_empty());
    }
    assert_eq!(county.open_cases().iter().filter(|case| case.kind == CaseKind::Merge).count(), 2);
    // It cannot be let in while the other holds it; when that one is removed it can.
    let mut town = Phone::reviewer();
    let part = || Part::Field("id_number".into());
    let refused = county.take(&town.settle(at(2, 9), "person", id(2), part(), true));
    assert_eq!((refused.verdict, refused.reason), (Verdict::Refused, Some(Reason::IdNumberTaken)));
    county.accepts(&town.change(at(2, 10), "person", id(1), json!({"register": "REMOVED", "removed_for": "DIED"})));
    county.accepts(&town.settle(at(2, 11), "person", id(2), part(), true));
    assert_eq!(county.get(id(2)).value("id_number"), "1101************2X");
    // And then the removed one does not come back to it.
    let back = county.take(&town.change(at(2, 12), "person", id(1), json!({"register": "ACTIVE"})));
    assert_eq!((back.verdict, back.reason), (Verdict::Held, Some(Reason::IdNumberTaken)));
    assert_eq!(county.get(id(1)).value("register"), "REMOVED");
    assert_eq!(county.replayed(county.revision), county.records);
}
