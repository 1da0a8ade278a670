//! Counties: each is one unit of locking, feed and audit.

use sqlx::{AnyPool, Row};

use crate::ServerError;
use crate::db::{Db, audit};

/// A county's row, without its counters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct County {
    /// Six digits (GB/T 2260).
    pub code: String,
    /// 县名
    pub name: String,
    /// Changes when the database was restored from a backup.
    pub epoch: String,
    /// What phones seal to: X25519, base64.
    pub seal_public: String,
}

/// Adds a county.
///
/// # Errors
/// [`ServerError::CountyExists`], [`ServerError::Database`].
pub async fn insert(db: &Db, county: &County, now_ms: i64) -> Result<(), ServerError> {
    let done = sqlx::query(
        "insert into county (code, name, epoch, seal_public, feed, audit_n, audit_head, created_ms) \
         values ($1, $2, $3, $4, 0, 0, $5, $6) on conflict (code) do nothing",
    )
    .bind(&county.code)
    .bind(&county.name)
    .bind(&county.epoch)
    .bind(&county.seal_public)
    .bind(audit::GENESIS)
    .bind(now_ms)
    .execute(db.pool())
    .await?;
    if done.rows_affected() == 0 { Err(ServerError::CountyExists(county.code.clone())) } else { Ok(()) }
}

/// One county.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn get(pool: &AnyPool, code: &str) -> Result<Option<County>, ServerError> {
    let row = sqlx::query("select code, name, epoch, seal_public from county where code = $1")
        .bind(code)
        .fetch_optional(pool)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(County {
        code: row.try_get("code")?,
        name: row.try_get("name")?,
        epoch: row.try_get("epoch")?,
        seal_public: row.try_get("seal_public")?,
    }))
}

/// The codes of all counties, in order.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn list(pool: &AnyPool) -> Result<Vec<String>, ServerError> {
    let rows = sqlx::query("select code from county order by code").fetch_all(pool).await?;
    Ok(rows.iter().map(|row| row.try_get("code")).collect::<Result<_, _>>()?)
}

/// The county that is meant: the named one, or the only one.
///
/// # Errors
/// [`ServerError::CountyUnknown`], [`ServerError::CountyNotNamed`].
pub async fn named_or_only(pool: &AnyPool, named: Option<&str>) -> Result<County, ServerError> {
    let code = match named {
        Some(code) => code.to_owned(),
        None => {
            let mut codes = list(pool).await?;
            match (codes.len(), codes.pop()) {
                (1, Some(code)) => code,
                (count, _) => return Err(ServerError::CountyNotNamed(count)),
            }
        }
    };
    get(pool, &code).await?.ok_or(ServerError::CountyUnknown(code))
}
