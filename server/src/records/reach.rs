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
            let scope = ("select distinct record from record_scope where county = ", " and division in ");
            let mut lying = ids(&found(conn, county, scope, &texts).await?)?;
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
    let place = ("select distinct record from record_place where county = ", " and division in ");
    let speaking = ("select distinct fact from record_subject where county = ", " and subject in ");
    let mut fresh = found(conn, county, place, divisions).await?;
    let mut all = ids(&fresh)?;
    for _ in 0..SPEAKING_DEEP {
        fresh = found(conn, county, speaking, &fresh).await?;
        all.append(&mut ids(&fresh)?);
    }
    Ok(all)
}

/// A division and all that ever lay below it.
async fn ever_below(
    conn: &mut AnyConnection,
    county: &str,
    division: RecordId,
) -> Result<BTreeSet<RecordId>, ServerError> {
    let span = ("select distinct owner from division_span where county = ", " and parent in ");
    let mut below = BTreeSet::from([division]);
    let mut fresh = vec![division.to_string()];
    while !fresh.is_empty() {
        let owners = ids(&found(conn, county, span, &fresh).await?)?;
        fresh = owners.into_iter().filter(|id| below.insert(*id)).map(|id| id.to_string()).collect();
    }
    Ok(below)
}

/// The ids that a table has for some others: the words before the county, and before the list of those.
async fn found(
    conn: &mut AnyConnection,
    county: &str,
    (select, among): (&'static str, &'static str),
    those: &[String],
) -> Result<Vec<String>, ServerError> {
    let rows = all_in(conn, those, |part| Statement::new(select).bind(county).then(among).list(part)).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

fn ids(texts: &[String]) -> Result<BTreeSet<RecordId>, ServerError> {
    let id =
        |text: &String| text.parse().map_err(|_| ServerError::Row { table: "record", column: "id", key: text.clone() });
    texts.iter().map(id).collect()
}
