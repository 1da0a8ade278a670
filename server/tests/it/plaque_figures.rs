//! Figures of plaques on both databases, against the slow rule over random work.

use std::collections::BTreeSet;

use bianfang_domain::coverage::Window;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::plaque::figures::figures as slow;
use bianfang_domain::kind::{KINDS, PlaqueEvent};
use bianfang_domain::op::{Act, Op, Part};
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use bianfang_domain::world::World;
use bianfang_server::report;
use serde_json::json;
use sqlx::Row;

use crate::bureau::*;
use crate::on_both_databases;
use crate::plaques::{HOUSE, homes, plaque};

on_both_databases!(figures_equal_the_rule_over_random_work);

fn pick(step: u128, salt: u128, among: usize) -> usize {
    let mixed = (step.wrapping_mul(6_364_136_223_846_793_005) ^ salt.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C)) >> 29;
    usize::try_from(mixed % among as u128).unwrap()
}

/// One step of everybody's work.
fn work(p: &mut Phone, seed: u128) -> Op {
    const ACTS: [&str; 9] =
        ["NEW", "ISSUE", "REISSUE", "REPLACE", "TAKE_BACK", "TAKE_DOWN", "REPORT_LOST", "NEW", "MARK_DUE"];
    let villages = [VILLAGE_A1, VILLAGE_A2, VILLAGE_B1];
    let when = at(3 + pick(seed, 1, 25) as i32, 9);
    let house = HOUSE + pick(seed, 2, 4) as u128;
    match pick(seed, 3, 10) {
        0..=5 => {
            let lot = (pick(seed, 4, 2) == 0).then(|| id(0x600 + pick(seed, 5, 2) as u128));
            let more = json!({ "old_returned": pick(seed, 6, 2) == 0, "reason": "PUBLIC_ORDER", "document": "文", "lot": lot });
            plaque(p, when, 0x10_000 + seed, house, ACTS[pick(seed, 7, 9)], more)
        }
        6 => p.op(
            when,
            "plaque_event",
            id(0x10_000 + seed - 1 - pick(seed, 8, 4) as u128),
            Act::Void { reason: "误录".into() },
        ),
        7 => p.change(when, "household", id(house), json!({ "division": id(villages[pick(seed, 9, 3)]) })),
        8 => {
            let act = ["TRANSFERRED", "DESTROYED", "RETURNED", "RECEIVED"][pick(seed, 10, 4)];
            let doc = json!({ "act": act, "division": id(villages[pick(seed, 11, 3)]), "count": 1 + pick(seed, 12, 4),
                "at": when, "from_lot": id(0x600 + pick(seed, 13, 2) as u128) });
            p.record(when, "plaque_stock", id(0x20_000 + seed), doc)
        }
        _ => p.change(
            when,
            "person",
            id(100 + pick(seed, 14, 4) as u128),
            json!({ "life": "DECEASED", "died_on": day(9).0 }),
        ),
    }
}

/// What the store of some divisions holds at the end of a day: each record of stock up to it, and each plaque that left.
fn held(world: &World, day: Day, divisions: &BTreeSet<RecordId>) -> i64 {
    let place = |record: &Record, field: &str| record.value(field).as_str().map(|id| id.parse::<RecordId>().unwrap());
    let here = |place: Option<RecordId>| place.is_some_and(|place| divisions.contains(&place));
    let lies = |lot: Option<RecordId>| lot.and_then(|lot| world.find(lot)).and_then(|lot| place(lot, "division"));
    let mut sum = 0;
    for record in world.records() {
        let until = Day::of(record.meta.origin.happened.ms) <= day;
        if record.kind == "plaque_stock" && until && record.counts(&Part::Whole) {
            let count = record.value("count").as_i64().unwrap();
            let act = record.value("act").as_str().unwrap();
            sum += if act != "DESTROYED" && here(place(record, "division")) { count } else { 0 };
            sum -= if act != "RECEIVED" && here(lies(place(record, "from_lot"))) { count } else { 0 };
        }
        let steps = if record.kind == "household" { PlaqueEvent::steps(record.id, world) } else { Vec::new() };
        for step in steps.iter().filter(|step| step.left_store() && step.day <= day) {
            let home = record.value_on("division", step.day).as_str().map(|id| id.parse().unwrap());
            sum -= i64::from(here(lies(world.find(step.fact).and_then(|fact| place(fact, "lot"))).or(home)));
        }
    }
    sum
}

