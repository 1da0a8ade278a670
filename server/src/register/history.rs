//! What happened to each field of a record: who, when, from what to what. Told from the kept ops and the decisions of then,
//! so that it is the history itself and no second log of it. Protected values appear as they may be seen.

use std::collections::BTreeMap;

use bianfang_domain::actor::Actor;
use bianfang_domain::decision::FieldVerdict;
use bianfang_domain::id::{AccountId, RecordId};
use bianfang_domain::op::{Act, Part};
use bianfang_domain::record::Record;
use bianfang_domain::world::World;
use serde::Serialize;
use serde_json::Value;
use sqlx::{AnyConnection, Row};

use crate::ServerError;
use crate::db::row;
use crate::feed;
use crate::write::oplog::{self, Kept};
use crate::write::sql::all_in;
use crate::write::{Desk, sql::Statement};

/// One change of one field.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FieldChange {
    /// The field.
    pub field: String,
    /// When it was written, corrected, UTC milliseconds.
    pub at_ms: i64,
    /// Its feed number.
    pub feed: u64,
    /// Who wrote it.
    pub by: Option<String>,
    /// SET | PROPOSED | HELD | CONFLICT (set, the other value kept) | CHOSEN | TURNED_DOWN (by a reviewer)
    pub what: String,
    /// The value before, as it may be seen.
    #[schema(value_type = Object)]
    pub from: Option<Value>,
    /// The value written.
    #[schema(value_type = Object)]
    pub to: Option<Value>,
    /// From which day it holds, where that was said.
    pub since: Option<String>,
    /// The reviewer's reason.
    pub reason: Option<String>,
}

/// The whole history, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct History {
    /// Newest first.
    pub rows: Vec<FieldChange>,
}

/// The history of a record of this kind in the caller's divisions; None where there is none for this caller.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn of(desk: Desk<'_>, caller: &Actor, (id, kind): (RecordId, &str)) -> Result<Option<History>, ServerError> {
    if feed::masked(desk, caller, id).await?.is_none_or(|record| record.kind != kind) {
        return Ok(None);
    }
    let conn = &mut *desk.db.pool().acquire().await?;
    let ops = oplog::of_target(conn, desk.county, id).await?;
    let names = names(conn, desk.county, &ops).await?;
    let mut world = World::complete();
    let mut rows = Vec::new();
    for kept in &ops {
        let before = world.copy_of(id);
        kept.replay(&mut world);
        let by = names.get(&kept.actor.account).cloned();
        rows.extend(changes(kept, by.as_ref(), before.as_ref(), world.find(id)));
    }
    rows.reverse();
    Ok(Some(History { rows }))
}

fn changes(kept: &Kept, by: Option<&String>, before: Option<&Record>, after: Option<&Record>) -> Vec<FieldChange> {
    let now = |name: &str| after.and_then(|record| record.doc.get(name)).cloned();
    let row = |name: &str, what: &str, to: Option<Value>| FieldChange {
        field: name.to_owned(),
        at_ms: kept.op.at.corrected(kept.previous_ms, kept.received_ms).ms,
        feed: kept.feed,
        by: by.cloned(),
        what: what.to_owned(),
        from: before.and_then(|record| record.doc.get(name)).cloned(),
        to,
        since: match &kept.op.act {
            Act::Change { since, .. } => since.map(|day| day.to_string()),
            _ => None,
        },
        reason: None,
    };
    match &kept.op.act {
        Act::Record { .. } | Act::Change { .. } => {
            let mut names: Vec<&String> = kept.op.set().into_iter().flat_map(|set| set.keys()).collect();
            // What a new record is given beside what its author said (a draft).
            names.extend(after.filter(|_| before.is_none()).into_iter().flat_map(|record| record.doc.keys()));
            names.sort();
            names.dedup();
            let written = |name: &str| kept.op.value(name).cloned();
            let tell = |name: &String| match kept.decision.fields.get(name) {
                None => row(name, "SET", now(name)),
                Some(FieldVerdict::Conflict) => row(name, "CONFLICT", now(name)),
                Some(FieldVerdict::Proposed) => row(name, "PROPOSED", written(name)),
                Some(FieldVerdict::Held(_)) => row(name, "HELD", written(name)),
            };
            // What was sent unchanged is no change; what is told of an earlier day is one.
            let told = names.into_iter().map(tell);
            told.filter(|row| row.what != "SET" || row.from != row.to || row.since.is_some()).collect()
        }
        Act::Settle { part, accept, reason } => {
            let (Part::Field(name) | Part::Value(name, _)) = part else { return Vec::new() };
            let beside = before.and_then(|record| record.beside(part)).map(|beside| beside.value.clone());
            let mut row = row(name, if *accept { "CHOSEN" } else { "TURNED_DOWN" }, beside);
            row.reason = Some(reason.clone()).filter(|reason| !reason.trim().is_empty());
            vec![row]
        }
        Act::Amend { .. } | Act::Void { .. } | Act::Unsettle { .. } | Act::Review { .. } => Vec::new(),
    }
}

async fn names(
    conn: &mut AnyConnection,
    county: &str,
    ops: &[Kept],
) -> Result<BTreeMap<AccountId, String>, ServerError> {
    let mut accounts: Vec<String> = ops.iter().map(|kept| kept.actor.account.to_string()).collect();
    accounts.sort();
    accounts.dedup();
    let rows = all_in(conn, &accounts, |part| {
        Statement::new("select id, name from account where county = ").bind(county).then(" and id in ").list(part)
    })
    .await?;
    rows.iter().map(|found| Ok((row::parse(found, "account", "id", "")?, found.try_get("name")?))).collect()
}
