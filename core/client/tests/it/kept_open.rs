//! What must never lie open does not reach the phone's outbox, nor what it shows: of every field of every kind, whoever writes.
//! Who saves is told what was masked, and what to do instead.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_client::{FieldDraft, PersonDraft};
use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::kind;
use bianfang_domain::op::Act;
use bianfang_law::open::{LINE, acts, documents, laid_open, lies_open};
use bianfang_store::{FormOutcome, MetaKey, NewOp, Writing};
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{AssertSqlSafe, Column, ConnectOptions, Row};
use uuid::Uuid;

use crate::scene::*;

/// Every text of every table, read with the phone's key.
async fn texts(bench: &Bench) -> Vec<(String, String)> {
    let key = format!("\"x'{}'\"", hex(KEY));
    let options = SqliteConnectOptions::new().filename(bench.folder.path().join("store.db")).pragma("key", key);
    let mut conn = options.connect().await.unwrap();
    let tables: Vec<String> =
        sqlx::query_scalar("select name from sqlite_master where type = 'table'").fetch_all(&mut conn).await.unwrap();
    let mut found = Vec::new();
    for table in tables {
        let rows = sqlx::query(AssertSqlSafe(format!("select * from {table}"))).fetch_all(&mut conn).await.unwrap();
        for row in &rows {
            found.extend(row.columns().iter().map(|column| (table.clone(), text_of(row, column.ordinal()))));
        }
    }
    found
}

fn text_of(row: &SqliteRow, at: usize) -> String {
    let bytes = row.try_get_unchecked::<Option<Vec<u8>>, _>(at).ok().flatten().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(key: [u8; 32]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn no_field_of_any_kind_brings_a_number_into_the_outbox() {
    let bench = Bench::enrolled().await;
    let store = bench.store().await;
    let known = documents();
    let mut stood: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut next = 0xF_0000_0000_u128;
    for role in [Role::VillageWorker, Role::SectionClerk, Role::SysAdmin] {
        let actor = Actor { role, scope: vec![id(VILLAGE), id(1)], ..actor() };
        store.set_value(MetaKey::Actor, &actor).await.unwrap();
        for kind in kind::ALL {
            let base = known.get(kind.name()).unwrap_or_else(|| panic!("no document of {}", kind.name()));
            let records = laid_open(*kind, base).into_iter().map(|(field, fields)| {
                next += 1;
                (field, next, Act::Record { fields, sealed: Default::default() })
            });
            let mut all: Vec<_> = records.collect();
            all.extend(acts().into_iter().map(|act| ("reason", next, act)));
            for (field, target, act) in all {
                // Once is enough here: the shapes are tried where the rule stands.
                if stood.get(kind.name()).is_some_and(|fields| fields.contains(field)) {
                    continue;
                }
                let op = NewOp { kind: kind.name().to_owned(), target: id(target), act };
                let writing = Writing { ops: vec![op], ..Writing::default() };
                // Of some things there is one (who somebody else is): a second is an error, and nothing of it is kept.
                let Ok(written) = store.write(&writing, &at()).await else { continue };
                if let FormOutcome::Written { hidden, .. } = written {
                    assert!(!hidden.is_empty(), "{} {field} is told", kind.name());
                    stood.entry(kind.name()).or_default().insert(field);
                }
            }
        }
    }
    store.close().await.unwrap();
    let unwritten: Vec<&str> =
        kind::ALL.iter().map(|kind| kind.name()).filter(|name| !stood.contains_key(name)).collect();
    assert!(unwritten.is_empty(), "nothing of {unwritten:?} was taken");
    assert!(stood["person"].len() > 20 && stood["contact"].len() > 10, "{stood:?}");
    let texts = texts(&bench).await;
    assert!(texts.iter().any(|(table, text)| table == "outbox" && text.contains("9900************13")));
    for (table, text) in texts {
        assert_eq!(lies_open(&text), None, "{table}: {text}");
    }
}

fn at() -> bianfang_domain::clock::PhoneClock {
    let reading = bianfang_client::ClockReading { wall_ms: NOW, steady_ms: 0, boot: "one".into() };
    bianfang_domain::clock::PhoneClock::heard(NOW, 0, reading)
}

#[tokio::test]
async fn who_saves_is_told_what_was_hidden_and_what_to_do() {
    let bench = Bench::enrolled().await;
    let phone = bench.open().await;
    let note = |value: &str| {
        let field = FieldDraft { field: "note".into(), value: Some(value.into()), add: Vec::new(), remove: Vec::new() };
        PersonDraft { fields: vec![field], since: None }
    };
    let saved = phone.change_person(&text(FATHER), note(LINE)).await.unwrap();
    let told: Vec<(&str, &str)> = saved.hidden.iter().map(|line| (line.code.as_str(), line.zh.as_str())).collect();
    assert_eq!(
        told,
        [
            ("ID_NUMBER_HIDDEN", "备注中的身份证号已隐去：请填在“身份证号”一栏。"),
            ("BANK_CARD_HIDDEN", "备注中的银行卡号已隐去：这里不保存卡号。")
        ]
    );
    assert!(saved.hidden.iter().all(|line| line.field.as_deref() == Some("note") && line.en.starts_with("Note")));
    let saved = phone.change_person(&text(FATHER), note("电话13800138000，赣烈字第2001003600012号")).await.unwrap();
    assert_eq!(saved.hidden, []);
    let visit = bianfang_client::VisitDraft { note: Some(LINE.into()), ..visit(&[(FATHER, "MET")]) };
    let saved = phone.save_visit(&Uuid::from_u128(7).to_string(), visit).await.unwrap();
    assert_eq!(saved.hidden.len(), 2, "{:?}", json!(saved));
}
