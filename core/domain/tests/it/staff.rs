//! Staff: divisions that hold from a day on, set by the county alone.

use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::{staff_id, staff_scope};
use bianfang_domain::reason::Reason;
use serde_json::json;

use crate::county::{COUNTY, County, Phone, Sent, VILLAGE_A1, VILLAGE_A2, at, day, id};

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
