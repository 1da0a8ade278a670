//! Needs: from the visit in which one was heard to the visit in which it was closed, handled where its owner sits, due until
//! somebody has an answer, and moved with the visit that was saved on the wrong person.

use bianfang_domain::actor::Role;
use bianfang_domain::decision::Verdict;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::need::step::{NeedState, TABLE, offers, standing};
use bianfang_domain::kind::need::turn::{overdue, turn};
use bianfang_domain::op::Part;
use bianfang_domain::projection::{Cell, Row};
use bianfang_domain::reason::Reason;
use bianfang_domain::record::Record;
use bianfang_domain::visit;
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, Sent, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_B1, at, day, fields, id, orders};

const NEED: u128 = 0xE00;
const HEARD: u128 = 0xE01;

fn need(person: RecordId, more: Value) -> Value {
    let mut doc = fields(json!({ "person": person, "called": "张三", "need_type": "MEDICAL", "urgency": "YELLOW",
        "asked": "慢性病门诊报销", "at": at(0, 10) }));
    doc.extend(fields(more));
    Value::Object(doc)
}

fn step(phone: &mut Phone, when: i64, fact: u128, step: &str, more: Value) -> Sent {
    let mut doc = fields(json!({ "need": id(NEED), "step": step, "at": when }));
    if matches!(step, "RESOLVED" | "ANSWERED_ON_SPOT") {
        doc.insert("answer".into(), json!("已报销"));
    }
    if step == "REFERRED" {
        doc.insert("to".into(), json!("医保局"));
    }
    doc.extend(fields(more));
    phone.record(when, "need_step", id(fact), Value::Object(doc))
}

/// Somebody of the first village who was visited and told a need.
fn county() -> (County, RecordId) {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    county.accepts(&worker.visit(at(0, 9), id(HEARD), &[(person, "MET")]));
    county.accepts(&worker.record(at(0, 10), "need", id(NEED), need(person, json!({ "raised_in": id(HEARD) }))));
    (county, person)
}

fn state(county: &County) -> NeedState {
    standing(id(NEED), &county.world()).state
}

fn row(county: &County, table: &str) -> Option<Row> {
    county.rows().into_iter().find(|row| row.table == table && row.owner == id(NEED).to_string())
}

#[test]
fn open_ones_come_first_by_their_day_and_the_urgent_before_the_others() {
    let need = |due: Option<i32>, urgency: &str| {
        let mut doc = fields(json!({ "urgency": urgency }));
        doc.extend(due.map(|due| ("due_on".to_owned(), json!(day(due)))));
        doc
    };
    let turns = [
        turn(&need(Some(1), "BLUE"), true),
        turn(&need(Some(2), "RED"), true),
        turn(&need(Some(2), "BLUE"), true),
        turn(&need(None, "RED"), true),
        turn(&need(Some(0), "RED"), false),
    ];
    assert!(turns.is_sorted(), "{turns:?}");
    let late = |open, due| overdue(open, due, day(5));
    assert!(late(true, Some(day(4))) && !late(true, Some(day(5))) && !late(false, Some(day(4))) && !late(true, None));
}

#[test]
fn one_is_heard_in_a_visit_and_closed_in_another_and_asks_in_between() {
    let (mut county, person) = county();
    assert_eq!(state(&county), NeedState::Found);
    let asks = row(&county, "asks").unwrap();
    assert_eq!(asks.cells[0], Cell::from(person));
    assert_eq!(asks.cells[2..5], ["NEED".into(), "MEDICAL".into(), Cell::from(day(0))]);
    let mut town = Phone::reviewer();
    county.accepts(&town.change(at(1, 9), "need", id(NEED), json!({ "owner": id(TOWN_A), "due_on": day(20).0 })));
    county.accepts(&step(&mut town, at(1, 9), 0xE10, "REGISTERED", json!({})));
    assert_eq!(row(&county, "asks").unwrap().cells[5], Cell::from(day(20)), "by the day that the township set");

    let mut worker = Phone::worker(2, VILLAGE_A1);
    let second = id(0xE02);
    county.accepts(&worker.visit(at(9, 9), second, &[(person, "MET")]));
    county.accepts(&step(&mut worker, at(9, 9), 0xE11, "RESOLVED", json!({ "contact": second })));
    assert_eq!((state(&county), row(&county, "asks")), (NeedState::Resolved, None));
    let told = row(&county, "need").unwrap();
    let [.., closed, raised_in, closed_in, open, _, counts] = told.cells.as_slice() else { panic!("{told:?}") };
    assert_eq!((closed, raised_in, closed_in), (&Cell::from(day(9)), &id(HEARD).into(), &second.into()));
    assert_eq!((open, counts), (&false.into(), &true.into()));
    // Whoever looks again finds it unsolved: it is open, and was closed on no day.
    county.accepts(&step(&mut worker, at(12, 9), 0xE12, "REVISITED", json!({ "satisfied": false })));
    county.accepts(&step(&mut town, at(13, 9), 0xE13, "HANDLING", json!({})));
    let told = row(&county, "need").unwrap();
    assert_eq!(told.cells[11], Cell::Null);
    assert!(row(&county, "asks").is_some());
    county.accepts(&town.change(at(14, 9), "need", id(NEED), json!({ "removed": "重复录入" })));
    assert_eq!(row(&county, "asks"), None, "what was entered in error asks for nothing");
}

