//! Staff: divisions that hold from a day on, set by the county alone.

use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::{actor_on, staff_id, staff_scope};
use bianfang_domain::reason::Reason;
use serde_json::json;

use crate::county::{COUNTY, County, Phone, Sent, VILLAGE_A1, VILLAGE_A2, at, day, id, orders};

fn hired(phone: &mut Phone) -> Sent {
    let account = id(0x1234);
    let doc = json!({"account": account, "name": "王五", "role": "VILLAGE_WORKER", "division": id(COUNTY),
        "divisions": [id(VILLAGE_A1)], "from": day(2).0, "to": day(30).0});
    phone.record(at(0, 9), "staff", staff_id(account.0), doc)
}

#[test]
fn divisions_follow_the_day_and_nobody_has_any_before_or_after_work() {
    let mut county = County::new();
    let mut clerk = Phone::clerk();
    let hired = hired(&mut clerk);
    let staff = hired.op.target;
    county.accepts(&hired);
    let moved = json!({"divisions": [id(VILLAGE_A1), id(VILLAGE_A2)]});
    county.accepts(&clerk.change_since(at(5, 9), "staff", staff, moved, day(10)));
    let record = county.get(staff);
    let on = |number| staff_scope(record, day(number));
    assert!(on(1).is_empty() && on(31).is_empty());
    assert_eq!(on(2), [id(VILLAGE_A1)]);
    assert_eq!(on(9), [id(VILLAGE_A1)]);
    assert_eq!(on(10), [id(VILLAGE_A1), id(VILLAGE_A2)]);
    assert_eq!(on(30).len(), 2);
    let rows: Vec<_> = county.rows().into_iter().filter(|row| row.table == "staff_span").collect();
    assert_eq!(rows.len(), 2);
}

#[test]
fn nobody_below_the_county_gives_divisions() {
    let mut county = County::new();
    let mut town = Phone::reviewer();
    town.actor.scope = vec![id(COUNTY)];
    let decision = county.take(&hired(&mut town));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
    let mut clerk = Phone::clerk();
    let hired = hired(&mut clerk);
    county.accepts(&hired);
    let wider = town.change(at(1, 9), "staff", hired.op.target, json!({"divisions": [id(COUNTY)]}));
    assert_eq!(county.take(&wider).reason, Some(Reason::NotAllowed));
}

#[test]
fn who_is_not_at_work_says_nothing_of_the_register_and_what_they_saw_is_held() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let before = worker.visit(at(1, 9), id(0x20), &[(person, "MET")]);
    worker.actor.scope.clear();
    let after = worker.visit(at(2, 9), id(0x21), &[(person, "MET")]);
    for order in orders(&[before, after]) {
        let mut county = county.clone();
        county.takes(&order);
        let held = county.held().into_iter().map(|(fact, _, reason)| (fact, reason)).collect::<Vec<_>>();
        assert_eq!(held, [(id(0x21), Reason::NotAtWork)]);
    }
    let change = county.take(&worker.change(at(3, 9), "person", person, json!({"address": "二组"})));
    assert_eq!((change.verdict, change.reason), (Verdict::Refused, Some(Reason::NotAtWork)));
    let doc = json!({"name": "李四", "living_division": id(VILLAGE_A1)});
    let new = county.take(&worker.record(at(3, 9), "person", id(0x30), doc));
    assert_eq!((new.verdict, new.reason), (Verdict::Refused, Some(Reason::NotAtWork)));
}

#[test]
fn what_an_absent_author_says_of_nobody_known_lies_where_their_staff_record_lies() {
    let mut county = County::new();
    let mut clerk = Phone::clerk();
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let staff = staff_id(worker.actor.account);
    let doc = json!({"account": worker.actor.account, "name": "王五", "division": id(COUNTY), "divisions": []});
    county.accepts(&clerk.record(at(0, 9), "staff", staff, doc));
    worker.actor.scope.clear();
    county.take(&worker.visit(at(1, 9), id(0x20), &[(id(0x999), "MET")]));
    assert_eq!(county.world().divisions(id(0x20)).into_iter().collect::<Vec<_>>(), [id(COUNTY)]);
}

#[test]
fn an_actor_works_where_the_staff_record_of_the_day_says() {
    let mut county = County::new();
    let mut clerk = Phone::clerk();
    let hired = hired(&mut clerk);
    county.accepts(&hired);
    let record = county.get(hired.op.target);
    let granted = Phone::worker(1, VILLAGE_A2).actor;
    let on = |number| actor_on(&granted, Some(record), day(number)).scope;
    assert_eq!((on(1), on(2), on(31)), (vec![], vec![id(VILLAGE_A1)], vec![]));
    assert_eq!(actor_on(&granted, None, day(31)), granted, "without a record as it was granted");
}
