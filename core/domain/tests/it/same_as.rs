//! SAME_AS: both records stay, one counts; chains, circles, two id numbers, undo; in any order of arrival.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Role;
use bianfang_domain::decision::{Case, CaseKind, Verdict};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{KINDS, PlaqueEvent, spans};
use bianfang_domain::op::Part;
use bianfang_domain::projection::Cell;
use bianfang_domain::reason::Reason;
use bianfang_domain::same::{Kept, canonical, merged};
use bianfang_domain::world::World;
use serde_json::json;

use crate::county::{COUNTY, County, Phone, Sent, VILLAGE_A1, at, id, orders};

fn four() -> County {
    let mut county = County::new();
    for number in 1..=4 {
        county.person(number, VILLAGE_A1);
    }
    county
}

fn same(phone: &mut Phone, hour: i64, number: u128, person: u128, kept: u128) -> Sent {
    let doc = json!({"person": id(person), "kept": id(kept), "at": at(0, hour)});
    phone.record(at(0, hour), "same_as", id(number), doc)
}

fn kept(county: &County) -> Kept {
    let rows = county.rows().into_iter().filter(|row| row.table == "same_as");
    let read = |cell: &Cell| match cell {
        Cell::Text(text) => text.parse::<RecordId>().unwrap(),
        other => panic!("{other:?}"),
    };
    rows.map(|row| (read(&row.cells[0]), read(&row.cells[1]))).collect()
}

fn case(one: u128, other: u128) -> Case {
    Case { kind: CaseKind::Merge, subjects: vec![id(one), id(other)], facts: vec![] }
}

#[test]
fn a_chain_ends_at_the_same_record_in_any_order_of_arrival() {
    let mut towns: Vec<Phone> =
        (0..3).map(|n| Phone::new(0x50 + n, bianfang_domain::actor::Role::TownReviewer, COUNTY)).collect();
    let ops = [
        same(&mut towns[0], 9, 0x901, 1, 2),
        same(&mut towns[1], 10, 0x902, 2, 3),
        same(&mut towns[2], 11, 0x903, 4, 2),
    ];
    for order in orders(&ops) {
        let mut county = four();
        county.takes(&order);
        let kept = kept(&county);
        for person in [1, 2, 3, 4] {
            assert_eq!(canonical(&kept, id(person)), id(3));
        }
        assert!(county.held().is_empty() && county.open_cases().is_empty());
        assert_eq!(county.replayed(county.revision), county.records);
    }
}

#[test]
fn a_circle_is_held_at_the_one_that_came_last_by_its_day() {
    let mut towns: Vec<Phone> =
        (0..3).map(|n| Phone::new(0x50 + n, bianfang_domain::actor::Role::TownReviewer, COUNTY)).collect();
    let ops = [
        same(&mut towns[0], 9, 0x901, 1, 2),
        same(&mut towns[1], 10, 0x902, 2, 3),
        same(&mut towns[2], 11, 0x903, 3, 1),
    ];
    for order in orders(&ops) {
        let mut county = four();
        county.takes(&order);
        assert_eq!(county.held(), BTreeSet::from([(id(0x903), Part::Of(id(3)), Reason::MergedAlready)]), "{order:?}");
        assert_eq!(canonical(&kept(&county), id(1)), id(3));
        // Once the first is taken back the last may stand.
        county.accepts(&towns[0].clone().void(at(1, 9), "same_as", id(0x901)));
        assert!(county.held().is_empty(), "{order:?}");
        assert_eq!(canonical(&kept(&county), id(2)), id(1));
        assert_eq!(county.replayed(county.revision), county.records);
    }
}

#[test]
fn one_duplicate_is_merged_into_one_record_only() {
    let mut towns = [Phone::reviewer(), Phone::new(0x53, bianfang_domain::actor::Role::TownReviewer, COUNTY)];
    let ops = [same(&mut towns[0], 9, 0x901, 1, 2), same(&mut towns[1], 10, 0x902, 1, 3)];
    for order in orders(&ops) {
        let mut county = four();
        county.takes(&order);
        assert_eq!(county.held(), BTreeSet::from([(id(0x902), Part::Of(id(1)), Reason::MergedAlready)]));
        assert_eq!(kept(&county), Kept::from([(id(1), id(2))]));
    }
}

