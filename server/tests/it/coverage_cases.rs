//! Coverage in SQL equals the slow rule of the domain over generated counties: 2,000 a run, half on each database, each a county of its
//! own in one schema. `BIANFANG_SEED` repeats a run.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::assumed;
use bianfang_domain::coverage::{Coverage, CoverageRule, EntryRow, Filter, Registered, Window, coverage as slow};
use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::id::{OpId, RecordId};
use bianfang_domain::kind::{Contact, Method, gone_by, spans};
use bianfang_domain::look::{self, LookReason, ReviewRule, Seen};
use bianfang_domain::op::{Act, Op, Part, Review, Sealed};
use bianfang_domain::same;
use bianfang_domain::time::{Day, DeviceTime};
use bianfang_domain::world::World;
use bianfang_server::county::Desk;
use bianfang_server::db::county;
use bianfang_server::report::{self, FigureQuestion, past};
use bianfang_server::write;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bureau::{Bureau, COUNTY, TOWN_A, TOWN_B, VILLAGE_A1, VILLAGE_A2, VILLAGE_B1, at, day, fields, id};
use crate::on_both_databases;

on_both_databases!(figures_equal_the_rule_in_each_of_two_thousand_counties,);

/// The day of the answer: what came on day 60 is accepted by itself, what came a day later is not.
fn told() -> Day {
    day(60 + i32::from(ReviewRule::default().auto_days))
}

/// Window, switches, filter.
pub type Asked = (Window, CoverageRule, Filter);

const CASES: u64 = 1_000;

/// Every so many cases the past is told again as well: rebuilding it makes a database each time.
const PAST_EVERY: u64 = 40;

/// One of them is the beginning of another.
const CATEGORIES: [&str; 3] = ["DISABLED", "DISABLED_SOLDIER", "某种人"];

const VILLAGE_A3: u128 = 0xA3;
const VILLAGE_B2: u128 = 0xB2;
const VILLAGES: [u128; 5] = [VILLAGE_A1, VILLAGE_A2, VILLAGE_A3, VILLAGE_B1, VILLAGE_B2];

/// One county of so many is a large one: forty people, thirty visits.
const LARGE_EVERY: u32 = 250;

/// Ops of one author, numbered.
pub struct Author(pub Actor, pub Vec<Op>);

impl Author {
    fn new(number: u128, role: Role, scope: u128) -> Self {
        let (account, installation) = (Uuid::from_u128(0x1000 + number), Uuid::from_u128(0x2000 + number));
        Self(Actor { account, role, scope: vec![id(scope)], installation }, Vec::new())
    }

    fn does(&mut self, when: i64, kind: &str, target: RecordId, act: Act) {
        let at = DeviceTime { device_ms: when, monotonic_ms: when, offset_ms: Some(0) };
        let id = OpId { installation: self.0.installation, seq: self.1.len() as u64 + 1 };
        self.1.push(Op { id, kind: kind.into(), target, act, base: u64::MAX >> 2, at });
    }

    fn records(&mut self, when: i64, kind: &str, target: RecordId, doc: Value) {
        self.does(when, kind, target, Act::Record { fields: fields(doc), sealed: Sealed::new() });
    }

    fn changes(&mut self, when: i64, target: RecordId, set: Value, since: Day) {
        let act = Act::Change { set: fields(set), sealed: Sealed::new(), since: Some(since) };
        self.does(when, "person", target, act);
    }
}

