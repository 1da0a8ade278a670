//! How work grows with the county: pages must not, figures may as the county does. Rows are written in bulk; what is counted
//! are steps of SQLite's machine and statements, so a busy machine changes nothing.

use std::path::Path;

use bianfang_bureau::steps::{self, Work};
use bianfang_domain::actor::Role;
use bianfang_domain::coverage::{Filter, Window};
use bianfang_server::db::sql::{self, Value};
use bianfang_server::report::{self, FigureQuestion};
use serde_json::json;
use sqlx::AnyPool;

use crate::bureau::*;

/// With so many villages beyond its own; a clerk's view of a hundred is wide.
async fn bureau(villages: u128) -> Bureau {
    let bureau = Bureau::sqlite().await;
    let mut clerk = Phone::clerk(0);
    let all: Vec<u128> = (0..villages).collect();
    for some in all.chunks(150) {
        let village = |p: &mut Phone, number: &u128| {
            let doc = json!({ "name": format!("村{number}"), "level": "VILLAGE", "parent": id(TOWN_B) });
            p.record(at(0, 1), "division", id(0x1_0000 + number), doc)
        };
        bureau.push(&mut clerk, |p| some.iter().map(|number| village(p, number)).collect()).await;
    }
    bureau
}

async fn insert(bureau: &Bureau, table: &str, columns: &str, rows: Vec<Vec<Value>>) {
    let mut conn = bureau.db.pool().acquire().await.unwrap();
    let head = format!("insert into {table} (county, {columns}) values ");
    sql::insert(&mut conn, &head, "", rows).await.unwrap();
}

fn text(text: impl ToString) -> Value {
    text.to_string().into()
}

/// So many people with three visits each in the window, every third with a photo that another visit has too, and as much
/// again in the years before.
async fn visited(bureau: &Bureau, people: u128) {
    let county = || text(COUNTIES[0]);
    let (mut persons, mut spans) = (Vec::new(), Vec::new());
    let (mut contacts, mut entries, mut photos) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..people {
        let person = text(id(0x10_0000 + n));
        let village = text(id(0x1_0000 + n % 100));
        persons.push(vec![
            county(),
            person.clone(),
            text("张三"),
            text(format!("zhang{n:06}")),
            village.clone(),
            text("ACTIVE"),
        ]);
        spans.push(vec![county(), person.clone(), 0_i64.into(), 99_999_i64.into(), village, 1_i64.into(), text(" ")]);
        for visit in 0..6 {
            let contact = text(id(0x100_0000 + n * 6 + visit));
            let on = i64::from(day(if visit < 3 { 5 } else { -400 }).0);
            contacts.push(vec![county(), contact.clone(), on.into(), text("HOME"), text("SUBMITTED")]);
            let numbers = [on, 1, 0, 0, on].map(Value::from);
            let mut entry = vec![county(), contact.clone(), person.clone(), text("HOME"), text("MET"), text(" ROUND ")];
            entry.extend([text("SUBMITTED")].into_iter().chain(numbers));
            entries.push(entry);
            let original = if n % 3 == 0 { format!("twin{n:064}") } else { format!("{n:060}{visit}") };
            photos.push(vec![county(), text(id(0x1000_0000 + n * 6 + visit)), contact, text(original), 1_i64.into()]);
        }
    }
    insert(bureau, "person", "owner, name, name_key, division, register", persons).await;
    insert(bureau, "person_span", "owner, from_day, to_day, division, counted, categories", spans).await;
    insert(bureau, "contact", "owner, day, method, state", contacts).await;
    let columns = "owner, person, method, result, work_types, review, day, counts, held, look, received_day";
    insert(bureau, "contact_entry", columns, entries).await;
    insert(bureau, "photo", "owner, subject, original, counts", photos).await;
}

/// What was done to the bureau's file since this was last asked. A dropped transaction ends, and a connection is opened, in
/// its own time: every connection the pool may have answers before its work is counted.
async fn work(bureau: &Bureau) -> Work {
    work_of(bureau.db.pool(), &bureau.dir.path().join("db")).await
}

/// The same of any database in a file.
pub async fn work_of(pool: &AnyPool, file: &Path) -> Work {
    let mut all = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        all.push(pool.acquire().await.unwrap());
    }
    for conn in &mut all {
        sqlx::query("select code from county where code = ''").fetch_all(&mut **conn).await.unwrap();
    }
    steps::taken(file)
}

