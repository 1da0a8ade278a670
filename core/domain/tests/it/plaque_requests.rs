//! Requests: opinions in turn, whoever's arrive first; the event that names the request fulfils it.

use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::plaque::request::{RequestState, TABLE, state};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use serde_json::{Value, json};

use crate::county::{County, Phone, Sent, VILLAGE_A1, at, id, orders};

const HOUSE: u128 = 0x700;
const REQUEST: u128 = 0x900;

fn county() -> County {
    let mut county = County::new();
    let house = county.household(HOUSE, VILLAGE_A1);
    county.member(1, house, &["DISCHARGED_SOLDIER"]);
    county.accepts(&Phone::worker(7, VILLAGE_A1).plaque(at(-20, 9), id(0x800), house, "NEW", json!({})));
    county
}

fn ask(phone: &mut Phone, day: i32) -> Sent {
    let doc =
        json!({"household": id(HOUSE), "ask": "REPLACE", "reason": "AGED", "applicant": "张三", "at": at(day, 9)});
    phone.record(at(day, 9), "plaque_request", id(REQUEST), doc)
}

fn opinion(step: &str, day: i32) -> Value {
    json!({"request": id(REQUEST), "step": step, "opinion": "同意", "at": at(day, 10)})
}

fn stands(county: &County) -> RequestState {
    state(id(REQUEST), &county.world())
}

/// The whole way: asked, three opinions, handed out, put up.
fn way() -> Vec<Sent> {
    let (mut one, mut town, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::reviewer(), Phone::clerk());
    let named = json!({"request": id(REQUEST), "old_returned": true});
    vec![
        ask(&mut one, 0),
        one.record(at(1, 10), "plaque_request_step", id(0x901), opinion("VILLAGE_OK", 1)),
        town.record(at(2, 10), "plaque_request_step", id(0x902), opinion("TOWN_OK", 2)),
        clerk.record(at(3, 10), "plaque_request_step", id(0x903), opinion("COUNTY_OK", 3)),
        one.plaque(at(4, 9), id(0x904), id(HOUSE), "REPLACE", named),
    ]
}

#[test]
fn opinions_that_arrive_in_any_order_come_to_the_same_state() {
    let sent = way();
    for order in orders(&sent) {
        let mut county = county();
        county.takes(&order);
        // The worker's phone sends in its own order; others' may overtake it.
        assert_eq!(stands(&county), RequestState::Done);
        assert!(county.held().is_empty(), "{:?}", county.held());
        assert_eq!(county.replayed(county.revision), county.records);
    }
}

#[test]
fn each_step_shows_and_what_is_taken_back_reopens_it() {
    use RequestState::{Applied, CountyOk, Done, TownOk, VillageOk};
    let mut county = county();
    let mut seen = Vec::new();
    for sent in way() {
        county.accepts(&sent);
        seen.push(stands(&county));
    }
    assert_eq!(seen, [Applied, VillageOk, TownOk, CountyOk, Done]);
    let row = county.rows().into_iter().find(|row| row.table == "plaque_request").unwrap();
    assert!(format!("{row:?}").contains("DONE"));
    let mut clerk = Phone::clerk();
    clerk.seq = 9;
    county.accepts(&clerk.void(at(9, 9), "plaque_event", id(0x904)));
    assert_eq!(stands(&county), CountyOk);
    county.accepts(&clerk.void(at(9, 10), "plaque_request_step", id(0x901)));
    assert_eq!(stands(&county), Applied, "what rested on the village's opinion waits for it");
    assert_eq!(county.held().len(), 2);
}

