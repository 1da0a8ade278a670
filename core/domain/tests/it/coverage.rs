//! Who has been reached (invariants 7 and 8), from ops to figures.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bianfang_domain::assumed;
use bianfang_domain::coverage::{Coverage, CoverageRule, EntryRow, Filter, Registered, Window, coverage};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{Contact, Method, gone_by, spans};
use bianfang_domain::op::{Part, Review};
use bianfang_domain::time::Day;
use serde_json::json;

use crate::county::{County, Phone, Sent, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, id};

static RULE: LazyLock<CoverageRule> = LazyLock::new(|| {
    use Method::{Home, Phone, Seminar, Station, Video};
    CoverageRule { family_counts: true, methods: vec![Home, Phone, Video, Seminar, Station], categories: Vec::new() }
});

fn window() -> Window {
    Window { from: day(0), to: day(9) }
}

/// The rows of the rule, read from records as both sides read them.
fn figures(county: &County, rule: &CoverageRule, window: Window) -> BTreeMap<RecordId, Coverage> {
    filtered(county, rule, window, &Filter::default())
}

fn filtered(county: &County, rule: &CoverageRule, window: Window, filter: &Filter) -> BTreeMap<RecordId, Coverage> {
    let of = |kind: &'static str| county.records.values().filter(move |record| record.kind == kind);
    let people: Vec<Registered> = of("person")
        .map(|person| Registered {
            id: person.id,
            spans: spans(person),
            gone_by: gone_by(person),
            entered: person.entered_on(),
        })
        .collect();
    let mut entries = Vec::new();
    for record in of("contact") {
        let contact = Contact::read(&record.doc).unwrap();
        entries.extend(contact.entries.iter().map(|entry| EntryRow {
            person: entry.person,
            day: Day::of(record.meta.origin.happened.ms),
            method: contact.method,
            result: entry.result,
            work_types: contact.work_types.clone(),
            counts: record.counts(&Part::Of(entry.person)),
            held: record.held_for(&Part::Of(entry.person)).is_some(),
            reviewed: record.meta.review == Review::Accepted,
            assumed: assumed::reach(record),
        }));
    }
    coverage(rule, window, filter, &people, &entries)
}

fn village(county: &County, rule: &CoverageRule) -> Coverage {
    figures(county, rule, window()).remove(&id(VILLAGE_A1)).unwrap_or_default()
}

/// (day, method, result).
type Contacts<'a> = &'a [(i32, &'a str, &'a str)];

fn contact(phone: &mut Phone, when: i64, number: u128, method: &str, person: RecordId, result: &str) -> Sent {
    let entries = json!([{"person": person, "result": result}]);
    let doc = json!({"at": when, "method": method, "work_types": ["ROUND", "PLAQUE"], "entries": entries});
    phone.record(when, "contact", id(number), doc)
}

/// One person of the village and their contacts.
fn one_person(contacts: Contacts<'_>) -> County {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let mut phone = Phone::worker(1, VILLAGE_A1);
    for (number, (day, method, result)) in contacts.iter().enumerate() {
        county.take(&contact(&mut phone, at(*day, 9), 0x500 + number as u128, method, person, result));
    }
    county
}

