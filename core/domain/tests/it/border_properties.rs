//! Laws of divisions and of who works in them, over random work of several desks: the tree stays a tree on every day, and
//! nobody gives a division they do not have.

use std::collections::BTreeSet;

use bianfang_domain::actor::{Right, Role};
use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{joined, parents, parted, staff_id, staff_scope};
use bianfang_domain::op::Part;
use bianfang_domain::projection::{Cell, Row};
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::apart::{Apart, Records, heard, told, told_again, turn};
use crate::county::{COUNTY, County, Phone, Sent, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, id};

const TREE: [u128; 6] = [COUNTY, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1];
const ACCOUNTS: [u128; 2] = [0x1234, 0x1001];
/// One whose record has yet to be written.
const NEW: u128 = 0x1235;

/// Who, what, of which, with which, from which day.
type Piece = (usize, usize, usize, usize, i32);

fn pieces(who: usize, what: usize, most: usize) -> impl Strategy<Value = Vec<Piece>> {
    prop::collection::vec((0..who, 0..what, 0..9_usize, 0..9_usize, -20..20_i32), 1..most)
}

fn apart(phones: Vec<Phone>, county: &County) -> Vec<Apart> {
    phones.into_iter().map(|phone| Apart::new(phone, county)).collect()
}

/// A division that is there from the beginning, that an earlier piece may have made, or none.
fn division(n: usize) -> RecordId {
    id(TREE.get(n).copied().unwrap_or(0xD000 + n as u128))
}

fn border(apart: &mut Apart, when: i64, n: usize, (_, what, of, with, since): Piece) -> Option<Sent> {
    let target = division([1, 3, 3, 4, 4, 5, 6, 7, 8][of]);
    let (other, since) = (division(with), day(since));
    let phone = &mut apart.phone;
    let change = |phone: &mut Phone, set: Value| Some(phone.change_since(when, "division", target, set, since));
    match what {
        0..=1 => change(phone, Value::Object(joined(other, since))),
        2 => change(phone, Value::Object(parted(other))),
        3..=4 => change(phone, json!({"parent": other})),
        5 if n.is_multiple_of(2) => change(phone, json!({"name": format!("村{n}")})),
        5 => change(phone, json!({"code12": null, "hidden": of % 2 == 0})),
        6 => change(phone, json!({"merged_into": id(TREE[with % 6]), "valid_to": since.0})),
        7 => change(phone, json!({"valid_from": since.0, "valid_to": with as i32 + since.0 - 4})),
        8..=9 => {
            let level = if what == 8 { "VILLAGE" } else { "TOWNSHIP" };
            let doc = json!({"name": "新", "level": level, "parent": other, "valid_from": since.0});
            Some(phone.record(when, "division", id(0xD000 + 6 + of as u128 % 3), doc))
        }
        _ => {
            // What waits there as far as it was seen, or what may wait there.
            let waits = apart.seen.get(&target).and_then(|record| record.meta.beside.first());
            let field = ["parent", "name", "merged_into", "valid_to"][with % 4];
            let part = waits.map_or(Part::Field(field.into()), |beside| Part::Value(beside.field.clone(), beside.op));
            Some(apart.phone.settle(when, "division", target, part, !n.is_multiple_of(4)))
        }
    }
}

fn rank(division: &Record) -> usize {
    ["COUNTY", "TOWNSHIP", "VILLAGE"].iter().position(|level| text_in(&division.doc, "level") == Some(level)).unwrap()
}

fn divisions(county: &County) -> Vec<&Record> {
    county.records.values().filter(|record| record.kind == "division").collect()
}

/// Every division hangs, on every day, below the county through divisions of no lower level; a merger leads somewhere.
fn the_tree_is_one(county: &County) -> Result<(), TestCaseError> {
    let all = divisions(county);
    let cuts: BTreeSet<Day> =
        all.iter().flat_map(|division| division.cuts("parent")).chain([Day::MIN, Day::MAX]).collect();
    for day in cuts {
        for division in &all {
            let mut here = *division;
            let mut seen = BTreeSet::new();
            while let Some(parent) = here.value_on("parent", day).as_str() {
                prop_assert!(seen.insert(here.id), "{} lies below itself on {day}", here.id);
                let above = county.records.get(&parent.parse().unwrap()).filter(|record| record.kind == "division");
                prop_assert!(above.is_some(), "{} hangs on nothing on {day}", here.id);
                let above = above.unwrap();
                prop_assert!(rank(above) <= rank(here), "{} lies in one of a lower level on {day}", here.id);
                here = above;
            }
            prop_assert_eq!(here.id, id(COUNTY), "every total is the county's");
        }
    }
    for division in all {
        if let Some(into) = id_in(&division.doc, "merged_into") {
            prop_assert!(into != division.id && !division.value("valid_to").is_null(), "merged, and nobody knows when");
            prop_assert!(
                county.records.get(&into).is_some_and(|record| record.kind == "division"),
                "merged into nothing"
            );
        }
    }
    Ok(())
}

