//! The list: its order, its filters, and the two figures at its foot, which the rule of the domain must equal.

use bianfang_client::{PeopleQuery, Phone};
use bianfang_domain::coverage::{CoverageRule, EntryRow, Filter, Registered, Window, coverage};
use bianfang_domain::kind::{Contact, gone_by, spans};
use bianfang_domain::op::{Part, Review};
use bianfang_domain::reason::Reason;
use bianfang_domain::record::Record;
use bianfang_domain::rules::{self, Rule};
use bianfang_domain::time::Day;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use crate::scene::*;

const NAMES: [&str; 6] = ["欧阳建国", "白乌云其其格", "张伟", "赵敏", "宝音巴特尔·阿木尔", "马红"];

async fn village(people: usize) -> Bench {
    let bench = Bench::enrolled().await;
    let record = |n: usize| {
        let number = 1000 + n as u128;
        person(
            number,
            10 + n as u64,
            NAMES[n % NAMES.len()],
            json!({ "id_number": format!("9907************{n:02}"), "phones": [format!("1990000{n:04}")] }),
        )
    };
    bench.receive((0..people).map(record).collect()).await;
    bench
}

async fn found(phone: &Phone, search: &str) -> usize {
    phone.people(PeopleQuery { search: search.into(), ..all() }).await.unwrap().rows.len()
}

#[tokio::test]
async fn whoever_is_looked_for_is_found_in_any_characters() {
    let bench = village(6).await;
    let phone = bench.open().await;
    for text in ["欧\u{200b}阳", "\u{202d}欧阳建国\u{202c}", "宝音巴特尔 阿木尔", "宝音巴特尔阿木尔", "\u{2ee2}红"]
    {
        assert_eq!(found(phone, text).await, 1, "{text:?}");
    }
    assert_eq!(found(phone, "·").await, 1, "a separator alone is looked for as it is");
}

#[tokio::test]
async fn pages_are_in_the_order_of_names_without_gap_or_repetition() {
    let bench = village(25).await;
    let phone = bench.open().await;
    let whole = phone.people(all()).await.unwrap();
    assert_eq!((whole.rows.len(), whole.total, whole.due, &whole.next), (27, 27, 27, &None));
    assert_eq!(&names(&whole)[..2], ["白乌云其其格"; 2], "by pinyin");
    for limit in [1, 4, 9, 26, 27] {
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let page = phone.people(PeopleQuery { after, limit, ..PeopleQuery::default() }).await.unwrap();
            assert!(page.rows.len() <= limit as usize && page.total == 27);
            rows.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(rows, whole.rows, "{limit} a page");
    }
    assert_eq!(field(phone.people(PeopleQuery { after: Some("x".into()), ..all() }).await), "after");
}

#[tokio::test]
async fn search_finds_names_pinyin_telephones_and_whole_id_numbers() {
    let bench = village(6).await;
    let phone = bench.open().await;
    for (search, count) in [
        ("", 8),
        ("建国", 2),
        ("ouyang", 1),
        ("Ou Yang", 1),
        ("wuyun", 1),
        ("·", 1),
        ("0003", 1),
        ("003", 1),
        ("19900000003", 1),
        ("990700196001010003", 1),
        // A part of an id number finds nobody, though it shows.
        ("9907", 0),
        ("03", 0),
        ("9907************03", 0),
        ("99070019600101003", 0),
        ("没有", 0),
        ("%", 0),
    ] {
        assert_eq!(found(phone, search).await, count, "{search}");
    }
    let page = phone.people(PeopleQuery { search: "建国".into(), ..all() }).await.unwrap();
    assert_eq!((page.total, page.due), (2, 2), "the figures are those of the search");
}

