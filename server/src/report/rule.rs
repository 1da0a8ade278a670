//! The bureau's rules as they held on a day, from the live projections or from those of a past cut-off.

use bianfang_domain::rules::Rule;
use bianfang_domain::time::Day;
use serde_json::Value;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::row;
use crate::db::sql::Statement;

/// The versions of a rule, oldest first.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn versions(conn: &mut AnyConnection, county: &str, name: &str) -> Result<Vec<(Day, Value)>, ServerError> {
    let rows = Statement::new("select from_day, data from rule where county = ")
        .bind(county)
        .then(" and name = ")
        .bind(name)
        .then(" order by from_day")
        .all(conn)
        .await?;
    let read = |found| {
        let day: i64 = Row::try_get(found, "from_day")?;
        Ok((Day(i32::try_from(day).unwrap_or(i32::MAX)), row::json(found, "rule", "data", name)?))
    };
    rows.iter().map(read).collect()
}

/// The version that holds on a day; before the first the first holds, as in the record.
#[must_use]
pub fn version_on(versions: &[(Day, Value)], day: Day) -> Option<&Value> {
    let held = versions.iter().rev().find(|(from, _)| *from <= day);
    held.or(versions.first()).map(|(_, value)| value)
}

/// A rule as it holds on a day: the bureau's, else the shipped one.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn on<R: Rule>(conn: &mut AnyConnection, county: &str, day: Day) -> Result<R, ServerError> {
    let versions = versions(conn, county, R::NAME).await?;
    Ok(version_on(&versions, day).and_then(|value| R::deserialize(value).ok()).unwrap_or_default())
}
