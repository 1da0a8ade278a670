//! Figures: SQL against the slow rule, the past against what was seen then, lists against figures.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bianfang_domain::actor::Role;
use bianfang_domain::assumed;
use bianfang_domain::coverage::{Coverage, CoverageRule, EntryRow, Filter, Registered, Window, coverage as slow};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{Contact, Method, gone_by, spans};
use bianfang_domain::look::{self, ReviewRule, Seen};
use bianfang_domain::name::sort_key;
use bianfang_domain::op::{Act, Part, Review};
use bianfang_domain::time::Day;
use bianfang_server::records::project;
use bianfang_server::report::{self, FigurePerson, FigureQuestion, WhichFigure, past, synchronized};
use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::bureau::*;
use crate::on_both_databases;

on_both_databases!(
    figures_equal_the_rule_over_random_work,
    the_past_is_rebuilt_as_it_was_seen,
    projections_rebuilt_in_place_equal_incremental_ones,
    lists_hold_the_people_of_their_figures,
    villages_behind_are_named,
);

/// The day of the answer: what came on day 61 or before is accepted by itself.
fn told() -> Day {
    day(61 + i32::from(ReviewRule::default().auto_days))
}

pub const NO_FILTER: &Filter = &Filter { category: None, work_type: None, method: None };

const VILLAGES: [u128; 3] = [VILLAGE_A1, VILLAGE_A2, VILLAGE_B1];

fn pick(step: u128, salt: u128, among: usize) -> usize {
    let mixed = (step.wrapping_mul(6_364_136_223_846_793_005) ^ salt.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C)) >> 29;
    usize::try_from(mixed % among as u128).unwrap()
}

/// One step of work of everybody, different in each county.
async fn work(bureau: &Bureau, county: usize, step: u128, phones: &mut (Phone, Phone, Phone)) {
    let seed = step * 2 + county as u128;
    let (clerk, worker, reviewer) = phones;
    let someone = |salt: u128| id(100 + pick(seed, salt, step as usize + 2) as u128);
    let village = VILLAGES[pick(seed, 1, 3)];
    bureau
        .push(clerk, |p| {
            let mut doc = person("张三", village);
            doc["register"] = json!(["ACTIVE", "DRAFT", "ACTIVE", "ACTIVE"][pick(seed, 2, 4)]);
            let mut ops = vec![p.record(at(1, 9), "person", id(100 + step), doc)];
            match pick(seed, 3, 4) {
                0 => ops.push(p.change(
                    at(10, 9),
                    "person",
                    someone(4),
                    json!({ "life": "DECEASED", "died_on": day(pick(seed, 5, 30) as i32).0 }),
                )),
                1 => ops.push(p.change(
                    at(pick(seed, 6, 30) as i32, 9),
                    "person",
                    someone(4),
                    json!({ "living_division": id(VILLAGES[pick(seed, 7, 3)]) }),
                )),
                2 => ops.push(p.change(at(12, 9), "person", someone(4), json!({ "register": "REMOVED" }))),
                _ => ops.push(p.record(
                    at(1, 8),
                    "household",
                    id(300 + step),
                    json!({ "head_name": "户", "division": id(village) }),
                )),
            }
            ops
        })
        .await;
    bureau
        .push(worker, |p| {
            let results = ["MET", "MET_FAMILY", "NOT_HOME", "AWAY", "MET"];
            let methods = ["HOME", "PHONE", "VIDEO", "RELATIVE", "SEMINAR", "STATION", "DRONE"];
            let entries = [(someone(8), results[pick(seed, 9, 5)]), (someone(10), results[pick(seed, 11, 5)])];
            let entries = if entries[0].0 == entries[1].0 { &entries[..1] } else { &entries[..] };
            let when = at(pick(seed, 12, 40) as i32, 10);
            let mut ops = vec![p.visit(when, id(500 + step), entries, methods[pick(seed, 13, 7)])];
            ops.push(p.hang(when, id(700 + step), id(300 + 1 + pick(seed, 14, step as usize + 1) as u128)));
            if pick(seed, 15, 3) == 0 {
                let fact = id(501 + pick(seed, 16, step as usize) as u128);
                let act = [
                    Act::Void { reason: "误".into() },
                    Act::Amend {
                        set: fields(json!({ "method": "PHONE" })),
                        sealed: Default::default(),
                        reason: "误".into(),
                    },
                ];
                ops.push(p.op(at(41, 9), "contact", fact, act[pick(seed, 17, 2)].clone()));
            }
            ops
        })
        .await;
    bureau
        .push(reviewer, |p| {
            let fact = id(501 + pick(seed, 18, step as usize) as u128);
            let verdict = [Review::Accepted, Review::Returned, Review::Accepted][pick(seed, 19, 3)];
            let mut ops = vec![p.op(at(42, 9), "contact", fact, Act::Review { verdict, comment: Some("核".into()) })];
            if pick(seed, 20, 4) == 0 {
                let part = Part::Of(someone(8));
                ops.push(p.op(
                    at(42, 9),
                    "contact",
                    fact,
                    Act::Settle { part, accept: pick(seed, 21, 2) == 0, reason: "核".into() },
                ));
            }
            ops
        })
        .await;
}