#[tokio::test]
async fn only_the_responsible_village_owes_the_visit() {
    let bench = Bench::enrolled().await;
    let (here, there) = (json!(id(VILLAGE)), json!(id(OTHER_VILLAGE)));
    bench
        .receive(vec![
            person(100, 20, "登记在此", json!({ "registered_division": here, "living_division": there })),
            person(101, 21, "新来的人", json!({ "register": "DRAFT" })),
            person(102, 22, "去世的人", json!({ "life": "DECEASED", "died_on": Day::of(NOW).0 - 40 })),
            person(103, 23, "移出的人", json!({ "register": "REMOVED" })),
            served(
                "contact",
                30,
                24,
                json!({
                    "at": NOW - 86_400_000, "method": "HOME", "entries": [{ "person": id(102), "result": "MET_FAMILY" }]
                }),
            ),
        ])
        .await;
    let phone = bench.open().await;
    let page = phone.people(all()).await.unwrap();
    assert_eq!((page.rows.len(), page.total, page.due), (5, 2, 2), "all can be visited, two are owed one");
    let dead = page.rows.iter().find(|row| row.id == text(102)).unwrap();
    assert_eq!(
        (dead.reached, dead.last_contact.as_deref()),
        (false, Some("2026-06-30")),
        "after a death nobody is reached"
    );
    let due = phone.people(PeopleQuery { only_due: true, ..all() }).await.unwrap();
    assert_eq!(names(&due), ["李秀英", "张建国"]);
    assert!(due.rows.iter().all(|row| row.due && !row.reached));
    for (division, rows) in [(VILLAGE, 4), (TOWNSHIP, 4), (OTHER_VILLAGE, 1)] {
        let page = phone.people(PeopleQuery { village: Some(text(division)), ..all() }).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (rows, if rows == 4 { 2 } else { 0 }), "{division}");
    }
    assert_eq!(phone.person(&text(103)).await.unwrap().row.name, "移出的人", "the page itself can still be opened");
    assert_eq!(field(phone.people(PeopleQuery { village: Some("x".into()), ..all() }).await), "village");
}

#[tokio::test]
async fn visit_of_last_year_leaves_the_person_due() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let year = 365 * 86_400_000;
    let form = phone.new_form().await.unwrap();
    let mut late = visit(&[(FATHER, "MET")]);
    (late.started_ms, late.ended_ms) = (NOW - year, NOW - year);
    phone.save_visit(&form, late).await.unwrap();
    let page = phone.people(all()).await.unwrap();
    let father = page.rows.iter().find(|row| row.id == text(FATHER)).unwrap();
    assert_eq!((father.reached, father.due, father.last_contact.as_deref()), (false, true, Some("2025-07-01")));
    let form = phone.new_form().await.unwrap();
    phone.save_visit(&form, visit(&[(FATHER, "MET_FAMILY")])).await.unwrap();
    let page = phone.people(all()).await.unwrap();
    let father = page.rows.iter().find(|row| row.id == text(FATHER)).unwrap();
    assert_eq!((father.reached, father.due, father.last_contact.as_deref()), (true, false, Some("2026-07-01")));
    assert_eq!((page.total, page.due), (2, 1));
    let due = phone.people(PeopleQuery { only_due: true, ..all() }).await.unwrap();
    assert_eq!((names(&due), due.total, due.due), (vec!["李秀英"], 2, 1));
}

/// 100 into 101 into 102; 103 and 104 in a circle, of which the server lets the first stand.
#[tokio::test]
async fn contacts_of_who_was_merged_reach_who_stays() {
    let bench = Bench::enrolled().await;
    let merged = [(100, 101), (101, 102), (103, 104), (104, 103)];
    let same = |(n, (person, kept)): (u64, (u128, u128))| {
        served("same_as", 200 + person, 30 + n, json!({ "person": id(person), "kept": id(kept), "at": NOW }))
    };
    let visited = |n: u64, person: u128| {
        let entries = json!([{ "person": id(person), "result": "MET" }]);
        served("contact", 300 + person, 40 + n, json!({ "at": NOW - 86_400_000, "method": "HOME", "entries": entries }))
    };
    let mut records: Vec<Record> =
        (0..6).map(|n| person(100 + n, 20 + n as u64, NAMES[n as usize % NAMES.len()], json!({}))).collect();
    for (person, counts) in [(0, 102), (1, 102), (3, 104)] {
        records[person].meta.counts_as = Some(id(counts));
    }
    records.extend((0..).zip(merged).map(same));
    records.extend([visited(1, 100), visited(2, 103)]);
    bench.receive(records).await;
    let phone = bench.open().await;
    let page = phone.people(all()).await.unwrap();
    let mut told: Vec<(String, bool)> = page.rows.into_iter().map(|row| (row.id, row.reached)).collect();
    told.sort();
    let all = [(FATHER, false), (MOTHER, false), (102, true), (104, true), (105, false)];
    assert_eq!(told, all.map(|(id, reached)| (text(id), reached)));
    assert_eq!((page.total, page.due), (5, 3));
    let alone = phone.person(&text(100)).await.unwrap().row;
    assert_eq!((alone.id.as_str(), alone.reached), (text(100).as_str(), true), "its page can still be opened");
    assert!(!phone.person(&text(101)).await.unwrap().row.reached, "its contacts are those of the last");
}

