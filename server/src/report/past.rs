//! The past: projections as of a feed number, rebuilt from the kept ops and the logged decisions into a temporary SQLite
//! database, where the same SQL runs as on the live one.

use bianfang_domain::kind::{self, KINDS};
use bianfang_domain::world::World;
use sqlx::AnyConnection;
use sqlx::{AnyPool, Connection};

use crate::ServerError;
use crate::db::sql::{int, number};
use crate::records::oplog;
use crate::records::project::{self, Replaced};

/// Ops read at a time.
const STEP: usize = 1000;

/// The records of a county as they stood after a feed number.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn world(conn: &mut AnyConnection, county: &str, upto: u64) -> Result<World, ServerError> {
    let mut world = World::complete(KINDS).all_at_hand();
    let mut after = 0;
    loop {
        let kept = oplog::effective(conn, county, (after, upto), int(STEP as u64)).await?;
        for kept in &kept {
            after = kept.feed;
            kept.replay(&mut world);
        }
        if kept.len() < STEP {
            return Ok(world);
        }
    }
}

/// A database that holds the projections alone, in memory, for as long as the connection lives.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn rebuilt(pool: &AnyPool, county: &str, upto: u64) -> Result<AnyConnection, ServerError> {
    let world = world(&mut *pool.acquire().await?, county, upto).await?;
    let mut past = AnyConnection::connect("sqlite::memory:").await?;
    for table in project::tables() {
        project::create(&mut past, table).await?;
    }
    let all: Vec<_> = world.records().map(|record| record.id).collect();
    let change = Replaced::of(&world, all.into_iter(), kind::found_by);
    let mut tx = past.begin().await?;
    change.insert(&mut tx, county).await?;
    tx.commit().await?;
    Ok(past)
}

/// When a feed number was given, UTC milliseconds: the day a past cut-off is told by. None before the first.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn told_at(conn: &mut AnyConnection, county: &str, feed: u64) -> Result<Option<i64>, ServerError> {
    use sqlx::Row;
    let row = crate::db::sql::Statement::new("select max(received_ms) as at from op where county = ")
        .bind(county)
        .then(" and feed <= ")
        .bind(int(feed))
        .then(" and feed > 0")
        .first(conn)
        .await?;
    Ok(row.map_or(Ok(None), |row| row.try_get::<Option<i64>, _>("at"))?)
}

/// The feed number that was the last at an instant: what a cut-off by time means.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn number_at(conn: &mut AnyConnection, county: &str, at_ms: i64) -> Result<u64, ServerError> {
    use sqlx::Row;
    let row = crate::db::sql::Statement::new("select coalesce(max(feed), 0) as feed from op where county = ")
        .bind(county)
        .then(" and received_ms <= ")
        .bind(at_ms)
        .first(conn)
        .await?;
    Ok(row.map_or(Ok(0), |row| row.try_get::<i64, _>("feed")).map(number)?)
}
