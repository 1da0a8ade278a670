//! Suggestions: from their author past everybody between to the county, answered there and rated by who said it.

use bianfang_domain::actor::Role;
use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::suggestion::step::{SuggestionState, standing};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use bianfang_domain::shown;
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, Sent, TOWN_A, VILLAGE_A1, VILLAGE_A2, at, fields, id, orders};

const SAID: u128 = 0xE50;

fn suggestion(more: Value) -> Value {
    let mut doc = fields(json!({ "division": id(COUNTY), "suggestion_type": "COMPLAINT", "words": "同一张表填三遍",
        "at": at(0, 9) }));
    doc.extend(fields(more));
    Value::Object(doc)
}

fn step(phone: &mut Phone, when: i64, fact: u128, step: &str) -> Sent {
    let said = match step {
        "ANSWERED" => json!({ "answer": "下月起只填一张" }),
        _ => json!({ "satisfied": true }),
    };
    let mut doc = fields(json!({ "suggestion": id(SAID), "step": step, "at": when }));
    doc.extend(fields(said));
    phone.record(when, "suggestion_step", id(fact), Value::Object(doc))
}

/// A worker of the first village said something without a name; the superior of the township, the county.
fn county() -> (County, Phone, Phone, Phone) {
    let mut county = County::new();
    let mut worker = Phone::worker(1, VILLAGE_A1);
    county.accepts(&worker.record(at(0, 9), "suggestion", id(SAID), suggestion(json!({ "unnamed": true }))));
    (county, worker, Phone::new(0x54, Role::TownReviewer, TOWN_A), Phone::new(0x55, Role::SectionClerk, COUNTY))
}

fn state(county: &County) -> SuggestionState {
    standing(county.get(id(SAID)), &county.world())
}

#[test]
fn one_is_answered_by_the_county_and_rated_by_who_said_it() {
    let (mut county, mut worker, _, mut clerk) = county();
    assert_eq!(state(&county), SuggestionState::Submitted);
    county.accepts(&step(&mut clerk, at(1, 9), 0xE51, "ANSWERED"));
    assert_eq!(state(&county), SuggestionState::Answered);
    county.accepts(&step(&mut worker, at(2, 9), 0xE52, "RATED"));
    assert_eq!(state(&county), SuggestionState::Rated);
    county.accepts(&step(&mut clerk, at(3, 9), 0xE53, "ANSWERED"));
    assert_eq!(state(&county), SuggestionState::Answered, "who is not content is answered again");
}

#[test]
fn its_author_and_the_county_see_it_and_nobody_between_or_beside() {
    let (mut county, worker, town, mut clerk) = county();
    county.accepts(&step(&mut clerk, at(1, 9), 0xE51, "ANSWERED"));
    let colleague = Phone::worker(7, VILLAGE_A1);
    let (other, leader) = (Phone::worker(8, VILLAGE_A2), Phone::new(0x56, Role::Leader, COUNTY));
    let world = county.world();
    for record in [id(SAID), id(0xE51)] {
        let sees = |phone: &Phone| world.sees(&phone.actor, record);
        assert!([&worker, &clerk, &leader].into_iter().all(sees));
        assert!(![&town, &colleague, &other].into_iter().any(sees));
    }
}

#[test]
fn an_unnamed_one_names_nobody_but_to_its_author() {
    let (mut county, mut worker, _, mut clerk) = county();
    county.accepts(&step(&mut clerk, at(1, 9), 0xE51, "ANSWERED"));
    county.accepts(&step(&mut worker, at(2, 9), 0xE52, "RATED"));
    let tells = |record: u128, reader: &Phone| {
        let mut record = county.get(id(record)).clone();
        shown::cut(&mut record, &reader.actor);
        let told = serde_json::to_string(&record).unwrap();
        [worker.actor.account.to_string(), worker.actor.installation.to_string(), id(VILLAGE_A1).to_string()]
            .iter()
            .filter(|word| told.contains(word.as_str()))
            .count()
    };
    for record in [SAID, 0xE52] {
        assert_eq!((tells(record, &clerk), tells(record, &worker)), (0, 3), "{record:x}");
    }
    let mut named = County::new();
    named.accepts(&worker.record(at(0, 9), "suggestion", id(SAID), suggestion(json!({}))));
    let mut record = named.get(id(SAID)).clone();
    shown::cut(&mut record, &clerk.actor);
    assert_eq!(record.meta.origin.actor.account, worker.actor.account, "who gives a name has one");
}

#[test]
fn nobody_else_rates_nobody_below_answers_and_nothing_is_rated_before() {
    let (mut county, mut worker, _, mut clerk) = county();
    let early = county.take(&step(&mut worker, at(1, 9), 0xE51, "RATED"));
    assert_eq!((early.verdict, early.reason), (Verdict::Held, Some(Reason::SuggestionUnanswered)));
    let own = county.take(&step(&mut worker, at(1, 10), 0xE52, "ANSWERED"));
    assert_eq!((own.verdict, own.reason), (Verdict::Held, Some(Reason::SuggestionOfCounty)));
    county.accepts(&step(&mut clerk, at(2, 9), 0xE53, "ANSWERED"));
    let other = county.take(&step(&mut clerk, at(3, 9), 0xE54, "RATED"));
    assert_eq!((other.verdict, other.reason), (Verdict::Held, Some(Reason::SuggestionOfAuthor)));
    assert_eq!(state(&county), SuggestionState::Answered);
}

#[test]
fn the_order_of_arrival_decides_nothing() {
    let (_, mut worker, _, mut clerk) = county();
    let mut said = Phone::worker(1, VILLAGE_A1);
    let all = [
        said.record(at(0, 9), "suggestion", id(SAID), suggestion(json!({}))),
        step(&mut clerk, at(1, 9), 0xE51, "ANSWERED"),
        step(&mut worker, at(2, 9), 0xE52, "RATED"),
    ];
    for order in orders(&all) {
        let mut county = County::new();
        order.iter().for_each(|sent| drop(county.take(sent)));
        assert_eq!(state(&county), SuggestionState::Rated);
        let counts = |fact| county.get(id(fact)).counts(&Part::Whole);
        assert!(counts(0xE51) && counts(0xE52));
    }
}
