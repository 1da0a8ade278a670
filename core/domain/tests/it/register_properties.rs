//! Laws of whose service a family rests on, of units and of code tables, over random work of several phones: no step that is
//! none, no code that goes away, and both words kept where two said one thing.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::{Right, Role};
use bianfang_domain::codes;
use bianfang_domain::decision::Verdict;
use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::op::{Act, Part};
use bianfang_domain::record::Record;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::apart::{Apart, Records, heard, told_again, turn};
use crate::county::{COUNTY, County, Phone, Sent, TOWN_A, VILLAGE_A1, VILLAGE_A2, at, id};

const BASES: [&str; 6] = ["SERVING", "VETERAN", "MARTYR", "ON_DUTY", "ILLNESS", "HERO"];
const TABLES: [&codes::ShippedTable; 2] = [&codes::METHOD, &codes::TAG];

/// Who, what, of which, with which, a flag.
type Piece = (usize, usize, usize, usize, bool);

fn pieces(what: usize, most: usize) -> impl Strategy<Value = Vec<Piece>> {
    prop::collection::vec((0..4_usize, 0..what, 0..6_usize, 0..6_usize, any::<bool>()), 1..most)
}

fn phones() -> [Phone; 4] {
    [Phone::worker(1, VILLAGE_A1), Phone::worker(2, VILLAGE_A1), Phone::reviewer(), Phone::clerk()]
}

/// Two who keep the codes, and two who see them and may not.
fn desks() -> [Phone; 4] {
    let roles = [Role::SectionClerk, Role::SectionClerk, Role::TownReviewer, Role::VillageWorker];
    let mut number = 0x80;
    roles.map(|role| {
        number += 1;
        Phone::new(number, role, COUNTY)
    })
}

/// What a reviewer, or who would like to be one, says of something of a kind that waits; now and then of what they have not
/// seen.
fn settled(apart: &mut Apart, when: i64, (kind, target, field): (&str, RecordId, &str), flag: bool) -> Option<Sent> {
    let waits = apart
        .seen
        .get(&target)
        .and_then(|record| record.meta.beside.first())
        .filter(|_| apart.phone.seq.is_multiple_of(2));
    let part = waits.map_or(Part::Field(field.to_owned()), |beside| Part::Value(beside.field.clone(), beside.op));
    Some(apart.phone.settle(when, kind, target, part, flag))
}

/// Work apart: each piece is written by who is named, `what` 0 and 1 synchronize, and at last all is heard by keys.
fn work(
    (county, phones): (&mut County, [Phone; 4]),
    (pieces, keys): (&[Piece], &[u32]),
    write: impl Fn(&mut Apart, i64, usize, Piece) -> Option<Sent>,
    mut look: impl FnMut(&Records, &County, &Sent) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let start = county.clone();
    let mut phones = phones.map(|phone| Apart::new(phone, county));
    let mut hear = |county: &mut County, sent: &Sent| -> Result<(), TestCaseError> {
        let (_, before) = heard(county, sent)?;
        look(&before, county, sent)
    };
    for (n, piece) in pieces.iter().enumerate() {
        let apart = &mut phones[piece.0];
        if piece.1 < 2 {
            while let Some(sent) = apart.next() {
                hear(county, &sent)?;
            }
            apart.pull(county);
        } else {
            let sent = write(apart, at(0, n as i64), n, *piece);
            apart.say(sent);
        }
    }
    for n in 0.. {
        let Some(sent) = turn(&mut phones, keys[n % keys.len()].rotate_left(n as u32)) else { break };
        hear(county, &sent)?;
    }
    told_again(&start, county)
}

fn soldiers() -> County {
    let mut county = County::new();
    for (n, basis) in (0..).zip(["SERVING", "SERVING", "VETERAN"]) {
        let home = county.household(0x700 + n, VILLAGE_A1);
        let doc =
            json!({"basis": basis, "name": "张小三", "household": home, "discharged": (n == 2).then_some("1979-12")});
        county.accepts(&Phone::new(0x61, Role::SectionClerk, COUNTY).record(
            at(-9, 9),
            "basis_person",
            id(0x600 + n),
            doc,
        ));
    }
    county
}

