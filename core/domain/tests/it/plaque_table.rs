//! The life-cycle of a plaque, walked whole: every act in every state, by a worker and by the county, against a matrix that
//! was written by hand from the rules, and against the table itself.

use bianfang_domain::actor::Right;
use bianfang_domain::kind::plaque::table::{TABLE, find};
use bianfang_domain::kind::{PlaqueAct, PlaqueEvent, PlaqueState};
use bianfang_domain::op::Act;
use serde_json::{Value, json};

use crate::county::{County, Phone, Sent, VILLAGE_A1, at, fields, id};

const HOUSE: u128 = 0x700;
const LAST: u128 = 0x8FF;

const ACTS: [&str; 13] = [
    "ISSUE",
    "NEW",
    "REISSUE",
    "REPLACE",
    "TAKE_BACK",
    "TAKE_DOWN",
    "REPORT_LOST",
    "DECLINE",
    "MARK_DUE",
    "CANCEL",
    "RESTORE",
    "INSPECT",
    "DESTROY",
];

/// How a household comes into each state.
const WAYS: [(&str, &[&str]); 11] = [
    ("PENDING", &[]),
    ("HUNG", &["NEW"]),
    ("ISSUED_NOT_HUNG", &["ISSUE"]),
    ("TAKEN_DOWN_KEPT", &["NEW", "TAKE_DOWN"]),
    ("REPLACE_DUE", &["NEW", "MARK_DUE"]),
    ("LOST", &["NEW", "REPORT_LOST"]),
    ("RETURNED", &["NEW", "TAKE_BACK"]),
    ("CANCELLED", &["NEW", "CANCEL"]),
    ("KEPT_NO_RENEW", &["NEW", "died"]),
    ("DECLINED", &["DECLINE"]),
    ("NOT_ELIGIBLE", &["nobody"]),
];

/// What a village worker's act comes to, its form filled in: the state after it, or !the reason it is held for. In the order
/// of ACTS.
const BY_A_WORKER: [(&str, &str); 11] = [
    (
        "PENDING",
        "ISSUED_NOT_HUNG HUNG !NOT_LOST !NOT_HUNG !NOT_HUNG !NOT_HUNG !NOT_HUNG DECLINED !NOT_HUNG !COUNTY_ONLY !NOT_RESTORABLE PENDING !COUNTY_ONLY",
    ),
    (
        "HUNG",
        "!ALREADY_HUNG !ALREADY_HUNG !NOT_LOST HUNG RETURNED TAKEN_DOWN_KEPT LOST !STILL_HANGS REPLACE_DUE !COUNTY_ONLY !NOT_RESTORABLE HUNG !COUNTY_ONLY",
    ),
    (
        "ISSUED_NOT_HUNG",
        "!ALREADY_ISSUED HUNG !NOT_LOST !NOT_HUNG RETURNED !NOT_HUNG LOST ISSUED_NOT_HUNG !NOT_HUNG !COUNTY_ONLY !NOT_RESTORABLE ISSUED_NOT_HUNG !COUNTY_ONLY",
    ),
    (
        "TAKEN_DOWN_KEPT",
        "!ALREADY_ISSUED HUNG !NOT_LOST HUNG RETURNED !NOT_HUNG LOST TAKEN_DOWN_KEPT !NOT_HUNG !COUNTY_ONLY !NOT_RESTORABLE TAKEN_DOWN_KEPT !COUNTY_ONLY",
    ),
    (
        "REPLACE_DUE",
        "!ALREADY_HUNG !ALREADY_HUNG !NOT_LOST HUNG RETURNED TAKEN_DOWN_KEPT LOST !STILL_HANGS REPLACE_DUE !COUNTY_ONLY !NOT_RESTORABLE REPLACE_DUE !COUNTY_ONLY",
    ),
    (
        "LOST",
        "ISSUED_NOT_HUNG !LOST_BEFORE HUNG !NOT_HUNG !NOT_HUNG !NOT_HUNG !NOT_HUNG DECLINED !NOT_HUNG !COUNTY_ONLY !NOT_RESTORABLE LOST !COUNTY_ONLY",
    ),
    (
        "RETURNED",
        "ISSUED_NOT_HUNG HUNG !NOT_LOST HUNG !NOT_HUNG !NOT_HUNG !NOT_HUNG DECLINED !NOT_HUNG !COUNTY_ONLY !NOT_RESTORABLE RETURNED !COUNTY_ONLY",
    ),
    (
        "CANCELLED",
        "!COUNTY_ONLY !COUNTY_ONLY !COUNTY_ONLY !COUNTY_ONLY CANCELLED !NOT_HUNG !NOT_HUNG !COUNTY_ONLY !NOT_HUNG !COUNTY_ONLY !COUNTY_ONLY CANCELLED !COUNTY_ONLY",
    ),
    (
        "KEPT_NO_RENEW",
        "!ALREADY_HUNG !ALREADY_HUNG !NOT_LOST !NO_RENEWAL RETURNED TAKEN_DOWN_KEPT LOST !STILL_HANGS KEPT_NO_RENEW !COUNTY_ONLY !NOT_RESTORABLE KEPT_NO_RENEW !COUNTY_ONLY",
    ),
    (
        "DECLINED",
        "ISSUED_NOT_HUNG HUNG !NOT_LOST !NOT_HUNG !NOT_HUNG !NOT_HUNG !NOT_HUNG DECLINED !NOT_HUNG !COUNTY_ONLY !NOT_RESTORABLE DECLINED !COUNTY_ONLY",
    ),
    (
        "NOT_ELIGIBLE",
        "ISSUED_NOT_HUNG HUNG !NOT_LOST !NOT_HUNG !NOT_HUNG !NOT_HUNG !NOT_HUNG DECLINED !NOT_HUNG !COUNTY_ONLY !NOT_RESTORABLE NOT_ELIGIBLE !COUNTY_ONLY",
    ),
];

