//! Records as they are stored, read: one, some, those of a kind, those about others. Every other room reads them here.

use std::collections::BTreeMap;

use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::row;
use crate::db::sql::{Statement, all_in, number};

/// One of them; None where the county has none of this id.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn get(conn: &mut AnyConnection, county: &str, id: RecordId) -> Result<Option<Record>, ServerError> {
    Ok(get_many(conn, county, [id]).await?.pop())
}

/// Those of these ids that are there, in the order of the ids.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn get_many(
    conn: &mut AnyConnection,
    county: &str,
    ids: impl IntoIterator<Item = RecordId>,
) -> Result<Vec<Record>, ServerError> {
    let ids: Vec<RecordId> = ids.into_iter().collect();
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows = all_in(conn, &texts, |part| select(county).then(" and id in ").list(part)).await?;
    let found = rows.iter().map(|row| record(row).map(|record| (record.id, record)));
    let mut found = found.collect::<Result<BTreeMap<RecordId, Record>, ServerError>>()?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The facts of a kind that speak of any of these records, by id.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn about(
    conn: &mut AnyConnection,
    county: &str,
    (subjects, kind): (impl IntoIterator<Item = RecordId>, &'static str),
) -> Result<Vec<Record>, ServerError> {
    let subjects: Vec<String> = subjects.into_iter().map(|id| id.to_string()).collect();
    let of_kind = || select(county).then(" and kind = ").bind(kind);
    let rows = all_in(conn, &subjects, |part| speaking_of(of_kind(), county, part)).await?;
    let mut facts = rows.iter().map(record).collect::<Result<Vec<Record>, ServerError>>()?;
    facts.sort_by_key(|fact| fact.id);
    // Two subjects in different parts of a long list may share a fact.
    facts.dedup_by_key(|fact| fact.id);
    Ok(facts)
}

/// Those that `chosen` says, in the order it says; it goes on with ` and …`.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn list(
    conn: &mut AnyConnection,
    county: &str,
    chosen: impl FnOnce(Statement) -> Statement,
) -> Result<Vec<Record>, ServerError> {
    chosen(select(county)).all(conn).await?.iter().map(record).collect()
}

/// The columns that [`read`] reads, of a county.
pub(super) fn select(county: &str) -> Statement {
    Statement::new("select id, kind, feed, doc, current, sealed, meta from record where county = ").bind(county)
}

/// Only those that speak of these.
pub(super) fn speaking_of(asked: Statement, county: &str, subjects: &[String]) -> Statement {
    let asked = asked.then(" and id in (select fact from record_subject where county = ").bind(county);
    asked.then(" and subject in ").list(subjects).then(")")
}

fn record(row: &AnyRow) -> Result<Record, ServerError> {
    Ok(read(row)?.0)
}

/// A record from its row, and the document of its first op.
///
/// # Errors
/// [`ServerError::Row`] for a row that no version of this program wrote.
pub(super) fn read(row: &AnyRow) -> Result<(Record, String), ServerError> {
    let key: String = row.try_get("id")?;
    let original: String = row.try_get("doc")?;
    let amended = row.try_get::<Option<String>, _>("current")?.is_some();
    let sealed = row.try_get::<Option<String>, _>("sealed")?.is_some();
    let record = Record {
        kind: row.try_get("kind")?,
        id: row::parse(row, "record", "id", &key)?,
        doc: row::json(row, "record", if amended { "current" } else { "doc" }, &key)?,
        sealed: if sealed { row::json(row, "record", "sealed", &key)? } else { BTreeMap::new() },
        meta: row::json(row, "record", "meta", &key)?,
        revision: number(row.try_get("feed")?),
    };
    Ok((record, original))
}
