//! Figures of merit letters: SQL against the slow rule, and a closed year by the borders of its last day.

use std::collections::BTreeSet;

use bianfang_domain::actor::Role;
use bianfang_domain::coverage::Window;
use bianfang_domain::kind::letter::figures::{LetterFigures, figures as slow};
use bianfang_domain::op::{Act, Op, Sealed};
use bianfang_domain::time::Day;
use bianfang_server::report::{FigureQuestion, letters, past};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use crate::bureau::*;
use crate::records::{write, write_division};
use crate::world::{START_MS, World, scope_of};
use crate::{on_both, on_both_databases};

on_both!(the_route_tells_a_closed_window_by_the_borders_of_its_last_day,);
on_both_databases!(
    figures_equal_the_rule_over_random_work,
    a_village_that_changes_its_township_stays_in_the_old_one_for_the_closed_window,
);

const LETTER: u128 = 0xD00;

fn letter(number: u128, village: u128, more: Value) -> Value {
    let mut doc = json!({ "source": "PAFD", "notice_no": format!("{number}"), "level": "THIRD", "soldier": "李军",
        "division": id(village) });
    doc.as_object_mut().unwrap().extend(fields(more));
    doc
}

fn delivered(number: u128, when: i64, more: Value) -> Value {
    let mut doc = json!({ "letter": id(LETTER + number), "step": "DELIVERED", "at": when, "signature": "x",
        "delivered_by": [{ "name": "王", "of": "BUREAU", "level": "COUNTY" }] });
    doc.as_object_mut().unwrap().extend(fields(more));
    doc
}

fn question(division: u128, window: Window, on: Option<i32>) -> FigureQuestion<'static> {
    FigureQuestion {
        county: COUNTIES[0],
        division: id(division),
        window,
        rule: &crate::report::SHIPPED,
        tree_on: on.map(day),
        seen: None,
        filter: crate::report::NO_FILTER,
        accepted_upto: window.to,
    }
}

/// One thing that happens to one of eight letters.
fn work(p: &mut Phone, rng: &mut StdRng, step: u128) -> Op {
    let number = rng.random_range(0..8);
    let village = *[VILLAGE_A1, VILLAGE_A2, VILLAGE_B1].choose(rng).unwrap();
    let when = at(rng.random_range(2..40), 9);
    let target = id(LETTER + number);
    match rng.random_range(0..8) {
        0..=3 => {
            let said = [json!({}), json!({ "award_fen": 70_000 }), json!({ "goods_fen": 900 })];
            p.record(when, "letter_step", id(0xE00 + step), delivered(number, when, said.choose(rng).unwrap().clone()))
        }
        4 => p.change(when, "letter", target, json!({ "division": id(village) })),
        5 => p.change(when, "letter", target, json!({ "level": if rng.random() { "FIRST" } else { "FOUR_HAVE" } })),
        6 => p.change(when, "letter", target, json!({ "removed": rng.random_bool(0.5).then_some("重复") })),
        _ => {
            let void = Act::Void { reason: "误".into() };
            p.op(at(41, 9), "letter_step", id(0xE00 + rng.random_range(0..=step)), void)
        }
    }
}

async fn figures_equal_the_rule_over_random_work(bureau: Bureau) {
    let rng = &mut StdRng::seed_from_u64(20_261_127);
    let (mut clerk, mut seen) = (Phone::clerk(0), LetterFigures::default());
    bureau
        .push(&mut clerk, |p| {
            (0..8)
                .map(|n| {
                    let village = *[VILLAGE_A1, VILLAGE_A2, VILLAGE_B1].choose(rng).unwrap();
                    let more = json!({ "conscript": n % 2 == 0, "award_fen": 200_000 + n as i64 });
                    p.record(at(1, 9), "letter", id(LETTER + n), letter(n, village, more))
                })
                .collect()
        })
        .await;
    for round in 0..15_u128 {
        bureau.push(&mut clerk, |p| (0..4).map(|step| work(p, rng, round * 4 + step)).collect()).await;
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        let head = past::number_at(conn, COUNTIES[0], i64::MAX).await.unwrap();
        let world = past::world(conn, COUNTIES[0], head).await.unwrap();
        for (from, to) in [(0, 60), (8, 20), (15, 15)] {
            let window = Window { from: day(from), to: day(to) };
            let ask = question(COUNTY, window, None);
            let under = ask.under(conn).await.unwrap();
            let told = letters::figures(conn, COUNTIES[0], window, &under).await.unwrap();
            assert_eq!(told.total, slow(&world, window, &under.keys().copied().collect()), "round {round} {from}-{to}");
            for town in [TOWN_A, TOWN_B] {
                let below: BTreeSet<_> =
                    under.iter().filter(|(_, child)| **child == id(town)).map(|(d, _)| *d).collect();
                assert_eq!(told.parts[&id(town)], slow(&world, window, &below), "round {round} {from}-{to} {town:x}");
            }
            seen.add(&told.total);
        }
    }
    assert!(seen.levels.len() == 3 && seen.conscripts > 20 && seen.conscripts < seen.delivered, "{seen:?}");
}

