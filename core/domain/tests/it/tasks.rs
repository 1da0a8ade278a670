//! Who is due, why and since when; put off, assigned and done, from several phones in any order.

use bianfang_domain::decision::Verdict;
use bianfang_domain::due::{
    CadenceRule, Due, DueWhy, KnownFrom, KnownPerson, Must, MustRule, Newest, Rules, What, due,
};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{ContactedRow, Method, VisitResult};
use bianfang_domain::op::Review;
use bianfang_domain::projection::{Cell, Row};
use bianfang_domain::reason::Reason;
use bianfang_domain::time::Day;
use serde_json::{Value, json};

use crate::county::{County, Phone, Sent, VILLAGE_A1, VILLAGE_B1, at, day, id, orders};

const VISIT: u128 = 0x500;

fn ymd(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn known() -> KnownPerson {
    KnownPerson { counted: true, since: Some(ymd("2020-03-01")), ..KnownPerson::default() }
}

fn said(method: Method, result: VisitResult, on: &str) -> Newest {
    Newest { method, result, day: ymd(on) }
}

/// Why and since when, as text.
fn told(known: &KnownPerson, today: &str) -> Vec<String> {
    let line = |due: Due| {
        let code = due.code.unwrap_or_default();
        format!("{} {code}{} {}", due.why.code(), if due.visit { "!" } else { "" }, due.since)
    };
    due(known, &Rules::default(), ymd(today)).into_iter().map(line).collect()
}

#[test]
fn everybody_is_due_once_a_year_until_reached() {
    let mut person = known();
    assert_eq!(told(&person, "2026-06-01"), ["CADENCE ALL 2026-01-01"]);
    person.said = vec![
        said(Method::Home, VisitResult::NotHome, "2026-02-01"),
        said(Method::Relative, VisitResult::Met, "2026-02-02"),
    ];
    assert_eq!(told(&person, "2026-06-01").len(), 1, "neither reaches them");
    person.said.push(said(Method::Phone, VisitResult::Met, "2026-01-01"));
    assert_eq!(told(&person, "2026-12-31"), [""; 0]);
    assert_eq!(told(&person, "2027-01-01"), ["CADENCE ALL 2027-01-01"]);
    person.since = Some(ymd("2027-05-05"));
    assert_eq!(told(&person, "2027-06-01"), ["CADENCE ALL 2027-05-05"], "not before they were registered");
    person.counted = false;
    assert_eq!(told(&person, "2027-06-01"), [""; 0]);
}

#[test]
fn the_round_asks_about_whom_the_coverage_rule_does_and_a_class_about_all_of_it() {
    let mut rules = Rules::default();
    rules.coverage.categories = vec!["DISABLED_SOLDIER".into()];
    let told = |person: &KnownPerson| {
        due(person, &rules, ymd("2026-06-01")).into_iter().filter_map(|due| due.code).collect::<Vec<_>>()
    };
    let mut person = KnownPerson { categories: vec!["DISCHARGED_SOLDIER".into()], ..known() };
    assert_eq!(told(&person), [""; 0]);
    person.tags = vec!["DISABLED_SOLDIER".into()];
    assert_eq!(told(&person), [""; 0], "a tag is no category");
    person.key = true;
    assert_eq!(told(&person), ["KEY", "KEY"]);
    person.categories.push("DISABLED_SOLDIER".into());
    assert_eq!(told(&person), ["ALL", "KEY", "KEY"]);
}

#[test]
fn key_people_are_due_each_quarter_and_at_home_once_a_year() {
    let mut person = KnownPerson { key: true, ..known() };
    person.said = vec![said(Method::Phone, VisitResult::Met, "2026-02-01")];
    assert_eq!(told(&person, "2026-03-31"), ["CADENCE KEY! 2026-01-01"]);
    assert_eq!(told(&person, "2026-04-01"), ["CADENCE KEY! 2026-01-01", "CADENCE KEY 2026-04-01"]);
    person.said.push(said(Method::Home, VisitResult::MetFamily, "2026-04-02"));
    assert_eq!(told(&person, "2026-06-30"), [""; 0]);
    person.key_next_on = Some(ymd("2026-06-15"));
    assert_eq!(told(&person, "2026-06-30"), ["KEY_DATE  2026-06-15"]);
}

#[test]
fn triggers_ask_from_their_day_for_their_days_until_visited() {
    let reached = vec![said(Method::Home, VisitResult::Met, "2026-01-02")];
    let mut person = KnownPerson { discharged: Some(ymd("2026-09-01")), said: reached.clone(), ..known() };
    assert_eq!(told(&person, "2026-08-31"), [""; 0]);
    assert_eq!(told(&person, "2026-11-30"), ["MUST RETURNED_HOME! 2026-09-01"]);
    assert_eq!(told(&person, "2026-12-01"), [""; 0], "ninety days");
    person.said.push(said(Method::Home, VisitResult::Met, "2026-09-03"));
    assert_eq!(told(&person, "2026-09-05"), [""; 0], "any visit");
    let mut person = KnownPerson { died_on: Some(ymd("2026-05-01")), counted: false, said: reached.clone(), ..known() };
    assert_eq!(told(&person, "2026-05-20"), ["MUST DIED! 2026-05-01"], "the family is visited");
    person.musts = vec![must("DIED", Method::Home, ymd("2026-05-04"))];
    assert_eq!(told(&person, "2026-05-20"), [""; 0]);
    let mut person = KnownPerson { key: true, said: reached.clone(), ..known() };
    assert_eq!(told(&person, "2026-02-02"), ["MUST SPRING_FESTIVAL! 2026-02-02"]);
    assert!(told(&person, "2026-07-18").contains(&"MUST ARMY_DAY! 2026-07-18".to_owned()));
    person.key = false;
    assert_eq!((told(&person, "2026-02-10"), told(&person, "2026-07-20")), (vec![], vec![]), "only key people");
}

#[test]
fn a_must_visit_is_met_at_home_unless_the_bureau_asks_only_for_a_contact() {
    let reached = said(Method::Home, VisitResult::Met, "2026-01-02");
    let mut person = KnownPerson { discharged: Some(ymd("2026-09-01")), said: vec![reached], ..known() };
    person.said.push(said(Method::Phone, VisitResult::Met, "2026-09-03"));
    person.musts = vec![must("RETURNED_HOME", Method::Phone, ymd("2026-09-03"))];
    let asked = due(&person, &Rules::default(), ymd("2026-09-05"));
    assert_eq!(
        asked.iter().map(|due| (due.why, due.visit)).collect::<Vec<_>>(),
        [(DueWhy::Must, true)],
        "a call is none"
    );
    let mut rules = Rules::default();
    rules.must.triggers.iter_mut().for_each(|trigger| trigger.what = What::Contact);
    assert_eq!(due(&person, &rules, ymd("2026-09-05")), []);
    person.said.push(said(Method::Home, VisitResult::MetFamily, "2026-09-04"));
    assert_eq!(due(&person, &Rules::default(), ymd("2026-09-05")), []);
}

#[test]
fn a_discharge_known_to_the_month_asks_for_the_visit_and_one_known_to_the_year_does_not() {
    let first = |ymd: &str| Day::parse(ymd);
    let cases =
        [("2026-03-15", first("2026-03-15")), ("2026-03", first("2026-03-01")), ("2026-12", first("2026-12-01"))];
    for (written, read) in cases.into_iter().chain([("2026", None)]) {
        let mut county = County::new();
        let person = county.person(1, VILLAGE_A1);
        county.accepts(&Phone::clerk().change(at(3, 9), "person", person, json!({"discharged": written})));
        assert_eq!(row(&county, person).discharged, read, "{written}");
    }
}

#[test]
fn a_letter_of_merit_asks_for_a_visit_of_the_family_until_they_are_met() {
    let mut person = KnownPerson { letters: vec![(id(9), ymd("2026-03-01"))], ..known() };
    person.said = vec![said(Method::Home, VisitResult::Met, "2026-01-02")];
    assert_eq!(told(&person, "2026-02-28"), [""; 0]);
    assert_eq!(told(&person, "2026-03-31"), ["MUST MERIT! 2026-03-01"]);
    assert_eq!(due(&person, &Rules::default(), ymd("2026-03-31"))[0].record, Some(id(9)), "it names the letter");
    assert_eq!(told(&person, "2026-04-01"), [""; 0], "thirty days");
    person.letters.push((id(10), ymd("2026-03-20")));
    assert_eq!(told(&person, "2026-04-01"), ["MUST MERIT! 2026-03-20"]);
    person.said.push(said(Method::Home, VisitResult::MetFamily, "2026-03-21"));
    assert_eq!(told(&person, "2026-04-01"), [""; 0]);
}

#[test]
fn who_was_just_discharged_is_asked_for_while_still_a_draft() {
    let mut person =
        KnownPerson { asked: Some(("RETURNED_HOME".into(), ymd("2026-03-01"))), counted: false, ..known() };
    assert_eq!(told(&person, "2026-03-02"), ["MUST RETURNED_HOME! 2026-03-01"]);
    person.discharged = Some(ymd("2025-09-01"));
    assert_eq!(told(&person, "2026-03-02"), ["MUST RETURNED_HOME! 2026-03-01"], "since it was known");
    person.musts = vec![must("RETURNED_HOME", Method::Home, ymd("2026-03-02"))];
    assert_eq!(told(&person, "2026-03-03"), [""; 0]);
    person.asked = None;
    assert_eq!(told(&person, "2026-03-03"), [""; 0]);
}

#[test]
fn a_snooze_hides_what_was_due_and_nothing_that_began_after_it() {
    let mut person = KnownPerson { snoozed: Some((ymd("2026-09-01"), ymd("2026-06-01"))), ..known() };
    assert_eq!((told(&person, "2026-08-31").len(), told(&person, "2026-09-01").len()), (0, 1));
    person.discharged = Some(ymd("2026-07-01"));
    assert_eq!(told(&person, "2026-08-31"), ["MUST RETURNED_HOME! 2026-07-01"]);
    person.returned = Some((id(7), ymd("2026-05-01")));
    assert_eq!(told(&person, "2026-08-31")[0], "RETURNED  2026-05-01", "a returned visit waits whatever was put off");
}

#[test]
fn rules_of_a_newer_version_are_read_and_ask_for_nothing_unknown() {
    let must: MustRule = serde_json::from_value(json!({"triggers": [
        {"code": "A", "name": "甲", "from": "SATELLITE", "orbit": 7},
        {"code": "B", "name": "乙", "from": "DATES", "first": "01-01", "last": "12-31"},
    ]}))
    .unwrap();
    assert_eq!(must.triggers[0].source, KnownFrom::Newer);
    let rules = Rules { must, cadence: CadenceRule { classes: vec![] }, ..Rules::default() };
    let list = due(&known(), &rules, ymd("2026-06-01"));
    assert_eq!(list.iter().map(|due| due.code.as_deref()).collect::<Vec<_>>(), [Some("B")]);
    let shipped: MustRule = serde_json::from_value(serde_json::to_value(MustRule::default()).unwrap()).unwrap();
    assert_eq!(shipped, MustRule::default());
}

fn must(code: &str, method: Method, day: Day) -> Must {
    Must { code: code.into(), method, day }
}

fn row(county: &County, person: RecordId) -> ContactedRow {
    let rows = county.rows();
    let found: Row = rows.into_iter().find(|row| row.table == "contacted" && row.owner == person.to_string()).unwrap();
    let day = |at: usize| match &found.cells[at] {
        Cell::Int(day) => Some(Day(i32::try_from(*day).unwrap())),
        _ => None,
    };
    let text = |at: usize| match &found.cells[at] {
        Cell::Text(text) => text.clone(),
        _ => String::new(),
    };
    ContactedRow {
        key_contact: found.cells[0] == Cell::Int(1),
        key_next_on: day(1),
        discharged: day(2),
        placed_year: match &found.cells[3] {
            Cell::Int(year) => Some(i32::try_from(*year).unwrap()),
            _ => None,
        },
        died_on: day(4),
        active_since: day(5),
        tags: text(6),
        said: text(7),
        musts: text(8),
        follow_up_on: day(9),
        returned: text(10).parse().ok(),
        returned_day: day(11),
        must_visit: Some(text(12)).filter(|code| !code.is_empty()),
        must_since: day(13),
    }
}

fn contact(phone: &mut Phone, on: i32, number: u128, more: Value) -> Sent {
    let mut doc = json!({
        "at": at(on, 9), "method": "HOME", "work_types": ["ROUND"], "entries": [{"person": id(1), "result": "MET"}],
    });
    doc.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    phone.record(at(on, 9), "contact", id(number), doc)
}

#[test]
fn whom_the_state_placed_is_due_until_followed_up_once() {
    let placed = "CADENCE PLACED 2020-03-01";
    let mut person = KnownPerson { placed_year: Some(2019), ..known() };
    assert!(told(&person, "2026-06-01").contains(&placed.to_owned()));
    person.said = vec![said(Method::Phone, VisitResult::Met, "2018-12-31")];
    assert!(told(&person, "2026-06-01").contains(&placed.to_owned()), "before the placement");
    person.said = vec![said(Method::Phone, VisitResult::Met, "2019-05-01")];
    assert_eq!(told(&person, "2026-06-01"), ["CADENCE ALL 2026-01-01"], "once is enough, however long ago");
    person = KnownPerson { placed_year: Some(2017), ..known() };
    assert_eq!(told(&person, "2026-06-01"), ["CADENCE ALL 2026-01-01"], "earlier than the rule asks for");
}

#[test]
fn year_of_placement_is_read_from_the_register_and_only_of_whom_the_state_placed() {
    for (kind, year, read) in [
        ("安排工作", json!("2019"), Some(2019)),
        ("转业（计划分配）", json!(2020), Some(2020)),
        ("自主就业", json!("2019"), None),
        ("安排工作", json!("二〇一九"), None),
    ] {
        let mut county = County::new();
        let person = county.person(1, VILLAGE_A1);
        let set = json!({"placement_kind": kind, "placement_year": year});
        county.accepts(&Phone::clerk().change(at(3, 9), "person", person, set));
        assert_eq!(row(&county, person).placed_year, read, "{kind}");
    }
}

#[test]
fn what_the_list_reads_follows_the_contacts_in_every_order() {
    let mut phones = [1, 2, 3, 4].map(|number| Phone::worker(number, VILLAGE_A1));
    let sent = [
        contact(&mut phones[0], 1, VISIT, json!({"follow_up_on": day(20).0})),
        contact(&mut phones[1], 4, VISIT + 1, json!({"method": "PHONE"})),
        contact(&mut phones[2], 10, VISIT + 2, json!({"work_types": ["MUST"], "must_trigger": "HOSPITAL"})),
        contact(&mut phones[3], 12, VISIT + 3, json!({"entries": [{"person": id(1), "result": "WAVED"}]})),
    ];
    for order in orders(&sent) {
        let mut county = County::new();
        let person = county.person(1, VILLAGE_A1);
        county.takes(&order);
        let row = row(&county, person);
        let known = row.known(true, " DISABLED ");
        assert_eq!(row.follow_up_on, Some(day(20)), "too early a visit keeps no promise");
        assert_eq!(known.musts, [must("HOSPITAL", Method::Home, day(10))]);
        assert_eq!(known.said.iter().filter(|said| said.result == VisitResult::Met).count(), 2);
        assert_eq!(known.categories, ["DISABLED"]);
    }
}

#[test]
fn a_promise_is_kept_by_a_follow_up_or_on_its_day_and_voided_work_keeps_none() {
    for (on, work, kept) in [(5, "FOLLOWUP", true), (20, "ROUND", true), (19, "ROUND", false)] {
        let mut county = County::new();
        let person = county.person(1, VILLAGE_A1);
        let mut phone = Phone::worker(1, VILLAGE_A1);
        county.accepts(&contact(&mut phone, 1, VISIT, json!({"follow_up_on": day(20).0})));
        county.accepts(&contact(&mut phone, on, VISIT + 1, json!({"work_types": [work]})));
        assert_eq!(row(&county, person).follow_up_on.is_none(), kept, "{on} {work}");
        county.accepts(&phone.void(at(30, 9), "contact", id(VISIT + 1)));
        assert_eq!(row(&county, person).follow_up_on, Some(day(20)));
        county.accepts(&phone.void(at(30, 10), "contact", id(VISIT)));
        assert_eq!(row(&county, person).follow_up_on, None);
    }
}

#[test]
fn a_returned_visit_is_due_until_it_is_mended_or_taken_back() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut phone = Phone::worker(1, VILLAGE_A1);
    county.accepts(&contact(&mut phone, 1, VISIT, json!({})));
    county.accepts(&Phone::reviewer().review(at(2, 9), id(VISIT), Review::Returned));
    let found = row(&county, person);
    assert_eq!((found.returned, found.returned_day, found.said.as_str()), (Some(id(VISIT)), Some(day(1)), ""));
    let list = due(&found.known(true, ""), &Rules::default(), day(3));
    assert_eq!((list[0].why, list[0].record), (DueWhy::Returned, Some(id(VISIT))));
    phone.base = county.revision;
    county.accepts(&phone.amend(at(3, 9), "contact", id(VISIT), json!({"note": "已更正"})));
    assert_eq!(row(&county, person).returned, None);
}

