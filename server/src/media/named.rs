//! Whether a record gives somebody the bytes of a hash. A record is words, and anybody may write a hash into one: it gives
//! only what its author had. They brought the bytes, or saw them on a record of who did.

use std::collections::BTreeSet;

use bianfang_domain::actor::Actor;
use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::{Statement, all_in};
use crate::records::{read, scope};

/// Whether a photo's record that counts and lies in the caller's divisions names a hash which `brought`, installations, have
/// sent.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub(super) async fn to(
    conn: &mut AnyConnection,
    county: &str,
    caller: &Actor,
    (hash, brought): (&str, &BTreeSet<String>),
) -> Result<bool, ServerError> {
    let rows = Statement::new("select owner from photo where counts = 1 and county = ")
        .bind(county)
        .then(" and (original = ")
        .bind(hash)
        .then(" or copy = ")
        .bind(hash)
        .then(")")
        .all(conn)
        .await?;
    let ids = rows.iter().map(|found| row::parse(found, "photo", "owner", "")).collect::<Result<Vec<RecordId>, _>>()?;
    let tree = Tree::load(conn, county).await?;
    let seen = scope::within(conn, county, &tree.below(&caller.scope), &ids).await?;
    if seen.is_empty() {
        return Ok(false);
    }
    let accounts = accounts(conn, county, brought).await?;
    let records = read::get_many(conn, county, ids).await?;
    let (first, others): (Vec<Record>, Vec<Record>) = records.into_iter().partition(|record| {
        let origin = &record.meta.origin;
        brought.contains(&origin.op.installation.to_string()) || accounts.contains(&origin.actor.account.to_string())
    });
    if first.iter().any(|record| seen.contains(&record.id)) {
        return Ok(true);
    }
    let first: Vec<RecordId> = first.iter().map(|record| record.id).collect();
    for record in others.iter().filter(|record| seen.contains(&record.id)) {
        let theirs = tree.below(&record.meta.origin.actor.scope);
        if !scope::within(conn, county, &theirs, &first).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whose installations these are: a worker's new phone may send what was photographed with the old one.
async fn accounts(
    conn: &mut AnyConnection,
    county: &str,
    brought: &BTreeSet<String>,
) -> Result<BTreeSet<String>, ServerError> {
    let ids: Vec<String> = brought.iter().cloned().collect();
    let rows = all_in(conn, &ids, |part| {
        Statement::new("select account from installation where county = ").bind(county).then(" and id in ").list(part)
    })
    .await?;
    Ok(rows.iter().map(|found| found.try_get("account")).collect::<Result<_, sqlx::Error>>()?)
}