#[test]
fn a_worker_only_asks_and_the_township_decides() {
    let mut county = four();
    let decision = county.take(&same(&mut Phone::worker(1, VILLAGE_A1), 9, 0x901, 1, 2));
    assert_eq!(decision.reason, Some(Reason::ReviewerMerges));
    assert_eq!(county.open_cases(), BTreeSet::from([case(1, 2)]));
    assert!(kept(&county).is_empty());
    county.accepts(&Phone::reviewer().settle(at(1, 9), "same_as", id(0x901), Part::Of(id(1)), true));
    assert_eq!(kept(&county).len(), 1);
    assert!(county.open_cases().is_empty(), "the question is answered");
}

#[test]
fn two_id_numbers_are_the_countys_to_merge() {
    let mut county = four();
    for (number, card) in [(1, "11010519491231002X"), (2, "440524188001010014")] {
        county.accepts(&Phone::reviewer().change(at(0, 8), "person", id(number), json!({})).numbered(card));
    }
    let decision = county.take(&same(&mut Phone::reviewer(), 9, 0x901, 1, 2));
    assert_eq!(decision.reason, Some(Reason::TwoIdNumbers));
    let by_town = county.take(&Phone::reviewer().settle(at(1, 9), "same_as", id(0x901), Part::Of(id(1)), true));
    assert_eq!(by_town.reason, Some(Reason::NotAllowed));
    county.accepts(&Phone::clerk().settle(at(1, 9), "same_as", id(0x901), Part::Of(id(1)), true));
    assert_eq!(kept(&county).len(), 1);
    county.accepts(&same(&mut Phone::clerk(), 10, 0x902, 3, 1));
    assert_eq!(canonical(&kept(&county), id(3)), id(2));
}

#[test]
fn voiding_undoes_it_and_asks_again_where_the_number_is_the_same() {
    let mut county = four();
    let card = "11010519491231002X";
    let mut town = Phone::reviewer();
    county.accepts(&town.change(at(0, 8), "person", id(1), json!({})).numbered(card));
    let clash = county.take(&town.change(at(0, 8), "person", id(2), json!({})).numbered(card));
    assert_eq!(clash.reason, Some(Reason::IdNumberTaken));
    assert_eq!(county.open_cases(), BTreeSet::from([case(1, 2)]));
    county.accepts(&same(&mut town, 9, 0x901, 2, 1));
    assert!(county.open_cases().is_empty());
    assert_eq!(county.get(id(2)).doc.get("name"), Some(&json!("张三")), "both records stay side by side");
    county.accepts(&town.void(at(1, 9), "same_as", id(0x901)));
    assert!(kept(&county).is_empty());
    assert_eq!(county.open_cases(), BTreeSet::from([case(1, 2)]));
    assert_eq!(county.replayed(county.revision), county.records);
}

#[test]
fn nobody_is_the_same_as_themselves_or_as_somebody_out_of_reach() {
    let mut county = four();
    let decision = county.take(&same(&mut Phone::reviewer(), 9, 0x901, 1, 1));
    assert_eq!(decision.field.as_deref(), Some("kept"));
    let far = county.person(9, crate::county::VILLAGE_B1);
    county.take(&same(&mut Phone::reviewer(), 9, 0x902, 1, 9));
    assert_eq!(county.held(), BTreeSet::from([(id(0x902), Part::Of(far), Reason::TargetUnknown)]));
    assert!(kept(&county).is_empty());
    county.accepts(&same(&mut Phone::reviewer(), 10, 0x903, 1, 2));
    assert_eq!(kept(&county), Kept::from([(id(1), id(2))]), "a held merge stands in nobody's way");
}

#[test]
fn who_is_counted_is_not_merged_into_who_is_not_without_a_look() {
    for register in ["DRAFT", "REMOVED"] {
        let start = || {
            let mut county = County::new();
            county.person(1, VILLAGE_A1);
            county.person(2, VILLAGE_A1);
            let mut record = county.get(id(2)).clone();
            record.doc.insert("register".into(), json!(register));
            record.meta.dated.remove("register");
            county.records.insert(record.id, record);
            county
        };
        let mut county = start();
        let merge = json!({"person": id(1), "kept": id(2), "at": at(1, 9)});
        let decision = county.take(&Phone::clerk().record(at(1, 9), "same_as", id(0x900), merge));
        assert_eq!((decision.verdict, decision.reason), (Verdict::Held, Some(Reason::KeptIsNotActive)), "{register}");
        assert_eq!(county.open_cases().len(), 1, "both go on being counted, and somebody must look");
        // The other record is accepted: now it can stay.
        let back = json!({"register": "ACTIVE", "removed_for": null});
        county.accepts(&Phone::new(0x61, Role::SectionClerk, COUNTY).change(at(2, 9), "person", id(2), back));
        assert!(county.held().is_empty() && county.open_cases().is_empty(), "{register}");
        // Or a reviewer lets it stand all the same.
        let mut county = start();
        let merge = json!({"person": id(1), "kept": id(2), "at": at(1, 9)});
        county.take(&Phone::clerk().record(at(1, 9), "same_as", id(0x900), merge));
        let through = Phone::clerk().settle(at(2, 9), "same_as", id(0x900), Part::Of(id(1)), true);
        assert_eq!(county.take(&through).reason, None);
        assert!(county.held().is_empty() && county.open_cases().is_empty(), "{register}");
    }
}

