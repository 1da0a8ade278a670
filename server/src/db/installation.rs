//! Installations: one account on one phone, one console session, one import batch. Ops are counted under them.

use bianfang_domain::id::{AccountId, InstallationId};
use sqlx::AnyConnection;

use crate::ServerError;

/// What an installation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstallationKind {
    /// An account on a phone.
    Phone,
    /// A session of the console.
    Console,
    /// A batch of imported rows.
    Import,
}

impl InstallationKind {
    fn code(self) -> &'static str {
        match self {
            Self::Phone => "PHONE",
            Self::Console => "CONSOLE",
            Self::Import => "IMPORT",
        }
    }
}

/// Why an installation was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// The owner left or signed out: what waits may still be handed over.
    Left,
    /// The phone is lost: its key is to be destroyed.
    Lost,
}

impl Revocation {
    fn code(self) -> &'static str {
        match self {
            Self::Left => "LEFT",
            Self::Lost => "LOST",
        }
    }
}

/// A new installation.
pub struct Installation<'a> {
    /// Made by whoever counts ops under it.
    pub id: InstallationId,
    /// Whose work it carries.
    pub account: AccountId,
    /// What it is.
    pub kind: InstallationKind,
    /// "Redmi Note 9", or empty.
    pub model: &'a str,
    /// android | ios | browser | test
    pub platform: &'a str,
}

/// Adds it. `false` when the id is taken.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn insert(
    connection: &mut AnyConnection,
    county: &str,
    new: &Installation<'_>,
    now_ms: i64,
) -> Result<bool, ServerError> {
    let done = sqlx::query(
        "insert into installation (county, id, account, kind, model, platform, created_ms) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (county, id) do nothing",
    )
    .bind(county)
    .bind(new.id.to_string())
    .bind(new.account.to_string())
    .bind(new.kind.code())
    .bind(new.model)
    .bind(new.platform)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether it belongs to this account and is not revoked.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn is_live(
    connection: &mut AnyConnection,
    county: &str,
    id: InstallationId,
    account: AccountId,
) -> Result<bool, ServerError> {
    let found =
        sqlx::query("select 1 from installation where county = $1 and id = $2 and account = $3 and revoked_ms is null")
            .bind(county)
            .bind(id.to_string())
            .bind(account.to_string())
            .fetch_optional(connection)
            .await?;
    Ok(found.is_some())
}

/// Revokes it; what was revoked before keeps its first time and kind.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn update_revoked(
    connection: &mut AnyConnection,
    county: &str,
    id: InstallationId,
    kind: Revocation,
    now_ms: i64,
) -> Result<(), ServerError> {
    sqlx::query(
        "update installation set revoked_ms = $3, revoked_kind = $4 where county = $1 and id = $2 and revoked_ms is null",
    )
    .bind(county)
    .bind(id.to_string())
    .bind(now_ms)
    .bind(kind.code())
    .execute(connection)
    .await?;
    Ok(())
}
