//! A phone of so many people in their third year, as a township's has them: ten people come down the ordinary way, with their
//! households, visits, photos, plaques, request, letter and merged record; the others are copies, spread over twenty
//! villages. What this phone wrote itself is as much on every phone: ops that wait, that are held, that were refused, a draft.

use bianfang_bureau::multiply::{Instead, Marked, multiply};
use bianfang_client::{EntryDraft, VisitDraft};
use bianfang_domain::actor::Actor;
use bianfang_domain::decision::Verdict;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::record::Record;
use bianfang_store::MetaKey;
use serde_json::{Value, json};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

use crate::scene::*;

/// Stands in every id and name of the people who come the ordinary way.
pub const MARK: &str = "f00dfeed";
pub const PEOPLE: u32 = 10;
const VILLAGES: u32 = 20;
const DAY_MS: i64 = 86_400_000;

pub const PERSON: u32 = 1;
pub const HOME: u32 = 2;
pub const VISIT: u32 = 3;
pub const PHOTO: u32 = 4;
pub const LETTER: u32 = 5;
pub const PLAQUE: u32 = 6;
pub const REQUEST: u32 = 7;
const OTHER: u32 = 9;

/// The nth record of a kind of the first people.
pub fn first(kind: u32, n: u32) -> RecordId {
    format!("{MARK}-0000-7000-80{kind:02x}-0000000000{n:02x}").parse().unwrap()
}

pub fn village(n: u32) -> RecordId {
    id(0xb0_0000 + u128::from(n))
}

/// The content of the nth photo that this phone took of the first people.
pub fn sha256(n: u32) -> String {
    format!("{MARK}{n:056x}")
}

/// So many people, a multiple of ten.
pub async fn phone(people: u32) -> Bench {
    let bench = Bench::enrolled().await;
    let store = bench.store().await;
    store.set_value(MetaKey::Actor, &Actor { scope: vec![id(TOWNSHIP)], ..actor() }).await.unwrap();
    store.apply_page(&page(tree().into_iter().chain(cluster()).collect()), false, NOW).await.unwrap();
    store.close().await.unwrap();
    let mut conn = beneath(&bench).await;
    photo_files(&mut conn).await;
    let copies: Vec<Instead> = (1..people / PEOPLE)
        .map(|n| Instead { mark: format!("{n:08x}"), place: village(n % VILLAGES).to_string() })
        .collect();
    let mut tables = vec!["record", "record_subject", "photo_file"];
    tables.extend(kind::ALL.iter().flat_map(|kind| kind.tables()).map(|table| table.name));
    let marked = Marked { mark: MARK, place: &village(0).to_string(), derived: &[] };
    multiply(&mut conn, &tables, marked, &copies, 0).await.unwrap();
    sqlx::raw_sql("commit").execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    own(&bench).await;
    bench
}

/// The database past the store. Nothing of a test must survive a flat battery.
async fn beneath(bench: &Bench) -> AnyConnection {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}", bench.folder.path().join("store.db").display());
    let mut conn = AnyConnection::connect(&url).await.unwrap();
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    // Copies are written all over the tables: with few pages in memory each is enciphered again and again.
    let open = format!("pragma key = \"x'{key}'\"; pragma synchronous = off; pragma cache_size = -400000; begin");
    sqlx::raw_sql(AssertSqlSafe(open)).execute(&mut conn).await.unwrap();
    conn
}

/// All that the database holds, every table and column of it, read with the key while the phone is closed.
pub async fn decrypted(bench: &Bench) -> String {
    let mut conn = beneath(bench).await;
    let mut all = String::new();
    let tables = sqlx::query("select name from sqlite_master where type = 'table'").fetch_all(&mut conn).await.unwrap();
    for table in tables {
        let table: String = table.get(0);
        let columns = format!("select name from pragma_table_info('{table}')");
        for column in sqlx::query(AssertSqlSafe(columns)).fetch_all(&mut conn).await.unwrap() {
            let column: String = column.get(0);
            let sql = format!("select cast(\"{column}\" as text) from \"{table}\" where \"{column}\" is not null");
            let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut conn).await.unwrap();
            rows.iter().for_each(|row| all.extend([row.try_get::<String, _>(0).unwrap_or_default(), "\n".into()]));
        }
    }
    conn.close().await.unwrap();
    all
}

fn tree() -> Vec<Record> {
    let here = |n: u32| json!({ "name": format!("村{n}"), "level": "VILLAGE", "parent": id(TOWNSHIP) });
    let mut all: Vec<Record> =
        (0..VILLAGES).map(|n| served("division", 0xb0_0000 + u128::from(n), 10, here(n))).collect();
    let staff =
        |n: u32| json!({ "account": id(0xacc0 + u128::from(n)), "name": format!("王{n}"), "divisions": [village(n)] });
    all.extend((0..VILLAGES).map(|n| served("staff", 0xacc_0000 + u128::from(n), 11, staff(n))));
    let lot = |n: u32| json!({ "act": "RECEIVED", "division": village(n), "count": 500, "at": NOW - 200 * DAY_MS });
    all.extend((0..4).map(|n| served("plaque_stock", 0x10_7000 + u128::from(n), 12, lot(n))));
    all
}

