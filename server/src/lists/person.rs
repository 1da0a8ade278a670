//! One person's page.

use std::collections::BTreeSet;

use bianfang_domain::actor::Actor;
use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::mask;
use bianfang_domain::record::Record;
use bianfang_domain::time::Day;
use serde::Serialize;
use uuid::Uuid;

use super::house::{self, House, HousePlaque};
use super::offers;
use super::same::{self, Chain};
use super::timeline::{self, Around, PlaqueEntry, Visit};
use crate::ServerError;
use crate::county::Desk;
use crate::county::DivisionRef;
use crate::county::tree::Tree;
use crate::feed;
use crate::lists::holding::{self, HeldItem};
use crate::records::scope;

/// 服务对象
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PersonPage {
    /// The person.
    pub id: Uuid,
    /// 姓名
    pub name: String,
    /// 身份证号, masked.
    pub id_masked: Option<String>,
    /// 性别
    pub sex: Option<String>,
    /// 出生日期 to the month, `1961-03`; the day by a reveal.
    pub birth: Option<String>,
    /// COLLECT12 and PREF codes.
    pub categories: Vec<String>,
    /// ALIVE | DECEASED …
    pub life: Option<String>,
    /// DRAFT | ACTIVE | REMOVED …
    pub register: Option<String>,
    /// DRAFT, ACTIVE …: where the caller may take the register next.
    pub may: Vec<String>,
    /// 联系电话, masked; in full by a reveal.
    pub phones: Vec<String>,
    /// The responsible village.
    pub village: Option<DivisionRef>,
    /// The one above it.
    pub township: Option<DivisionRef>,
    /// 户
    pub household: Option<House>,
    /// 光荣牌 of the household.
    pub plaque: Option<HousePlaque>,
    /// The base of the next change.
    pub revision: u64,
    /// Everything the register says, protected parts masked.
    #[schema(value_type = Object)]
    pub fields: Document,
    /// VALID | SUSPECT | MISSING
    pub id_state: String,
    /// Values that wait beside a field.
    pub waiting: Vec<HeldItem>,
    /// Other records of the same person.
    pub same: Vec<SameRecord>,
    /// Newest first; those of all records of the person.
    pub visits: Vec<Visit>,
    /// Newest first.
    pub plaque_events: Vec<PlaqueEntry>,
}

/// Another record of the same person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SameRecord {
    /// The record.
    pub id: Uuid,
    /// 姓名; empty where it lies in no division of the caller's.
    pub name: String,
    /// 身份证号, masked.
    pub id_masked: Option<String>,
    /// This is the one that counts.
    pub counts: bool,
    /// The merger that a void undoes; none where it hangs on another record of the chain.
    pub fact: Option<Uuid>,
    /// The base of that void.
    pub revision: Option<u64>,
}

/// The page of a person in the caller's divisions; None where there is none for this caller.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<PersonPage>, ServerError> {
    let Some(person) = feed::masked(desk, caller, id).await?.filter(|record| record.kind == "person") else {
        return Ok(None);
    };
    let household = match id_in(&person.doc, "household") {
        Some(household) => feed::masked(desk, caller, household).await?,
        None => None,
    };
    let conn = &mut *desk.db.pool().acquire().await?;
    let tree = Tree::load(conn, desk.county).await?;
    let chain = same::chain(conn, desk.county, id).await?;
    let mut contacts = Vec::new();
    for member in &chain.members {
        contacts.extend(timeline::facts(conn, desk.county, (*member, "contact")).await?);
    }
    contacts.sort_by_key(|fact| std::cmp::Reverse(fact.fold_key()));
    contacts.dedup_by_key(|fact| fact.id);
    let waiting = holding::of(desk, conn, (caller, &tree), &person).await?;
    let (mut house, mut plaque, mut events) = (None, None, Vec::new());
    if let Some(household) = &household {
        house = Some(house::house(conn, (desk.county, caller), household).await?);
        plaque = house::plaque(conn, desk.county, household.id).await?;
        events = timeline::facts(conn, desk.county, (household.id, "plaque_event")).await?;
    }
    let records = crate::records::read::get_many(conn, desk.county, chain.members.iter().copied()).await?;
    let members: Vec<RecordId> = chain.members.iter().copied().collect();
    let seen = scope::seen(conn, desk.county, caller, &members).await?;
    let others = others(id, &chain, &records, &seen);
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
        may: offers::register("person", &person.doc, caller.role),
        phones: kind::phones(&person),
        village: village.map(|id| DivisionRef::of(&tree, id)),
        township: village.and_then(|id| tree.ancestors(id).first().copied()).map(|id| DivisionRef::of(&tree, id)),
        household: house,
        plaque,
        revision: person.revision,
        id_state: code(kind::id_state(&person)),
        same: others,
        waiting,
        visits: contacts
            .iter()
            .filter_map(|fact| chain.members.iter().find_map(|member| around.visit(fact, *member)))
            .collect(),
        plaque_events: events.iter().map(|fact| around.plaque(fact)).collect(),
        fields: person.doc.clone(),
    }))
}

/// The other records of a chain; of one in divisions that are not the caller's that it is there, and no more.
fn others(id: RecordId, chain: &Chain, records: &[Record], seen: &BTreeSet<RecordId>) -> Vec<SameRecord> {
    let counts = chain.canonical(id);
    let ties = |one: RecordId, other: RecordId| chain.kept.get(&one) == Some(&other);
    let fact = |other: RecordId| {
        let duplicate = if ties(id, other) { Some(id) } else { Some(other).filter(|_| ties(other, id)) };
        chain.facts.iter().find(|fact| Some(fact.duplicate) == duplicate)
    };
    let shown = records.iter().filter(|record| record.id != id).map(|record| {
        let fact = fact(record.id);
        let text = |field| text_in(&record.doc, field).filter(|_| seen.contains(&record.id));
        SameRecord {
            id: record.id.0,
            name: text("name").unwrap_or_default().to_owned(),
            id_masked: text("id_number").map(mask::id_number),
            counts: record.id == counts,
            fact: fact.map(|fact| fact.id.0),
            revision: fact.map(|fact| fact.revision),
        }
    });
    shown.collect()
}

fn code(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