#[test]
fn who_may_take_which_step_is_the_tables_and_a_step_out_of_turn_waits() {
    let all = [
        NeedState::Found,
        NeedState::Registered,
        NeedState::Handling,
        NeedState::Referred,
        NeedState::Resolved,
        NeedState::AnsweredOnSpot,
        NeedState::Revisited,
    ];
    for from in all {
        for role in [Role::VillageWorker, Role::TownReviewer, Role::SectionClerk, Role::SysAdmin] {
            let told: Vec<NeedState> =
                TABLE.iter().filter(|(_, at, who)| at.contains(&from) && role.may(*who)).map(|(to, ..)| *to).collect();
            assert_eq!(offers(from, role), told, "{from:?} {role:?}");
        }
    }
    let (mut county, _) = county();
    let mut worker = Phone::worker(1, VILLAGE_A1);
    worker.seq = 10;
    for (fact, word, why) in [
        (0xE20, "REGISTERED", Reason::NeedOfUpper),
        (0xE21, "REFERRED", Reason::NeedOfUpper),
        (0xE22, "REVISITED", Reason::NeedOutOfTurn),
    ] {
        let waits = county.take(&step(&mut worker, at(1, 8), fact, word, json!({})));
        assert_eq!((waits.verdict, waits.reason), (Verdict::Held, Some(why)), "{word}");
    }
    assert_eq!(state(&county), NeedState::Found, "what waits moves nothing");
    for (word, lacks) in [("RESOLVED", "answer"), ("REFERRED", "to"), ("FOUND", "step")] {
        let empty = json!({ "need": id(NEED), "step": word, "at": at(1, 8) });
        let refused = county.take(&worker.record(at(1, 8), "need_step", id(0xE23), empty));
        assert_eq!((refused.verdict, refused.field.as_deref()), (Verdict::Refused, Some(lacks)));
    }
    // A worker's word on what the township sets waits beside it.
    let proposed = county.take(&worker.change(at(1, 9), "need", id(NEED), json!({ "urgency": "RED" })));
    assert_eq!(proposed.verdict, Verdict::Accepted);
    let refused = county.take(&worker.change(at(1, 9), "need", id(NEED), json!({ "owner": id(VILLAGE_A1) })));
    assert_eq!(refused.reason, Some(Reason::NotAllowed));
}