/// Where the county's act, with its document, comes to something else.
const BY_THE_COUNTY: [(&str, &str, &str); 16] = [
    ("PENDING", "CANCEL", "CANCELLED"),
    ("HUNG", "CANCEL", "CANCELLED"),
    ("ISSUED_NOT_HUNG", "CANCEL", "CANCELLED"),
    ("TAKEN_DOWN_KEPT", "CANCEL", "CANCELLED"),
    ("REPLACE_DUE", "CANCEL", "CANCELLED"),
    ("LOST", "CANCEL", "CANCELLED"),
    ("RETURNED", "CANCEL", "CANCELLED"),
    ("CANCELLED", "CANCEL", "CANCELLED"),
    ("KEPT_NO_RENEW", "CANCEL", "CANCELLED"),
    ("DECLINED", "CANCEL", "CANCELLED"),
    ("NOT_ELIGIBLE", "CANCEL", "CANCELLED"),
    // It was never taken off the wall.
    ("CANCELLED", "RESTORE", "HUNG"),
    // One came back, so it can be destroyed; without one there is nothing to destroy.
    ("RETURNED", "DESTROY", "RETURNED"),
    ("HUNG", "DESTROY", "!NOTHING_RETURNED"),
    ("LOST", "DESTROY", "!NOTHING_RETURNED"),
    ("PENDING", "DESTROY", "!NOTHING_RETURNED"),
];

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn form(event: &str) -> Value {
    json!({"old_returned": event == "REPLACE", "reason": "PUBLIC_ORDER", "document": "文"})
}