/// From the first day to the last each day has one parent, in the record as in the projection.
fn each_day_has_one_parent(county: &County) -> Result<(), TestCaseError> {
    let rows: Vec<Row> = county.rows().into_iter().filter(|row| row.table == "division_span").collect();
    for division in divisions(county) {
        let spans = parents(division);
        prop_assert_eq!((spans[0].0, spans[spans.len() - 1].1), (Day::MIN, Day::MAX));
        prop_assert!(spans.windows(2).all(|two| two[0].1 == two[1].0 && two[0].0 < two[0].1), "{spans:?}");
        let own = rows.iter().filter(|row| row.owner == division.id.to_string()).map(|row| row.cells.clone());
        let mut own: Vec<Vec<Cell>> = own.collect();
        own.sort();
        let told: Vec<Vec<Cell>> =
            spans.into_iter().map(|(from, to, parent)| vec![from.into(), to.into(), parent.into()]).collect();
        prop_assert_eq!(own, told);
    }
    Ok(())
}

fn hired(phone: &mut Phone, when: i64, (_, what, of, with, since): Piece) -> Sent {
    let account = id(if what < 2 { NEW } else { ACCOUNTS[of % 2] }).0;
    let lists = [vec![VILLAGE_A1], vec![VILLAGE_A1, VILLAGE_A2], vec![TOWN_A], vec![VILLAGE_B1], vec![], vec![COUNTY]];
    let list = |n: usize| lists[n % 6].iter().map(|one| id(*one)).collect::<Vec<_>>();
    let both = |one: usize, other: usize| [list(one), list(other)].concat();
    match what {
        0..=1 => {
            // Now and then under an id that is not the account's.
            let target = if with == 8 { id(0x77) } else { staff_id(account) };
            let doc = json!({"account": account, "name": "王五", "division": id(TREE[of % 6]), "divisions": list(with),
                "from": (since > 0).then_some(day(-since).0)});
            phone.record(when, "staff", target, doc)
        }
        2..=5 => {
            let divisions = if what == 2 { list(with) } else { both(with, of) };
            phone.change_since(when, "staff", staff_id(account), json!({"divisions": divisions}), day(since))
        }
        6 => phone.change(when, "staff", staff_id(account), json!({"from": day(since).0, "to": day(with as i32).0})),
        7 => phone.change(when, "staff", staff_id(account), json!({"account": id(ACCOUNTS[with % 2]).0})),
        _ => phone.settle(when, "staff", staff_id(account), Part::Field("divisions".into()), with % 2 == 0),
    }
}

