//! The list of people: part of a name or of its pinyin, the end of a telephone number, a whole id number, a state of the
//! register, a division with all below it, page by page. A part of an id number finds nobody: asked for one after another, its
//! hidden digits would be told.

use bianfang_domain::actor::{Actor, Right};
use bianfang_domain::document::text_in;
use bianfang_domain::id::RecordId;
use bianfang_domain::id_number::IdNumber;
use bianfang_domain::kind;
use bianfang_domain::mask;
use bianfang_domain::record::Record;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::paging::{self, Search};
use crate::ServerError;
use crate::county::Desk;
use crate::county::DivisionRef;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::Statement;
use crate::feed::show;
use crate::records::read as records;

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
    /// 出生日期 to the month: with the next two, what tells two of one name apart.
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
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    (caller, tree): (&Actor, &Tree),
    search: Search<'_>,
) -> Result<PeoplePage, ServerError> {
    let (text, like) = (search.plain(), search.like());
    let mut asked = select(paging::begin(), desk.county)
        .then(" and p.division in ")
        .list(search.divisions.iter().copied())
        .then(" and (name like ")
        .bind(&like)
        .then(" escape '!' or replace(name_key, ' ', '') like ")
        .bind(&like)
        .then(" escape '!'");
    if let Some(name) = search.like_name() {
        asked = asked.then(" or name_matched like ").bind(name).then(" escape '!'");
    }
    for phone in phones(&text) {
        asked = asked.then(" or p.phone like ").bind(phone);
    }
    if let Ok(number) = IdNumber::parse(&text) {
        let print = desk.number_print(number.reveal());
        let waiting = waiting(desk, conn, (&search.divisions, &print)).await?;
        asked = asked.then(" or p.id_print = ").bind(&print).then(" or p.owner in ").list(waiting);
    }
    asked = asked.then(")");
    if let Some(state) = search.state {
        asked = asked.then(" and p.counts_as is null and p.register = ").bind(state);
    }
    let (rows, next) = paging::rows(asked, search.after, conn).await?;
    let mut rows = rows.iter().map(|found| read(found, tree)).collect::<Result<Vec<_>, ServerError>>()?;
    as_seen(desk, conn, caller, &mut rows).await?;
    Ok(PeoplePage { rows, next })
}

/// What a telephone number's mask must look like: by its last three or four digits, which show, or by all of it, written with
/// hyphens or without.
fn phones(text: &str) -> Vec<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let number = digits.chars().all(|c| c.is_ascii_digit());
    match digits.len() {
        3..=4 if number => vec![format!("%{digits}")],
        7..=12 if number => vec![mask::phone(&digits), mask::phone(text)],
        _ => Vec::new(),
    }
}

/// Those of these divisions with whom a number waits beside, because it is another's: who looks for it finds them as well,
/// and finding tells nobody whether it is.
async fn waiting(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    (divisions, print): (&[RecordId], &str),
) -> Result<Vec<RecordId>, ServerError> {
    let suspect = |asked: Statement| {
        asked
            .then(" and id in (select owner from person where id_state = 'SUSPECT' and county = ")
            .bind(desk.county)
            .then(" and division in ")
            .list(divisions.iter().copied())
            .then(")")
    };
    let found = records::list(conn, desk.county, suspect).await?;
    let has = |record: &Record| record.meta.beside.iter().any(|beside| beside.fingerprint.as_deref() == Some(print));
    Ok(found.into_iter().filter(has).map(|record| record.id).collect())
}

/// Rows made from the projections, where the record shows otherwise to a role: a number that is somebody else's, to who is not
/// to know that.
pub(super) async fn as_seen(
    desk: Desk<'_>,
    conn: &mut AnyConnection,
    caller: &Actor,
    rows: &mut [PersonRow],
) -> Result<(), ServerError> {
    if caller.role.may(Right::Reveal) {
        return Ok(());
    }
    let suspect = rows.iter().filter(|row| row.id_state.as_deref() == Some("SUSPECT"));
    let ids: Vec<RecordId> = suspect.map(|row| RecordId(row.id)).collect();
    for record in records::get_many(conn, desk.county, ids).await? {
        let record = show::masked(caller, record);
        for row in rows.iter_mut().filter(|row| row.id == record.id.0) {
            row.id_masked = text_in(&record.doc, "id_number").map(str::to_owned);
            row.id_state = serde_json::to_value(kind::id_state(&record))?.as_str().map(str::to_owned);
        }
    }
    Ok(())
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
        id_masked: found.try_get::<Option<String>, _>("id_masked")?.map(|number| mask::id_number(&number)),
        division: id("division")?.map(|id| DivisionRef::of(tree, id)),
        household: id("household")?.map(|id| id.0),
        register: found.try_get("register")?,
        life: found.try_get("life")?,
        sex: found.try_get("sex")?,
        birth: found.try_get::<Option<String>, _>("birth")?.map(|birth| mask::birth(&birth)),
        phone: found.try_get("phone")?,
        address: found.try_get("address")?,
        id_state: found.try_get("id_state")?,
        merged_into: id("kept")?.map(|id| id.0),
    })
}