/// A household with a veteran, brought into a state.
fn county(way: &[&str]) -> County {
    let mut county = County::new();
    let house = county.household(HOUSE, VILLAGE_A1);
    let category = if way.contains(&"nobody") { "DISABLED_MILITIA" } else { "DISCHARGED_SOLDIER" };
    county.member(1, house, &[category]);
    let mut clerk = Phone::clerk();
    for (step, event) in (0..).zip(way) {
        match *event {
            "nobody" => {}
            "died" => county.accepts(&clerk.change_since(
                at(step, 9),
                "person",
                id(1),
                json!({"life": "DECEASED", "died_on": bianfang_domain::time::Day::of(at(step, 9)).0}),
                bianfang_domain::time::Day::of(at(step, 9)),
            )),
            event => {
                let sent = clerk.plaque(at(step, 9), id(0x800 + step as u128), house, event, form(event));
                county.accepts(&sent);
            }
        }
    }
    county
}

fn comes_to(way: &[&str], mut author: Phone, event: &str) -> String {
    let mut county = county(way);
    let sent: Sent = author.plaque(at(9, 9), id(LAST), id(HOUSE), event, form(event));
    let decision = county.take(&sent);
    match decision.reason {
        Some(reason) => format!("!{}", word(&reason)),
        None => word(&PlaqueEvent::shown(id(HOUSE), &county.world()).0.state),
    }
}

#[test]
fn every_act_in_every_state_comes_to_what_the_rules_say() {
    for ((state, way), (named, row)) in WAYS.iter().zip(BY_A_WORKER) {
        assert_eq!(*state, named);
        let shown = PlaqueEvent::shown(id(HOUSE), &county(way).world()).0.state;
        assert_eq!(word(&shown), *state, "the way leads there");
        for (event, expected) in ACTS.iter().zip(row.split(' ')) {
            assert_eq!(comes_to(way, Phone::worker(1, VILLAGE_A1), event), expected, "{event} by a worker in {state}");
            let county = BY_THE_COUNTY.iter().find(|(s, e, _)| s == state && e == event).map(|(.., to)| *to);
            let nothing_back = *event == "DESTROY" && *state != "RETURNED";
            let expected = county.unwrap_or(if nothing_back { "!NOTHING_RETURNED" } else { expected });
            assert_eq!(comes_to(way, Phone::clerk(), event), expected, "{event} by the county in {state}");
        }
    }
}

#[test]
fn the_table_names_each_act_and_no_line_twice() {
    for name in ACTS {
        let act: PlaqueAct = serde_json::from_value(json!(name)).unwrap();
        assert!(TABLE.iter().any(|line| line.act == act), "{name}");
        for state in PlaqueState::ALL {
            let lines = TABLE.iter().filter(|line| line.act == act && line.from.contains(&state)).count();
            assert!(lines <= 1, "{name} in {state:?}");
        }
    }
    let county_only: Vec<PlaqueAct> =
        TABLE.iter().filter(|line| line.who == Right::County).map(|line| line.act).collect();
    assert_eq!(county_only, [PlaqueAct::Cancel, PlaqueAct::Restore, PlaqueAct::Destroy]);
    assert!(find(PlaqueAct::Other, PlaqueState::Hung).is_none(), "a code of a newer version has no line");
}

#[test]
fn an_act_without_its_form_is_refused_with_the_field() {
    let mut county = county(&["NEW"]);
    for (number, (more, field)) in [
        (json!({"event": "CANCEL", "reason": null}), "reason"),
        (json!({"event": "INSPECT", "lot": "the red box"}), "lot"),
        (json!({"event": "INSPECT", "basis": "FRIENDS"}), "basis"),
        (json!({"event": 7}), "event"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut clerk = Phone::new(0x52, bianfang_domain::actor::Role::SectionClerk, crate::county::COUNTY);
        let mut sent = clerk.plaque(at(9, 9), id(0x900 + number as u128), id(HOUSE), "INSPECT", json!({}));
        if let Act::Record { fields: set, .. } = &mut sent.op.act {
            set.extend(fields(more));
        }
        let decision = county.take(&sent);
        assert_eq!(decision.field.as_deref(), Some(field));
    }
}
