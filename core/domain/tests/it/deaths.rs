//! Deaths: one that was none leaves no hole in the denominators, and one whose day nobody knows stays so.

use bianfang_domain::actor::Role;
use bianfang_domain::decision::CaseKind;
use bianfang_domain::kind::{died_on, gone_by, spans};
use bianfang_domain::op::Part;
use bianfang_domain::reason::Reason;
use serde_json::{Value, json};

use crate::county::{COUNTY, County, Phone, Sent, VILLAGE_A1, at, day, id, orders};

fn says(number: u128, on: i32, set: Value) -> Sent {
    Phone::new(number, Role::SectionClerk, COUNTY).change_since(at(on, 9), "person", id(1), set, day(on))
}

fn counted(county: &County, on: i32) -> bool {
    let spans = spans(county.get(id(1)));
    spans.iter().find(|span| span.from <= day(on) && day(on) < span.to).unwrap().counted
}

#[test]
fn a_death_that_was_none_leaves_no_hole() {
    let mut county = County::new();
    county.person(1, VILLAGE_A1);
    county.accepts(&says(0x61, 5, json!({"life": "DECEASED", "died_on": day(4).0})));
    assert!(counted(&county, 3) && !counted(&county, 6));
    county.accepts(&says(0x61, 20, json!({"life": "ALIVE", "died_on": null})));
    for on in [3, 6, 19, 20, 30] {
        assert!(counted(&county, on), "day {on}");
    }
    // Dead once more, and truly.
    county.accepts(&says(0x61, 40, json!({"life": "DECEASED", "died_on": day(39).0})));
    assert!(counted(&county, 30) && !counted(&county, 41));
}

#[test]
fn who_was_taken_out_for_it_was_there_all_along_and_who_had_moved_was_not() {
    for (reason, there) in [("DIED", true), ("MOVED_OUT", false)] {
        let mut county = County::new();
        county.person(1, VILLAGE_A1);
        county.accepts(&says(0x61, 5, json!({"register": "REMOVED", "removed_for": reason})));
        assert!(!counted(&county, 6));
        county.accepts(&says(0x61, 20, json!({"register": "ACTIVE", "removed_for": null})));
        assert_eq!(counted(&county, 6), there, "{reason}");
        assert!(counted(&county, 21), "{reason}");
    }
}

#[test]
fn of_a_death_without_a_day_every_meeting_after_its_entry_is_looked_at() {
    let dead = json!({"name": "张三", "living_division": id(VILLAGE_A1), "register": "ACTIVE", "life": "DECEASED"});
    let import = Phone::new(0x61, Role::SectionClerk, COUNTY).record(at(10, 8), "person", id(1), dead);
    let mut worker = Phone::worker(1, VILLAGE_A1);
    let before = worker.visit(at(9, 9), id(0x50), &[(id(1), "MET")]);
    let after = worker.visit(at(12, 9), id(0x51), &[(id(1), "MET")]);
    for sent in orders(&[import, before, after]) {
        let mut county = County::new();
        county.takes(&sent);
        let cases = county.open_cases();
        let facts: Vec<_> =
            cases.iter().filter(|case| case.kind == CaseKind::Death).flat_map(|case| &case.facts).collect();
        assert_eq!(facts, [&id(0x51)], "the day of the import is none of a death");
    }
}

/// The day it is told is none of the death, whoever tells it: a clerk, or a family that does not say when.
#[test]
fn a_death_told_of_the_living_without_a_day_stays_without_one() {
    let mut county = County::new();
    county.person(1, VILLAGE_A1);
    county.accepts(&says(0x61, 10, json!({"life": "DECEASED"})));
    let person = county.get(id(1));
    assert_eq!((died_on(person), gone_by(person)), (None, Some(day(10))));
    assert!(counted(&county, 9) && !counted(&county, 10));
    let mut worker = Phone::worker(1, VILLAGE_A1);
    county.accepts(&worker.visit(at(9, 9), id(0x50), &[(id(1), "MET")]));
    let decision = county.take(&worker.visit(at(12, 9), id(0x51), &[(id(1), "MET")]));
    assert_eq!(decision.reason, Some(Reason::AfterDeath));
    // The family says at the door when it was.
    let entries = json!([{"person": id(1), "result": "DIED", "died_on": day(4).0}]);
    let doc = json!({"at": at(13, 9), "method": "HOME", "entries": entries});
    county.accepts(&worker.record(at(13, 9), "contact", id(0x52), doc));
    county.accepts(&Phone::reviewer().settle(at(14, 9), "person", id(1), Part::Field("died_on".into()), true));
    assert_eq!(died_on(county.get(id(1))), Some(day(4)));
    assert!(counted(&county, 3) && !counted(&county, 4));
}