#[test]
fn its_owner_sees_it_and_its_steps_outside_their_divisions_and_not_whose_it_is() {
    let (mut county, person) = county();
    let other = Phone::worker(7, VILLAGE_B1);
    assert!(!county.world().sees(&other.actor, id(NEED)));
    let mut town = Phone::reviewer();
    county.accepts(&town.change(at(1, 9), "need", id(NEED), json!({ "owner": id(VILLAGE_B1) })));
    county.accepts(&step(&mut town, at(1, 9), 0xE30, "REFERRED", json!({ "owner": id(VILLAGE_B1) })));
    let world = county.world();
    let sees = |phone: &Phone, id: RecordId| world.sees(&phone.actor, id);
    assert!(sees(&other, id(NEED)) && sees(&other, id(0xE30)), "the need and what was done about it");
    assert!(!sees(&other, person) && !sees(&other, id(HEARD)), "not the person, not the visit");
    let worker = Phone::worker(1, VILLAGE_A1);
    assert!(sees(&worker, id(NEED)), "who heard it goes on seeing it");
    drop(world);
    let mut other = other;
    county.accepts(&step(&mut other, at(2, 9), 0xE31, "RESOLVED", json!({})));
    assert_eq!(state(&county), NeedState::Resolved);
    // Handed over from the beginning, by who sees the person though not the owner.
    let mut clerk = Phone::new(0x53, Role::TownReviewer, TOWN_A);
    county.accepts(&clerk.record(at(3, 9), "need", id(0xE40), need(person, json!({ "owner": id(TOWN_B) }))));
    let stranger =
        Phone::new(0x54, Role::TownReviewer, TOWN_B).record(at(3, 9), "need", id(0xE41), need(person, json!({})));
    let waits = county.take(&stranger);
    assert_eq!((waits.verdict, waits.reason), (Verdict::Held, Some(Reason::TargetUnknown)));
}

#[test]
fn steps_in_any_order_of_arrival_leave_it_where_their_days_say() {
    let mut worker = Phone::worker(2, VILLAGE_A1);
    let mut town = Phone::reviewer();
    let mut clerk = Phone::new(0x55, Role::SectionClerk, COUNTY);
    let steps = [
        step(&mut town, at(1, 9), 0xE50, "REGISTERED", json!({})),
        step(&mut worker, at(2, 9), 0xE51, "HANDLING", json!({})),
        step(&mut clerk, at(3, 9), 0xE52, "REFERRED", json!({})),
        step(&mut Phone::worker(3, VILLAGE_A1), at(4, 9), 0xE53, "RESOLVED", json!({})),
    ];
    for order in orders(&steps) {
        let (mut county, _) = county();
        county.takes(&order);
        assert_eq!(state(&county), NeedState::Resolved);
        assert!(county.held().is_empty(), "{:?}", county.held());
    }
}

#[test]
fn what_came_of_a_visit_goes_with_it_to_whom_it_was_paid_to() {
    let mut county = County::new();
    let (wrong, right) = (county.household(0xF0, VILLAGE_A1), county.household(0xF1, VILLAGE_A1));
    let (from, to) =
        (county.member(1, wrong, &["DISCHARGED_SOLDIER"]), county.member(2, right, &["DISCHARGED_SOLDIER"]));
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let mut visit = worker.visit(at(0, 9), id(HEARD), &[(from, "MET")]);
    if let bianfang_domain::op::Act::Record { fields, .. } = &mut visit.op.act {
        fields.insert("household".into(), json!(wrong));
    }
    county.accepts(&visit);
    county.accepts(&worker.plaque(at(0, 9), id(0xF5), wrong, "NEW", json!({ "contact": id(HEARD) })));
    county.accepts(&worker.record(at(0, 10), "need", id(NEED), need(from, json!({ "raised_in": id(HEARD) }))));
    // Told of another visit, and of none: they stay.
    county.accepts(&worker.record(at(0, 11), "need", id(0xF6), need(from, json!({}))));
    let world = county.world();
    let people: Vec<Record> = [from, to].iter().map(|id| county.get(*id).clone()).collect();
    let along: Vec<&Record> = world.records_about(id(HEARD)).collect();
    let steps = visit::moved(county.get(id(HEARD)), (from, to), &people, &along, "认错人").unwrap();
    let told: Vec<(&str, RecordId)> = steps.iter().map(|step| (step.kind, step.target)).collect();
    let mut expected = vec![("contact", id(HEARD)), ("need", id(NEED)), ("plaque_event", id(0xF5))];
    expected[1..].sort_by_key(|(_, id)| *id);
    let mut told_along = told.clone();
    told_along[1..].sort_by_key(|(_, id)| *id);
    assert_eq!(told_along, expected);
    drop(world);
    for step in steps {
        county.accepts(&worker.op(at(1, 9), step.kind, step.target, step.act));
    }
    assert_eq!(county.get(id(NEED)).value("person"), &json!(to));
    assert_eq!(county.get(id(0xF5)).value("household"), &json!(right));
    assert_eq!(county.get(id(0xF6)).value("person"), &json!(from));
    assert!(county.get(id(0xF5)).counts(&Part::Whole));
}