#[test]
fn opinions_out_of_turn_or_of_a_higher_level_are_held_and_a_rejected_request_is_closed() {
    let cases = [
        ("VILLAGE_OK", &[][..], "worker", None),
        ("TOWN_OK", &[], "town", Some(Reason::StepOutOfTurn)),
        ("COUNTY_OK", &["VILLAGE_OK"], "county", Some(Reason::StepOutOfTurn)),
        ("TOWN_OK", &["VILLAGE_OK"], "worker", Some(Reason::StepOfUpper)),
        ("COUNTY_OK", &["VILLAGE_OK", "TOWN_OK"], "town", Some(Reason::StepOfUpper)),
        ("COUNTY_OK", &["VILLAGE_OK", "TOWN_OK"], "county", None),
        ("REJECTED", &[], "worker", None),
        ("REJECTED", &["VILLAGE_OK"], "worker", Some(Reason::StepOfUpper)),
        ("REJECTED", &["VILLAGE_OK"], "town", None),
        ("REJECTED", &["VILLAGE_OK", "TOWN_OK"], "town", Some(Reason::StepOfUpper)),
        ("REJECTED", &["VILLAGE_OK", "TOWN_OK", "COUNTY_OK"], "county", None),
        ("VILLAGE_OK", &["REJECTED"], "worker", Some(Reason::RequestClosed)),
        ("WAIT_A_YEAR", &[], "county", Some(Reason::KindUnknown)),
    ];
    for (step, before, who, expected) in cases {
        let (mut one, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
        let mut county = county();
        county.accepts(&ask(&mut one, 0));
        for (n, step) in (1..).zip(before) {
            county.accepts(&clerk.record(at(n, 10), "plaque_request_step", id(0x910 + n as u128), opinion(step, n)));
        }
        let mut author = match who {
            "worker" => one,
            "town" => Phone::reviewer(),
            _ => clerk,
        };
        let decision = county.take(&author.record(at(9, 10), "plaque_request_step", id(0x920), opinion(step, 9)));
        assert_eq!(decision.reason, expected, "{step} after {before:?} by {who}");
    }
    assert_eq!(TABLE.len(), 6, "each line above");
}

#[test]
fn a_request_lacks_nothing_that_its_form_asks() {
    let mut county = county();
    for (set, field) in [
        (json!({"applicant": null}), "applicant"),
        (json!({"reason": null}), "reason"),
        (json!({"ask": "LEND"}), "ask"),
        (json!({"household": null}), "household"),
    ] {
        let mut one = Phone::worker(1, VILLAGE_A1);
        let mut sent = ask(&mut one, 0);
        if let bianfang_domain::op::Act::Record { fields, .. } = &mut sent.op.act {
            fields.extend(crate::county::fields(set));
        }
        let decision = county.take(&sent);
        assert_eq!((decision.verdict, decision.field.as_deref()), (Verdict::Refused, Some(field)));
    }
    let mut one = Phone::worker(1, VILLAGE_A1);
    county.accepts(&ask(&mut one, 0));
    for (step, opinion, field) in [("DONE", "好", "step"), ("VILLAGE_OK", " ", "opinion")] {
        let doc = json!({"request": id(REQUEST), "step": step, "opinion": opinion, "at": at(1, 9)});
        let decision = county.take(&one.record(at(1, 9), "plaque_request_step", id(0x930), doc));
        assert_eq!((decision.verdict, decision.field.as_deref()), (Verdict::Refused, Some(field)));
    }
}

#[test]
fn a_held_event_fulfils_nothing_until_the_county_lets_it_through() {
    let (mut one, mut clerk) = (Phone::worker(1, VILLAGE_A1), Phone::clerk());
    let mut county = county();
    county.accepts(&ask(&mut one, 0));
    county.take(&one.plaque(
        at(4, 9),
        id(0x904),
        id(HOUSE),
        "REPLACE",
        json!({"request": id(REQUEST), "remained": "烧毁"}),
    ));
    assert_eq!(stands(&county), RequestState::Applied);
    county.accepts(&clerk.settle(at(5, 9), "plaque_event", id(0x904), Part::Whole, true));
    assert_eq!(stands(&county), RequestState::Done);
}