/// What an op newly gives on any day lies in its author's divisions, and nobody without the right gives anything.
fn nobody_gives_more_than_they_have(before: &Records, county: &County, sent: &Sent) -> Result<(), TestCaseError> {
    let Some(staff) = county.records.get(&sent.op.target) else { return Ok(()) };
    let old = before.get(&sent.op.target);
    if old != Some(staff) {
        prop_assert!(sent.actor.role.may(Right::Accounts), "written by {:?}", sent.actor.role);
    }
    prop_assert_eq!(id_in(&staff.doc, "account").map(|account| staff_id(account.0)), Some(staff.id), "one an account");
    let listed = |record: &Record, day: Day| -> BTreeSet<RecordId> {
        let ids = record.value_on("divisions", day).as_array().cloned().unwrap_or_default();
        ids.iter().map(|id| id.as_str().unwrap().parse().unwrap()).collect()
    };
    let days: BTreeSet<Day> = old
        .into_iter()
        .chain([staff])
        .flat_map(|record| record.cuts("divisions"))
        .chain([Day::MIN, Day::MAX])
        .collect();
    let world = county.world();
    for day in days {
        let had = old.map(|old| listed(old, day)).unwrap_or_default();
        for given in listed(staff, day).difference(&had) {
            prop_assert!(world.covers(&sent.actor, *given), "{given} given on {day} by {:?}", sent.actor.scope);
        }
        // What they work in is what one row says of the day, and nothing while they are not at work.
        let rows =
            county.rows().into_iter().filter(|row| row.table == "staff_span" && row.owner == staff.id.to_string());
        let bound = |cell: &Cell| if let Cell::Int(day) = cell { *day } else { panic!("no day") };
        let of_day = rows.filter(|row| (bound(&row.cells[2])..bound(&row.cells[3])).contains(&day.0.into()));
        let of_day: Vec<Row> = of_day.collect();
        let scope = staff_scope(staff, day);
        prop_assert!(of_day.len() <= 1, "never two at once");
        let told = of_day.first().map(|row| row.cells[4].clone());
        let none = scope.is_empty() && told.is_none();
        prop_assert!(none || told == Some(Cell::Text(json!(scope).to_string())), "{told:?} {scope:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn borders_move_in_any_order_and_the_tree_stays_a_tree_on_every_day(
        pieces in pieces(4, 14, 36),
        keys in prop::collection::vec(any::<u32>(), 8),
    ) {
        let start = County::new();
        let mut county = start.clone();
        let other = Phone::new(0x57, Role::SectionClerk, COUNTY);
        let reviewer = Phone::new(0x58, Role::TownReviewer, COUNTY);
        let mut desks = apart(vec![Phone::clerk(), other, reviewer, Phone::worker(1, VILLAGE_A1)], &county);
        let hear = |county: &mut County, sent: &Sent| -> Result<(), TestCaseError> {
            let (_, before) = heard(county, sent)?;
            if !sent.actor.role.may(Right::County) {
                prop_assert_eq!(&county.records, &before, "borders are the county's");
            }
            the_tree_is_one(county)
        };
        for (n, piece) in pieces.iter().enumerate() {
            // The two clerks do most of it; who may not tries, and most of all to settle what they disagree on.
            let settles = piece.0 == 2 && piece.1 < 10;
            let piece = &(piece.0, if settles { 10 } else { piece.1 }, piece.2, piece.3, piece.4);
            let desk = &mut desks[if piece.0 == 3 && n % 4 > 0 { n % 2 } else { piece.0 }];
            if piece.1 >= 12 {
                while let Some(sent) = desk.next() {
                    hear(&mut county, &sent)?;
                }
                desk.pull(&county);
            } else {
                let sent = border(desk, at(0, n as i64), n, *piece);
                desk.say(sent);
            }
        }
        for n in 0.. {
            let Some(sent) = turn(&mut desks, keys[n % keys.len()].rotate_left(n as u32)) else { break };
            hear(&mut county, &sent)?;
        }
        each_day_has_one_parent(&county)?;
        told_again(&start, &county)?;
    }

    #[test]
    fn divisions_are_given_by_who_has_them_and_hold_on_their_days(
        pieces in pieces(5, 10, 24),
        keys in prop::collection::vec(any::<u32>(), 8),
    ) {
        let mut start = County::new();
        for account in ACCOUNTS {
            let doc = json!({"account": id(account), "name": "王五", "division": id(TOWN_A), "divisions": [id(VILLAGE_A1)]});
            start.accepts(&Phone::new(0x61, Role::SysAdmin, COUNTY).record(at(-9, 9), "staff", staff_id(id(account).0), doc));
        }
        let mut county = start.clone();
        let of_town = Phone::new(0x54, Role::SysAdmin, TOWN_A);
        let mut desks = apart(vec![Phone::admin(), of_town, Phone::clerk(), Phone::reviewer(), Phone::worker(1, VILLAGE_A1)], &county);
        for (n, piece) in pieces.iter().enumerate() {
            // The administrators speak more often than those who may not.
            let who = if n % 3 == 0 { piece.0 } else { piece.0 % 2 };
            let sent = hired(&mut desks[who].phone, at(0, n as i64), *piece);
            desks[who].say([sent]);
        }
        for n in 0.. {
            let Some(sent) = turn(&mut desks, keys[n % keys.len()].rotate_left(n as u32)) else { break };
            let (_, before) = heard(&mut county, &sent)?;
            nobody_gives_more_than_they_have(&before, &county, &sent)?;
        }
        told_again(&start, &county)?;
    }

    #[test]
    fn borders_of_different_days_told_by_two_desks_are_the_same_in_any_order(
        said in prop::collection::vec((0..2_usize, 0..4_usize, 0..3_usize, -9..9_i32), 1..12),
        keys in prop::collection::vec(any::<u32>(), 8),
    ) {
        let start = County::new();
        let mut ends = Vec::new();
        for keys in [vec![0], vec![1], keys] {
            let mut county = start.clone();
            let other = Phone::new(0x57, Role::SectionClerk, COUNTY);
            let mut desks = apart(vec![Phone::clerk(), other], &county);
            for (n, (who, what, of, since)) in said.iter().enumerate() {
                let (desk, target) = (&mut desks[*who].phone, id(TREE[3 + of]));
                // Each has days and fields of its own.
                let set = match (what, who) {
                    (0..=2, _) => json!({"parent": id([TOWN_A, TOWN_B, COUNTY][*what])}),
                    (_, 0) => json!({"name": format!("村{n}")}),
                    _ => json!({"urban_rural": "220", "hidden": n % 2 == 0}),
                };
                let sent = desk.change_since(at(1, n as i64), "division", target, set, day(2 * since + *who as i32));
                desks[*who].say([sent]);
            }
            for n in 0.. {
                let Some(sent) = turn(&mut desks, keys[n % keys.len()].rotate_left(n as u32)) else { break };
                heard(&mut county, &sent)?;
            }
            // What was said last of another day lies beside; what holds on each day is the same.
            county.records.values_mut().for_each(|record| record.meta.beside.clear());
            ends.push((told(&county), county.rows()));
        }
        prop_assert_eq!(&ends[0], &ends[1]);
        prop_assert_eq!(&ends[0], &ends[2]);
    }
}