async fn counted(people: u128) -> Work {
    let bureau = bureau(100).await;
    visited(&bureau, people).await;
    let ask = FigureQuestion {
        county: COUNTIES[0],
        division: id(COUNTY),
        window: Window { from: day(0), to: day(30) },
        rule: &crate::report::SHIPPED,
        tree_on: None,
        seen: None,
        filter: &Filter::default(),
        accepted_upto: day(30),
    };
    let _ = work(&bureau).await;
    let mut conn = bureau.db.pool().acquire().await.unwrap();
    let figures = report::coverage(&mut conn, ask).await.unwrap();
    drop(conn);
    let work = work(&bureau).await;
    let people = u64::try_from(people).unwrap();
    assert_eq!((figures.total.denominator, figures.total.in_person), (people, people));
    assert_eq!(figures.total.unreviewed, people.div_ceil(3), "whose every photo is on another visit too");
    assert_eq!(figures.parts.values().map(|part| part.denominator).sum::<u64>(), people);
    work
}

/// It was quadratic, and read the photos of every year: 20,000 people took 15.7 s.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn coverage_of_a_county_grows_as_the_county_does() {
    let (small, large) = (counted(400).await, counted(4_000).await);
    let ratio = large.steps as f64 / small.steps as f64;
    println!("400 people: {small:?}, 4,000: {large:?}, ratio {ratio:.2}");
    assert!(ratio <= 12.0, "ten times the people, {ratio:.1} times the steps");
    assert_eq!(small.statements, large.statements);
    assert!(large.steps <= 4_000 * 1_000, "{} steps a person", large.steps / 4_000);
}

/// Twenty records in each village. One page in the middle of a clerk's first synchronization, who sees everything, and the
/// only one of a village's phone.
async fn pulled(villages: u128) -> (Work, Work) {
    let (bureau, county, all) = (bureau(villages).await, COUNTIES[0], 20 * villages);
    bureau
        .push(&mut Phone::reviewer(0), |p| vec![p.record(at(1, 9), "person", id(1), person("张三", VILLAGE_A1))])
        .await;
    let lying = |n: u128| {
        let (village, record) = (text(id(0x1_0000 + n % villages)), text(id(0x10_0000 + n)));
        vec![text(county), village, record, text("person"), (i64::try_from(n).unwrap() + 1_000).into()]
    };
    insert(&bureau, "record_scope", "division, record, kind, feed", (0..all).map(lying).collect()).await;
    let pool = bureau.db.pool();
    let head = i64::try_from(all).unwrap() + 2_000;
    sqlx::query("update county set feed = $1 where code = $2").bind(head).bind(county).execute(pool).await.unwrap();
    let copy = "insert into record (county, id, kind, feed, doc, meta, state) \
                select s.county, s.record, r.kind, s.feed, r.doc, r.meta, r.state from record_scope s \
                join record r on r.county = s.county and r.id = $1 where s.feed >= 1000 and s.county = $2";
    sqlx::query(copy).bind(id(1).to_string()).bind(county).execute(pool).await.unwrap();

    let worker = Phone::new(0, 0x71, Role::VillageWorker, 0x1_0000);
    let _ = work(&bureau).await;
    let page = bureau.pull(&worker, None).await;
    let village = work(&bureau).await;
    assert_eq!((page.changes.len(), page.more), (20 + 3, false));
    let clerk = Phone::clerk(0);
    let first = bureau.pull(&clerk, None).await;
    let second = bureau.pull(&clerk, Some(&first.cursor)).await;
    assert!(second.more);
    assert_eq!(second.remaining, first.remaining - 500);
    let _ = work(&bureau).await;
    let third = bureau.pull(&clerk, Some(&second.cursor)).await;
    assert_eq!(third.changes.len(), 500);
    (work(&bureau).await, village)
}

/// A clerk's page read everything still to come, twice, and a village's page everything it had already.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_the_feed_costs_what_it_gives() {
    let (small, large) = (pulled(100).await, pulled(300).await);
    println!("2,000 records, clerk and village: {small:?}, 6,000: {large:?}");
    for (small, large) in [(small.0, large.0), (small.1, large.1)] {
        // Every request reads the tree of divisions, some ten steps for each of the two hundred more.
        let more = large.steps.saturating_sub(2_000) as f64 / small.steps as f64;
        assert!(more <= 1.3, "three times the county, {more:.2} times the steps of a page");
        assert_eq!(small.statements, large.statements);
    }
}

/// One more connection runs a dozen statements of its own, and whether a request opens one is chance.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_opens_is_no_work_of_the_request() {
    let bureau = bureau(10).await;
    let worker = Phone::new(0, 0x71, Role::VillageWorker, 0x1_0000);
    let _ = work(&bureau).await;
    bureau.pull(&worker, None).await;
    let alone = work(&bureau).await;
    let held = bureau.db.pool().acquire().await.unwrap();
    bureau.pull(&worker, None).await;
    drop(held);
    assert_eq!(work(&bureau).await.statements, alone.statements);
}