async fn a_village_that_changes_its_township_stays_in_the_old_one_for_the_closed_window(bureau: Bureau) {
    let mut clerk = Phone::new(0, 0x71, Role::SectionClerk, COUNTY);
    bureau
        .push(&mut clerk, |p| {
            let mut ops = Vec::new();
            for (number, village) in [(0, VILLAGE_A1), (1, VILLAGE_A1), (2, VILLAGE_B1)] {
                ops.push(p.record(at(1, 9), "letter", id(LETTER + number), letter(number, village, json!({}))));
                let when = at(5 + number as i32, 9);
                ops.push(p.record(when, "letter_step", id(0xE00 + number), delivered(number, when, json!({}))));
            }
            // The family moves after the letter was delivered; then the village changes its township.
            ops.push(p.change(at(20, 9), "letter", id(LETTER + 1), json!({ "division": id(VILLAGE_B1) })));
            let set = fields(json!({ "parent": id(TOWN_B) }));
            let act = Act::Change { set, sealed: Sealed::new(), since: Some(day(40)) };
            ops.push(p.op(at(41, 8), "division", id(VILLAGE_A1), act));
            ops
        })
        .await;
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let head = past::number_at(conn, COUNTIES[0], i64::MAX).await.unwrap();
    let mut known = past::rebuilt(bureau.db.pool(), COUNTIES[0], head).await.unwrap();
    let mut before = past::rebuilt(bureau.db.pool(), COUNTIES[0], head - 1).await.unwrap();
    // (last day, borders of): the towns' letters, as they are told now, at this cut-off, and before anybody told of the change.
    for (to, on, now, then) in [(39, None, (2, 1), (2, 1)), (40, None, (0, 3), (2, 1)), (59, Some(39), (2, 1), (2, 1))]
    {
        let window = Window { from: day(0), to: day(to) };
        for (conn, expected) in [(&mut *conn, now), (&mut known, now), (&mut before, then)] {
            let under = question(COUNTY, window, on).under(conn).await.unwrap();
            let told = letters::figures(conn, COUNTIES[0], window, &under).await.unwrap();
            let of = |town: u128| told.parts[&id(town)].delivered;
            assert_eq!(((of(TOWN_A), of(TOWN_B)), told.total.delivered), (expected, 3), "up to {to} by {on:?}");
            let under = question(TOWN_A, window, on).under(conn).await.unwrap();
            let own = letters::figures(conn, COUNTIES[0], window, &under).await.unwrap();
            assert_eq!(own.total.delivered, expected.0, "the township's own page says the same");
        }
    }
}

async fn the_route_tells_a_closed_window_by_the_borders_of_its_last_day(world: World) {
    let clerk = world.token(crate::world::COUNTIES[0], Role::SectionClerk).await;
    let county = scope_of(crate::world::COUNTIES[0])[0];
    write_division(&world, &clerk, crate::world::COUNTIES[0]).await;
    let record = |kind: &str, number: u128, fields: Value| json!({ "kind": kind, "target": id(number), "act": "record", "fields": fields });
    let place = |number, name: &str, level: &str, parent| {
        record("division", number, json!({ "name": name, "level": level, "parent": parent }))
    };
    let (today, when) = (Day::of(START_MS), START_MS - 20 * 86_400_000);
    let delivered = delivered(0, when, json!({ "award_fen": 70_000 }));
    let moves = json!({ "kind": "division", "target": id(0xB3), "act": "change", "set": { "parent": id(0xB2) },
        "since": today.0 - 5 });
    for (key, body) in [
        place(0xB1, "甲镇", "TOWNSHIP", county),
        place(0xB2, "乙镇", "TOWNSHIP", county),
        place(0xB3, "村", "VILLAGE", id(0xB1)),
        record("letter", LETTER, letter(0, 0xB3, json!({ "conscript": true }))),
        record("letter_step", 0xE00, delivered),
        moves,
    ]
    .iter()
    .enumerate()
    {
        let base = (key == 5).then_some(4);
        let answer = write(&world, &clerk, &format!("key-letter-{key}"), base, body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    let head = world.get("/api/v1/letters/figures", &clerk).await.json()["feed"].as_u64().unwrap();
    for (last, more, expected) in [
        (today.0 - 6, String::new(), ("甲镇", 1, "乙镇", 0)),
        (today.0 - 5, String::new(), ("甲镇", 0, "乙镇", 1)),
        (today.0 - 6, format!("&as_of={head}"), ("甲镇", 1, "乙镇", 0)),
        (today.0 - 5, format!("&as_of={}", head - 1), ("甲镇", 1, "乙镇", 0)),
        (today.0 - 5, format!("&tree_on={}", Day(today.0 - 6)), ("甲镇", 1, "乙镇", 0)),
    ] {
        let path = format!("/api/v1/letters/figures?from=2026-01-01&to={}{more}", Day(last));
        let told = world.get(&path, &clerk).await.json();
        let figure = |name: &str| {
            let part = told["parts"].as_array().unwrap().iter().find(|part| part["division"]["name"] == name);
            part.map(|part| part["figures"]["delivered"].as_i64().unwrap()).unwrap()
        };
        let (old, one, new, other) = expected;
        assert_eq!((figure(old), figure(new)), (one, other), "{path}");
        let total = &told["total"];
        assert_eq!(
            (&total["award_fen"], &total["conscripts"], &total["levels"]["THIRD"]),
            (&json!(70_000), &json!(1), &json!(1))
        );
    }
    let outside = format!("/api/v1/letters/figures?division={}", id(0xBB));
    assert_eq!(world.get(&outside, &clerk).await.code(), "not-found");
}
