//! What a change reaches though nothing links it to that, asked of the places and projections as they were before it.

use std::collections::BTreeSet;

use bianfang_domain::id::RecordId;
use bianfang_domain::world::Reach;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, all_in};

/// How far what speaks of a record that moved lies from it: a photo of a visit of a person.
const SPEAKING_DEEP: u8 = 2;

/// The records.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn of(conn: &mut AnyConnection, county: &str, reach: &Reach) -> Result<BTreeSet<RecordId>, ServerError> {
    match reach {
        Reach::Below(division) => {
            let divisions = ever_below(conn, county, *division).await?;
            let texts: Vec<String> = divisions.iter().map(ToString::to_string).collect();
            let rows = all_in(conn, &texts, |part| {
                Statement::new("select distinct record from record_scope where county = ")
                    .bind(county)
                    .then(" and division in ")
                    .list(part)
            })
            .await?;
            let mut lying: BTreeSet<RecordId> = rows
                .iter()
                .map(|found| row::parse(found, "record_scope", "record", ""))
                .collect::<Result<_, ServerError>>()?;
            lying.extend(moved_out(conn, county, &texts).await?);
            Ok(lying)
        }
        Reach::From(table, day) => {
            let rows = Statement::declared(format!("select distinct owner from {table} where county = "))
                .bind(county)
                .then(" and day >= ")
                .bind(i64::from(day.0))
                .all(conn)
                .await?;
            rows.iter().map(|found| row::parse(found, table, "owner", "")).collect()
        }
        Reach::Shown(table, column, text) => {
            let rows = Statement::declared(format!("select distinct owner from {table} where county = "))
                .bind(county)
                .then(" and ")
                .then(column)
                .then(" = ")
                .bind(*text)
                .all(conn)
                .await?;
            rows.iter().map(|found| row::parse(found, table, "owner", "")).collect()
        }
    }
}

/// What lay in divisions once and named another place since, with what speaks of it and of that.
async fn moved_out(
    conn: &mut AnyConnection,
    county: &str,
    divisions: &[String],
) -> Result<BTreeSet<RecordId>, ServerError> {
    let rows = all_in(conn, divisions, |part| {
        Statement::new("select distinct record from record_place where county = ")
            .bind(county)
            .then(" and division in ")
            .list(part)
    })
    .await?;
    let mut fresh: Vec<String> = rows.iter().map(|found| found.try_get("record")).collect::<Result<_, _>>()?;
    let mut all = BTreeSet::new();
    for _ in 0..SPEAKING_DEEP {
        let rows = all_in(conn, &fresh, |part| {
            Statement::new("select distinct fact from record_subject where county = ")
                .bind(county)
                .then(" and subject in ")
                .list(part)
        })
        .await?;
        all.append(&mut fresh.into_iter().collect());
        fresh = rows.iter().map(|found| found.try_get("fact")).collect::<Result<_, _>>()?;
    }
    all.extend(fresh);
    let id = |id: &String| {
        id.parse().map_err(|_| ServerError::Row { table: "record_place", column: "record", key: id.clone() })
    };
    all.iter().map(id).collect()
}

/// A division and all that ever lay below it.
async fn ever_below(
    conn: &mut AnyConnection,
    county: &str,
    division: RecordId,
) -> Result<BTreeSet<RecordId>, ServerError> {
    let mut below = BTreeSet::from([division]);
    let mut fresh = vec![division.to_string()];
    while !fresh.is_empty() {
        let rows = all_in(conn, &fresh, |part| {
            Statement::new("select distinct owner from division_span where county = ")
                .bind(county)
                .then(" and parent in ")
                .list(part)
        })
        .await?;
        let found = rows.iter().map(|found| row::parse(found, "division_span", "owner", ""));
        let found = found.collect::<Result<Vec<RecordId>, ServerError>>()?;
        fresh = found.into_iter().filter(|id| below.insert(*id)).map(|id| id.to_string()).collect();
    }
    Ok(below)
}
