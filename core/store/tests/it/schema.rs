//! Opening: keys, versions, and stores that older versions left behind.

use std::path::Path;

use bianfang_store::{SCHEMA, Store, StoreError};
use serde_json::json;
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::scene::*;

/// The database past the store.
pub async fn raw(folder: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(folder.join("store.db"))
        .create_if_missing(true)
        .pragma("key", format!("\"x'{}'\"", "07".repeat(32)))
        .connect()
        .await
        .unwrap()
}

#[tokio::test]
async fn wrong_key_is_told_at_opening_and_harms_nothing() {
    let (folder, store) = phone().await;
    store.close().await.unwrap();
    assert!(matches!(Store::open(folder.path(), [8; 32], NOW).await, Err(StoreError::WrongKey)));
    let store = opened(folder.path()).await;
    assert!(store.get(id(PERSON)).await.unwrap().is_some());
}

#[tokio::test]
async fn newer_schema_is_refused() {
    let (folder, store) = phone().await;
    store.close().await.unwrap();
    let mut conn = raw(folder.path()).await;
    sqlx::raw_sql("pragma user_version = 999").execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    let error = Store::open(folder.path(), KEY, NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 999, known } if known == SCHEMA));
}

/// The schema as released: a difference needs a new numbered step, not an edit of an old one.
#[tokio::test]
async fn schema_is_the_frozen_one() {
    let (folder, store) = phone().await;
    store.close().await.unwrap();
    let mut conn = raw(folder.path()).await;
    let sql = "select sql from sqlite_master where sql is not null and type in ('table', 'index', 'view') \
               and tbl_name in ('record', 'overlay', 'shown', 'record_subject', 'meta', 'outbox', 'photo_file', 'draft') \
               order by name";
    let found: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut conn).await.unwrap();
    let found = found.join(";\n") + ";\n";
    if std::env::var_os("FREEZE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/frozen/schema.sql"), &found).unwrap();
    }
    assert_eq!(found, include_str!("frozen/schema.sql"));
}

/// Each released schema is frozen as a text of its own, so that an edit of a released step is found.
#[tokio::test]
async fn store_of_the_first_schema_is_upgraded_with_its_records() {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = raw(folder.path()).await;
    sqlx::raw_sql(include_str!("frozen/0001.sql")).execute(&mut conn).await.unwrap();
    let person = person(4, json!({}));
    sqlx::query("insert into record (id, kind, revision, json) values ($1, 'person', 4, $2)")
        .bind(person.id.to_string())
        .bind(serde_json::to_string(&person).unwrap())
        .execute(&mut conn)
        .await
        .unwrap();
    sqlx::raw_sql("pragma user_version = 1").execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    let store = opened(folder.path()).await;
    assert_eq!(store.get(person.id).await.unwrap(), Some(person));
    assert_eq!(store.people_page("白", None, 10).await.unwrap().len(), 1, "projections are made from the records");
}

#[tokio::test]
async fn changed_projection_is_rebuilt_from_the_records() {
    let (folder, store) = phone().await;
    wrote(&store, visit(30), 1).await;
    store.close().await.unwrap();
    let mut conn = raw(folder.path()).await;
    let as_of_another_version = "drop table person; create table person (other text); create table bygone (x); \
        update meta set value = '\"other\"' where key = 'projections'; \
        update meta set value = json_insert(value, '$[#]', 'bygone') where key = 'projection_tables'";
    sqlx::raw_sql(as_of_another_version).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    let store = opened(folder.path()).await;
    assert_eq!(store.people_page("", None, 10).await.unwrap().len(), 1);
    store.close().await.unwrap();
    let mut conn = raw(folder.path()).await;
    let entries: i64 = sqlx::query_scalar("select count(*) from contact_entry").fetch_one(&mut conn).await.unwrap();
    let bygone: i64 = sqlx::query_scalar("select count(*) from sqlite_master where name = 'bygone'")
        .fetch_one(&mut conn)
        .await
        .unwrap();
    assert_eq!((entries, bygone), (1, 0));
}
