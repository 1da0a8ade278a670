//! Refresh tokens, stored as hashes. Those that follow one another are one family and end together.

use bianfang_domain::id::{AccountId, InstallationId};
use sqlx::AnyConnection;
use sqlx::Row;

use crate::ServerError;
use crate::db::row;

/// A token's row, with what it needs to know of its installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// The first token's id, shared by all that follow.
    pub family: String,
    /// Where it may be used.
    pub installation: InstallationId,
    /// Whose installation that is.
    pub account: AccountId,
    /// Whether the installation is a session of the console.
    pub console: bool,
    /// End of its life.
    pub expires_ms: i64,
    /// When it was used, and the nonce of its successor.
    pub used: Option<(i64, String)>,
    /// Whether the family or the installation was revoked.
    pub revoked: bool,
}

/// Adds a token.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn insert(
    connection: &mut AnyConnection,
    county: &str,
    hash: &str,
    (family, installation): (&str, InstallationId),
    (now_ms, expires_ms): (i64, i64),
) -> Result<(), ServerError> {
    sqlx::query(
        "insert into refresh_token (county, hash, family, installation, created_ms, expires_ms) \
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(county)
    .bind(hash)
    .bind(family)
    .bind(installation.to_string())
    .bind(now_ms)
    .bind(expires_ms)
    .execute(connection)
    .await?;
    Ok(())
}

/// The token of a hash.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn get(
    connection: &mut AnyConnection,
    county: &str,
    hash: &str,
) -> Result<Option<RefreshToken>, ServerError> {
    let found = sqlx::query(
        "select t.family, t.installation, i.account, i.kind, t.expires_ms, t.used_ms, t.nonce, t.revoked_ms, \
         i.revoked_ms as left_ms from refresh_token t join installation i on i.county = t.county \
         and i.id = t.installation where t.county = $1 and t.hash = $2",
    )
    .bind(county)
    .bind(hash)
    .fetch_optional(connection)
    .await?;
    let Some(found) = found else { return Ok(None) };
    let used = match found.try_get::<Option<i64>, _>("used_ms")? {
        Some(at_ms) => Some((at_ms, found.try_get("nonce")?)),
        None => None,
    };
    let revoked: Option<i64> = found.try_get("revoked_ms")?;
    let left: Option<i64> = found.try_get("left_ms")?;
    Ok(Some(RefreshToken {
        family: found.try_get("family")?,
        installation: row::parse(&found, "refresh_token", "installation", hash)?,
        account: row::parse(&found, "installation", "account", hash)?,
        console: found.try_get::<String, _>("kind")? == "CONSOLE",
        expires_ms: found.try_get("expires_ms")?,
        used,
        revoked: revoked.is_some() || left.is_some(),
    }))
}

/// Marks a token as used.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn update_used(
    connection: &mut AnyConnection,
    county: &str,
    hash: &str,
    (now_ms, nonce): (i64, &str),
) -> Result<(), ServerError> {
    sqlx::query("update refresh_token set used_ms = $3, nonce = $4 where county = $1 and hash = $2")
        .bind(county)
        .bind(hash)
        .bind(now_ms)
        .bind(nonce)
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends a family.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn revoke_family(
    connection: &mut AnyConnection,
    county: &str,
    family: &str,
    now_ms: i64,
) -> Result<(), ServerError> {
    sqlx::query("update refresh_token set revoked_ms = $3 where county = $1 and family = $2 and revoked_ms is null")
        .bind(county)
        .bind(family)
        .bind(now_ms)
        .execute(connection)
        .await?;
    Ok(())
}