#[tokio::test]
async fn who_has_no_name_comes_first_and_on_one_page_only() {
    let bench = Bench::enrolled().await;
    let nameless = |n: u64| person(100 + u128::from(n), 20 + n, " ", json!({ "household": id(HOUSEHOLD) }));
    bench.receive((0..5).map(nameless).collect()).await;
    let phone = bench.open().await;
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = phone.people(PeopleQuery { after, limit: 2, ..PeopleQuery::default() }).await.unwrap();
        rows.extend(page.rows.into_iter().map(|row| row.name));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(rows, ["", "", "", "", "", "李秀英", "张建国"]);
    assert_eq!(phone.household(&text(HOUSEHOLD)).await.unwrap().members.len(), 7);
}

/// People and contacts of every sort, drawn from a seed.
fn drawn(seed: u64) -> Vec<Record> {
    let mut rng = StdRng::seed_from_u64(seed);
    let today = Day::of(NOW).0;
    let mut records = Vec::new();
    for n in 0..30u64 {
        let life = *["ALIVE", "ALIVE", "ALIVE", "DECEASED", "UNKNOWN"].choose(&mut rng).unwrap();
        let register = *["ACTIVE", "ACTIVE", "ACTIVE", "DRAFT", "REMOVED"].choose(&mut rng).unwrap();
        let division = *[VILLAGE, VILLAGE, OTHER_VILLAGE].choose(&mut rng).unwrap();
        let codes: Vec<&str> = ["DISABLED", "DISABLED_SOLDIER"].into_iter().filter(|_| rng.random_bool(0.5)).collect();
        let mut fields =
            json!({ "life": life, "register": register, "living_division": id(division), "categories": codes });
        if life == "DECEASED" && rng.random_bool(0.7) {
            fields["died_on"] = json!(today - rng.random_range(0..200));
        }
        records.push(person(1000 + u128::from(n), 10 + n, NAMES[n as usize % NAMES.len()], fields));
    }
    for n in 0..80u64 {
        let method = *["HOME", "PHONE", "VIDEO", "SEMINAR", "STATION", "RELATIVE", "PIGEON"].choose(&mut rng).unwrap();
        let results = ["MET", "MET", "MET_FAMILY", "NOT_HOME", "REFUSED", "AWAY", "DIED", "SUNG"];
        let mut entry = || {
            let person = id(1000 + u128::from(rng.random_range(0..30u64)));
            json!({ "person": person, "result": *results.choose(&mut rng).unwrap() })
        };
        let entries: Vec<Value> = vec![entry(), entry()];
        let at = NOW - rng.random_range(0..500) * 86_400_000;
        let mut record =
            served("contact", 5000 + u128::from(n), 100 + n, json!({ "at": at, "method": method, "entries": entries }));
        record.meta.origin.happened.ms = at;
        match rng.random_range(0..8) {
            0 => record.meta.voided = Some("错".into()),
            1 => record.meta.review = Review::Returned,
            2 => record.meta.review = Review::Accepted,
            3 => {
                let person = Contact::read(&record.doc).unwrap().entries[0].person;
                record.meta.held.push((Part::Of(person), Reason::AfterDeath));
            }
            _ => {}
        }
        records.push(record);
    }
    records
}

