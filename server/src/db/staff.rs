//! The divisions of an account on a day, as its staff record says.

use bianfang_domain::id::{AccountId, RecordId};
use bianfang_domain::kind::staff_id;
use bianfang_domain::time::Day;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::account::Account;
use crate::db::row;
use crate::db::sql::Statement;

/// The divisions; None where the account has no staff record, nothing in it while not at work.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn scope(
    conn: &mut AnyConnection,
    county: &str,
    account: AccountId,
    day: Day,
) -> Result<Option<Vec<RecordId>>, ServerError> {
    let rows = Statement::new("select owner, from_day, to_day, divisions from staff_span where county = ")
        .bind(county)
        .then(" and owner = ")
        .bind(staff_id(account))
        .all(conn)
        .await?;
    let mut here = None;
    for found in &rows {
        let (from, to): (i64, i64) = (found.try_get("from_day")?, found.try_get("to_day")?);
        let today = from <= i64::from(day.0) && i64::from(day.0) < to;
        let key: String = found.try_get("owner")?;
        let divisions: Vec<RecordId> = if today { row::json(found, "staff_span", "divisions", &key)? } else { vec![] };
        let known: &mut Vec<RecordId> = here.get_or_insert_default();
        known.extend(divisions);
    }
    Ok(here)
}

/// The account with the divisions of a day: those of its staff record where there is one, else those granted to it.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn on(
    conn: &mut AnyConnection,
    county: &str,
    mut account: Account,
    now_ms: i64,
) -> Result<Account, ServerError> {
    if let Some(scope) = scope(conn, county, account.id, Day::of(now_ms)).await? {
        account.scope = scope;
    }
    Ok(account)
}
