//! What happened to a record, field by field: who, when, from what to what. Told from the kept ops and the decisions of
//! then, so that it is the history itself and no second log of it. Protected values appear as they may be seen.

mod tell;

use std::collections::BTreeSet;

use bianfang_domain::actor::{Actor, Right};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, KINDS};
use bianfang_domain::record::Record;
use bianfang_domain::shown;
use bianfang_domain::world::World;
use serde::Serialize;
use serde_json::Value;
use sqlx::AnyConnection;

use crate::ServerError;
use crate::county::Desk;
use crate::county::tree::Tree;
use crate::db::account;
use crate::feed;
use crate::lists::named::{Named, RecordNames};
use crate::records::oplog;
use crate::records::scope;

/// One change of one field, or of the record as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FieldChange {
    /// The field; none where the whole record is meant.
    pub field: Option<String>,
    /// When it was written, corrected, UTC milliseconds.
    pub at_ms: i64,
    /// Its feed number.
    pub feed: u64,
    /// Who wrote it.
    pub by: Option<String>,
    /// SET | PROPOSED | HELD | CONFLICT (set, the other value kept) | CHOSEN | TURNED_DOWN (by a reviewer) | AMENDED |
    /// VOIDED | LET_COUNT | NOT_COUNTED | REOPENED | ACCEPTED | RETURNED
    pub what: String,
    /// The value before, as it may be seen.
    #[schema(value_type = Object)]
    pub from: Option<Value>,
    /// The value written; of a part that was settled, of whom it speaks.
    #[schema(value_type = Object)]
    pub to: Option<Value>,
    /// From which day it holds, where that was said.
    pub since: Option<String>,
    /// The reason given.
    pub reason: Option<String>,
}

/// The whole history, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct History {
    /// Newest first.
    pub rows: Vec<FieldChange>,
    /// The records that values point to, as far as they lie in the caller's divisions; and every division.
    pub named: Vec<Named>,
}

/// The history of a record of this kind in the caller's divisions; None where there is none for this caller.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn of(desk: Desk<'_>, caller: &Actor, (id, kind): (RecordId, &str)) -> Result<Option<History>, ServerError> {
    if !may_read(caller, kind) || feed::masked(desk, caller, id).await?.is_none_or(|record| record.kind != kind) {
        return Ok(None);
    }
    let conn = &mut *desk.db.pool().acquire().await?;
    let ops = oplog::of_target(conn, desk.county, id).await?;
    let names = account::names(conn, desk.county, ops.iter().map(|kept| kept.actor.account)).await?;
    let mut world = World::complete(KINDS).all_at_hand();
    let mut rows = Vec::new();
    for kept in &ops {
        let before = world.copy_of(id);
        kept.replay(&mut world);
        // Whose an unnamed record is stands nowhere, not where it was corrected either.
        let hides =
            |record: &Record| shown::is_unnamed(record) && record.meta.origin.actor.account == kept.actor.account;
        let by = names.get(&kept.actor.account).filter(|_| !world.find(id).is_some_and(hides));
        rows.extend(tell::changes(caller, kept, by, (before.as_ref(), world.find(id))));
    }
    rows.reverse();
    let named = named(desk, conn, caller, &rows).await?;
    Ok(Some(History { rows, named }))
}

/// Who reads the register reads its records; who keeps a kind (staff) reads that kind alone.
fn may_read(caller: &Actor, name: &str) -> bool {
    let keeper = kind::by_name(name).and_then(|kind| kind.kept_by());
    caller.role.may(Right::Read) || keeper.is_some_and(|right| caller.role.may(right))
}

/// What the values of a history point to.
async fn named(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    caller: &Actor,
    rows: &[FieldChange],
) -> Result<Vec<Named>, ServerError> {
    let mut pointed = BTreeSet::new();
    rows.iter().flat_map(|row| [&row.from, &row.to]).flatten().for_each(|value| ids(value, &mut pointed));
    let tree = Tree::load(conn, desk.county).await?;
    let all: Vec<RecordId> = pointed.iter().copied().collect();
    let mut shown = scope::seen(conn, desk.county, caller, &all).await?;
    shown.extend(pointed.into_iter().filter(|id| tree.has(*id)));
    let names = RecordNames::load(conn, desk.county, shown.clone()).await?;
    Ok(shown.into_iter().map(|id| names.of(&tree, id)).collect())
}

/// The ids that stand in a value.
fn ids(value: &Value, found: &mut BTreeSet<RecordId>) {
    match value {
        Value::String(text) => found.extend(text.parse::<RecordId>()),
        Value::Array(list) => list.iter().for_each(|one| ids(one, found)),
        Value::Object(map) => map.values().for_each(|one| ids(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
