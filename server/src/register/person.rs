//! One person's page.

use bianfang_domain::actor::Actor;
use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde::Serialize;
use uuid::Uuid;

use super::DivisionRef;
use super::house::{self, House, Plaque};
use super::timeline::{self, Around, PlaqueEntry, Visit};
use crate::ServerError;
use crate::feed;
use crate::feed::tree::Tree;
use crate::write::Desk;

/// 服务对象
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PersonPage {
    /// The person.
    pub id: Uuid,
    /// 姓名
    pub name: String,
    /// 身份证号, masked.
    pub id_masked: Option<String>,
    /// 性别
    pub sex: Option<String>,
    /// 出生日期, `1961-03-09`.
    pub birth: Option<String>,
    /// COLLECT12 and PREF codes.
    pub categories: Vec<String>,
    /// ALIVE | DECEASED …
    pub life: Option<String>,
    /// DRAFT | ACTIVE | REMOVED …
    pub register: Option<String>,
    /// In full for roles that must call, else masked.
    pub phones: Vec<String>,
    /// The responsible village.
    pub village: Option<DivisionRef>,
    /// The one above it.
    pub township: Option<DivisionRef>,
    /// 户
    pub household: Option<House>,
    /// 光荣牌 of the household.
    pub plaque: Option<Plaque>,
    /// Newest first.
    pub visits: Vec<Visit>,
    /// Newest first.
    pub plaque_events: Vec<PlaqueEntry>,
}

/// The page of a person in the caller's divisions; None where there is none for this caller.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<PersonPage>, ServerError> {
    let Some(person) = feed::get(desk, caller, id).await?.filter(|record| record.kind == "person") else {
        return Ok(None);
    };
    let household = match id_in(&person.doc, "household") {
        Some(household) => feed::get(desk, caller, household).await?,
        None => None,
    };
    let conn = &mut *desk.db.pool().acquire().await?;
    let tree = Tree::load(conn, desk.county).await?;
    let contacts = timeline::facts(conn, desk.county, (id, "contact")).await?;
    let (mut house, mut plaque, mut events) = (None, None, Vec::new());
    if let Some(household) = &household {
        house = Some(house::house(conn, desk.county, household).await?);
        plaque = house::plaque(conn, desk.county, household.id).await?;
        events = timeline::facts(conn, desk.county, (household.id, "plaque_event")).await?;
    }
    let all: Vec<&Record> = contacts.iter().chain(&events).collect();
    let around = Around::load(conn, desk.county, &all).await?;
    let village = kind::responsible_on(&person, Day::MAX);
    let text = |field| text_in(&person.doc, field).map(str::to_owned);
    Ok(Some(PersonPage {
        id: id.0,
        name: text("name").unwrap_or_default(),
        id_masked: text("id_number"),
        sex: text("sex"),
        birth: text("birth"),
        categories: kind::categories(&person),
        life: text("life"),
        register: text("register"),
        phones: kind::phones(&person),
        village: village.map(|id| DivisionRef::of(&tree, id)),
        township: village.and_then(|id| tree.ancestors(id).first().copied()).map(|id| DivisionRef::of(&tree, id)),
        household: house,
        plaque,
        visits: contacts.iter().filter_map(|fact| around.visit(fact, id)).collect(),
        plaque_events: events.iter().map(|fact| around.plaque(fact)).collect(),
    }))
}
