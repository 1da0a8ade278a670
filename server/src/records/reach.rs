//! What a change reaches though nothing links it to that, asked of the places and projections as they were before it.

use std::collections::BTreeSet;

use bianfang_domain::id::RecordId;
use bianfang_domain::world::Reach;
use sqlx::AnyConnection;

use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, all_in};

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
            rows.iter().map(|found| row::parse(found, "record_scope", "record", "")).collect()
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