/// The work of one county: people who die, move, come and go, and visits of every outcome, some taken back.
pub fn work(rng: &mut StdRng) -> [Author; 3] {
    let mut clerk = Author::new(1, Role::SectionClerk, COUNTY);
    let mut worker = Author::new(2, Role::VillageWorker, TOWN_A);
    let mut reviewer = Author::new(3, Role::TownReviewer, COUNTY);
    let tree = [
        (COUNTY, "COUNTY", None),
        (TOWN_A, "TOWNSHIP", Some(COUNTY)),
        (TOWN_B, "TOWNSHIP", Some(COUNTY)),
        (VILLAGE_A1, "VILLAGE", Some(TOWN_A)),
        (VILLAGE_A2, "VILLAGE", Some(TOWN_A)),
        (VILLAGE_A3, "VILLAGE", Some(TOWN_A)),
        (VILLAGE_B1, "VILLAGE", Some(TOWN_B)),
        (VILLAGE_B2, "VILLAGE", Some(TOWN_B)),
    ];
    for (number, level, parent) in tree {
        let doc = json!({ "name": format!("{number:x}"), "level": level, "parent": parent.map(id) });
        clerk.records(at(0, 0), "division", id(number), doc);
    }
    let large = rng.random_ratio(1, LARGE_EVERY);
    let many = |small: u128, most: u128| if large { most } else { small };
    let [people, changes, mergers, visits, photos, reviews] = [
        many(rng.random_range(1..7), 40),
        many(rng.random_range(0..5), 20),
        many(rng.random_range(0..3), 4),
        many(rng.random_range(0..9), 30),
        many(rng.random_range(0..5), 20),
        many(rng.random_range(0..4), 12),
    ];
    let people: Vec<RecordId> = (0..people).map(|n| id(100 + n)).collect();
    let village = |rng: &mut StdRng| id(*VILLAGES.choose(rng).unwrap());
    for person in &people {
        let doc = json!({
            "name": "张三", "life": "ALIVE",
            "register": if rng.random_range(0..4) > 0 { "ACTIVE" } else { "DRAFT" },
            "registered_division": village(rng),
            "living_division": village(rng),
            "categories": CATEGORIES.iter().filter(|_| rng.random()).collect::<Vec<_>>(),
        });
        clerk.records(at(0, 1), "person", *person, doc);
    }
    for _ in 0..changes {
        let since = day(rng.random_range(0..40));
        let set = match rng.random_range(0..6) {
            0 => json!({ "life": "DECEASED" }),
            1 => json!({ "life": "DECEASED", "died_on": since.0 }),
            2 => json!({ "living_division": village(rng) }),
            3 => json!({ "categories": [CATEGORIES.choose(rng).unwrap()] }),
            4 => json!({ "register": "REMOVED", "removed_for": "TRANSFERRED" }),
            _ => json!({ "life": "ALIVE", "died_on": null, "register": "ACTIVE" }),
        };
        clerk.changes(at(50, 9), *people.choose(rng).unwrap(), set, since);
    }
    for number in 0..mergers {
        let (one, other) = (*people.choose(rng).unwrap(), *people.choose(rng).unwrap());
        let doc = json!({ "person": one, "kept": other, "at": at(40, 9) });
        if one != other {
            clerk.records(at(40, 9), "same_as", id(900 + number), doc);
        }
    }
    let visits: Vec<RecordId> = (0..visits).map(|n| id(500 + n)).collect();
    for visit in &visits {
        let mut reached = people.clone();
        reached.retain(|_| rng.random_range(0..3) == 0);
        let results = ["MET", "MET", "MET_FAMILY", "NOT_HOME", "AWAY", "REFUSED", "DIED", "OF_A_NEWER_VERSION"];
        let methods = ["HOME", "HOME", "PHONE", "VIDEO", "RELATIVE", "SEMINAR", "STATION", "DRONE"];
        let entries: Vec<Value> =
            reached.iter().map(|person| json!({ "person": person, "result": results.choose(rng).unwrap() })).collect();
        if entries.is_empty() {
            continue;
        }
        let when = at(rng.random_range(0..45), 10);
        let work = *["ROUND", "PLAQUE", "HOLIDAY"].choose(rng).unwrap();
        let assumed = *["method", "result", "work_types"].choose(rng).unwrap();
        let doc = json!({ "at": when, "method": methods.choose(rng).unwrap(), "work_types": [work],
            "entries": entries, "assumed": [assumed] });
        worker.records(when, "contact", *visit, doc);
    }
    for number in 0..photos {
        let Some(visit) = visits.choose(rng) else { continue };
        // Of few pictures some are on two visits.
        let original = ["a", "b", "c", "d"].choose(rng).unwrap().repeat(64);
        let shows = *["SCENE", "RECEIPT", "SHARED_SHEET"].choose(rng).unwrap();
        let doc = json!({ "subject": visit, "photo_kind": shows,
            "original": original, "length": 10, "at": at(50, 9) });
        worker.records(at(50, 9), "photo", id(700 + number), doc);
        if rng.random_ratio(1, 5) {
            worker.does(at(50, 10), "photo", id(700 + number), Act::Void { reason: "拍错".into() });
        }
    }
    for _ in 0..reviews {
        let Some(visit) = visits.choose(rng) else { continue };
        let act = match rng.random_range(0..5) {
            0 => Act::Review { verdict: Review::Accepted, comment: None },
            1 => Act::Review { verdict: Review::Returned, comment: Some("核".into()) },
            2 => Act::Void { reason: "误".into() },
            3 => Act::Amend { set: fields(json!({ "method": "PHONE" })), sealed: Sealed::new(), reason: "误".into() },
            _ => {
                Act::Settle { part: Part::Of(*people.choose(rng).unwrap()), accept: rng.random(), reason: "核".into() }
            }
        };
        reviewer.does(at(55, 9), "contact", *visit, act);
    }
    [clerk, worker, reviewer]
}