fn of_a_soldier(apart: &mut Apart, when: i64, n: usize, piece: Piece) -> Option<Sent> {
    let (_, what, of, with, flag) = piece;
    let soldier = id([0x600, 0x601, 0x602, 0x600, 0x601, 0x603][of]);
    Some(match what {
        2..=5 => {
            let mut set = json!({"basis": BASES[with]});
            if flag {
                set["discharged"] = json!("2026-03");
                set["certificate_no"] = json!(format!("第{n}号"));
            }
            apart.phone.change(when, "basis_person", soldier, set)
        }
        6 => {
            let doc = json!({"basis": BASES[with], "name": "李小四", "household": id(0x700 + u128::from(flag))});
            apart.phone.record(when, "basis_person", id(0x603), doc)
        }
        7 => apart.phone.change(when, "basis_person", soldier, json!({"discharged": flag.then_some("2026-04")})),
        8 => {
            let change = if flag { "$add" } else { "$remove" };
            let set = json!({"relations": {change: [{"person": id(with as u128), "relation": "父亲"}]}});
            apart.phone.change(when, "basis_person", soldier, set)
        }
        9 => apart.phone.change(
            when,
            "basis_person",
            soldier,
            json!({"household": flag.then(|| id(0x700 + with as u128))}),
        ),
        _ => return settled(apart, when, ("basis_person", soldier, "basis"), flag),
    })
}

/// Who an op lets step from state to state, told from the table of the kind alone.
fn steps_are_allowed(before: &Records, county: &County, sent: &Sent) -> Result<(), TestCaseError> {
    let basis = kind::by_name("basis_person").unwrap().life_cycles()[0];
    for record in county.records.values().filter(|record| record.kind == "basis_person") {
        let Some(old) = before.get(&record.id) else {
            prop_assert!(!basis.begins.is_empty() && basis.begins.contains(&basis.state(&record.doc)));
            continue;
        };
        let (from, to) = (basis.state(&old.doc), basis.state(&record.doc));
        if from == to {
            continue;
        }
        let role = sent.actor.role;
        prop_assert!(role.may(Right::Review), "{from} → {to} by {role:?}");
        // A reviewer who looked may say that the papers are right though no step leads there, or none leads there any more.
        let chosen = matches!(&sent.op.act, Act::Settle { part, accept: true, .. } if old.beside(part).is_some());
        match basis.between(from, to) {
            None => prop_assert!(chosen, "{from} → {to} by {:?}", sent.op.act),
            Some(step) => {
                prop_assert!(role.may(step.who), "{from} → {to} by {role:?}: {:?}", sent.op.act);
                prop_assert_eq!(step.lacks(&record.doc), None, "{} → {}", from, to);
            }
        }
    }
    Ok(())
}

/// A discharge opens one person, for a soldier who was told of as one.
fn one_comes_home(served: &mut BTreeSet<RecordId>, county: &County) -> Result<(), TestCaseError> {
    let serves = |record: &&Record| record.kind == "basis_person" && text_in(&record.doc, "basis") != Some("VETERAN");
    served.extend(county.records.values().filter(serves).map(|record| record.id));
    let mut opened: BTreeMap<RecordId, usize> = BTreeMap::new();
    for person in county.records.values().filter(|record| record.kind == "person") {
        let of = id_in(&person.doc, "basis_person").unwrap();
        *opened.entry(of).or_default() += 1;
        prop_assert_eq!(text_in(&person.doc, "register"), Some("DRAFT"), "in no denominator");
        prop_assert!(served.contains(&of), "{of} came home long ago");
    }
    prop_assert!(opened.values().all(|count| *count == 1), "{opened:?}");
    Ok(())
}

fn nobody_serving_is_counted(county: &County) -> Result<(), TestCaseError> {
    let soldiers = county.records.values().filter(|record| record.kind == "basis_person");
    let counted = county.rows().into_iter().filter(|row| ["person", "person_span", "contacted"].contains(&row.table));
    let counted: BTreeSet<String> = counted.map(|row| row.owner).collect();
    for soldier in soldiers {
        prop_assert!(!counted.contains(&soldier.id.to_string()), "{} counts as one served", soldier.id);
    }
    Ok(())
}