fn phones(county: usize) -> (Phone, Phone, Phone) {
    (Phone::clerk(county), Phone::worker(county, VILLAGE_A1), Phone::reviewer(county))
}

pub fn ask(county: usize, division: u128, window: Window, rule: &CoverageRule) -> FigureQuestion<'_> {
    let accepted_upto = Day(told().0 - i32::from(ReviewRule::default().auto_days));
    FigureQuestion {
        county: COUNTIES[county],
        division: id(division),
        window,
        rule,
        filter: NO_FILTER,
        accepted_upto,
        tree_on: None,
        seen: None,
    }
}

/// The rule as shipped.
pub static SHIPPED: LazyLock<CoverageRule> = LazyLock::new(CoverageRule::default);

const ALWAYS: Window = Window { from: Day(0), to: Day(40_000) };

/// The figures by the rule of the domain, over the records as a county clerk sees them.
async fn by_the_rule(
    bureau: &Bureau,
    county: usize,
    window: Window,
    rule: &CoverageRule,
) -> BTreeMap<RecordId, Coverage> {
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let head: i64 = sqlx::query("select feed from county where code = $1")
        .bind(COUNTIES[county])
        .fetch_one(&mut *conn)
        .await
        .unwrap()
        .get(0);
    let world = past::world(conn, COUNTIES[county], head as u64).await.unwrap();
    let (mut people, mut entries) = (Vec::new(), Vec::new());
    for record in world.records() {
        if record.kind == "person" {
            people.push(Registered {
                id: record.id,
                spans: spans(record),
                gone_by: gone_by(record),
                entered: record.entered_on(),
            });
        } else if record.kind == "contact" {
            let contact = Contact::read(&record.doc).unwrap();
            for entry in contact.entries.clone() {
                let part = Part::Of(entry.person);
                entries.push(EntryRow {
                    person: entry.person,
                    day: Day::of(record.meta.origin.happened.ms),
                    method: contact.method,
                    result: entry.result,
                    counts: record.counts(&part) && record.settled(&part) != Some(false),
                    held: record.stands() && record.settled(&part) != Some(false) && !record.counts(&part),
                    work_types: contact.work_types.clone(),
                    assumed: assumed::reach(record),
                    reviewed: matches!(
                        look::seen(record, None, ReviewRule::default(), told()),
                        Seen::Accepted | Seen::AcceptedAuto
                    ),
                });
            }
        }
    }
    slow(rule, window, NO_FILTER, &people, &entries)
}