/// Contacts with a photo that another has, too, but for signed sheets (invariant 10).
fn hinted(world: &World) -> BTreeSet<RecordId> {
    let photos = world.records().filter(|record| record.kind == "photo" && record.counts(&Part::Whole));
    let photos = photos.filter(|photo| photo.value("photo_kind") != "SHARED_SHEET");
    let photos: Vec<(RecordId, &str)> =
        photos.filter_map(|photo| Some((id_in(&photo.doc, "subject")?, text_in(&photo.doc, "original")?))).collect();
    let contact = |id: RecordId| world.find(id).is_some_and(|of| of.kind == "contact" && of.meta.voided.is_none());
    let twice = |(one, picture): &&(RecordId, &str)| {
        photos.iter().any(|(other, same)| other != one && same == picture && contact(*other))
    };
    photos.iter().filter(twice).map(|(one, _)| *one).collect()
}

/// The figures by the rule of the domain, over plain records.
pub fn by_the_rule(world: &World, (window, rule, filter): &Asked) -> BTreeMap<RecordId, Coverage> {
    let (mut people, mut entries) = (Vec::new(), Vec::new());
    let hinted = hinted(world);
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
            let hint = hinted.contains(&record.id).then_some(LookReason::PhotoHint);
            for entry in contact.entries.clone() {
                let part = Part::Of(entry.person);
                let counts = record.counts(&part);
                entries.push(EntryRow {
                    person: entry.person,
                    day: Day::of(record.meta.origin.happened.ms),
                    method: contact.method,
                    result: entry.result,
                    counts,
                    held: record.stands() && record.settled(&part) != Some(false) && !counts,
                    work_types: contact.work_types.clone(),
                    assumed: assumed::reach(record),
                    reviewed: matches!(
                        look::seen(record, hint, ReviewRule::default(), told()),
                        Seen::Accepted | Seen::AcceptedAuto
                    ),
                });
            }
        }
    }
    let merges = world.records().filter(|record| record.kind == "same_as" && record.counts(&Part::Whole));
    let kept = merges.filter_map(same::pair).collect();
    let (people, entries) = same::as_one(&kept, people, entries);
    let mut figures = slow(rule, *window, filter, &people, &entries);
    figures.retain(|_, figure| *figure != Coverage::default());
    figures
}

/// A rule with its switches as they fall.
pub fn some_rule(rng: &mut StdRng) -> CoverageRule {
    CoverageRule {
        family_counts: rng.random(),
        methods: Method::ALL.into_iter().filter(|_| rng.random_bool(0.7)).collect(),
        // Half of the rules ask about everybody.
        categories: CATEGORIES.iter().filter(|_| rng.random_bool(0.2)).map(|code| (*code).to_owned()).collect(),
    }
}

/// The figures by SQL, village by village.
pub async fn by_sql(conn: &mut sqlx::AnyConnection, county: &str, ask: &Asked) -> BTreeMap<RecordId, Coverage> {
    let accepted_upto = Day(told().0 - i32::from(ReviewRule::default().auto_days));
    let (window, rule, filter) = (ask.0, &ask.1, &ask.2);
    let question = |division| FigureQuestion {
        county,
        division: id(division),
        window,
        rule,
        filter,
        accepted_upto,
        tree_on: None,
        seen: None,
    };
    let mut found = BTreeMap::new();
    let whole = report::coverage(conn, question(COUNTY)).await.unwrap();
    // A township nobody is counted in has no villages to ask about.
    for town in [TOWN_A, TOWN_B].into_iter().filter(|town| whole.parts[&id(*town)] != Coverage::default()) {
        let figures = report::coverage(conn, question(town)).await.unwrap();
        assert_eq!(whole.parts[&id(town)], figures.total);
        found.extend(figures.parts.into_iter().filter(|(_, figure)| *figure != Coverage::default()));
    }
    found
}

