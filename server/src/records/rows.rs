//! Each touched record is written once: its row, what it speaks of, and the unique values it holds.

use std::collections::BTreeSet;

use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, Nature};
use bianfang_domain::record::{BesideWhy, Record};
use sqlx::AnyConnection;

use super::load::Loaded;
use super::scope;
use crate::ServerError;
use crate::db::sql::{self, Statement, Value, execute_in};

/// Writes them.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Json`].
pub async fn write(
    conn: &mut AnyConnection,
    county: &str,
    loaded: &Loaded,
    touched: &BTreeSet<RecordId>,
) -> Result<(), ServerError> {
    let (mut records, mut prints) = (Vec::new(), Vec::new());
    for record in touched.iter().filter_map(|id| loaded.world.find(*id)) {
        let original = loaded.originals.get(&record.id).map(String::as_str);
        records.push(row_of(county, record, original)?);
        let taken = kind::by_name(&record.kind).is_none_or(|kind| kind.holds_unique(&record.doc));
        for (field, print) in record.meta.fingerprints.iter().filter(|_| taken) {
            let field = format!("{}.{field}", record.kind);
            prints.push(vec![county.into(), field.into(), print.into(), record.id.into()]);
        }
    }
    let head = "insert into record (county, id, kind, feed, doc, current, sealed, meta, state) values ";
    let tail = " on conflict (county, id) do update set feed = excluded.feed, doc = excluded.doc, \
        current = excluded.current, sealed = excluded.sealed, meta = excluded.meta, state = excluded.state";
    sql::insert(conn, head, tail, records).await?;
    let ids: Vec<String> = touched.iter().map(ToString::to_string).collect();
    execute_in(conn, &ids, |part| {
        Statement::new("delete from record_print where county = ").bind(county).then(" and record in ").list(part)
    })
    .await?;
    write_about(conn, county, loaded, touched).await?;
    sql::insert(conn, "insert into record_print (county, field, print, record) values ", "", prints).await?;
    Ok(())
}

/// Writes what records are found by. What one spoke of before an amendment stays: that subject must be judged again too.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn write_about(
    conn: &mut AnyConnection,
    county: &str,
    loaded: &Loaded,
    ids: &BTreeSet<RecordId>,
) -> Result<(), ServerError> {
    let mut rows = Vec::new();
    for id in ids {
        let about = scope::about(loaded, *id).into_iter();
        rows.extend(about.map(|subject| vec![county.into(), subject.into(), (*id).into()]));
    }
    let head = "insert into record_subject (county, subject, fact) values ";
    Ok(sql::insert(conn, head, " on conflict (county, subject, fact) do nothing", rows).await?)
}

/// A fact keeps the document of its first op; how it reads after amendments stands beside.
fn row_of(county: &str, record: &Record, original: Option<&str>) -> Result<Vec<Value>, ServerError> {
    let text = serde_json::to_string(&record.doc)?;
    let is_fact = kind::by_name(&record.kind).is_some_and(|kind| kind.nature() == Nature::Fact);
    let original = original.filter(|_| is_fact).unwrap_or(&text);
    let current = (original != text).then(|| text.clone());
    let sealed = if record.sealed.is_empty() { None } else { Some(serde_json::to_string(&record.sealed)?) };
    Ok(vec![
        county.into(),
        record.id.into(),
        record.kind.clone().into(),
        record.revision.into(),
        original.into(),
        current.into(),
        sealed.into(),
        serde_json::to_string(&record.meta)?.into(),
        state(record).into(),
    ])
}

/// For lists of what waits for a reviewer.
fn state(record: &Record) -> &'static str {
    let meta = &record.meta;
    if meta.voided.is_some() {
        "VOID"
    } else if !meta.held.is_empty() || meta.beside.iter().any(|beside| matches!(beside.why, BesideWhy::Held(_))) {
        "HELD"
    } else if !meta.beside.is_empty() {
        "BESIDE"
    } else {
        "STANDS"
    }
}