fn cluster() -> Vec<Record> {
    let record = |kind: &str, what: u32, n: u32, fields: Value| {
        let ago = (i64::from(n) * 60 + 2) * DAY_MS;
        let mut record = Record { id: first(what, n), ..served(kind, 1, 20, fields) };
        record.meta.origin.happened.ms = NOW - ago;
        record
    };
    let here = village(0);
    // Which household the nth lives in.
    let home = |n: u32| n * 4 / PEOPLE;
    let mut all = Vec::new();
    for n in 0..4 {
        let fields = json!({ "head_name": format!("张{MARK}{n}"), "division": here, "address": format!("{n}组1号") });
        all.push(record("household", HOME, n, fields));
    }
    for n in 0..PEOPLE {
        let fields = json!({ "name": format!("张{MARK}{n}"), "household": first(HOME, home(n)), "living_division": here,
            "registered_division": here, "birth": format!("19{}-05-0{}", 50 + n, n % 9 + 1), "life": "ALIVE",
            "categories": ["DISCHARGED_SOLDIER"], "register": if n == 9 { "DRAFT" } else { "ACTIVE" } });
        all.push(record("person", PERSON, n, fields));
    }
    for n in 0..16_u32 {
        let result = |person: u32| if (n + person).is_multiple_of(3) { "NOT_HOME" } else { "MET" };
        let met = |person: u32| json!({ "person": first(PERSON, person), "result": result(person) });
        let entries: Vec<Value> = (0..PEOPLE).filter(|person| home(*person) == n % 4).map(met).collect();
        let fields = json!({ "at": NOW - (i64::from(n) * 60 + 2) * DAY_MS, "method": if n % 5 == 4 { "PHONE" } else { "HOME" },
            "household": first(HOME, n % 4), "work_types": ["ROUND"], "entries": entries });
        all.push(record("contact", VISIT, n, fields));
        let taken =
            json!({ "subject": first(VISIT, n), "photo_kind": "SCENE", "original": sha256(n), "length": 1_000_000 });
        all.push(record("photo", PHOTO, n, taken));
    }
    for n in 0..3 {
        let hung = json!({ "household": first(HOME, n), "event": "NEW", "at": NOW - 90 * DAY_MS, "position": "GATE",
            "hanger": "王", "no_signature": "外出" });
        all.push(record("plaque_event", PLAQUE, n, hung));
    }
    let asked = json!({ "household": first(HOME, 3), "ask": "NEW", "at": NOW - 9 * DAY_MS, "applicant": "张三" });
    all.push(record("plaque_request", REQUEST, 0, asked));
    let letter = json!({ "source": "TROOPS", "level": "THIRD", "soldier": format!("张{MARK}"), "division": here,
        "household": first(HOME, 0), "received_on": 20_600 });
    all.push(record("letter", LETTER, 0, letter));
    let soldier = json!({ "basis": "SERVING", "name": format!("张{MARK}"), "household": first(HOME, 0) });
    let unit = json!({ "unit_kind": "EMPLOYER", "name": format!("{MARK}厂"), "division": here });
    let same = json!({ "person": first(PERSON, 8), "kept": first(PERSON, 7), "at": NOW - DAY_MS });
    let asked = json!({ "person": first(PERSON, 1), "owner": id(1), "state": "DONE", "why": "HOSPITAL" });
    let later = json!({ "person": first(PERSON, 2), "until": 19_000, "reason": "外出", "at": NOW - 900 * DAY_MS });
    let others =
        [("basis_person", soldier), ("unit", unit), ("same_as", same), ("assignment", asked), ("snooze", later)];
    all.extend((0..).zip(others).map(|(n, (kind, fields))| record(kind, OTHER, n, fields)));
    all
}

/// Every second photo is this phone's own, and the server has it.
async fn photo_files(conn: &mut AnyConnection) {
    for n in (0..16).step_by(2) {
        let (content, record) = (sha256(n), first(PHOTO, n));
        let receipt = json!({ "sha256": content, "length": 1000, "stored_ms": NOW });
        let sql = format!(
            "insert into photo_file (name, key, sha256, length, role, record, owed, state, sent, receipt, receipt_ms, written_ms) \
             values ('{MARK}{n:024x}', zeroblob(32), '{content}', 1000, 'COPY', '{record}', 1, 'RECEIPT', 1000, '{receipt}', {NOW}, {NOW})"
        );
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *conn).await.unwrap();
    }
}

/// What this phone wrote: visits with a photo each, one held, one refused, one that waits, and a form that is half filled.
async fn own(bench: &Bench) {
    for (n, answer) in (0..).zip([Some(Verdict::Held), Some(Verdict::Refused), None]) {
        let phone = bench.try_open(KEY).await.unwrap();
        let form = phone.new_form().await.unwrap();
        phone.add_photo(&form, &bench.photo(n)).await.unwrap();
        phone.save_visit(&form, visited(0)).await.unwrap();
        let half = phone.new_form().await.unwrap();
        phone.keep_draft(&half, visited(1)).await.unwrap();
        phone.close().await.unwrap();
        if let Some(verdict) = answer {
            bench.answer(verdict, None).await;
        }
    }
}

/// A visit at the nth of the first people.
pub fn visited(n: u32) -> VisitDraft {
    let entry = EntryDraft { person: first(PERSON, n).to_string(), result: "MET".into(), died_on: None };
    VisitDraft { entries: vec![entry], ..visit(&[]) }
}
