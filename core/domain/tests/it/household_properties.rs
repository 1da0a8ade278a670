//! Laws of households over random work of several phones: they move, split, merge and come back, and nobody is left in one
//! that ended without saying into which.

use std::collections::BTreeSet;

use bianfang_domain::actor::{Right, Role};
use bianfang_domain::decision::Verdict;
use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::home::{HomeWrite, NewHead, merged, moved, split};
use bianfang_domain::id::RecordId;
use bianfang_domain::op::{Act, Part};
use bianfang_domain::record::Record;
use proptest::prelude::*;
use serde_json::json;

use crate::apart::{Apart, Records, heard, told, told_again, turn};
use crate::county::{COUNTY, County, Phone, Sent, TOWN_A, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, id};

const HOMES: u128 = 0x700;
const VILLAGES: [u128; 3] = [VILLAGE_A1, VILLAGE_A2, VILLAGE_B1];

/// Who, what, of which, with which, a flag.
type Piece = (usize, usize, usize, usize, bool);

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    prop::collection::vec((0..4_usize, 0..18_usize, 0..6_usize, 0..6_usize, any::<bool>()), 1..32)
}

/// Four households, two of them in one village, with two members each.
fn county() -> County {
    let mut county = County::new();
    for (n, village) in (0..).zip([VILLAGE_A1, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1]) {
        let home = county.household(HOMES + n, village);
        for member in [2 * n + 1, 2 * n + 2] {
            county.member(member, home, &["DISCHARGED_SOLDIER"]);
        }
    }
    county
}

fn phones(county: &County) -> Vec<Apart> {
    let town = Phone::new(0x58, Role::TownReviewer, TOWN_A);
    let phones = [Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A2), town, Phone::clerk()];
    phones.into_iter().map(|phone| Apart::new(phone, county)).collect()
}

fn nth<'a>(records: impl Iterator<Item = &'a Record>, n: usize) -> Option<&'a Record> {
    let all: Vec<&Record> = records.collect();
    (!all.is_empty()).then(|| all[n % all.len()])
}

fn members(apart: &Apart, home: RecordId) -> Vec<Record> {
    apart.of("person").filter(|person| id_in(&person.doc, "household") == Some(home)).cloned().collect()
}

/// What one does about a home as it last saw it.
fn steps(apart: &Apart, n: u128, (_, what, of, with, flag): Piece) -> Vec<HomeWrite> {
    let (Some(home), Some(other)) = (nth(apart.of("household"), of), nth(apart.of("household"), with)) else {
        return Vec::new();
    };
    let of_home = members(apart, home.id);
    let change = |kind: &'static str, target, set: serde_json::Value| HomeWrite {
        kind,
        target,
        act: Act::Change { set: crate::county::fields(set), sealed: Default::default(), since: None },
    };
    match what {
        0..=2 => merged(home.id, other.id, &of_home),
        3..=4 => moved(home, &of_home, id(VILLAGES[with % 3]), "新村", flag.then(|| day(with as i32 - 3))),
        5 => {
            let head = of_home.first().map(|member| member.id);
            let going: Vec<RecordId> = head.into_iter().collect();
            split(home, id(0x7000 + n), &NewHead { name: "张小三".into(), person: head }, None, &going)
        }
        6 => vec![change("household", home.id, json!({"register": "ACTIVE"}))],
        7 => vec![change("household", home.id, json!({"merged_into": flag.then_some(other.id)}))],
        8 => vec![change(
            "household",
            home.id,
            json!({"register": "MERGED", "merged_into": if flag { other.id } else { id(0x7FF) }}),
        )],
        9 if of_home.is_empty() => {
            vec![change("household", home.id, json!({"register": "REMOVED", "removed_note": "错录"}))]
        }
        10 => of_home.iter().take(1).map(|one| change("person", one.id, json!({"household": other.id}))).collect(),
        _ => vec![change("household", home.id, json!({"head_name": format!("张{n}"), "way_note": format!("门{n}")}))],
    }
}

/// What a reviewer says of something that waits.
fn settled(apart: &mut Apart, when: i64, (_, _, of, with, flag): Piece) -> Option<Sent> {
    let waits = apart.seen.values().filter(|record| !record.meta.beside.is_empty());
    let record = nth(waits, of)?;
    let beside = &record.meta.beside[with % record.meta.beside.len()];
    let part =
        if of % 2 == 0 { Part::Field(beside.field.clone()) } else { Part::Value(beside.field.clone(), beside.op) };
    let (kind, target) = (record.kind.clone(), record.id);
    Some(apart.phone.settle(when, &kind, target, part, flag))
}

