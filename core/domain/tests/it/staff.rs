//! Staff: divisions that hold from a day on, set by who administers accounts alone, and never more than they have.

use bianfang_domain::actor::Role;
use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::{actor_on, staff_id, staff_scope};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use serde_json::json;

use crate::county::{
    COUNTY, County, Phone, Sent, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, id, orders,
};

fn hired(phone: &mut Phone) -> Sent {
    let account = id(0x1234);
    let doc = json!({"account": account, "name": "王五", "role": "VILLAGE_WORKER", "division": id(COUNTY),
        "divisions": [id(VILLAGE_A1)], "from": day(2).0, "to": day(30).0});
    phone.record(at(0, 9), "staff", staff_id(account.0), doc)
}

#[test]
fn divisions_follow_the_day_and_nobody_has_any_before_or_after_work() {
    let mut county = County::new();
    let mut admin = Phone::admin();
    let hired = hired(&mut admin);
    let staff = hired.op.target;
    county.accepts(&hired);
    let moved = json!({"divisions": [id(VILLAGE_A1), id(VILLAGE_A2)]});
    county.accepts(&admin.change_since(at(5, 9), "staff", staff, moved, day(10)));
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
fn nobody_without_the_right_over_accounts_writes_a_staff_record_in_any_way() {
    let mut county = County::new();
    let mut admin = Phone::admin();
    let record = hired(&mut admin);
    let staff = record.op.target;
    for mut other in [Phone::reviewer(), Phone::clerk(), Phone::worker(1, VILLAGE_A1)] {
        other.actor.scope = vec![id(COUNTY)];
        // Their own record would come first, with whatever divisions they like.
        let account = other.actor.account;
        let own = json!({"account": account, "name": "自己", "division": id(VILLAGE_A1), "divisions": [id(COUNTY)]});
        let mut begun = county.clone();
        let decision = begun.take(&other.record(at(0, 9), "staff", staff_id(account), own));
        assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
        let mut county = county.clone();
        county.accepts(&record);
        let wider = county.take(&other.change(at(1, 9), "staff", staff, json!({"divisions": [id(COUNTY)]})));
        assert_eq!((wider.verdict, wider.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
        let unnamed = county.take(&other.change(at(1, 9), "staff", staff, json!({"successor": "自己"})));
        assert_eq!((unnamed.verdict, unnamed.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
    }
    county.accepts(&record);
}

#[test]
fn two_administrators_who_disagree_are_not_settled_by_a_reviewer() {
    let mut county = County::new();
    let (mut admin, mut other) = (Phone::admin(), Phone::new(0x53, Role::SysAdmin, COUNTY));
    let record = hired(&mut admin);
    county.accepts(&record);
    let staff = record.op.target;
    let seen = county.get(staff).revision;
    (admin.base, other.base) = (seen, seen);
    county.accepts(&admin.change(at(1, 9), "staff", staff, json!({"divisions": [id(VILLAGE_A1), id(TOWN_A)]})));
    let late = county.take(&other.change(at(1, 8), "staff", staff, json!({"divisions": [id(COUNTY)]})));
    assert_eq!(late.verdict, Verdict::Conflict);
    let part = Part::Field("divisions".to_owned());
    for mut reviewer in [Phone::reviewer(), Phone::clerk()] {
        reviewer.actor.scope = vec![id(COUNTY)];
        let decision = county.take(&reviewer.settle(at(2, 9), "staff", staff, part.clone(), true));
        assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
    }
}

#[test]
fn nobody_gives_divisions_outside_their_own() {
    let mut county = County::new();
    let mut town = Phone::new(0x54, Role::SysAdmin, TOWN_A);
    let account = id(0x1234);
    let doc = |divisions: &[u128]| {
        let divisions: Vec<_> = divisions.iter().map(|division| id(*division)).collect();
        json!({"account": account, "name": "王五", "division": id(TOWN_A), "divisions": divisions})
    };
    let staff = staff_id(account.0);
    for outside in [&[COUNTY][..], &[TOWN_B], &[VILLAGE_A1, VILLAGE_B1], &[0xDEAD]] {
        let decision = county.take(&town.record(at(0, 9), "staff", staff, doc(outside)));
        let told = (decision.verdict, decision.reason, decision.field.as_deref());
        assert_eq!(told, (Verdict::Refused, Some(Reason::NotAllowed), Some("divisions")), "{outside:x?}");
    }
    county.accepts(&town.record(at(0, 9), "staff", staff, doc(&[VILLAGE_A1, VILLAGE_A2])));
    let more = town.change(at(1, 9), "staff", staff, json!({"divisions": [id(VILLAGE_A1), id(VILLAGE_B1)]}));
    assert_eq!(county.take(&more).reason, Some(Reason::NotAllowed));
    county.accepts(&town.change(at(2, 9), "staff", staff, json!({"divisions": [id(VILLAGE_A1)]})));
}

#[test]
fn an_account_has_one_record_and_that_bears_its_id() {
    let mut county = County::new();
    let mut admin = Phone::admin();
    county.accepts(&hired(&mut admin));
    let again = json!({"account": id(0x1234), "name": "王五", "division": id(COUNTY), "divisions": [id(VILLAGE_A2)]});
    let second = county.take(&admin.record(at(1, 9), "staff", id(0x77), again));
    assert_eq!((second.verdict, second.field.as_deref()), (Verdict::Refused, Some("account")));
    let account = json!({"account": id(0x1235)});
    let moved = county.take(&admin.change(at(1, 9), "staff", staff_id(id(0x1234).0), account));
    assert_eq!((moved.verdict, moved.field.as_deref()), (Verdict::Refused, Some("account")));
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
    let mut admin = Phone::admin();
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let staff = staff_id(worker.actor.account);
    let doc = json!({"account": worker.actor.account, "name": "王五", "division": id(COUNTY), "divisions": []});
    county.accepts(&admin.record(at(0, 9), "staff", staff, doc));
    worker.actor.scope.clear();
    county.take(&worker.visit(at(1, 9), id(0x20), &[(id(0x999), "MET")]));
    assert_eq!(county.world().divisions(id(0x20)).into_iter().collect::<Vec<_>>(), [id(COUNTY)]);
}

#[test]
fn an_actor_works_where_the_staff_record_of_the_day_says() {
    let mut county = County::new();
    let mut admin = Phone::admin();
    let hired = hired(&mut admin);
    county.accepts(&hired);
    let record = county.get(hired.op.target);
    let granted = Phone::worker(1, VILLAGE_A2).actor;
    let on = |number| actor_on(&granted, Some(record), day(number)).scope;
    assert_eq!((on(1), on(2), on(31)), (vec![], vec![id(VILLAGE_A1)], vec![]));
    assert_eq!(actor_on(&granted, None, day(31)), granted, "without a record as it was granted");
}

#[test]
fn what_somebody_has_from_a_later_day_on_is_no_reason_to_give_it_earlier() {
    let mut county = County::new();
    let mut town = Phone::new(0x54, Role::SysAdmin, TOWN_A);
    let hired = hired(&mut town);
    let staff = hired.op.target;
    let doc = json!({"account": id(0x1234), "name": "王五", "division": id(TOWN_A), "divisions": [id(VILLAGE_A1)]});
    county.accepts(&town.record(at(0, 9), "staff", staff, doc));
    let both = json!({"divisions": [id(VILLAGE_A1), id(VILLAGE_B1)]});
    county.accepts(&Phone::admin().change_since(at(1, 9), "staff", staff, both.clone(), day(30)));
    let early = county.take(&town.change_since(at(2, 9), "staff", staff, both, day(3)));
    assert_eq!((early.verdict, early.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
    assert_eq!(staff_scope(county.get(staff), day(29)), [id(VILLAGE_A1)]);
    // What the county gave from that day on is not in the way of what the township says of today.
    county.accepts(&town.change(at(2, 10), "staff", staff, json!({"name": "王伍"})));
    let own = json!({"divisions": [id(VILLAGE_A1), id(VILLAGE_A2)]});
    county.accepts(&town.change_since(at(2, 11), "staff", staff, own, day(3)));
    assert_eq!(staff_scope(county.get(staff), day(30)), [id(VILLAGE_A1), id(VILLAGE_B1)]);
}