fn texts(county: &County, table: &str, owner: u128) -> Vec<String> {
    let rows = county.rows().into_iter().filter(|row| row.table == table && row.owner == id(owner).to_string());
    rows.flat_map(|row| row.cells).map(|cell| format!("{cell:?}")).collect()
}

/// Two homes, one soldier under two records: what is counted, owed, hung and listed is of the record that counts.
#[test]
fn what_reads_a_duplicate_reads_the_record_that_counts() {
    let ops = [
        same(&mut Phone::new(0x50, Role::TownReviewer, COUNTY), 9, 0x901, 1, 2),
        same(&mut Phone::new(0x51, Role::TownReviewer, COUNTY), 10, 0x902, 2, 3),
        Phone::worker(1, VILLAGE_A1).visit(at(1, 9), id(0x50), &[(id(1), "MET")]),
    ];
    for order in orders(&ops) {
        let mut county = County::new();
        let homes = [0x700, 0x701].map(|house| county.household(house, VILLAGE_A1));
        for (person, house) in [(1, 0), (2, 1), (3, 1)] {
            county.member(person, homes[house], &["DISCHARGED_SOLDIER"]);
        }
        county.takes(&order);
        let counts_as = |county: &County| [1, 2, 3].map(|person| county.get(id(person)).meta.counts_as);
        assert_eq!(counts_as(&county), [Some(id(3)), Some(id(3)), None]);
        let counted = |county: &County| [1, 2, 3].map(|person| !spans(county.get(id(person))).is_empty());
        assert_eq!(counted(&county), [false, false, true]);
        let met =
            |county: &County, person| texts(county, "contacted", person).iter().any(|cell| cell.contains("HOME MET"));
        assert!(met(&county, 3), "the visit is theirs, so nobody is sent again");
        let entitled = |county: &County, house| PlaqueEvent::shown(id(house), &county.world()).1.eligible;
        assert!(!entitled(&county, 0x700) && entitled(&county, 0x701));
        assert_eq!(texts(&county, "plaque", 0x700), Vec::<String>::new(), "nobody lives there");
        assert_eq!(county.replayed(county.revision), county.records);
        // They were two after all.
        county.accepts(&Phone::clerk().void(at(2, 9), "same_as", id(0x902)));
        assert_eq!(counts_as(&county), [Some(id(2)), None, None]);
        assert!(met(&county, 2) && !met(&county, 3));
        county.accepts(&Phone::clerk().void(at(2, 10), "same_as", id(0x901)));
        assert_eq!((counts_as(&county), counted(&county)), ([None; 3], [true; 3]));
        assert!(entitled(&county, 0x700) && !met(&county, 2));
        assert_eq!(county.replayed(county.revision), county.records);
    }
}

/// A plaque replaced after the last whom it honours died is held; that a duplicate's record names the home is no reason.
#[test]
fn a_plaque_is_judged_again_when_two_become_one() {
    let mut county = County::new();
    let house = county.household(0x700, VILLAGE_A1);
    let next = county.household(0x701, VILLAGE_A1);
    county.member(1, house, &["DISCHARGED_SOLDIER"]);
    county.member(2, house, &["DISCHARGED_SOLDIER"]);
    county.member(3, next, &["DISCHARGED_SOLDIER"]);
    let mut worker = Phone::worker(9, VILLAGE_A1);
    county.accepts(&worker.plaque(at(0, 9), id(0x800), house, "NEW", json!({})));
    let died = json!({"life": "DECEASED", "died_on": crate::county::day(2).0});
    county.accepts(&Phone::clerk().change_since(at(2, 9), "person", id(1), died, crate::county::day(2)));
    county.accepts(&worker.plaque(at(5, 9), id(0x801), house, "REPLACE", json!({"old_returned": true})));
    county.accepts(&same(&mut Phone::reviewer(), 9, 0x901, 2, 3));
    assert_eq!(county.held(), BTreeSet::from([(id(0x801), Part::Whole, Reason::NoRenewal)]));
    county.accepts(&Phone::clerk().void(at(6, 9), "same_as", id(0x901)));
    assert!(county.held().is_empty());
}

