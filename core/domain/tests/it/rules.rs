//! Rules of the bureau: shipped until the county sets them, from a day on, by nobody else.

use bianfang_domain::coverage::CoverageRule;
use bianfang_domain::decision::Verdict;
use bianfang_domain::reason::Reason;
use bianfang_domain::rules::{self, Rule};
use bianfang_domain::world::World;
use serde_json::json;

use crate::county::{COUNTY, County, Phone, TOWN_A, at, day, id};

fn world(county: &County) -> World {
    let mut world = World::complete();
    county.records.values().cloned().for_each(|record| world.load(record));
    world
}

#[test]
fn a_rule_holds_from_its_day_and_what_it_does_not_say_is_as_shipped() {
    let mut county = County::new();
    let target = rules::id(CoverageRule::NAME);
    let doc = json!({"rule": "COVERAGE", "division": id(COUNTY), "data": {}});
    let mut clerk = Phone::clerk();
    county.accepts(&clerk.record(at(0, 9), "rule", target, doc));
    let set = json!({"data": {"relative_counts": true, "of_a_newer_version": 7}});
    county.accepts(&clerk.change_since(at(1, 9), "rule", target, set, day(10)));
    let world = world(&county);
    assert_eq!(world.rule::<CoverageRule>(day(9)), CoverageRule::default());
    assert_eq!(world.rule::<CoverageRule>(day(10)), CoverageRule { relative_counts: true, ..CoverageRule::default() });
}

#[test]
fn without_a_record_the_shipped_rule_holds() {
    assert_eq!(world(&County::new()).rule::<CoverageRule>(day(0)), CoverageRule::default());
}

#[test]
fn a_value_that_is_none_is_refused_and_the_township_sets_nothing() {
    let mut county = County::new();
    let target = rules::id(CoverageRule::NAME);
    let doc = |data| json!({"rule": "COVERAGE", "division": id(COUNTY), "data": data});
    let bad = Phone::clerk().record(at(0, 9), "rule", target, doc(json!({"relative_counts": "perhaps"})));
    let decision = county.take(&bad);
    assert_eq!((decision.verdict, decision.field.as_deref()), (Verdict::Refused, Some("data")));
    let mut town = Phone::reviewer();
    town.actor.scope = vec![id(COUNTY), id(TOWN_A)];
    let decision = county.take(&town.record(at(0, 9), "rule", target, doc(json!({"relative_counts": true}))));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
}
