//! The tables lists and searches read. They hold nothing the records do not: rows are replaced whenever a shown record
//! changes, and all tables are made anew when a version declares them differently.

use std::collections::BTreeSet;

use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, KINDS};
use bianfang_domain::projection::{Cell, Row, Table};
use bianfang_domain::rules;
use bianfang_domain::world::{Reach, World};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use crate::error::StoreError;
use crate::meta::{self, MetaKey};
use crate::read;

/// A phone holds one county, so the column that leads every key on the server says nothing here.
const COUNTY: &str = "-";

fn tables() -> impl Iterator<Item = &'static Table> {
    KINDS.tables()
}

/// Drops and rebuilds all projections if their declaration is not the one they were made with.
pub(crate) async fn renew(conn: &mut SqliteConnection) -> Result<(), StoreError> {
    let ddl: Vec<String> = tables().flat_map(Table::create).collect();
    let wanted = ddl.join(";\n");
    if meta::get::<String>(conn, MetaKey::Projections).await?.as_deref() == Some(wanted.as_str()) {
        return Ok(());
    }
    let mut tx = conn.begin_with("begin immediate").await?;
    let old: Vec<String> = meta::get(&mut tx, MetaKey::ProjectionTables).await?.unwrap_or_default();
    for name in old {
        sqlx::raw_sql(AssertSqlSafe(format!("drop table if exists \"{name}\""))).execute(&mut *tx).await?;
    }
    for statement in ddl {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *tx).await?;
    }
    let ids: Vec<String> = sqlx::query_scalar("select id from shown order by id").fetch_all(&mut *tx).await?;
    for part in ids.chunks(500) {
        let part: Result<BTreeSet<RecordId>, _> = part.iter().map(|id| id.parse()).collect();
        let part = part.map_err(|_| StoreError::corrupt("record.id", ""))?;
        refresh(&mut tx, &part).await?;
    }
    let names: Vec<&str> = tables().map(|table| table.name).collect();
    meta::set(&mut tx, MetaKey::ProjectionTables, &names).await?;
    meta::set(&mut tx, MetaKey::Projections, &wanted).await?;
    tx.commit().await?;
    Ok(())
}

/// Replaces everything made from these records: what they speak of, their rows, and the rows of the subjects they had or have.
pub(crate) async fn refresh(conn: &mut SqliteConnection, ids: &BTreeSet<RecordId>) -> Result<(), StoreError> {
    let mut subjects: BTreeSet<RecordId> = read::subjects(conn, ids).await?;
    let list = read::list(ids);
    sqlx::query("delete from record_subject where fact in (select value from json_each($1))")
        .bind(&list)
        .execute(&mut *conn)
        .await?;
    let mut rows: Vec<Row> = Vec::new();
    for record in read::stored(conn, ids).await? {
        let Some(kind) = kind::by_name(&record.record.kind) else { continue };
        for subject in kind::about_ever(kind, &record.record) {
            sqlx::query("insert into record_subject (fact, subject) values ($1, $2) on conflict do nothing")
                .bind(record.record.id.to_string())
                .bind(subject.to_string())
                .execute(&mut *conn)
                .await?;
            subjects.insert(subject);
        }
        // What the county judged again by a changed setting comes by itself; what only shows it is told anew here.
        for reach in kind.reaches(None, &record.record) {
            if let Reach::Shown(table, column, text) = reach {
                subjects.extend(read::showing(conn, (table, column), text).await?);
            }
        }
        if !record.hidden {
            rows.extend(kind.rows(&record.record));
        }
    }
    subjects.extend(ids);
    let world = around(conn, &mut subjects).await?;
    for subject in &subjects {
        for kind in kind::ALL.iter().filter(|kind| kind.folds()) {
            if world.find(*subject).is_none_or(|own| own.kind != kind.name()) {
                rows.extend(kind.fold_rows(*subject, &world));
            }
        }
    }
    // A subject's own rows stay: only what facts of other kinds make of it is replaced.
    let own = read::kinds(conn, &subjects).await?;
    for kind in kind::ALL.iter().filter(|kind| !kind.tables().is_empty()) {
        let foreign = subjects.iter().filter(|id| own.get(id).is_none_or(|own| own != kind.name()));
        let owners = read::list(ids.iter().chain(foreign));
        for table in kind.tables() {
            let sql =
                format!("delete from {} where county = $1 and owner in (select value from json_each($2))", table.name);
            sqlx::query(AssertSqlSafe(sql)).bind(COUNTY).bind(&owners).execute(&mut *conn).await?;
        }
    }
    for table in tables() {
        let of: Vec<&Row> = rows.iter().filter(|row| row.table == table.name).collect();
        for part in of.chunks(50) {
            insert(conn, table, part).await?;
        }
    }
    Ok(())
}

/// Subjects, and the records that count for them, with what is said of all that is one with them.
async fn around(conn: &mut SqliteConnection, subjects: &mut BTreeSet<RecordId>) -> Result<World, StoreError> {
    let mut world = World::partial(KINDS);
    for record in read::shown(conn, &subjects.iter().copied().chain(rules::ids()).collect()).await? {
        world.load(record);
    }
    *subjects = world.told_of(std::mem::take(subjects));
    let (mut all, mut round) = (subjects.clone(), subjects.clone());
    while !round.is_empty() {
        for record in read::shown(conn, &round).await? {
            world.load(record);
        }
        for subject in &round {
            for record in read::facts_of(conn, *subject).await? {
                world.load(record);
            }
        }
        let tied: BTreeSet<RecordId> = round.iter().flat_map(|id| world.chained(*id)).collect();
        round = tied.difference(&all).copied().collect();
        all.extend(round.iter().copied());
    }
    Ok(world)
}

async fn insert(conn: &mut SqliteConnection, table: &Table, rows: &[&Row]) -> Result<(), StoreError> {
    let mut query = sqlx::query(AssertSqlSafe(table.insert(rows.len())));
    for row in rows {
        query = query.bind(COUNTY).bind(&row.owner);
        for cell in &row.cells {
            query = match cell {
                Cell::Null => query.bind(None::<String>),
                Cell::Text(text) => query.bind(text),
                Cell::Int(number) => query.bind(number),
            };
        }
    }
    query.execute(conn).await?;
    Ok(())
}
