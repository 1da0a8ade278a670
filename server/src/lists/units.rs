//! Units 单位: employers, garrisons under the bureau's alias, trainers. The list of a division, and one of them.

use bianfang_domain::actor::{Actor, Right};
use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use serde::Serialize;
use serde_json::Value;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::counted::{self, ByName};
use super::holding::{self, HeldItem};
use super::paging::Search;
use super::plaques::StateCount;
use crate::ServerError;
use crate::county::tree::Tree;
use crate::county::{Desk, DivisionRef};
use crate::db::sql::Statement;
use crate::feed;
use crate::records::read::get_many;

const KIND: &str = "unit";

const BY_NAME: ByName =
    ByName { kind: KIND, select: "select owner, name_key as page_key from unit where", state: " and unit_kind = " };

/// 单位
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UnitRow {
    /// Its record.
    pub id: Uuid,
    /// EMPLOYER | FORCES | TRAINER
    pub unit_kind: String,
    /// 名称; of FORCES the bureau's alias.
    pub name: String,
    /// Where it lies.
    pub division: Option<DivisionRef>,
    /// 联系人
    pub contact_name: Option<String>,
    /// 联系电话, masked.
    pub contact_phone: Vec<String>,
    /// 用人需求
    pub hiring: Option<String>,
    /// Why it is no more, or was entered in error.
    pub removed: Option<String>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UnitPage {
    /// At most fifty, by name.
    pub rows: Vec<UnitRow>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct UnitView {
    /// As the list has it.
    pub row: UnitRow,
    /// The base of the next change.
    pub revision: u64,
    /// What the record says, protected parts masked.
    #[schema(value_type = Object)]
    pub fields: Document,
    /// Values that wait beside a field.
    pub waiting: Vec<HeldItem>,
    /// The caller may take it out, and back.
    pub may_remove: bool,
}

/// Those that lie in the search's divisions, of one kind or of all.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    conn: &mut AnyConnection,
    (county, tree): (&str, &Tree),
    search: Search<'_>,
) -> Result<UnitPage, ServerError> {
    let (ids, next) = counted::page(conn, county, &BY_NAME, search).await?;
    let records = get_many(conn, county, ids).await?;
    Ok(UnitPage { rows: records.iter().map(|record| read(tree, record)).collect(), next })
}

/// How many of each kind.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn counts(
    conn: &mut AnyConnection,
    county: &str,
    divisions: &[RecordId],
) -> Result<Vec<StateCount>, ServerError> {
    let ask = Statement::new("select unit_kind as state, cast(count(*) as bigint) as n from unit where");
    counted::read(counted::lying(ask, county, KIND, divisions), conn).await
}

/// One of them in the caller's divisions; None where there is none for this caller.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn view(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<UnitView>, ServerError> {
    let Some(record) = feed::masked(desk, caller, id).await?.filter(|record| record.kind == KIND) else {
        return Ok(None);
    };
    let conn = &mut *desk.db.pool().acquire().await?;
    let tree = Tree::load(conn, desk.county).await?;
    let waiting = holding::of(desk, conn, (caller, &tree), &record).await?;
    Ok(Some(UnitView {
        row: read(&tree, &record),
        revision: record.revision,
        waiting,
        may_remove: caller.role.may(Right::Review),
        fields: record.doc,
    }))
}

fn read(tree: &Tree, record: &Record) -> UnitRow {
    let text = |field: &str| text_in(&record.doc, field).map(str::to_owned);
    let phones = record.value("contact_phone").as_array().into_iter().flatten();
    UnitRow {
        id: record.id.0,
        unit_kind: text("unit_kind").unwrap_or_default(),
        name: text("name").unwrap_or_default(),
        division: id_in(&record.doc, "division").map(|id| DivisionRef::of(tree, id)),
        contact_name: text("contact_name"),
        contact_phone: phones.filter_map(Value::as_str).map(str::to_owned).collect(),
        hiring: text("hiring"),
        removed: text("removed"),
    }
}
