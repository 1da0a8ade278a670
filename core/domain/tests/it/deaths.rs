//! Deaths: one that was none leaves no hole in the denominators, and one whose day nobody knows stays so.

use bianfang_domain::actor::Role;
use bianfang_domain::decision::CaseKind;
use bianfang_domain::kind::spans;
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