async fn figures_equal_the_rule_over_random_work(bureau: Bureau) {
    let mut phones = [phones(0), phones(1)];
    for step in 1..25u128 {
        for (county, phones) in phones.iter_mut().enumerate() {
            work(&bureau, county, step, phones).await;
        }
        if step % 8 == 0 {
            bureau.advance(86_400_000);
        }
        if step % 4 != 0 {
            continue;
        }
        for county in 0..2 {
            for (from, to, family, methods) in
                [(0, 40, true, 5), (5, 20, false, 6), (10, 11, true, 6), (0, 200, false, 1)]
            {
                let window = Window { from: day(from), to: day(to) };
                let rule =
                    CoverageRule { family_counts: family, methods: Method::ALL[..methods].to_vec(), ..SHIPPED.clone() };
                let mut expected = by_the_rule(&bureau, county, window, &rule).await;
                expected.retain(|_, figure| *figure != Coverage::default());
                let conn = &mut *bureau.db.pool().acquire().await.unwrap();
                let mut found = BTreeMap::new();
                let whole = report::coverage(conn, ask(county, COUNTY, window, &rule)).await.unwrap();
                let mut sum = 0;
                for town in [TOWN_A, TOWN_B] {
                    let figures = report::coverage(conn, ask(county, town, window, &rule)).await.unwrap();
                    assert_eq!(whole.parts[&id(town)], figures.total);
                    sum += figures.total.denominator;
                    found.extend(figures.parts.into_iter().filter(|(_, figure)| *figure != Coverage::default()));
                }
                assert_eq!(found, expected, "county {county}, step {step}, window {from}..{to}");
                assert_eq!(whole.total.denominator, sum);
            }
        }
    }
    let figures = by_the_rule(&bureau, 0, ALWAYS, &SHIPPED).await;
    let all: u64 = figures.values().map(|figure| figure.reached() + figure.tried + figure.held).sum();
    assert!(all > 5, "the work reaches somebody: {figures:?}");
}

/// All projection rows of a county, as sorted text.
async fn dump(conn: &mut AnyConnection, county: &str) -> Vec<String> {
    let mut all = Vec::new();
    for table in project::tables() {
        let columns: Vec<String> =
            table.columns.iter().map(|c| format!("coalesce(cast({} as text), '-')", c.name)).collect();
        let sql = format!(
            "select owner || '|' || {} as t from {} where county = $1",
            columns.join(" || '|' || "),
            table.name
        );
        for row in sqlx::query(AssertSqlSafe(sql)).bind(county).fetch_all(&mut *conn).await.unwrap() {
            all.push(format!("{}: {}", table.name, row.get::<String, _>("t")));
        }
    }
    all.sort();
    all
}

async fn the_past_is_rebuilt_as_it_was_seen(bureau: Bureau) {
    let mut phones = [phones(0), phones(1)];
    let mut seen = Vec::new();
    // Work about people who come later: what waits and what is held is in the past too.
    for step in 1..16u128 {
        for (county, phones) in phones.iter_mut().enumerate() {
            work(&bureau, county, step, phones).await;
            if pick(step, 30 + county as u128, 3) == 0 || step == 15 {
                let conn = &mut *bureau.db.pool().acquire().await.unwrap();
                let feed: i64 = sqlx::query("select feed from county where code = $1")
                    .bind(COUNTIES[county])
                    .fetch_one(&mut *conn)
                    .await
                    .unwrap()
                    .get(0);
                let figures = report::coverage(conn, ask(county, COUNTY, ALWAYS, &SHIPPED)).await.unwrap();
                seen.push((county, feed as u64, dump(conn, COUNTIES[county]).await, figures));
            }
        }
    }
    assert!(seen.len() > 4);
    for (county, feed, rows, figures) in seen {
        let mut then = past::rebuilt(bureau.db.pool(), COUNTIES[county], feed).await.unwrap();
        let rebuilt = dump(&mut then, COUNTIES[county]).await;
        assert!(rebuilt.len() > 5);
        assert_eq!(rebuilt, rows, "county {county} at {feed}");
        let again = report::coverage(&mut then, ask(county, COUNTY, ALWAYS, &SHIPPED)).await.unwrap();
        assert_eq!(again, figures);
    }
}

async fn projections_rebuilt_in_place_equal_incremental_ones(bureau: Bureau) {
    let mut phones = [phones(0), phones(1)];
    for step in 1..10u128 {
        for (county, phones) in phones.iter_mut().enumerate() {
            work(&bureau, county, step, phones).await;
        }
    }
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let before = [dump(conn, COUNTIES[0]).await, dump(conn, COUNTIES[1]).await];
    // As if a newer version declared one of them otherwise.
    sqlx::query("update projection_form set form = 'older' where name = 'plaque'").execute(&mut *conn).await.unwrap();
    assert!(project::ensure(&bureau.db, bureau.now()).await.unwrap());
    assert_eq!([dump(conn, COUNTIES[0]).await, dump(conn, COUNTIES[1]).await], before);
    assert!(!project::ensure(&bureau.db, bureau.now()).await.unwrap());
}

