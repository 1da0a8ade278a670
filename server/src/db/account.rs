//! Accounts of a bureau's staff: role, divisions, password, lock-out.

use std::collections::{BTreeMap, BTreeSet};

use bianfang_domain::actor::Role;
use bianfang_domain::id::{AccountId, RecordId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, all_in};
use crate::role;

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What is typed to sign in, unique in the county.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Granted divisions; each covers everything below it.
    pub scope: Vec<RecordId>,
    /// Argon2id, PHC text.
    pub password_hash: String,
    /// A deactivated account can do nothing, but stays the author of its work.
    pub active: bool,
    /// Wrong passwords in a row.
    pub failed_count: i64,
    /// Locked until, UTC milliseconds; 0 when not.
    pub locked_until_ms: i64,
}

const COLUMNS: &str =
    "select id, login, name, role, scope, password_hash, active, failed_count, locked_until_ms from account ";

fn read(found: &AnyRow) -> Result<Account, ServerError> {
    let key: String = found.try_get("id")?;
    let code: String = found.try_get("role")?;
    Ok(Account {
        id: row::parse(found, "account", "id", &key)?,
        login: found.try_get("login")?,
        name: found.try_get("name")?,
        role: role::parse(&code).ok_or(ServerError::Row { table: "account", column: "role", key: key.clone() })?,
        scope: row::json(found, "account", "scope", &key)?,
        password_hash: found.try_get("password_hash")?,
        active: found.try_get::<i64, _>("active")? == 1,
        failed_count: found.try_get("failed_count")?,
        locked_until_ms: found.try_get("locked_until_ms")?,
    })
}

/// Adds an account.
///
/// # Errors
/// [`ServerError::LoginTaken`], [`ServerError::Database`].
pub async fn insert(
    connection: &mut AnyConnection,
    county: &str,
    account: &Account,
    now_ms: i64,
) -> Result<(), ServerError> {
    let done = sqlx::query(
        "insert into account (county, id, login, name, role, scope, password_hash, active, failed_count, \
         locked_until_ms, created_ms) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         on conflict (county, login) do nothing",
    )
    .bind(county)
    .bind(account.id.to_string())
    .bind(&account.login)
    .bind(&account.name)
    .bind(role::code(account.role))
    .bind(serde_json::to_string(&account.scope)?)
    .bind(&account.password_hash)
    .bind(i64::from(account.active))
    .bind(account.failed_count)
    .bind(account.locked_until_ms)
    .bind(now_ms)
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 {
        return Err(ServerError::LoginTaken { county: county.to_owned(), login: account.login.clone() });
    }
    Ok(())
}

/// The account of a login, active or not.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn get_by_login(
    connection: &mut AnyConnection,
    county: &str,
    login: &str,
) -> Result<Option<Account>, ServerError> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} where county = $1 and login = $2"));
    let found = sqlx::query(sql).bind(county).bind(login).fetch_optional(connection).await?;
    found.as_ref().map(read).transpose()
}

/// The accounts of some logins, active or not.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn by_logins(
    connection: &mut AnyConnection,
    county: &str,
    logins: &[String],
) -> Result<Vec<Account>, ServerError> {
    let rows = all_in(connection, logins, |part| {
        Statement::new(COLUMNS).then(" where county = ").bind(county).then(" and login in ").list(part)
    });
    rows.await?.iter().map(read).collect()
}

/// The account of an id, active or not.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn get(connection: &mut AnyConnection, county: &str, id: AccountId) -> Result<Option<Account>, ServerError> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} where county = $1 and id = $2"));
    let found = sqlx::query(sql).bind(county).bind(id.to_string()).fetch_optional(connection).await?;
    found.as_ref().map(read).transpose()
}

/// An active account on an installation that is not revoked: what every request asks, so that a deactivation or a
/// revocation works at once and not when the token ends.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn get_at_work(
    pool: &AnyPool,
    county: &str,
    id: AccountId,
    installation: uuid::Uuid,
) -> Result<Option<Account>, ServerError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} where county = $1 and id = $2 and active = 1 and exists (select 1 from installation i \
         where i.county = $1 and i.id = $3 and i.account = $2 and i.revoked_ms is null)"
    ));
    let found =
        sqlx::query(sql).bind(county).bind(id.to_string()).bind(installation.to_string()).fetch_optional(pool).await?;
    found.as_ref().map(read).transpose()
}

/// Sets the counters of failed sign-ins.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn update_lockout(
    connection: &mut AnyConnection,
    county: &str,
    id: AccountId,
    failed_count: i64,
    locked_until_ms: i64,
) -> Result<(), ServerError> {
    sqlx::query("update account set failed_count = $3, locked_until_ms = $4 where county = $1 and id = $2")
        .bind(county)
        .bind(id.to_string())
        .bind(failed_count)
        .bind(locked_until_ms)
        .execute(connection)
        .await?;
    Ok(())
}

/// Sets name, role and granted divisions, as the staff record says them.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn update_work(connection: &mut AnyConnection, county: &str, account: &Account) -> Result<(), ServerError> {
    sqlx::query("update account set name = $3, role = $4, scope = $5 where county = $1 and id = $2")
        .bind(county)
        .bind(account.id.to_string())
        .bind(&account.name)
        .bind(role::code(account.role))
        .bind(serde_json::to_string(&account.scope)?)
        .execute(connection)
        .await?;
    Ok(())
}

/// Sets the password.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn update_password(
    connection: &mut AnyConnection,
    county: &str,
    id: AccountId,
    password_hash: &str,
) -> Result<(), ServerError> {
    sqlx::query(
        "update account set password_hash = $3, failed_count = 0, locked_until_ms = 0 where county = $1 and id = $2",
    )
    .bind(county)
    .bind(id.to_string())
    .bind(password_hash)
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether anybody ever worked with it: an account that was used has its phone or its console session.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn is_used(connection: &mut AnyConnection, county: &str, id: AccountId) -> Result<bool, ServerError> {
    let sql = "select 1 from installation where county = $1 and account = $2 and kind <> 'IMPORT' limit 1";
    let found = sqlx::query(sql).bind(county).bind(id.to_string()).fetch_optional(connection).await?;
    Ok(found.is_some())
}

/// Activates or deactivates.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn update_active(
    connection: &mut AnyConnection,
    county: &str,
    id: AccountId,
    active: bool,
) -> Result<(), ServerError> {
    sqlx::query("update account set active = $3 where county = $1 and id = $2")
        .bind(county)
        .bind(id.to_string())
        .bind(i64::from(active))
        .execute(connection)
        .await?;
    Ok(())
}

/// The names of these accounts, those that are there.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn names(
    conn: &mut AnyConnection,
    county: &str,
    accounts: impl IntoIterator<Item = AccountId>,
) -> Result<BTreeMap<AccountId, String>, ServerError> {
    let accounts: BTreeSet<String> = accounts.into_iter().map(|account| account.to_string()).collect();
    let accounts: Vec<String> = accounts.into_iter().collect();
    let rows = all_in(conn, &accounts, |part| {
        Statement::new("select id, name from account where county = ").bind(county).then(" and id in ").list(part)
    })
    .await?;
    rows.iter().map(|found| Ok((row::parse(found, "account", "id", "")?, found.try_get("name")?))).collect()
}