/// The household that somebody named in one belongs to now: through mergers, to one that is none.
fn stands(county: &County, home: RecordId) -> Result<RecordId, TestCaseError> {
    let mut seen = BTreeSet::new();
    let mut here = home;
    loop {
        prop_assert!(seen.insert(here), "merged in a circle: {:?}", seen);
        let record = county.records.get(&here);
        prop_assert!(record.is_some_and(|record| record.kind == "household"), "merged into nothing: {}", here);
        let record = county.get(here);
        if text_in(&record.doc, "register") != Some("MERGED") {
            return Ok(here);
        }
        let into = id_in(&record.doc, "merged_into");
        prop_assert!(into.is_some(), "merged, and nobody knows into which: {:?}", record);
        here = into.unwrap();
    }
}

fn everybody_is_somewhere(county: &County) -> Result<(), TestCaseError> {
    for record in county.records.values() {
        match record.kind.as_str() {
            "household" => drop(stands(county, record.id)?),
            "person" => drop(stands(county, id_in(&record.doc, "household").unwrap())?),
            _ => {}
        }
    }
    Ok(())
}

/// A worker's word moves nobody and ends no household by itself.
fn only_a_reviewer_moves(before: &Records, county: &County, sent: &Sent) -> Result<(), TestCaseError> {
    if sent.actor.role.may(Right::Review) {
        return Ok(());
    }
    for (id, old) in before {
        for field in ["household", "division", "living_division", "register", "merged_into", "head_name"] {
            prop_assert_eq!(county.get(*id).value(field), old.value(field), "{} by {:?}", field, sent.actor.role);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_left_in_a_household_that_ended(pieces in pieces(), keys in prop::collection::vec(any::<u32>(), 8)) {
        let start = county();
        let mut county = start.clone();
        let mut phones = phones(&county);
        let hear = |county: &mut County, sent: &Sent| -> Result<(), TestCaseError> {
            let (_, before) = heard(county, sent)?;
            only_a_reviewer_moves(&before, county, sent)?;
            everybody_is_somewhere(county)
        };
        for (n, piece) in pieces.iter().enumerate() {
            let when = at(0, 2 * n as i64);
            let apart = &mut phones[piece.0];
            if piece.1 >= 16 {
                while let Some(sent) = apart.next() {
                    hear(&mut county, &sent)?;
                }
                apart.pull(&county);
            } else if (13..16).contains(&piece.1) {
                let sent = settled(apart, when, *piece);
                apart.say(sent);
            } else {
                let steps = steps(apart, n as u128, *piece);
                let sent: Vec<Sent> = steps.into_iter().map(|step| apart.phone.op(when, step.kind, step.target, step.act)).collect();
                apart.say(sent);
            }
        }
        for n in 0.. {
            let Some(sent) = turn(&mut phones, keys[n % keys.len()].rotate_left(n as u32)) else { break };
            hear(&mut county, &sent)?;
        }
        told_again(&start, &county)?;
    }

    #[test]
    fn phones_that_say_different_things_of_one_home_are_heard_in_any_order(
        said in prop::collection::vec((0..3_usize, 0..4_usize, 0..4_u128, -9..9_i32), 1..14),
        keys in prop::collection::vec(any::<u32>(), 8),
    ) {
        let start = county();
        let mut ends = Vec::new();
        for keys in [vec![0], vec![1, 2, 1], keys] {
            let mut county = start.clone();
            let roles = [Role::VillageWorker, Role::TownReviewer, Role::SectionClerk];
            let phones = (0..).zip(roles).map(|(n, role)| Phone::new(0x80 + n, role, COUNTY));
            let mut phones: Vec<Apart> = phones.map(|phone| Apart::new(phone, &county)).collect();
            for (n, (who, what, of, since)) in said.iter().enumerate() {
                let (apart, home, when) = (&mut phones[*who], id(HOMES + of), at(1, n as i64));
                // Each has fields of its own; the division of a home is said by one for each day.
                let day_of_its_own = day(3 * since + *who as i32);
                let sent = match (*who, what) {
                    (_, 0) => {
                        let village = id(VILLAGES[(n + who) % 3]);
                        apart.phone.change_since(when, "household", home, json!({"division": village}), day_of_its_own)
                    }
                    (0, _) => apart.phone.change(when, "household", home, json!({"way_note": n.to_string(), "head_name": format!("李{n}")})),
                    (1, _) => apart.phone.change(when, "household", home, json!({"address": format!("{n}号"), "door_photo": n.to_string()})),
                    _ => apart.phone.change(when, "household", home, json!({"registered_address": format!("{n}号")})),
                };
                apart.say([sent]);
            }
            for n in 0.. {
                let Some(sent) = turn(&mut phones, keys[n % keys.len()].rotate_left(n as u32)) else { break };
                let (decision, _) = heard(&mut county, &sent)?;
                prop_assert_ne!(decision.verdict, Verdict::Refused);
            }
            // Which of two days was said last, and so lies beside, follows the order; what holds on each day does not.
            county.records.values_mut().for_each(|record| record.meta.beside.retain(|beside| beside.field != "division"));
            ends.push((told(&county), county.rows()));
        }
        prop_assert_eq!(&ends[0], &ends[1]);
        prop_assert_eq!(&ends[0], &ends[2]);
    }
}
