//! The plaque register: every household with people or a plaque, by state; what the lots hold; requests on their way.

use bianfang_domain::actor::Role;
use bianfang_domain::decision::{Case, CaseKind};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::plaque::eligibility::EligibilityWhy;
use bianfang_domain::time::Day;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::counted;
use super::offers;
use super::paging::{self, Search};
use crate::ServerError;
use crate::county::DivisionRef;
use crate::county::tree::Tree;
use crate::db::row;
use crate::db::sql::{Statement, all_in, number};

/// One household's plaque.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PlaqueRow {
    /// 户
    pub household: Uuid,
    /// 户主姓名
    pub head_name: Option<String>,
    /// 住址
    pub address: Option<String>,
    /// Where it lies.
    pub division: Option<DivisionRef>,
    /// PENDING | HUNG | …
    pub state: String,
    /// Why the household may have one, or not (code).
    pub why: String,
    /// The same in Chinese, for who looks at it.
    pub why_text: Option<&'static str>,
    /// PROACTIVE | APPLIED
    pub basis: Option<String>,
    /// GATE | INDOOR while it hangs.
    pub position: Option<String>,
    /// Since when, as `2026-01-31`.
    pub hung_on: Option<String>,
    /// 补发次数
    pub reissued: i64,
    /// Came back and not destroyed yet.
    pub returned: i64,
    /// ISSUE, NEW …: what the caller may record of it now.
    pub may: Vec<String>,
}

const SELECT: &str = "select p.owner as owner, p.state, p.why, p.basis, p.position, p.hung_on, p.reissued, p.returned, \
     p.division, h.head_name, coalesce(h.head_key, '') as page_key, h.address \
     from plaque p left join household h on h.county = p.county and h.owner = p.owner where p.county = ";

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PlaquePage {
    /// At most fifty.
    pub rows: Vec<PlaqueRow>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<String>,
}

/// The register, by the head's name.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    conn: &mut AnyConnection,
    county: &str,
    (tree, role): (&Tree, Role),
    search: Search<'_>,
) -> Result<PlaquePage, ServerError> {
    let like = search.like();
    let mut ask =
        paging::begin().then(SELECT).bind(county).then(" and p.division in ").list(search.divisions.iter().copied());
    if let Some(state) = search.state {
        ask = ask.then(" and p.state = ").bind(state);
    }
    if !search.plain().is_empty() {
        ask = ask
            .then(" and (h.head_name like ")
            .bind(&like)
            .then(" escape '!' or replace(h.head_key, ' ', '') like ")
            .bind(&like)
            .then(" escape '!' or h.address like ")
            .bind(&like)
            .then(" escape '!')");
    }
    let (rows, next) = paging::rows(ask, search.after, conn).await?;
    let rows = rows.iter().map(|found| read((tree, role), found)).collect::<Result<_, ServerError>>()?;
    Ok(PlaquePage { rows, next })
}

/// One household's row.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn one(
    conn: &mut AnyConnection,
    county: &str,
    (tree, role): (&Tree, Role),
    household: RecordId,
) -> Result<Option<PlaqueRow>, ServerError> {
    let found = Statement::new(SELECT).bind(county).then(" and p.owner = ").bind(household).first(conn).await?;
    found.as_ref().map(|found| read((tree, role), found)).transpose()
}

fn read((tree, role): (&Tree, Role), found: &AnyRow) -> Result<PlaqueRow, ServerError> {
    let owner: String = found.try_get("owner")?;
    let why: String = found.try_get::<Option<String>, _>("why")?.unwrap_or_default();
    let told = serde_json::from_value::<EligibilityWhy>(why.as_str().into()).ok();
    Ok(PlaqueRow {
        household: row::parse(found, "plaque", "owner", &owner)?,
        head_name: found.try_get("head_name")?,
        address: found.try_get("address")?,
        division: id_in(found, "division")?.map(|id| DivisionRef::of(tree, id)),
        state: found.try_get("state")?,
        why,
        why_text: told.map(EligibilityWhy::zh),
        basis: found.try_get("basis")?,
        position: found.try_get("position")?,
        hung_on: day_in(found, "hung_on")?,
        reissued: found.try_get::<Option<i64>, _>("reissued")?.unwrap_or_default(),
        returned: found.try_get::<Option<i64>, _>("returned")?.unwrap_or_default(),
        may: offers::plaque(&found.try_get::<String, _>("state")?, role),
    })
}