fn of_a_unit(apart: &mut Apart, when: i64, n: usize, piece: Piece) -> Option<Sent> {
    let (_, what, of, with, flag) = piece;
    let unit = id(0x610 + of as u128 % 3);
    let kind = ["EMPLOYER", "FORCES", "TRAINER", "SCHOOL"][with % 4];
    Some(match what {
        2..=3 => {
            let name = if n.is_multiple_of(7) { "61234部队".to_owned() } else { format!("单位{n}") };
            apart.phone.record(when, "unit", unit, json!({"unit_kind": kind, "name": name, "division": id(VILLAGE_A1)}))
        }
        4 => apart.phone.change(when, "unit", unit, json!({"unit_kind": flag.then_some(kind)})),
        5..=6 => apart.phone.change(when, "unit", unit, json!({"name": format!("厂{n}"), "hiring": format!("{n}名")})),
        7 => apart.phone.change(when, "unit", unit, json!({"division": flag.then(|| id(VILLAGE_A2))})),
        _ => return settled(apart, when, ("unit", unit, "name"), flag),
    })
}

/// A county that has words of its own.
fn tables() -> County {
    let mut county = County::new();
    for table in TABLES {
        let mut doc = json!({"table": table.name, "division": id(COUNTY)});
        if table.open {
            doc["items/OWN0"] = json!({"name": "受灾"});
        }
        county.accepts(&Phone::new(0x61, Role::SectionClerk, COUNTY).record(
            at(-9, 9),
            "code_table",
            codes::id(table.name),
            doc,
        ));
    }
    county
}

fn of_a_table(apart: &mut Apart, when: i64, n: usize, piece: Piece) -> Option<Sent> {
    let (_, what, of, with, flag) = piece;
    let table = TABLES[of % 2];
    let target = codes::id(table.name);
    // One that is shipped, or one that the bureau may add where the table is open.
    let code = if flag { table.items[with % 3].code.to_owned() } else { format!("OWN{}", with % 3) };
    let field = codes::field(&code);
    let change = |phone: &mut Phone, value: Value| {
        Some(phone.change(when, "code_table", target, json!({ field.clone(): value })))
    };
    let phone = &mut apart.phone;
    match what {
        2 => {
            let division = if n.is_multiple_of(5) { TOWN_A } else { COUNTY };
            let doc = json!({"table": table.name, "division": id(division), field: {"name": format!("词{n}")}});
            Some(phone.record(when, "code_table", target, doc))
        }
        3..=5 => change(phone, json!({"name": format!("词{n}")})),
        6 => change(phone, json!({"hidden": flag})),
        7 => change(phone, json!({"name": format!("词{n}"), "hidden": true})),
        8..=9 => change(phone, Value::Null),
        10 => Some(phone.change(when, "code_table", target, json!({"table": TABLES[with % 2].name}))),
        _ => settled(apart, when, ("code_table", target, &field), with % 2 == 0),
    }
}

