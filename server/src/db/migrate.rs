//! Numbered migrations, one transaction a step. A step that was applied is never edited: its checksum is kept and compared.

use sha2::{Digest, Sha256};
use sqlx::{AnyPool, Row};

use crate::ServerError;

const STEPS: &[(i64, &str)] = &[
    (1, include_str!("../../migrations/0001_create_county.sql")),
    (2, include_str!("../../migrations/0002_create_account.sql")),
    (3, include_str!("../../migrations/0003_create_token.sql")),
    (10, include_str!("../../migrations/0010_create_records.sql")),
    (11, include_str!("../../migrations/0011_create_online_write.sql")),
    (12, include_str!("../../migrations/0012_create_waiting_index.sql")),
    (13, include_str!("../../migrations/0013_create_feed_indexes.sql")),
    (14, include_str!("../../migrations/0014_create_record_place.sql")),
    (20, include_str!("../../migrations/0020_create_import.sql")),
    (21, include_str!("../../migrations/0021_create_import_assumed.sql")),
    (22, include_str!("../../migrations/0022_tell_import.sql")),
];

/// Row 0 is only there to be locked: two servers that start together apply each step once.
const TABLE: &str = "create table if not exists schema_migration \
     (version bigint not null primary key, checksum text not null, applied_ms bigint not null); \
     insert into schema_migration (version, checksum, applied_ms) values (0, '', 0) on conflict (version) do nothing";

/// Applies what is missing.
pub async fn run(pool: &AnyPool, now_ms: i64) -> Result<(), ServerError> {
    sqlx::raw_sql(TABLE).execute(pool).await?;
    for (version, sql) in STEPS {
        let checksum = hex::encode(Sha256::digest(sql));
        let mut tx = pool.begin().await?;
        sqlx::query("update schema_migration set applied_ms = $1 where version = 0")
            .bind(now_ms)
            .execute(&mut *tx)
            .await?;
        let applied: Option<String> = sqlx::query("select checksum from schema_migration where version = $1")
            .bind(version)
            .fetch_optional(&mut *tx)
            .await?
            .map(|row| row.try_get("checksum"))
            .transpose()?;
        match applied {
            Some(applied) if applied == checksum => {}
            Some(_) => return Err(ServerError::MigrationChanged { version: *version }),
            None => {
                sqlx::raw_sql(*sql).execute(&mut *tx).await?;
                sqlx::query("insert into schema_migration (version, checksum, applied_ms) values ($1, $2, $3)")
                    .bind(version)
                    .bind(checksum)
                    .bind(now_ms)
                    .execute(&mut *tx)
                    .await?;
                tx.commit().await?;
            }
        }
    }
    let newest: i64 =
        sqlx::query("select max(version) as newest from schema_migration").fetch_one(pool).await?.try_get("newest")?;
    let known = STEPS.last().map_or(0, |(version, _)| *version);
    if newest > known { Err(ServerError::MigrationUnknown { version: newest }) } else { Ok(()) }
}
