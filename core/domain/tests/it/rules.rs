//! Rules of the bureau: shipped until the county sets them, from a day on, by nobody else.

use bianfang_domain::coverage::CoverageRule;
use bianfang_domain::decision::Verdict;
use bianfang_domain::kind::{KINDS, Method};
use bianfang_domain::reason::Reason;
use bianfang_domain::rules::{self, Rule, in_force};
use bianfang_domain::world::World;
use serde_json::json;

use crate::county::{COUNTY, County, Phone, TOWN_A, VILLAGE_A1, at, day, id};

fn world(county: &County) -> World {
    let mut world = World::complete(KINDS).all_at_hand();
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
    let set = json!({"data": {"methods": ["HOME"], "of_a_newer_version": 7}});
    county.accepts(&clerk.change_since(at(1, 9), "rule", target, set, day(10)));
    let world = world(&county);
    assert_eq!(in_force::<CoverageRule>(&world, day(9)), CoverageRule::default());
    assert_eq!(
        in_force::<CoverageRule>(&world, day(10)),
        CoverageRule { methods: vec![Method::Home], ..CoverageRule::default() }
    );
}

#[test]
fn without_a_record_the_shipped_rule_holds() {
    assert_eq!(in_force::<CoverageRule>(&world(&County::new()), day(0)), CoverageRule::default());
}

#[test]
fn a_value_that_is_none_is_refused_and_the_township_sets_nothing() {
    let mut county = County::new();
    let target = rules::id(CoverageRule::NAME);
    let doc = |data| json!({"rule": "COVERAGE", "division": id(COUNTY), "data": data});
    let bad = Phone::clerk().record(at(0, 9), "rule", target, doc(json!({"methods": "perhaps"})));
    let decision = county.take(&bad);
    assert_eq!((decision.verdict, decision.field.as_deref()), (Verdict::Refused, Some("data")));
    let mut town = Phone::reviewer();
    town.actor.scope = vec![id(COUNTY), id(TOWN_A)];
    let decision = county.take(&town.record(at(0, 9), "rule", target, doc(json!({"methods": ["RELATIVE"]}))));
    assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
}

/// A household under the id of a rule was read as the county's rule, and the rule could then never be set.
#[test]
fn an_id_that_is_kept_for_a_rule_a_table_or_a_staff_record_is_nobody_elses() {
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let table = bianfang_domain::codes::ids().next().unwrap();
    let own = bianfang_domain::kind::staff_id(worker.actor.account);
    for kept in [rules::id("PLAQUE"), rules::id("COVERAGE"), table, own] {
        let mut county = County::new();
        let home = json!({"head_name": "张三", "division": id(VILLAGE_A1), "data": {"free_reissues": 9_999}});
        let visit = json!({"at": at(1, 9), "method": "HOME", "entries": []});
        for (kind, doc) in [("household", home), ("contact", visit)] {
            let decision = county.take(&worker.record(at(1, 9), kind, kept, doc));
            assert_eq!((decision.verdict, decision.reason), (Verdict::Refused, Some(Reason::IdTaken)), "{kind}");
        }
        assert!(county.world().find(kept).is_none());
    }
    // And what came under such an id in an older version is no rule.
    let mut stray = County::new();
    let house = stray.household(0x700, VILLAGE_A1);
    let mut record = stray.get(house).clone();
    record.id = rules::id("COVERAGE");
    record.doc.insert("data".into(), json!({"methods": ["RELATIVE"]}));
    assert!(!rules::on::<CoverageRule>(Some(&record), day(1)).methods.contains(&Method::Relative));
}

#[test]
fn a_rule_has_one_record_and_lies_in_the_county() {
    let mut county = County::new();
    let mut clerk = Phone::clerk();
    let doc = |division| json!({"rule": "COVERAGE", "division": id(division), "data": {}});
    let second = county.take(&clerk.record(at(0, 9), "rule", id(0x77), doc(COUNTY)));
    assert_eq!((second.verdict, second.field.as_deref()), (Verdict::Refused, Some("rule")));
    let lower = county.take(&clerk.record(at(0, 9), "rule", rules::id("COVERAGE"), doc(TOWN_A)));
    assert_eq!((lower.verdict, lower.reason), (Verdict::Refused, Some(Reason::NotAllowed)));
    county.accepts(&clerk.record(at(0, 9), "rule", rules::id("COVERAGE"), doc(COUNTY)));
}