/// What is shipped stays where it was and means what it meant, closed tables have nothing else, and no code goes away.
fn codes_stay(before: &Records, county: &County) -> Result<(), TestCaseError> {
    for table in TABLES {
        let target = codes::id(table.name);
        let [old, new] = [before, &county.records].map(|records| codes::items(table, records.get(&target)));
        let shipped: Vec<&str> = new.iter().take(table.items.len()).map(|item| item.code.as_str()).collect();
        prop_assert_eq!(shipped, table.items.iter().map(|item| item.code).collect::<Vec<_>>());
        prop_assert!(table.open || new.len() == table.items.len(), "rules read {}", table.name);
        let codes: BTreeSet<&str> = new.iter().map(|item| item.code.as_str()).collect();
        prop_assert!(old.iter().all(|item| codes.contains(item.code.as_str())), "gone from {}", table.name);
        prop_assert!(new.iter().all(|item| !item.zh.trim().is_empty() && !item.en.trim().is_empty()));
        if let Some(record) = county.records.get(&target) {
            prop_assert_eq!(
                (record.value("table"), record.value("division")),
                (&json!(table.name), &json!(id(COUNTY)))
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_soldier_takes_no_step_that_is_none_and_comes_home_once(pieces in pieces(13, 28), keys in prop::collection::vec(any::<u32>(), 8)) {
        let (mut county, mut served) = (soldiers(), BTreeSet::from([id(0x600), id(0x601)]));
        work((&mut county, phones()), (&pieces, &keys), of_a_soldier, |before, county, sent| {
            steps_are_allowed(before, county, sent)?;
            one_comes_home(&mut served, county)
        })?;
        nobody_serving_is_counted(&county)?;
    }

    #[test]
    fn a_unit_is_what_it_is_and_never_a_person(pieces in pieces(10, 28), keys in prop::collection::vec(any::<u32>(), 8)) {
        work((&mut County::new(), phones()), (&pieces, &keys), of_a_unit, |before, county, sent| {
            for unit in county.records.values().filter(|record| record.kind == "unit") {
                prop_assert!(!unit.doc.values().any(|value| value.to_string().contains("61234")));
                let old = before.get(&unit.id).filter(|_| !sent.actor.role.may(Right::Review));
                for field in ["unit_kind", "name", "division"] {
                    prop_assert!(old.is_none_or(|old| old.value(field) == unit.value(field)), "a worker's word on {field}");
                }
            }
            let rows = county.rows();
            let units = rows.iter().filter(|row| row.table == "unit").count();
            prop_assert_eq!(units, county.records.values().filter(|record| record.kind == "unit").count());
            prop_assert!(rows.iter().all(|row| row.table != "person" && row.table != "contacted"), "units are no persons");
            Ok(())
        })?;
    }

    #[test]
    fn no_code_goes_away_and_what_is_shipped_keeps_its_place(pieces in pieces(13, 28), keys in prop::collection::vec(any::<u32>(), 8)) {
        work((&mut tables(), desks()), (&pieces, &keys), of_a_table, |before, county, sent| {
            if !sent.actor.role.may(Right::County) {
                prop_assert_eq!(&county.records, before, "codes are the county's");
            }
            codes_stay(before, county)
        })?;
    }

    #[test]
    fn of_what_several_say_of_one_field_every_last_word_is_kept_in_any_order(
        said in prop::collection::vec((0..3_usize, 0..4_usize), 1..14),
        keys in prop::collection::vec(any::<u32>(), 8),
    ) {
        let mut start = County::new();
        let doc = json!({"unit_kind": "EMPLOYER", "name": "厂", "division": id(VILLAGE_A1)});
        start.accepts(&Phone::clerk().record(at(-9, 9), "unit", id(0x610), doc));
        let doc = json!({"table": "TAG", "division": id(COUNTY)});
        start.accepts(&Phone::new(0x61, Role::SectionClerk, COUNTY).record(at(-9, 9), "code_table", codes::id("TAG"), doc));
        let fields = [("unit", "name"), ("unit", "hiring"), ("code_table", "items/FLOOD"), ("code_table", "items/FIRE")];
        let mut ends = Vec::new();
        for keys in [vec![0], vec![2, 1], keys] {
            let mut county = start.clone();
            let desks = (0..3).map(|n| Phone::new(0x80 + n, Role::SectionClerk, COUNTY));
            let mut desks: Vec<Apart> = desks.map(|desk| Apart::new(desk, &county)).collect();
            let mut last: BTreeMap<(usize, usize), String> = BTreeMap::new();
            for (n, (who, what)) in said.iter().enumerate() {
                let (kind, field) = fields[*what];
                let target = if kind == "unit" { id(0x610) } else { codes::id("TAG") };
                let value = if kind == "unit" { json!(format!("词{n}")) } else { json!({"name": format!("词{n}")}) };
                last.insert((*what, *who), value.to_string());
                let sent = desks[*who].phone.change(at(1, n as i64), kind, target, json!({field: value}));
                desks[*who].say([sent]);
            }
            for n in 0.. {
                let Some(sent) = turn(&mut desks, keys[n % keys.len()].rotate_left(n as u32)) else { break };
                let (decision, _) = heard(&mut county, &sent)?;
                prop_assert!(decision.verdict < Verdict::Held, "{decision:?}");
            }
            let kept = |what: usize| -> BTreeSet<String> {
                let (kind, field) = fields[what];
                let record = county.get(if kind == "unit" { id(0x610) } else { codes::id("TAG") });
                let beside = record.meta.beside.iter().filter(|beside| beside.field == field);
                beside.map(|beside| beside.value.to_string()).chain([record.value(field).to_string()]).collect()
            };
            for what in last.keys().map(|(what, _)| *what) {
                let wanted: BTreeSet<String> = last.iter().filter(|((of, _), _)| *of == what).map(|(_, value)| value.clone()).collect();
                prop_assert_eq!(kept(what), wanted, "{:?}", fields[what]);
            }
            ends.push((0..fields.len()).map(kept).collect::<Vec<_>>());
        }
        prop_assert_eq!(&ends[0], &ends[1]);
        prop_assert_eq!(&ends[0], &ends[2]);
    }
}