/// How many households stand in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct StateCount {
    /// The state.
    pub state: String,
    /// Households.
    pub count: i64,
}

/// Households by state.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn counts(
    conn: &mut AnyConnection,
    county: &str,
    divisions: Vec<RecordId>,
) -> Result<Vec<StateCount>, ServerError> {
    let ask = Statement::new("select state, cast(count(*) as bigint) as n from plaque where county = ").bind(county);
    counted::read(ask.then(" and division in ").list(divisions), conn).await
}

/// A lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LotRow {
    /// The record that brought it, which names it.
    pub lot: Uuid,
    /// The base of the op that takes it back.
    pub revision: u64,
    /// RECEIVED | TRANSFERRED | RETURNED
    pub act: String,
    /// Where it lies.
    pub division: Option<DivisionRef>,
    /// The lot it came from.
    pub from_lot: Option<Uuid>,
    /// Its day, as `2026-01-31`.
    pub day: Option<String>,
    /// Plaques that came with it.
    pub count: i64,
    /// Handed out or put up.
    pub taken: i64,
    /// Left; less than none is a case for reconciliation.
    pub left: i64,
    /// It counts: neither held nor withdrawn.
    pub counts: bool,
    /// TRANSFERRED, RETURNED, DESTROYED: what the caller may do with what is left.
    pub may: Vec<String>,
    /// The open reconciliation case 库存对账, where more was taken than there was.
    pub case: Option<Uuid>,
}

/// The lots of some divisions, newest first.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn lots(
    conn: &mut AnyConnection,
    county: &str,
    (tree, role): (&Tree, Role),
    divisions: Vec<RecordId>,
) -> Result<Vec<LotRow>, ServerError> {
    let rows = Statement::new(
        "select s.owner, s.act, s.division, s.from_lot, s.day, s.count, s.counts, l.taken, l.left_over, r.feed \
         from plaque_stock s join plaque_lot l on l.county = s.county and l.owner = s.owner \
         join record r on r.county = s.county and r.id = s.owner where s.county = ",
    )
    .bind(county)
    .then(" and s.division in ")
    .list(divisions)
    .then(" order by s.day desc, s.owner desc limit 500")
    .all(conn)
    .await?;
    let read = |found: &AnyRow| {
        Ok(LotRow {
            lot: row::parse(found, "plaque_stock", "owner", "")?,
            revision: number(found.try_get("feed")?),
            act: found.try_get("act")?,
            division: id_in(found, "division")?.map(|id| DivisionRef::of(tree, id)),
            from_lot: id_in(found, "from_lot")?.map(|id| id.0),
            day: day_in(found, "day")?,
            count: found.try_get("count")?,
            taken: found.try_get("taken")?,
            left: found.try_get("left_over")?,
            counts: found.try_get::<i64, _>("counts")? != 0,
            may: offers::lot(role),
            case: None,
        })
    };
    let mut lots = rows.iter().map(read).collect::<Result<Vec<LotRow>, ServerError>>()?;
    let case = |lot: Uuid| Case { kind: CaseKind::Stock, subjects: vec![RecordId(lot)], facts: Vec::new() }.id();
    let asked: Vec<String> = lots.iter().map(|lot| case(lot.lot).to_string()).collect();
    let open = all_in(conn, &asked, |part| {
        Statement::new("select owner from case_item where county = ")
            .bind(county)
            .then(" and state = 'OPEN' and owner in ")
            .list(part)
    })
    .await?;
    let open =
        open.iter().map(|found| row::parse(found, "case_item", "owner", "")).collect::<Result<Vec<RecordId>, _>>()?;
    for lot in &mut lots {
        lot.case = Some(case(lot.lot)).filter(|case| open.contains(case)).map(|case| case.0);
    }
    Ok(lots)
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RequestRow {
    /// The request.
    pub id: Uuid,
    /// 户
    pub household: Uuid,
    /// 户主姓名
    pub head_name: Option<String>,
    /// Where it lies.
    pub division: Option<DivisionRef>,
    /// NEW | REISSUE | REPLACE
    pub ask: String,
    /// APPLIED | VILLAGE_OK | …
    pub state: String,
    /// 原因
    pub reason: Option<String>,
    /// 申请人
    pub applicant: Option<String>,
    /// As `2026-01-31`.
    pub applied_on: Option<String>,
    /// VILLAGE_OK, REJECTED …: the opinions the caller may give now.
    pub may: Vec<String>,
}

/// Which requests.
#[derive(Debug, Clone, Default)]
pub struct Requests<'a> {
    /// In these divisions.
    pub divisions: Vec<RecordId>,
    /// In one state.
    pub state: Option<&'a str>,
    /// Part of the head's or the applicant's name.
    pub text: &'a str,
    /// This one alone.
    pub id: Option<RecordId>,
    /// Of this household alone.
    pub household: Option<RecordId>,
}

