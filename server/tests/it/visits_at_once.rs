//! Invariants 7 to 10 while several write at once, on both databases: figures stay those of the slow rule, one person is
//! counted once, a clock that is wrong loses nothing, and one photo on two visits is a hint.

use bianfang_domain::actor::Role;
use bianfang_domain::coverage::{CoverageRule, Filter, Window};
use bianfang_domain::op::{Act, Op, Review, Sealed};
use bianfang_server::county::Desk;
use bianfang_server::county::tree::Tree;
use bianfang_server::db::county;
use bianfang_server::lists::review;
use bianfang_server::report::past;
use bianfang_server::write;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;

use crate::bureau::*;
use crate::coverage_cases::{Author, by_sql, by_the_rule, some_rule, work};
use crate::on_both_databases;

on_both_databases!(
    figures_are_the_rules_whoever_writes_at_once,
    several_kinds_of_work_and_two_villages_at_once_are_one_person,
    clocks_that_are_wrong_lose_nothing_when_they_meet,
    one_photo_on_two_visits_written_at_once_is_a_hint,
);

const CASES: u64 = 40;

/// Pushes an author's ops some at a time, so that those of others come between.
async fn pushes(desk: Desk<'_>, author: &Author, step: usize) {
    for part in author.1.chunks(step) {
        write::push(desk, &author.0, part).await.unwrap();
        tokio::task::yield_now().await;
    }
}

/// Invariants 7 and 8: visits, voids, reviews, deaths, moves and mergers by three authors at once.
async fn figures_are_the_rules_whoever_writes_at_once(bureau: Bureau) {
    for case in 0..CASES {
        let rng = &mut StdRng::seed_from_u64(77_000 + case);
        let code = format!("k{case}");
        let new =
            county::County { code: code.clone(), name: code.clone(), epoch: "e".into(), seal_public: String::new() };
        county::insert(&bureau.db, &new, bureau.now()).await.unwrap();
        let desk = Desk { county: &code, ..bureau.desk(0) };
        let [clerk, worker, reviewer] = work(rng);
        let steps: [usize; 3] = [rng.random_range(2..9), rng.random_range(1..5), rng.random_range(1..4)];
        // The register stands; then everybody writes at once, the reviewer about what may not have come yet.
        let known = clerk.1.len() / 2;
        write::push(desk, &clerk.0, &clerk.1[..known]).await.unwrap();
        let rest = Author(clerk.0.clone(), clerk.1[known..].to_vec());
        tokio::join!(pushes(desk, &rest, steps[0]), pushes(desk, &worker, steps[1]), pushes(desk, &reviewer, steps[2]));
        let conn = &mut *bureau.db.pool().acquire().await.unwrap();
        let head = past::number_at(conn, &code, i64::MAX).await.unwrap();
        let window = Window { from: day(rng.random_range(0..20)), to: day(rng.random_range(20..60)) };
        let rule = some_rule(rng);
        let asked = (window, rule, Filter::default());
        let expected = by_the_rule(&past::world(conn, &code, head).await.unwrap(), &asked);
        assert_eq!(by_sql(conn, &code, &asked).await, expected, "case {case}");
    }
}

async fn people(bureau: &Bureau) {
    let mut clerk = Phone::new(0, 0x77, Role::SectionClerk, COUNTY);
    bureau
        .push(&mut clerk, |p| {
            let of = |number: u128, village| (id(number), person(&format!("张{number}"), village));
            [of(100, VILLAGE_A1), of(101, VILLAGE_A1)].map(|(id, doc)| p.record(at(1, 9), "person", id, doc)).to_vec()
        })
        .await;
}

/// Both at once; each answer is whether its ops were taken.
async fn both(bureau: &Bureau, one: (&Phone, &[Op]), other: (&Phone, &[Op])) {
    let (first, second) = tokio::join!(
        write::push(bureau.desk(0), &one.0.actor, one.1),
        write::push(bureau.desk(0), &other.0.actor, other.1)
    );
    let answers = [first.unwrap().answers, second.unwrap().answers].concat();
    assert_eq!(answers.len(), one.1.len() + other.1.len(), "every one is answered");
}

async fn reached(bureau: &Bureau) -> Vec<(u64, u64, u64)> {
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let asked = (Window { from: day(0), to: day(60) }, CoverageRule::default(), Filter::default());
    let figures = by_sql(conn, COUNTIES[0], &asked).await;
    figures.values().map(|figure| (figure.denominator, figure.reached(), figure.in_person)).collect()
}