async fn lists_hold_the_people_of_their_figures(bureau: Bureau) {
    let mut clerk = Phone::clerk(0);
    bureau
        .push(&mut clerk, |p| {
            (0..150)
                .map(|n| {
                    p.record(at(1, 9), "person", id(1000 + n), person(["张", "王", "李"][n as usize % 3], VILLAGE_A1))
                })
                .collect()
        })
        .await;
    bureau
        .push(&mut Phone::worker(0, VILLAGE_A1), |p| {
            (0..20)
                .map(|n| {
                    let (result, method) = match n {
                        0..5 => ("MET", "HOME"),
                        5..9 => ("MET", "PHONE"),
                        9..12 => ("MET_FAMILY", "HOME"),
                        _ => ("AWAY", "HOME"),
                    };
                    p.visit(at(2, 9), id(2000 + n), &[(id(1000 + n), result)], method)
                })
                .collect()
        })
        .await;
    bureau
        .push(&mut Phone::reviewer(0), |p| {
            let verdict = Review::Accepted;
            (0..2)
                .map(|n| p.op(at(3, 9), "contact", id(2000 + n), Act::Review { verdict, comment: Some("核".into()) }))
                .collect()
        })
        .await;
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    for (which, expected) in [
        (WhichFigure::Denominator, 150),
        (WhichFigure::Reached, 12),
        (WhichFigure::InPerson, 5),
        (WhichFigure::Remote, 4),
        (WhichFigure::Family, 3),
        (WhichFigure::Unreviewed, 10),
        (WhichFigure::Assumed, 0),
        (WhichFigure::Tried, 8),
        (WhichFigure::NotYet, 130),
        (WhichFigure::Held, 0),
        (WhichFigure::Outside, 0),
        // The window never ends: nobody is entered after it.
        (WhichFigure::EnteredAfter, 0),
    ] {
        let question = FigureQuestion { accepted_upto: Day::MIN, ..ask(0, TOWN_A, ALWAYS, &SHIPPED) };
        let (mut people, mut after) = (Vec::new(), None);
        loop {
            let (rows, next) = report::list(conn, question, which, after).await.unwrap();
            people.extend(rows);
            let Some(next) = next else { break };
            after = Some(next.parse().unwrap());
        }
        assert_eq!(people.len(), expected, "{which:?}");
        let key = |person: &FigurePerson| (sort_key(&person.name), person.person);
        assert!(people.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])), "by name, each once");
        assert!(people.iter().all(|person| person.division == id(VILLAGE_A1)));
    }
    let early = Window { from: day(0), to: day(20) };
    let question = || ask(0, TOWN_A, early, &SHIPPED);
    let after = report::coverage(conn, question()).await.unwrap().total.entered_after;
    let (listed, _) = report::list(conn, question(), WhichFigure::EnteredAfter, None).await.unwrap();
    assert_eq!((after, listed.len()), (150, 100), "a full page of them");
    let other = report::list(conn, ask(1, COUNTY, ALWAYS, &SHIPPED), WhichFigure::NotYet, None).await.unwrap();
    assert!(other.0.is_empty(), "a foreign row");
}

async fn villages_behind_are_named(bureau: Bureau) {
    bureau.pull_all(&Phone::worker(0, VILLAGE_A1), None).await;
    bureau.pull_all(&Phone::worker(1, VILLAGE_B1), None).await;
    let first = bureau.now();
    bureau.advance(5 * HOUR);
    bureau.pull_all(&Phone::worker(0, VILLAGE_A2), None).await;
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let behind = synchronized::behind(conn, COUNTIES[0], id(COUNTY), first + HOUR).await.unwrap();
    // Nobody has a phone of B1 alone: whoever made the county, with all of it, stands for it.
    assert_eq!(behind, vec![(id(VILLAGE_A1), Some(first)), (id(VILLAGE_B1), Some(first))]);
    bureau.pull_all(&Phone::new(0, 0x77, Role::VillageWorker, TOWN_A), None).await;
    bureau.pull_all(&Phone::new(0, 0x78, Role::VillageWorker, TOWN_B), None).await;
    let behind = synchronized::behind(conn, COUNTIES[0], id(COUNTY), first + HOUR).await.unwrap();
    assert_eq!(
        behind,
        vec![(id(VILLAGE_A1), Some(first))],
        "a township's phone stands for no village that has its own"
    );
}
