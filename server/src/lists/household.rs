//! One household's page: where it is, who belongs to it, its plaque, what became of it.

use std::collections::BTreeSet;

use bianfang_domain::actor::Actor;
use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::record::Record;
use serde::Serialize;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::basis_persons::{self, BasisPersonRow};
use super::house::{self, HousePlaque};
use super::offers;
use crate::ServerError;
use crate::county::Desk;
use crate::county::DivisionRef;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::Statement;
use crate::feed;
use crate::lists::holding::{self, HeldItem};
use crate::lists::named::{Named, RecordNames};
use crate::records::scope;

/// 户
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct HouseholdPage {
    /// The household.
    pub id: Uuid,
    /// 户主姓名
    pub head_name: String,
    /// The head, where they are one of the people served.
    pub head: Option<Uuid>,
    /// Where it lies.
    pub division: Option<DivisionRef>,
    /// The one above.
    pub township: Option<DivisionRef>,
    /// 住址
    pub address: Option<String>,
    /// 户籍地址
    pub registered_address: Option<String>,
    /// 找路说明
    pub way_note: Option<String>,
    /// ACTIVE | MERGED | REMOVED
    pub register: String,
    /// Why it was removed.
    pub removed_note: Option<String>,
    /// Where the caller may take the register next.
    pub may: Vec<String>,
    /// The household it split from.
    pub split_from: Option<Named>,
    /// The household it ended in.
    pub merged_into: Option<Named>,
    /// Households that ended in this one.
    pub merged_here: Vec<Named>,
    /// Those of it whom the caller sees, by name.
    pub members: Vec<HomeMember>,
    /// How many more belong to it, who lie outside the caller's divisions.
    pub elsewhere: usize,
    /// 荣誉主体 whose service its plaque rests on.
    pub basis_persons: Vec<BasisPersonRow>,
    /// 光荣牌
    pub plaque: Option<HousePlaque>,
    /// Values that wait beside a field.
    pub waiting: Vec<HeldItem>,
    /// The base of the next change.
    pub revision: u64,
}

/// Somebody of a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct HomeMember {
    /// The person.
    pub id: Uuid,
    /// 姓名
    pub name: String,
    /// 与户主关系: code, or words.
    pub relation: Option<String>,
    /// DRAFT | ACTIVE …
    pub register: Option<String>,
    /// ALIVE | DECEASED …
    pub life: Option<String>,
    /// 居住区划
    pub living: Option<DivisionRef>,
    /// Lives here, and so moves with the household.
    pub moves_along: bool,
}

/// The page of a household in the caller's divisions; None where there is none for this caller.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<HouseholdPage>, ServerError> {
    let Some(household) = feed::masked(desk, caller, id).await?.filter(|record| record.kind == "household") else {
        return Ok(None);
    };
    let conn = &mut *desk.db.pool().acquire().await?;
    let tree = Tree::load(conn, desk.county).await?;
    let doc = &household.doc;
    let merged_here = merged_here(conn, desk.county, id).await?;
    let (from, into) = (id_in(doc, "split_from"), id_in(doc, "merged_into"));
    let around: BTreeSet<RecordId> = from.into_iter().chain(into).chain(merged_here.iter().copied()).collect();
    let around: Vec<RecordId> = around.into_iter().collect();
    // Of a household that is another's to look after the id stands here, not whose it is.
    let seen = scope::seen(conn, desk.county, caller, &around).await?;
    let names = RecordNames::load(conn, desk.county, seen).await?;
    let division = id_in(doc, "division");
    let text = |field| text_in(doc, field).map(str::to_owned);
    let (members, elsewhere) = members(desk, conn, (caller, &tree), &household).await?;
    Ok(Some(HouseholdPage {
        id: id.0,
        head_name: text("head_name").unwrap_or_default(),
        head: id_in(doc, "head").map(|id| id.0),
        division: division.map(|id| DivisionRef::of(&tree, id)),
        township: division.and_then(|id| tree.ancestors(id).first().copied()).map(|id| DivisionRef::of(&tree, id)),
        address: text("address"),
        registered_address: text("registered_address"),
        way_note: text("way_note"),
        register: text("register").unwrap_or_else(|| "ACTIVE".to_owned()),
        removed_note: text("removed_note"),
        may: offers::register("household", doc, caller.role),
        split_from: from.map(|id| names.of(&tree, id)),
        merged_into: into.map(|id| names.of(&tree, id)),
        merged_here: merged_here.iter().map(|id| names.of(&tree, *id)).collect(),
        members,
        elsewhere,
        basis_persons: basis_persons::of_household(conn, (desk.county, caller, &tree), id).await?,
        plaque: house::plaque(conn, desk.county, id).await?,
        waiting: holding::of(desk, conn, (caller, &tree), &household).await?,
        revision: household.revision,
    }))
}

async fn members(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    (caller, tree): (&Actor, &Tree),
    household: &Record,
) -> Result<(Vec<HomeMember>, usize), ServerError> {
    let house = house::house(conn, (desk.county, caller), household).await?;
    let ids: Vec<RecordId> = house.members.iter().map(|member| RecordId(member.id)).collect();
    let records = crate::records::read::get_many(conn, desk.county, ids).await?;
    let told = house.members.into_iter().filter_map(|member| {
        let record = records.iter().find(|record| record.id.0 == member.id)?;
        let text = |field| text_in(&record.doc, field).map(str::to_owned);
        Some(HomeMember {
            id: member.id,
            name: member.name,
            relation: text("relation"),
            register: text("register"),
            life: text("life"),
            living: id_in(&record.doc, "living_division").map(|id| DivisionRef::of(tree, id)),
            moves_along: kind::moves_along(household, record),
        })
    });
    Ok((told.collect(), house.elsewhere))
}

async fn merged_here(conn: &mut AnyConnection, county: &str, id: RecordId) -> Result<Vec<RecordId>, ServerError> {
    let rows = Statement::new("select owner from household where register = 'MERGED' and county = ")
        .bind(county)
        .then(" and merged_into = ")
        .bind(id)
        .then(" order by owner")
        .all(conn)
        .await?;
    rows.iter().map(|found| row::parse(found, "household", "owner", "")).collect()
}
