//! The audit log: append-only, each entry's hash covers the entry before it. On SQLite tampering is found, not prevented;
//! on PostgreSQL the serving role may be granted insert and select alone.

use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::ServerError;

/// The hash before the first entry.
pub const GENESIS: &str = "";

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AuditEntry {
    /// From 1, without gaps, in the order of commits.
    pub n: i64,
    /// UTC milliseconds.
    pub at_ms: i64,
    /// Account id, or `system`.
    pub actor: String,
    /// What was done: `SIGN_IN`, `ENROL` …
    pub act: String,
    /// JSON text. Never a secret, never a protected value.
    pub detail: String,
    /// Hash of the entry before.
    pub prev_hash: String,
    /// SHA-256, hex.
    pub hash: String,
}

impl AuditEntry {
    /// The entry that follows `prev_hash`.
    #[must_use]
    pub fn after(prev_hash: &str, n: i64, at_ms: i64, county: &str, what: (&str, &str, String)) -> Self {
        let (actor, act, detail) = what;
        let hash = hash(prev_hash, county, n, at_ms, [actor, act, &detail]);
        Self { n, at_ms, actor: actor.into(), act: act.into(), detail, prev_hash: prev_hash.into(), hash }
    }
}

/// Each part is preceded by its length: no two different entries have the same bytes.
fn hash(prev_hash: &str, county: &str, n: i64, at_ms: i64, rest: [&str; 3]) -> String {
    let mut sha = Sha256::new();
    for part in [prev_hash, county, &n.to_string(), &at_ms.to_string()].into_iter().chain(rest) {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part.as_bytes());
    }
    hex::encode(sha.finalize())
}

pub(super) async fn insert(
    connection: &mut AnyConnection,
    county: &str,
    entry: &AuditEntry,
) -> Result<(), ServerError> {
    sqlx::query(
        "insert into audit_log (county, n, at_ms, actor, act, detail, prev_hash, hash) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(county)
    .bind(entry.n)
    .bind(entry.at_ms)
    .bind(&entry.actor)
    .bind(&entry.act)
    .bind(&entry.detail)
    .bind(&entry.prev_hash)
    .bind(&entry.hash)
    .execute(connection)
    .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<AuditEntry, sqlx::Error> {
    Ok(AuditEntry {
        n: row.try_get("n")?,
        at_ms: row.try_get("at_ms")?,
        actor: row.try_get("actor")?,
        act: row.try_get("act")?,
        detail: row.try_get("detail")?,
        prev_hash: row.try_get("prev_hash")?,
        hash: row.try_get("hash")?,
    })
}

/// At most `limit` entries with a number below `before`, newest first.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn list(pool: &AnyPool, county: &str, before: i64, limit: usize) -> Result<Vec<AuditEntry>, ServerError> {
    let rows = sqlx::query(
        "select n, at_ms, actor, act, detail, prev_hash, hash from audit_log \
         where county = $1 and n < $2 order by n desc limit $3",
    )
    .bind(county)
    .bind(before)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(pool)
    .await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// Walks a county's whole chain up to the head in its row, a page at a time. Gives the number of entries.
///
/// # Errors
/// [`ServerError::AuditBroken`] with the first entry that does not fit, [`ServerError::CountyUnknown`].
pub async fn verify(pool: &AnyPool, county: &str) -> Result<i64, ServerError> {
    let broken = |n| ServerError::AuditBroken { county: county.to_owned(), n };
    let row = sqlx::query("select audit_n, audit_head from county where code = $1")
        .bind(county)
        .fetch_optional(pool)
        .await?
        .ok_or_else(|| ServerError::CountyUnknown(county.to_owned()))?;
    let (last, head): (i64, String) = (row.try_get("audit_n")?, row.try_get("audit_head")?);
    let (mut n, mut prev) = (0, GENESIS.to_owned());
    while n < last {
        let rows = sqlx::query(
            "select n, at_ms, actor, act, detail, prev_hash, hash from audit_log \
             where county = $1 and n > $2 and n <= $3 order by n limit 1000",
        )
        .bind(county)
        .bind(n)
        .bind(last)
        .fetch_all(pool)
        .await?;
        if rows.is_empty() {
            return Err(broken(n + 1));
        }
        for row in &rows {
            let found = read(row)?;
            let expected =
                AuditEntry::after(&prev, n + 1, found.at_ms, county, (&found.actor, &found.act, found.detail.clone()));
            if found != expected {
                return Err(broken(n + 1));
            }
            n += 1;
            prev = found.hash;
        }
    }
    if prev == head { Ok(n) } else { Err(broken(n)) }
}