async fn figures_equal_the_rule_in_each_of_two_thousand_counties(bureau: Bureau) {
    // Each database has counties of its own.
    let database = bureau.db.pool().acquire().await.unwrap().backend_name().to_owned();
    let shipped = if database == "SQLite" { 20_261_123 } else { 20_261_123 + CASES };
    let base: u64 = std::env::var("BIANFANG_SEED").map_or(shipped, |seed| seed.parse().unwrap());
    let (mut seen, mut hints) = (Coverage::default(), 0);
    for case in 0..CASES {
        let rng = &mut StdRng::seed_from_u64(base.wrapping_add(case));
        let code = format!("c{case}");
        let new =
            county::County { code: code.clone(), name: code.clone(), epoch: "e".into(), seal_public: String::new() };
        county::insert(&bureau.db, &new, bureau.now()).await.unwrap();
        let desk = Desk { county: &code, ..bureau.desk(0) };
        let authors = work(rng);
        for Author(actor, ops) in authors {
            // Whom the clerk enters early is received in the window or after it, as it falls; the rest long after it.
            let clerk = actor.role == Role::SectionClerk;
            let (early, late) = ops.split_at(if clerk { rng.random_range(0..=ops.len()) } else { ops.len() / 2 });
            let now_ms = if clerk { at(rng.random_range(1..60), 20) } else { desk.now_ms };
            write::push(Desk { now_ms, ..desk }, &actor, early).await.unwrap();
            write::push(Desk { now_ms: at(61, 0), ..desk }, &actor, late).await.unwrap();
        }
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        let head = past::number_at(conn, &code, i64::MAX).await.unwrap();
        let (from, to) = (rng.random_range(0..30), rng.random_range(0..60));
        let window = Window { from: day(from.min(to)), to: day(from.max(to)) };
        let rule = some_rule(rng);
        let code_or_all = |rng: &mut StdRng, codes: [&str; 3]| {
            codes.choose(rng).filter(|code| !code.is_empty()).map(|code| (*code).to_owned())
        };
        // A third of the questions ask for one category, kind of work or method.
        let mut filter = Filter::default();
        match rng.random_range(0..9) {
            0 => filter.category = code_or_all(rng, ["DISABLED", "某种人", ""]),
            1 => filter.work_type = code_or_all(rng, ["ROUND", "PLAQUE", "MERIT"]),
            2 => filter.method = code_or_all(rng, ["HOME", "PHONE", "RELATIVE"]),
            _ => {}
        }
        let asked = (window, rule, filter);
        let world = past::world(conn, &code, head).await.unwrap();
        let expected = by_the_rule(&world, &asked);
        hints += hinted(&world).len() as u64;
        let found = by_sql(conn, &code, &asked).await;
        assert_eq!(found, expected, "BIANFANG_SEED={} case 0", base + case);
        for figure in expected.values() {
            seen.denominator += figure.denominator;
            seen.family += figure.family;
            seen.remote += figure.remote;
            seen.tried += figure.tried;
            seen.held += figure.held;
            seen.outside += figure.outside;
            seen.entered_after += figure.entered_after;
        }
        if case % PAST_EVERY == 0 {
            let then = rng.random_range(0..=head);
            let expected = by_the_rule(&past::world(conn, &code, then).await.unwrap(), &asked);
            let mut rebuilt = past::rebuilt(bureau.db.pool(), &code, then).await.unwrap();
            let known = expected.keys().next().is_some();
            let found = if known { by_sql(&mut rebuilt, &code, &asked).await } else { BTreeMap::new() };
            assert_eq!(found, expected, "BIANFANG_SEED={} case 0 at {then}", base + case);
        }
    }
    let all = [seen.denominator, seen.family, seen.remote, seen.tried, seen.held, seen.outside, seen.entered_after];
    assert!(all.iter().all(|figure| *figure > CASES / 100), "every figure is met often: {seen:?}");
    assert!(hints > CASES / 100, "{hints} visits with the photo of another");
    assert!(seen.entered_after + CASES / 100 < seen.denominator, "many were entered in time: {seen:?}");
}
