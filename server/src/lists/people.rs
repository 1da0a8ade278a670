//! The list of people: part of a name or of its pinyin, a state of the register, a division with all below it, page by page.

use bianfang_domain::id::RecordId;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::paging::{self, Search};
use crate::ServerError;
use crate::county::DivisionRef;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::Statement;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PersonRow {
    /// The person.
    pub id: Uuid,
    /// 姓名
    pub name: String,
    /// 身份证号, masked.
    pub id_masked: Option<String>,
    /// The responsible division.
    pub division: Option<DivisionRef>,
    /// 户
    pub household: Option<Uuid>,
    /// DRAFT | ACTIVE | REMOVED …
    pub register: Option<String>,
    /// ALIVE | DECEASED …
    pub life: Option<String>,
    /// 性别
    pub sex: Option<String>,
    /// 出生日期: with the next two, what tells two of one name apart.
    pub birth: Option<String>,
    /// A telephone number, masked.
    pub phone: Option<String>,
    /// Of the household.
    pub address: Option<String>,
    /// VALID | SUSPECT | MISSING
    pub id_state: Option<String>,
    /// The record of the same person that counts; none for that one itself.
    pub merged_into: Option<Uuid>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PeoplePage {
    /// At most fifty.
    pub rows: Vec<PersonRow>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<String>,
}

/// How many stand in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RegisterCount {
    /// DRAFT | ACTIVE …
    pub register: String,
    /// People; who was found to be another record of somebody is not counted again.
    pub count: i64,
}

/// People by name. With a state: those who stand in it, each once.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    conn: &mut AnyConnection,
    county: &str,
    tree: &Tree,
    search: Search<'_>,
) -> Result<PeoplePage, ServerError> {
    let (text, like) = (search.plain(), search.like());
    // Of a masked number the last digits can be seen, and so looked for.
    let tail = format!(
        "%{}",
        if text.chars().all(|c| c.is_ascii_digit() || c == 'x') { text.to_uppercase() } else { "-".into() }
    );
    let mut asked = select(paging::begin(), county)
        .then(" and p.division in ")
        .list(search.divisions)
        .then(" and (name like ")
        .bind(&like)
        .then(" escape '!' or replace(name_key, ' ', '') like ")
        .bind(&like)
        .then(" escape '!' or id_masked like ")
        .bind(&tail)
        .then(" escape '!')");
    if let Some(state) = search.state {
        asked = asked.then(" and p.counts_as is null and p.register = ").bind(state);
    }
    let (rows, next) = paging::rows(asked, search.after, conn).await?;
    Ok(PeoplePage { rows: rows.iter().map(|found| read(found, tree)).collect::<Result<_, ServerError>>()?, next })
}

/// People by register state.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn counts(
    conn: &mut AnyConnection,
    county: &str,
    divisions: Vec<RecordId>,
) -> Result<Vec<RegisterCount>, ServerError> {
    let rows = Statement::new(
        "select p.register as register, cast(count(*) as bigint) as n from person p \
         where p.counts_as is null and p.register is not null and p.county = ",
    )
    .bind(county)
    .then(" and p.division in ")
    .list(divisions)
    .then(" group by p.register order by p.register")
    .all(conn)
    .await?;
    let read = |found: &AnyRow| Ok(RegisterCount { register: found.try_get("register")?, count: found.try_get("n")? });
    rows.iter().map(read).collect::<Result<_, sqlx::Error>>().map_err(Into::into)
}

/// Goes on with the columns that [`read`] reads, of the people `p` of a county.
pub(super) fn select(begun: Statement, county: &str) -> Statement {
    begun
        .then(
            "select p.owner as owner, name, name_key as page_key, id_masked, household, p.division as division, \
         p.register as register, life, sex, birth, phone, id_state, h.address as address, p.counts_as as kept from person p \
         left join household h on h.county = p.county and h.owner = p.household where p.county = ",
        )
        .bind(county)
}

/// A line of what [`select`] asks.
pub(super) fn read(found: &AnyRow, tree: &Tree) -> Result<PersonRow, ServerError> {
    let owner: String = found.try_get("owner")?;
    let id = |column: &'static str| -> Result<Option<RecordId>, ServerError> {
        let there = found.try_get::<Option<String>, _>(column)?.is_some();
        if there { row::parse(found, "person", column, &owner).map(Some) } else { Ok(None) }
    };
    Ok(PersonRow {
        id: row::parse(found, "person", "owner", &owner)?,
        name: found.try_get("name")?,
        id_masked: found.try_get("id_masked")?,
        division: id("division")?.map(|id| DivisionRef::of(tree, id)),
        household: id("household")?.map(|id| id.0),
        register: found.try_get("register")?,
        life: found.try_get("life")?,
        sex: found.try_get("sex")?,
        birth: found.try_get("birth")?,
        phone: found.try_get("phone")?,
        address: found.try_get("address")?,
        id_state: found.try_get("id_state")?,
        merged_into: id("kept")?.map(|id| id.0),
    })
}