#[test]
fn three_columns_tried_and_not_yet() {
    // Their phones' work is received long after the window.
    let base = Coverage { denominator: 1, unreviewed: 1, entered_after: 1, ..Coverage::default() };
    let cases: [(Contacts<'_>, Coverage); 9] = [
        (&[(1, "HOME", "MET")], Coverage { in_person: 1, ..base.clone() }),
        (&[(1, "SEMINAR", "MET")], Coverage { in_person: 1, ..base.clone() }),
        (&[(1, "VIDEO", "MET")], Coverage { remote: 1, ..base.clone() }),
        (&[(1, "HOME", "MET_FAMILY")], Coverage { family: 1, ..base.clone() }),
        (&[(1, "RELATIVE", "MET")], Coverage { tried: 1, unreviewed: 0, ..base.clone() }),
        (&[(1, "HOME", "NOT_HOME")], Coverage { tried: 1, unreviewed: 0, ..base.clone() }),
        (&[(-1, "HOME", "MET"), (10, "HOME", "MET")], Coverage { not_yet: 1, unreviewed: 0, ..base.clone() }),
        (&[(0, "PHONE", "MET"), (9, "HOME", "MET_FAMILY")], Coverage { remote: 1, ..base.clone() }),
        (&[(1, "PHONE", "MET"), (2, "HOME", "MET"), (3, "HOME", "MET")], Coverage { in_person: 1, ..base.clone() }),
    ];
    for (contacts, expected) in cases {
        assert_eq!(village(&one_person(contacts), &RULE), expected, "{contacts:?}");
    }
}

#[test]
fn the_two_switches_decide_about_family_and_relatives() {
    let county = one_person(&[(1, "HOME", "MET_FAMILY")]);
    assert_eq!(village(&county, &CoverageRule { family_counts: false, ..RULE.clone() }).tried, 1);
    let county = one_person(&[(1, "RELATIVE", "MET")]);
    let with = |methods: &[Method]| CoverageRule { methods: methods.to_vec(), ..RULE.clone() };
    assert_eq!(village(&county, &RULE).tried, 1);
    assert_eq!(village(&county, &with(&Method::ALL)).family, 1);
    for (method, code) in
        Method::ALL.iter().map(|method| (*method, method.code())).filter(|(_, code)| *code != "RELATIVE")
    {
        let county = one_person(&[(1, code, "MET")]);
        assert_eq!(
            (village(&county, &with(&[method])).reached(), village(&county, &with(&[])).tried),
            (1, 1),
            "{code}"
        );
    }
    let county = one_person(&[(1, "DRONE", "MET_FAMILY"), (2, "DRONE", "MET")]);
    assert_eq!(village(&county, &RULE).tried, 1, "a method of a newer version reaches nobody");
    assert_eq!(CoverageRule::default(), *RULE, "as shipped");
}

#[test]
fn a_rule_that_names_categories_asks_about_nobody_else() {
    let mut county = one_person(&[(1, "HOME", "MET")]);
    let set = json!({"categories": ["11", "DISABLED_SOLDIER"]});
    county.accepts(&Phone::clerk().change_since(at(2, 9), "person", id(1), set, day(5)));
    let of = |codes: &[&str], to: i32| {
        let rule = CoverageRule { categories: codes.iter().map(|code| (*code).to_owned()).collect(), ..RULE.clone() };
        let figure = figures(&county, &rule, Window { from: day(0), to: day(to) }).remove(&id(VILLAGE_A1)).unwrap();
        (figure.denominator, figure.in_person, figure.outside)
    };
    assert_eq!((of(&[], 9), of(&["11"], 9), of(&["22", "DISABLED_SOLDIER"], 9)), ((1, 1, 0), (1, 1, 0), (1, 1, 0)));
    assert_eq!(of(&["11"], 4), (0, 0, 1), "what they were on the last day; reached all the same");
    assert_eq!(of(&["DISABLED", "1"], 9), (0, 0, 1), "a whole code");
}

#[test]
fn several_work_types_and_two_villages_count_one_person_once() {
    let mut county = County::new();
    let person = county.person(1, VILLAGE_A1);
    let both = json!({"registered_division": id(VILLAGE_B1)});
    county.accepts(&Phone::clerk().change(at(-100, 9), "person", person, both));
    for (number, village) in [(1, VILLAGE_A1), (2, VILLAGE_B1)] {
        county.accepts(&contact(&mut Phone::worker(number, village), at(1, 9), 0x500 + number, "HOME", person, "MET"));
    }
    let figures = figures(&county, &RULE, window());
    let reached = Coverage { denominator: 1, in_person: 1, unreviewed: 1, entered_after: 1, ..Coverage::default() };
    assert_eq!(figures, BTreeMap::from([(id(VILLAGE_A1), reached)]), "the living division is responsible");
}

#[test]
fn returned_voided_and_held_do_not_reach() {
    let mut county = one_person(&[(1, "HOME", "MET")]);
    let mut town = Phone::reviewer();
    county.accepts(&town.review(at(2, 9), id(0x500), Review::Accepted));
    assert_eq!((village(&county, &RULE).in_person, village(&county, &RULE).unreviewed), (1, 0));
    county.accepts(&town.review(at(2, 10), id(0x500), Review::Returned));
    assert_eq!((village(&county, &RULE).reached(), village(&county, &RULE).not_yet), (0, 1));
    county.accepts(&town.review(at(2, 11), id(0x500), Review::Accepted));
    county.accepts(&town.void(at(2, 12), "contact", id(0x500)));
    assert_eq!(village(&county, &RULE).not_yet, 1);

    let mut county = one_person(&[]);
    county.take(&contact(&mut Phone::worker(7, VILLAGE_B1), at(1, 9), 0x600, "HOME", id(1), "MET"));
    let figure = village(&county, &RULE);
    assert_eq!((figure.reached(), figure.not_yet, figure.held), (0, 1, 1));
}

/// A visit that a sheet told without some of its fields.
fn filled_in(phone: &mut Phone, when: i64, number: u128, marks: &[&str]) -> Sent {
    let entries = json!([{"person": id(1), "result": "MET"}]);
    let doc = json!({"at": when, "method": "HOME", "entries": entries, "assumed": marks});
    phone.record(when, "contact", id(number), doc)
}

#[test]
fn whom_only_what_was_assumed_reaches_is_told_beside_until_somebody_says_it() {
    for (marks, assumed) in [(&["method"][..], 1), (&["result", "work_types"], 1), (&["work_types"], 0), (&[], 0)] {
        let mut county = one_person(&[]);
        county.accepts(&filled_in(&mut Phone::worker(1, VILLAGE_A1), at(1, 9), 0x500, marks));
        let figure = village(&county, &RULE);
        assert_eq!((figure.in_person, figure.assumed), (1, assumed), "{marks:?}");
    }
    let told = one_person(&[(1, "PHONE", "MET")]);
    for (method, result, assumed) in [("PHONE", "MET", 0), ("PHONE", "NOT_HOME", 1), ("RELATIVE", "MET", 1)] {
        let mut county = one_person(&[(1, method, result)]);
        county.accepts(&filled_in(&mut Phone::worker(2, VILLAGE_A1), at(2, 9), 0x600, &["method"]));
        assert_eq!(village(&county, &RULE).assumed, assumed, "{method} {result}");
    }
    assert_eq!(village(&told, &RULE).assumed, 0);
    // What somebody sets since is said, though it is the same; the rest is assumed still.
    let mut county = one_person(&[]);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    county.accepts(&filled_in(&mut worker, at(1, 9), 0x500, &["method", "result"]));
    let entries = json!({"entries": [{"person": id(1), "result": "MET"}]});
    for (said, left) in [(entries, 1), (json!({"method": "HOME"}), 0)] {
        county.accepts(&worker.amend(at(2, 9), "contact", id(0x500), said));
        assert_eq!(village(&county, &RULE).assumed, left);
    }
    // Taking one mark away leaves the other.
    let mut county = one_person(&[]);
    county.accepts(&filled_in(&mut worker, at(1, 9), 0x700, &["method", "result"]));
    county.accepts(&worker.amend(at(2, 9), "contact", id(0x700), json!({"assumed": {"$remove": ["method"]}})));
    assert_eq!(village(&county, &RULE).assumed, 1);
    assert_eq!(assumed::of(county.get(id(0x700))), ["result"]);
}

#[test]
fn who_was_entered_after_the_last_day_is_told_beside_the_denominator() {
    let mut county = one_person(&[(1, "HOME", "MET")]);
    county.person(2, VILLAGE_A1);
    let entered = |county: &County, number: u128| county.records[&id(number)].entered_on();
    let set = |county: &mut County, number: u128, written: i32, received: i64| {
        let origin = &mut county.records.get_mut(&id(number)).unwrap().meta.origin;
        (origin.written.ms, origin.received_ms) = (at(written, 9), received);
    };
    set(&mut county, 1, -5, at(9, 23));
    set(&mut county, 2, -5, at(10, 0));
    assert_eq!((entered(&county, 1), entered(&county, 2)), (day(9), day(10)));
    let figure = village(&county, &RULE);
    assert_eq!((figure.denominator, figure.entered_after), (2, 1), "the last day itself is in time");
    // Who is in no denominator is in no figure of it.
    let set_of = json!({"register": "REMOVED", "removed_for": "TRANSFERRED"});
    county.accepts(&Phone::reviewer().change_since(at(9, 9), "person", id(2), set_of, day(9)));
    assert_eq!((village(&county, &RULE).denominator, village(&county, &RULE).entered_after), (1, 0));
    // Where no receiver is known, by the day it was written.
    set(&mut county, 1, 9, 0);
    assert_eq!(village(&county, &RULE).entered_after, 0);
    set(&mut county, 1, 10, 0);
    assert_eq!(village(&county, &RULE).entered_after, 1);
}

#[test]
fn the_dead_leave_the_denominator_on_the_day_and_a_visit_of_that_day_stands() {
    let dies = |died: i32| {
        let mut county = one_person(&[(5, "HOME", "MET")]);
        let set = json!({"life": "DECEASED", "died_on": day(died).0});
        county.take(&Phone::reviewer().change_since(at(12, 9), "person", id(1), set, day(died)));
        county
    };
    // After the window: counted and reached.
    assert_eq!((village(&dies(11), &RULE).denominator, village(&dies(11), &RULE).in_person), (1, 1));
    // In it: out of the denominator of the last day, and reached all the same.
    assert_eq!(village(&dies(9), &RULE), Coverage { outside: 1, ..Coverage::default() });
    // A window that ended before the death, and a visit of the very day.
    let county = dies(5);
    assert!(county.held().is_empty());
    let before = Window { from: day(0), to: day(4) };
    assert_eq!(figures(&county, &RULE, before)[&id(VILLAGE_A1)].denominator, 1);
    let county = dies(4);
    assert_eq!(county.held().len(), 1, "met on the day after");
    assert_eq!(village(&county, &RULE).held, 1);
}

#[test]
fn drafts_and_the_removed_are_in_no_denominator() {
    let mut county = County::new();
    let doc = json!({"name": "李四", "living_division": id(VILLAGE_A1)});
    let mut phone = Phone::worker(1, VILLAGE_A1);
    county.accepts(&phone.record(at(0, 9), "person", id(1), doc));
    county.accepts(&contact(&mut phone, at(1, 9), 0x500, "HOME", id(1), "MET"));
    let outside = Coverage { outside: 1, ..Coverage::default() };
    assert_eq!(village(&county, &RULE), outside);
    let mut town = Phone::reviewer();
    county.accepts(&town.change_since(at(2, 9), "person", id(1), json!({"register": "ACTIVE"}), day(2)));
    assert_eq!((village(&county, &RULE).denominator, village(&county, &RULE).in_person), (1, 1));
    county.accepts(&town.change_since(
        at(9, 9),
        "person",
        id(1),
        json!({"register": "REMOVED", "removed_for": "TRANSFERRED"}),
        day(9),
    ));
    assert_eq!(village(&county, &RULE), outside);
}

#[test]
fn across_a_move_the_last_day_of_the_window_decides() {
    let mut county = one_person(&[(1, "HOME", "MET")]);
    let set = json!({"living_division": id(VILLAGE_A2)});
    county.accepts(&Phone::reviewer().change_since(at(6, 9), "person", id(1), set, day(5)));
    let of = |from: i32, to: i32| figures(&county, &RULE, Window { from: day(from), to: day(to) });
    let reached = Coverage { denominator: 1, in_person: 1, unreviewed: 1, entered_after: 1, ..Coverage::default() };
    assert_eq!(of(0, 4), BTreeMap::from([(id(VILLAGE_A1), reached.clone())]));
    assert_eq!(of(0, 5), BTreeMap::from([(id(VILLAGE_A2), reached)]), "whoever met them");
    assert_eq!(of(2, 5)[&id(VILLAGE_A2)].not_yet, 1);
}

#[test]
fn every_person_of_the_denominator_is_in_exactly_one_column() {
    let mut county = County::new();
    let mut phone = Phone::worker(1, VILLAGE_A1);
    for (n, (method, result)) in
        [("HOME", "MET"), ("PHONE", "MET"), ("HOME", "MET_FAMILY"), ("HOME", "REFUSED"), ("HOME", "")]
            .iter()
            .enumerate()
    {
        let person = county.person(1 + n as u128, VILLAGE_A1);
        if !result.is_empty() {
            county.accepts(&contact(&mut phone, at(1, 9), 0x500 + n as u128, method, person, result));
        }
    }
    let figure = village(&county, &RULE);
    let columns = [figure.in_person, figure.remote, figure.family, figure.tried, figure.not_yet];
    assert_eq!(columns, [1; 5]);
    assert_eq!(figure.denominator, columns.iter().sum::<u64>());
}

#[test]
fn filters_take_their_people_and_contacts_alone() {
    let mut county = one_person(&[(1, "PHONE", "MET"), (2, "HOME", "MET_FAMILY")]);
    let set = json!({"categories": ["DISABLED"]});
    county.accepts(&Phone::clerk().change_since(at(2, 9), "person", id(1), set, day(5)));
    let of = |category: &str, work_type: &str, method: &str, to: i32| {
        let code = |code: &str| (!code.is_empty()).then(|| code.to_owned());
        let filter = Filter { category: code(category), work_type: code(work_type), method: code(method) };
        filtered(&county, &RULE, Window { from: day(0), to: day(to) }, &filter).remove(&id(VILLAGE_A1))
    };
    assert_eq!(of("", "", "", 9).unwrap().remote, 1);
    assert_eq!(of("", "", "HOME", 9).map(|figure| (figure.remote, figure.family)), Some((0, 1)));
    assert_eq!(of("", "", "VIDEO", 9).unwrap().not_yet, 1);
    assert_eq!((of("", "PLAQUE", "", 9).unwrap().remote, of("", "PLAQ", "", 9).unwrap().not_yet), (1, 1));
    assert_eq!((of("DISABLED", "", "", 9).unwrap().remote, of("DISABLED", "", "", 4)), (1, None));
    assert_eq!(of("DISABLE", "", "", 9), None, "a whole code");
}