/// Requests of some divisions, in one state or all, the longest waiting first.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn requests(
    conn: &mut AnyConnection,
    county: &str,
    (tree, role): (&Tree, Role),
    asked: Requests<'_>,
) -> Result<Vec<RequestRow>, ServerError> {
    let mut ask = Statement::new(
        "select r.owner, r.household, r.ask, r.state, r.reason, r.applicant, r.applied_on, h.head_name, h.division \
         from plaque_request r join household h on h.county = r.county and h.owner = r.household where r.counts = 1 \
         and r.county = ",
    )
    .bind(county)
    .then(" and h.division in ")
    .list(asked.divisions.iter().copied());
    if let Some(state) = asked.state {
        ask = ask.then(" and r.state = ").bind(state);
    }
    if let Some(id) = asked.id {
        ask = ask.then(" and r.owner = ").bind(id);
    }
    if let Some(household) = asked.household {
        ask = ask.then(" and r.household = ").bind(household);
    }
    let search = Search { text: asked.text, ..Search::default() };
    if !search.plain().is_empty() {
        let like = search.like();
        ask = ask
            .then(" and (h.head_name like ")
            .bind(&like)
            .then(" escape '!' or replace(h.head_key, ' ', '') like ")
            .bind(&like)
            .then(" escape '!' or r.applicant like ")
            .bind(&like)
            .then(" escape '!')");
    }
    let rows = ask.then(" order by r.applied_on, r.owner limit 500").all(conn).await?;
    let read = |found: &AnyRow| {
        Ok(RequestRow {
            id: row::parse(found, "plaque_request", "owner", "")?,
            household: row::parse(found, "plaque_request", "household", "")?,
            head_name: found.try_get("head_name")?,
            division: id_in(found, "division")?.map(|id| DivisionRef::of(tree, id)),
            ask: found.try_get("ask")?,
            state: found.try_get("state")?,
            reason: found.try_get("reason")?,
            applicant: found.try_get("applicant")?,
            applied_on: day_in(found, "applied_on")?,
            may: offers::request(&found.try_get::<String, _>("state")?, role),
        })
    };
    rows.iter().map(read).collect()
}

/// An id where there is one.
pub(super) fn id_in(found: &AnyRow, column: &'static str) -> Result<Option<RecordId>, ServerError> {
    let there = found.try_get::<Option<String>, _>(column)?.is_some();
    if there { row::parse(found, "plaque", column, "").map(Some) } else { Ok(None) }
}

/// A day where there is one, as `2026-01-31`.
pub(super) fn day_in(found: &AnyRow, column: &str) -> Result<Option<String>, sqlx::Error> {
    let day: Option<i64> = found.try_get(column)?;
    Ok(day.and_then(|day| i32::try_from(day).ok()).map(|day| Day(day).to_string()))
}