/// Plaques on walls of these divisions as the register has them now.
async fn hanging(conn: &mut sqlx::AnyConnection, county: &str, divisions: &BTreeSet<RecordId>) -> i64 {
    let sql = "select h.division from plaque p join household h on h.county = p.county and h.owner = p.owner \
               where p.county = $1 and p.on_wall = 1";
    let rows = sqlx::query(sql).bind(county).fetch_all(conn).await.unwrap();
    let at = |row: &sqlx::any::AnyRow| row.get::<String, _>(0).parse::<RecordId>().unwrap();
    rows.iter().filter(|row| divisions.contains(&at(row))).count() as i64
}

async fn figures_equal_the_rule_over_random_work(bureau: Bureau) {
    for county in 0..2 {
        homes(&bureau, county, &[VILLAGE_A1, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1]).await;
        let mut clerk = Phone::clerk(county);
        bureau
            .push(&mut clerk, |p| {
                let lot = |n: u128, village| {
                    (n, json!({ "act": "RECEIVED", "division": id(village), "count": 5, "at": at(1, 9) }))
                };
                let lots = [lot(0x600, VILLAGE_A1), lot(0x601, VILLAGE_B1)];
                lots.into_iter().map(|(n, doc)| p.record(at(1, 9), "plaque_stock", id(n), doc)).collect()
            })
            .await;
        for round in 0..12_u128 {
            bureau
                .push(&mut clerk, |p| {
                    (0..8).map(|step| work(p, 10 + county as u128 + 2 * (round * 8 + step))).collect()
                })
                .await;
            let conn = &mut *bureau.db.pool().acquire().await.unwrap();
            let mut world = World::complete(KINDS).all_at_hand();
            let stored = sqlx::query("select id from record where county = $1")
                .bind(COUNTIES[county])
                .fetch_all(&mut *conn)
                .await
                .unwrap();
            for found in stored {
                let target: RecordId = found.get::<String, _>("id").parse().unwrap();
                world.load(bureau.see(county, target).await.unwrap());
            }
            let sets = [
                vec![COUNTY, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1],
                vec![VILLAGE_A1],
                vec![VILLAGE_A2, VILLAGE_B1],
            ];
            for (set, (from, to)) in
                sets.iter().flat_map(|set| [(0, 60), (8, 15), (20, 20)].map(|window| (set, window)))
            {
                let divisions: BTreeSet<RecordId> = set.iter().map(|n| id(*n)).collect();
                let window = Window { from: day(from), to: day(to) };
                let told = report::plaques::figures(conn, COUNTIES[county], window, &divisions).await.unwrap().figures;
                assert_eq!(
                    told,
                    slow(&world, window, &divisions),
                    "county {county} round {round} {set:x?} {from}-{to}"
                );
                let ends = [window.from.0 - 1, window.to.0].map(|day| held(&world, Day(day), &divisions));
                assert_eq!(
                    [told.store_start, told.store_end],
                    ends,
                    "county {county} round {round} {set:x?} {from}-{to}"
                );
                if to == 60 {
                    assert_eq!(told.hung_end, hanging(conn, COUNTIES[county], &divisions).await);
                }
            }
        }
        let all: BTreeSet<RecordId> = [COUNTY, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1].map(id).into();
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        let year = Window { from: day(0), to: day(60) };
        let told = report::plaques::figures(conn, COUNTIES[county], year, &all).await.unwrap();
        let whole = told.figures;
        let parts = [VILLAGE_A1, VILLAGE_A2, VILLAGE_B1].map(|village| BTreeSet::from([id(village)]));
        let parts = report::plaques::parts(conn, COUNTIES[county], year, &parts).await.unwrap();
        assert_eq!(parts.len(), 3, "each group has its answer");
        assert_eq!(parts.iter().map(|part| part.figures.hung_end).sum::<i64>(), whole.hung_end);
        assert_eq!(parts.iter().map(|part| part.unlotted).sum::<i64>(), told.unlotted);
        assert!(told.unlotted <= whole.store_left, "what names no lot left the store too");
        assert!(whole.hung_in > 3 && whole.hung_out > 1 && whole.received > 10 && whole.destroyed > 0, "{whole:?}");
        assert_eq!(whole.hung_moved, 0);
    }
}