/// The rule's own answer for this phone's village: (owed a visit, not reached).
fn reference(records: &[Record], rule: &CoverageRule) -> (u64, u64) {
    let window = Window { from: Day::from_ymd(2026, 1, 1).unwrap(), to: Day::from_ymd(2026, 12, 31).unwrap() };
    let people: Vec<Registered> = records
        .iter()
        .filter(|record| record.kind == "person")
        .map(|record| Registered {
            id: record.id,
            spans: spans(record),
            gone_by: gone_by(record),
            entered: record.entered_on(),
        })
        .collect();
    let mut entries = Vec::new();
    for record in records.iter().filter(|record| record.kind == "contact") {
        let contact = Contact::read(&record.doc).unwrap();
        entries.extend(contact.entries.iter().map(|entry| EntryRow {
            person: entry.person,
            day: Day::of(record.meta.origin.happened.ms),
            method: contact.method,
            result: entry.result,
            work_types: contact.work_types.clone(),
            counts: record.counts(&Part::Of(entry.person)),
            held: record.held_for(&Part::Of(entry.person)).is_some(),
            reviewed: record.meta.review == Review::Accepted,
            assumed: false,
        }));
    }
    let figures = coverage(rule, window, &Filter::default(), &people, &entries);
    let figure = figures.get(&id(VILLAGE)).cloned().unwrap_or_default();
    (figure.denominator, figure.denominator - figure.reached())
}

#[tokio::test]
async fn figures_are_those_of_the_rule() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..12 {
        let bench = Bench::empty();
        let store = bench.store().await;
        store.set_value(bianfang_store::MetaKey::Actor, &actor()).await.unwrap();
        let mut records = drawn(seed);
        let categories = [vec![], vec!["DISABLED".to_owned()], vec!["DISABLED_SOLDIER".into(), "它\"类".into()]];
        let rule = CoverageRule { categories: categories[seed as usize % 3].clone(), ..CoverageRule::default() };
        let mut own = served("rule", 1, 900, json!({ "rule": "COVERAGE", "division": id(1), "data": rule }));
        own.id = rules::id(CoverageRule::NAME);
        records.push(own);
        store.apply_page(&page(records.clone()), true, NOW).await.unwrap();
        store.close().await.unwrap();
        let page = bench.open().await.people(all()).await.unwrap();
        assert_eq!((page.total, page.due), reference(&records, &rule), "seed {seed}");
        let due = page.rows.iter().filter(|row| row.due).count() as u64;
        assert_eq!(due, page.due, "the rows add up to the figure, seed {seed}");
        seen.insert((page.total, page.due));
    }
    assert!(seen.len() > 3, "the seeds make different counties: {seen:?}");
}

#[tokio::test]
async fn a_setting_that_comes_is_what_plaques_are_shown_by() {
    let bench = Bench::enrolled().await;
    let died = Day::from_ymd(2017, 3, 1).unwrap().0;
    let dead = person(
        1000,
        21,
        "李四",
        json!({ "household": id(70), "categories": ["DISCHARGED_SOLDIER"],
        "life": "DECEASED", "died_on": died }),
    );
    let home = served("household", 70, 20, json!({ "head_name": "李四", "division": id(VILLAGE) }));
    let other = person(1001, 22, "李小四", json!({ "household": id(70) }));
    bench.receive(vec![home, dead, other]).await;
    let shown = async || {
        let phone = bench.open().await;
        let page = phone.people(PeopleQuery { search: "李小四".into(), ..all() }).await.unwrap();
        phone.close().await.unwrap();
        page.rows[0].plaque.clone()
    };
    assert_eq!(shown().await.as_deref(), Some("NOT_ELIGIBLE"));
    let data = json!({ "rule": "PLAQUE", "division": id(1), "data": { "died_before_notice": true } });
    let mut rule = served("rule", 1, 30, data);
    rule.id = rules::id(bianfang_domain::kind::PlaqueRule::NAME);
    bench.receive(vec![rule]).await;
    assert_eq!(shown().await.as_deref(), Some("PENDING"));
}