#[test]
fn snoozes_and_assignments_of_other_villages_are_held_and_need_their_fields() {
    let mut county = County::new();
    county.person(1, VILLAGE_A1);
    let snooze = json!({"person": id(1), "until": day(30).0, "reason": "外出务工", "at": at(1, 9)});
    let assignment = json!({"person": id(1), "owner": id(0x1001), "name": "王一", "on": day(1).0, "state": "OPEN"});
    let (mut mine, mut other) = (Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_B1));
    for (kind, doc, number) in [("snooze", &snooze, 0x700), ("assignment", &assignment, 0x800)] {
        county.accepts(&mine.record(at(1, 9), kind, id(number), doc.clone()));
        let outside = county.take(&other.record(at(1, 9), kind, id(number + 1), doc.clone()));
        assert_eq!((outside.verdict, outside.reason), (Verdict::Held, Some(Reason::TargetUnknown)), "{kind}");
    }
    for (kind, doc, gone, field) in [
        ("snooze", &snooze, "reason", "reason"),
        ("snooze", &snooze, "until", "until"),
        ("assignment", &assignment, "owner", "owner"),
        ("assignment", &assignment, "state", "state"),
        ("assignment", &assignment, "person", "person"),
    ] {
        let mut doc = doc.clone();
        doc.as_object_mut().unwrap().remove(gone);
        let decision = county.take(&mine.record(at(2, 9), kind, id(0x900), doc));
        assert_eq!((decision.verdict, decision.field.as_deref()), (Verdict::Refused, Some(field)), "{kind} {gone}");
    }
    county.accepts(&mine.change(at(2, 9), "assignment", id(0x800), json!({"state": "DONE"})));
    assert_eq!(county.replayed(county.revision), county.records);
}