/// Invariant 8.
async fn several_kinds_of_work_and_two_villages_at_once_are_one_person(bureau: Bureau) {
    people(&bureau).await;
    let mut one = Phone::new(0, 0x201, Role::VillageWorker, VILLAGE_A1);
    let mut other = Phone::new(0, 0x202, Role::VillageWorker, TOWN_A);
    let visit = |p: &mut Phone, target: u128, hour, kinds: &[&str]| {
        let mut op = p.visit(at(5, hour), id(target), &[(id(100), "MET"), (id(100), "MET")], "HOME");
        if let Act::Record { fields: doc, .. } = &mut op.act {
            doc.insert("work_types".into(), json!(kinds));
            doc.insert("entries".into(), json!([{ "person": id(100), "result": "MET" }]));
        }
        op
    };
    let first = [visit(&mut one, 0x300, 9, &["ROUND", "PLAQUE", "HOLIDAY"]), visit(&mut one, 0x301, 11, &["ROUND"])];
    let second = [visit(&mut other, 0x302, 9, &["MERIT", "ROUND"]), visit(&mut other, 0x303, 10, &["ROUND"])];
    both(&bureau, (&one, &first), (&other, &second)).await;
    assert_eq!(reached(&bureau).await, [(2, 1, 1)], "four contacts, one person");
    let contacts = sqlx::query("select 1 from contact_entry where county = $1 and counts = 1");
    assert_eq!(contacts.bind(COUNTIES[0]).fetch_all(bureau.db.pool()).await.unwrap().len(), 4);
    // Each takes one's own back while a reviewer returns another: what is left still counts once.
    let mut reviewer = Phone::reviewer(0);
    let void = |p: &mut Phone, target: u128| p.op(at(6, 9), "contact", id(target), Act::Void { reason: "错".into() });
    let (mine, theirs) = ([void(&mut one, 0x300), void(&mut one, 0x301)], [void(&mut other, 0x302)]);
    let back = Act::Review { verdict: Review::Returned, comment: Some("补照片".into()) };
    let back = [reviewer.op(at(6, 10), "contact", id(0x303), back)];
    both(&bureau, (&one, &mine), (&other, &theirs)).await;
    assert_eq!(reached(&bureau).await, [(2, 1, 1)]);
    write::push(bureau.desk(0), &reviewer.actor, &back).await.unwrap();
    assert_eq!(reached(&bureau).await, [(2, 0, 0)]);
}

/// Invariant 9.
async fn clocks_that_are_wrong_lose_nothing_when_they_meet(bureau: Bureau) {
    people(&bureau).await;
    let mut ahead = Phone::new(0, 0x201, Role::VillageWorker, VILLAGE_A1);
    let mut behind = Phone::new(0, 0x202, Role::VillageWorker, VILLAGE_A1);
    let visits = |p: &mut Phone, days: i32, target: u128| {
        let ops = (0..3u128).map(|n| {
            let mut op = p.visit(at(days, 9 + n as i64), id(target + n), &[(id(100 + n % 2), "MET")], "HOME");
            // Never measured against the server.
            op.at.offset_ms = None;
            op
        });
        ops.collect::<Vec<Op>>()
    };
    // The server's today is day 58: one clock is a year ahead, the other three years behind.
    let (first, second) = (visits(&mut ahead, 58 + 365, 0x300), visits(&mut behind, 58 - 1_095, 0x310));
    both(&bureau, (&ahead, &first), (&behind, &second)).await;
    for n in (0..3).map(|n| 0x300 + n).chain((0..3).map(|n| 0x310 + n)) {
        let visit = bureau.see(0, id(n)).await.unwrap();
        assert!(visit.meta.origin.happened.doubtful && visit.meta.held.is_empty(), "accepted, and doubtful");
        assert!(visit.meta.origin.happened.ms <= bureau.now(), "the proposed time is not ahead");
    }
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let clerk = Phone::clerk(0);
    let tree = Tree::load(conn, COUNTIES[0]).await.unwrap();
    let divisions: Vec<_> = tree.below(&clerk.actor.scope).into_iter().collect();
    let page = review::page(bureau.desk(0), conn, (&Phone::clerk(0).actor, &tree), &divisions, None).await.unwrap();
    assert_eq!(page.rows.iter().filter(|row| row.doubtful).count(), 6, "each waits for a person");
}

/// Invariant 10.
async fn one_photo_on_two_visits_written_at_once_is_a_hint(bureau: Bureau) {
    people(&bureau).await;
    let mut phones = [0x201, 0x202].map(|n| Phone::new(0, n, Role::VillageWorker, VILLAGE_A1));
    let hash = "ab12".repeat(16);
    let ops = [0, 1].map(|n: usize| {
        let (phone, of) = (&mut phones[n], 0x300 + n as u128);
        let visit = phone.visit(at(5, 9 + n as i64), id(of), &[(id(100 + n as u128), "MET")], "HOME");
        let photo = json!({ "subject": id(of), "photo_kind": "SCENE", "original": hash, "length": 10 });
        let fields = fields(photo);
        [visit, phone.op(at(5, 12), "photo", id(of + 0x40), Act::Record { fields, sealed: Sealed::new() })]
    });
    both(&bureau, (&phones[0], &ops[0]), (&phones[1], &ops[1])).await;
    for n in [0x300, 0x301] {
        let visit = bureau.see(0, id(n)).await.unwrap();
        assert!(visit.meta.held.is_empty(), "never a refusal");
    }
    assert_eq!(reached(&bureau).await, [(2, 2, 2)]);
    let conn = &mut *bureau.db.pool().acquire().await.unwrap();
    let clerk = Phone::clerk(0);
    let tree = Tree::load(conn, COUNTIES[0]).await.unwrap();
    let divisions: Vec<_> = tree.below(&clerk.actor.scope).into_iter().collect();
    let page = review::page(bureau.desk(0), conn, (&Phone::clerk(0).actor, &tree), &divisions, None).await.unwrap();
    let mut twins: Vec<_> = page.rows.iter().map(|row| (row.contact.id, row.same_photo.clone())).collect();
    twins.sort();
    let (one, other) = (id(0x300).0, id(0x301).0);
    assert_eq!(twins, [(one, vec![other]), (other, vec![one])], "each is shown with the other");
}
