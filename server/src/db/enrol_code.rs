//! One-time codes of enrolment, stored as hashes.

use bianfang_domain::id::{AccountId, InstallationId};
use sqlx::AnyConnection;
use sqlx::Row;

use crate::ServerError;
use crate::db::row;

/// A code's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolCode {
    /// Whom it enrols.
    pub account: AccountId,
    /// End of its life.
    pub expires_ms: i64,
    /// When, by which installation and with which nonce it was used.
    pub used: Option<(i64, InstallationId, String)>,
}

/// Adds a code.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn insert(
    connection: &mut AnyConnection,
    county: &str,
    hash: &str,
    account: AccountId,
    (now_ms, expires_ms): (i64, i64),
) -> Result<(), ServerError> {
    sqlx::query("insert into enrol_code (county, hash, account, created_ms, expires_ms) values ($1, $2, $3, $4, $5)")
        .bind(county)
        .bind(hash)
        .bind(account.to_string())
        .bind(now_ms)
        .bind(expires_ms)
        .execute(connection)
        .await?;
    Ok(())
}

/// The code of a hash.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn get(connection: &mut AnyConnection, county: &str, hash: &str) -> Result<Option<EnrolCode>, ServerError> {
    let found = sqlx::query(
        "select account, expires_ms, used_ms, installation, nonce from enrol_code where county = $1 and hash = $2",
    )
    .bind(county)
    .bind(hash)
    .fetch_optional(connection)
    .await?;
    let Some(found) = found else { return Ok(None) };
    let used = match found.try_get::<Option<i64>, _>("used_ms")? {
        Some(at_ms) => Some((at_ms, row::parse(&found, "enrol_code", "installation", hash)?, found.try_get("nonce")?)),
        None => None,
    };
    Ok(Some(EnrolCode {
        account: row::parse(&found, "enrol_code", "account", hash)?,
        expires_ms: found.try_get("expires_ms")?,
        used,
    }))
}

/// Ends the unused codes of an account: an earlier paper is worth nothing.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn end_unused(
    connection: &mut AnyConnection,
    county: &str,
    account: AccountId,
    now_ms: i64,
) -> Result<(), ServerError> {
    let text = "update enrol_code set expires_ms = $3 \
                where county = $1 and account = $2 and used_ms is null and expires_ms > $3";
    sqlx::query(text).bind(county).bind(account.to_string()).bind(now_ms).execute(connection).await?;
    Ok(())
}

/// Marks a code as used.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn update_used(
    connection: &mut AnyConnection,
    county: &str,
    hash: &str,
    (now_ms, installation, nonce): (i64, InstallationId, &str),
) -> Result<(), ServerError> {
    sqlx::query("update enrol_code set used_ms = $3, installation = $4, nonce = $5 where county = $1 and hash = $2")
        .bind(county)
        .bind(hash)
        .bind(now_ms)
        .bind(installation.to_string())
        .bind(nonce)
        .execute(connection)
        .await?;
    Ok(())
}
