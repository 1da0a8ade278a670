//! Basis persons 荣誉主体: whose service a family's plaque and merit letters rest on. The list of a county or a village, those
//! of one household, and one of them.

use std::collections::BTreeSet;

use bianfang_domain::actor::{Actor, Right};
use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde::Serialize;
use serde_json::Value;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::counted::{self, ByName};
use super::holding::{self, HeldItem};
use super::named::{Named, RecordNames};
use super::offers;
use super::paging::Search;
use super::plaques::StateCount;
use crate::ServerError;
use crate::county::Desk;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::Statement;
use crate::feed;
use crate::records::read::get_many;
use crate::records::scope;

const KIND: &str = "basis_person";

const BY_NAME: ByName =
    ByName { kind: KIND, select: "select owner, name_key as page_key from basis_person where", state: " and basis = " };

/// 荣誉主体
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BasisPersonRow {
    /// Its record.
    pub id: Uuid,
    /// 姓名
    pub name: String,
    /// SERVING | VETERAN | MARTYR | ON_DUTY | ILLNESS
    pub basis: String,
    /// The family's household. Without a name where it lies outside the caller's divisions.
    pub household: Option<Named>,
    /// The household the soldier chose for the plaque.
    pub plaque_at: Option<Named>,
    /// The parents' household, where the soldier lives apart.
    pub parents_household: Option<Named>,
    /// To members of the household.
    pub relations: Vec<Related>,
    /// 证件编号
    pub certificate_no: Option<String>,
    /// 入伍, as `2023-09`
    pub enlisted: Option<String>,
    /// 退役, as `2026-03`
    pub discharged: Option<String>,
    /// 去世, as `2026-01-31`
    pub died_on: Option<String>,
    /// Why it was taken out as entered in error.
    pub removed: Option<String>,
}

/// A member of the household and how they are related.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Related {
    /// The member.
    pub person: Named,
    /// 父亲, 配偶 …
    pub relation: String,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BasisPersonPage {
    /// At most fifty, by name.
    pub rows: Vec<BasisPersonRow>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct BasisPersonView {
    /// As the list has it.
    pub row: BasisPersonRow,
    /// The base of the next change.
    pub revision: u64,
    /// What the record says.
    #[schema(value_type = Object)]
    pub fields: Document,
    /// Values that wait beside a field.
    pub waiting: Vec<HeldItem>,
    /// What the basis may become: VETERAN of who is SERVING …
    pub next: Vec<String>,
    /// The caller may take it out, and back.
    pub may_remove: bool,
}

/// Those that lie in the search's divisions, of one basis or of all.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    conn: &mut AnyConnection,
    (county, caller, tree): (&str, &Actor, &Tree),
    search: Search<'_>,
) -> Result<BasisPersonPage, ServerError> {
    let (ids, next) = counted::page(conn, county, &BY_NAME, search).await?;
    Ok(BasisPersonPage { rows: rows(conn, (county, caller, tree), &ids).await?, next })
}

/// How many of each basis.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn counts(
    conn: &mut AnyConnection,
    county: &str,
    divisions: &[RecordId],
) -> Result<Vec<StateCount>, ServerError> {
    let ask = Statement::new("select basis as state, cast(count(*) as bigint) as n from basis_person where");
    counted::read(counted::lying(ask, county, KIND, divisions), conn).await
}

/// Those of one household: who belongs to it, and whose plaque hangs there; not who was entered in error.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn of_household(
    conn: &mut AnyConnection,
    (county, caller, tree): (&str, &Actor, &Tree),
    household: RecordId,
) -> Result<Vec<BasisPersonRow>, ServerError> {
    let ask = Statement::new("select owner from basis_person where counts = 1 and county = ").bind(county);
    let ask = ask.then(" and (household = ").bind(household).then(" or plaque_at = ").bind(household);
    let found = ask.then(") order by name_key, owner").all(conn).await?;
    let ids: Vec<RecordId> =
        found.iter().map(|found| row::parse(found, KIND, "owner", "")).collect::<Result<_, ServerError>>()?;
    // A soldier of a family elsewhere, whose plaque hangs here, is another's to look after.
    let seen = scope::seen(conn, county, caller, &ids).await?;
    let ids: Vec<RecordId> = ids.into_iter().filter(|id| seen.contains(id)).collect();
    rows(conn, (county, caller, tree), &ids).await
}

/// One of them in the caller's divisions; None where there is none for this caller.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn view(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<BasisPersonView>, ServerError> {
    let Some(record) = feed::masked(desk, caller, id).await?.filter(|record| record.kind == KIND) else {
        return Ok(None);
    };
    let conn = &mut *desk.db.pool().acquire().await?;
    let tree = Tree::load(conn, desk.county).await?;
    let row = rows(conn, (desk.county, caller, &tree), &[id]).await?.pop();
    let waiting = holding::of(desk, conn, (caller, &tree), &record).await?;
    let may_remove = caller.role.may(Right::Review);
    let next = offers::next(KIND, "basis", &record.doc);
    Ok(row.map(|row| BasisPersonView { row, revision: record.revision, waiting, next, may_remove, fields: record.doc }))
}

/// In the order of the ids. What lies outside the caller's divisions is not named.
async fn rows(
    conn: &mut AnyConnection,
    (county, caller, tree): (&str, &Actor, &Tree),
    ids: &[RecordId],
) -> Result<Vec<BasisPersonRow>, ServerError> {
    let records = get_many(conn, county, ids.iter().copied()).await?;
    let around: Vec<RecordId> = records.iter().flat_map(|record| named_in(&record.doc)).collect();
    let seen: BTreeSet<RecordId> = scope::seen(conn, county, caller, &around).await?;
    let names = RecordNames::load(conn, county, seen).await?;
    Ok(records.iter().map(|record| read((tree, &names), record)).collect())
}

/// Whom a document names.
fn named_in(doc: &Document) -> Vec<RecordId> {
    let homes = HOMES.iter().filter_map(|field| id_in(doc, field));
    homes.chain(related(doc).filter_map(|one| id_in(one, "person"))).collect()
}

const HOMES: [&str; 3] = ["household", "plaque_at", "parents_household"];

fn related(doc: &Document) -> impl Iterator<Item = &Document> {
    doc.get("relations").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

fn read((tree, names): (&Tree, &RecordNames), record: &Record) -> BasisPersonRow {
    let doc = &record.doc;
    let text = |field: &str| text_in(doc, field).map(str::to_owned);
    let [household, plaque_at, parents_household] = HOMES.map(|field| id_in(doc, field).map(|id| names.of(tree, id)));
    let relations = related(doc).filter_map(|one| {
        let relation = text_in(one, "relation").unwrap_or_default().to_owned();
        Some(Related { person: names.of(tree, id_in(one, "person")?), relation })
    });
    let day = |field: &str| doc.get(field).and_then(Value::as_i64).and_then(|day| i32::try_from(day).ok());
    BasisPersonRow {
        id: record.id.0,
        name: text("name").unwrap_or_default(),
        basis: text("basis").unwrap_or_default(),
        household,
        plaque_at,
        parents_household,
        relations: relations.collect(),
        certificate_no: text("certificate_no"),
        enlisted: text("enlisted"),
        discharged: text("discharged"),
        died_on: day("died_on").map(|day| Day(day).to_string()),
        removed: text("removed"),
    }
}