#[test]
fn a_phone_without_the_record_that_stays_leaves_it_to_the_county() {
    let mut county = County::new();
    let [one, other] = [1, 2].map(|person| county.person(person, VILLAGE_A1));
    county.accepts(&same(&mut Phone::reviewer(), 9, 0x901, 1, 2));
    let said = county.get(id(0x901)).clone();
    let held = |here: &[RecordId]| {
        let mut world = World::partial(KINDS);
        here.iter().for_each(|id| world.load(county.get(*id).clone()));
        merged(&[&said], &world).1
    };
    assert_eq!(held(&[one]), BTreeMap::new(), "who stays is elsewhere");
    assert_eq!(held(&[one, other]), BTreeMap::new());
    let mut draft = county.get(other).clone();
    draft.doc.insert("register".into(), json!("DRAFT"));
    let mut world = World::partial(KINDS);
    [county.get(one).clone(), draft].into_iter().for_each(|record| world.load(record));
    assert_eq!(merged(&[&said], &world).1, BTreeMap::from([(id(0x901), Reason::KeptIsNotActive)]));
}

/// A martyr's record names the widow under her duplicate: the home of the record that counts is hers, and its plaque is
/// renewed no more once she died.
#[test]
fn a_family_relation_means_the_record_that_counts() {
    let ops = [
        same(&mut Phone::new(0x50, Role::TownReviewer, COUNTY), 9, 0x901, 1, 2),
        Phone::worker(9, VILLAGE_A1).plaque(at(5, 9), id(0x801), id(0x700), "REPLACE", json!({"old_returned": true})),
    ];
    for order in orders(&ops) {
        let mut county = County::new();
        let house = county.household(0x700, VILLAGE_A1);
        let elsewhere = county.household(0x701, VILLAGE_A1);
        county.member(1, elsewhere, &["DISCHARGED_SOLDIER"]);
        county.member(2, house, &[]);
        let martyr = json!({"name": "李四", "basis": "MARTYR", "household": house, "division": id(VILLAGE_A1),
            "certificate_no": "烈字第1号", "relations": [{"person": id(1), "relation": "SPOUSE"}]});
        county.accepts(&Phone::clerk().record(at(-200, 9), "basis_person", id(0xBA), martyr));
        county.accepts(&Phone::worker(9, VILLAGE_A1).plaque(at(0, 9), id(0x800), house, "NEW", json!({})));
        let died = json!({"life": "DECEASED", "died_on": crate::county::day(2).0});
        county.accepts(&Phone::clerk().change_since(at(2, 9), "person", id(2), died, crate::county::day(2)));
        county.takes(&order);
        assert_eq!(county.held(), BTreeSet::from([(id(0x801), Part::Whole, Reason::NoRenewal)]));
        assert!(county.world().find(house).is_some());
        county.accepts(&Phone::clerk().void(at(6, 9), "same_as", id(0x901)));
        assert!(county.held().is_empty(), "another's death is no reason");
        assert_eq!(county.replayed(county.revision), county.records);
    }
}

/// Who says a second merger of one duplicate is asked about; who takes it back leaves no question, whichever came first.
#[test]
fn what_was_said_and_taken_back_asks_nothing_in_any_order() {
    let mut town = Phone::reviewer();
    let later = same(&mut town, 10, 0x901, 1, 3);
    let ops = [
        later,
        town.void(at(1, 9), "same_as", id(0x901)),
        same(&mut Phone::new(0x53, Role::TownReviewer, COUNTY), 9, 0x902, 1, 2),
    ];
    for order in [[0, 1, 2], [0, 2, 1], [2, 0, 1]] {
        let mut county = four();
        county.takes(&order.map(|n: usize| ops[n].clone()));
        assert!(county.open_cases().is_empty(), "{order:?}: {:?}", county.open_cases());
        assert!(county.held().is_empty());
        assert_eq!(county.replayed(county.revision), county.records);
    }
}
