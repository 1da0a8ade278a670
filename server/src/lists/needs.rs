//! Needs 诉求: those of some divisions or owned there, open ones by the day they are due, and one of them with its steps. Who
//! owns a need of another village sees it here; the person's record stays where it lies.

use std::collections::BTreeMap;

use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::document::{Document, id_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::kind;
use bianfang_domain::kind::need::step;
use bianfang_domain::kind::need::turn::overdue;
use bianfang_domain::time::Day;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::counted;
use super::holding::{self, HeldItem};
use super::offers;
use super::paging::{self, Search};
use super::plaques::{StateCount, day_in, id_in as id_of};
use super::steps::{self, StepEntry};
use crate::ServerError;
use crate::county::tree::Tree;
use crate::county::{Desk, DivisionRef};
use crate::db::row;
use crate::db::sql::Statement;
use crate::feed;
use crate::records::{read, scope};

const KIND: &str = "need";

/// 诉求
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NeedRow {
    /// Its record.
    pub id: Uuid,
    /// 姓名, as it was told.
    pub called: String,
    /// Whose it is, where they lie in the caller's divisions.
    pub person: Option<Uuid>,
    /// Whose household's it is, where that lies in the caller's divisions.
    pub household: Option<Uuid>,
    /// Where they live.
    pub division: Option<DivisionRef>,
    /// POLICY, MEDICAL, HOUSING …
    pub need_type: String,
    /// RED | YELLOW | BLUE
    pub urgency: String,
    /// 诉求内容
    pub asked: String,
    /// FOUND | REGISTERED | …
    pub state: String,
    /// Somebody waits for an answer.
    pub open: bool,
    /// Open after its last day.
    pub overdue: bool,
    /// Who handles it.
    pub owner: Option<DivisionRef>,
    /// As `2026-01-31`.
    pub found_on: Option<String>,
    /// As `2026-01-31`.
    pub due_on: Option<String>,
    /// As `2026-01-31`.
    pub closed_on: Option<String>,
    /// The visit in which it was heard.
    pub raised_in: Option<Uuid>,
    /// The visit in which it was closed.
    pub closed_in: Option<Uuid>,
    /// REGISTERED, RESOLVED …: the steps the caller may take now.
    pub may: Vec<String>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NeedPage {
    /// At most fifty: open ones first, by the day they are due, the urgent first.
    pub rows: Vec<NeedRow>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct NeedView {
    /// As the list has it.
    pub row: NeedRow,
    /// The base of the next change.
    pub revision: u64,
    /// What the record says.
    #[schema(value_type = Object)]
    pub fields: Document,
    /// Oldest first.
    pub steps: Vec<StepEntry>,
    /// Values that wait beside a field.
    pub waiting: Vec<HeldItem>,
}

/// What is looked for beside the search.
#[derive(Debug, Clone, Copy, Default)]
pub struct NeedFilter<'a> {
    /// A kind of need.
    pub need_type: Option<&'a str>,
    /// RED | YELLOW | BLUE
    pub urgency: Option<&'a str>,
    /// Open and past its day.
    pub overdue: bool,
    /// Of one person or household.
    pub about: Option<RecordId>,
}

const SELECT: &str = "select owner, turn as page_key, person, household, called, need_type, urgency, asked, state, held_by, \
     found_day, due_day, closed_day, raised_in, closed_in, open, counts from need where";

/// The state of a search that asks for all that is open.
const OPEN: &str = "OPEN";

/// Those of the search's divisions.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn page(
    conn: &mut AnyConnection,
    (county, tree): (&str, &Tree),
    (caller, today): (&Actor, Day),
    (search, filter): (Search<'_>, NeedFilter<'_>),
) -> Result<NeedPage, ServerError> {
    let like = search.like();
    let mut ask = counted::lying(paging::begin().then(SELECT), county, KIND, &search.divisions);
    ask = match search.state {
        Some(OPEN) => ask.then(" and open = 1"),
        Some(state) => ask.then(" and state = ").bind(state),
        None => ask,
    };
    for (column, value) in [(" and need_type = ", filter.need_type), (" and urgency = ", filter.urgency)] {
        if let Some(value) = value {
            ask = ask.then(column).bind(value);
        }
    }
    // `overdue` of the domain, asked of the database.
    if filter.overdue {
        ask = ask.then(" and open = 1 and due_day < ").bind(i64::from(today.0));
    }
    if let Some(about) = filter.about {
        ask = ask.then(" and (person = ").bind(about).then(" or household = ").bind(about).then(")");
    }
    if !search.plain().is_empty() {
        ask = ask.then(" and (called like ").bind(&like).then(" escape '!' or replace(called_key, ' ', '') like ");
        ask = ask.bind(&like).then(" escape '!' or lower(asked) like ").bind(&like).then(" escape '!')");
    }
    let (found, next) = paging::rows(ask, search.after, conn).await?;
    Ok(NeedPage { rows: rows(conn, (county, tree), (caller, today), &found).await?, next })
}

/// How many are in each state.
///
/// # Errors
/// [`ServerError::Database`].
pub async fn counts(
    conn: &mut AnyConnection,
    county: &str,
    divisions: &[RecordId],
) -> Result<Vec<StateCount>, ServerError> {
    let ask = Statement::new("select state, cast(count(*) as bigint) as n from need where");
    counted::read(counted::lying(ask, county, KIND, divisions), conn).await
}

/// One that lies in the caller's divisions or is owned there; None where there is none for this caller.
///
/// # Errors
/// [`ServerError::Database`], [`ServerError::Row`].
pub async fn view(desk: Desk<'_>, caller: &Actor, id: RecordId) -> Result<Option<NeedView>, ServerError> {
    let Some(record) = feed::masked(desk, caller, id).await?.filter(|record| record.kind == KIND) else {
        return Ok(None);
    };
    let conn = &mut *desk.db.pool().acquire().await?;
    let tree = Tree::load(conn, desk.county).await?;
    let ask = Statement::new(SELECT).then(" county = ").bind(desk.county).then(" and owner = ").bind(id);
    let found = ask.all(conn).await?;
    let mut rows = rows(conn, (desk.county, &tree), (caller, Day::of(desk.now_ms)), &found).await?;
    let Some(row) = rows.pop() else { return Ok(None) };
    Ok(Some(NeedView {
        row,
        revision: record.revision,
        steps: steps::of(conn, desk.county, (id, "need_step")).await?,
        waiting: holding::of(desk, conn, (caller, &tree), &record).await?,
        fields: record.doc,
    }))
}

async fn rows(
    conn: &mut AnyConnection,
    (county, tree): (&str, &Tree),
    (caller, today): (&Actor, Day),
    found: &[AnyRow],
) -> Result<Vec<NeedRow>, ServerError> {
    let mut whose = Vec::new();
    for found in found {
        whose.extend(id_of(found, "person")?);
        whose.extend(id_of(found, "household")?);
    }
    let seen = scope::within(conn, county, &tree.below(&caller.scope), &whose).await?;
    let places: BTreeMap<RecordId, Option<RecordId>> = read::get_many(conn, county, whose)
        .await?
        .into_iter()
        .map(|record| {
            let person = record.kind == "person";
            let of_home = || id_in(&record.doc, "division");
            (record.id, if person { kind::responsible_on(&record, Day::MAX) } else { of_home() })
        })
        .collect();
    let day = |found: &AnyRow, column: &str| day_in(found, column);
    let row = |found: &AnyRow| -> Result<NeedRow, ServerError> {
        let (person, household) = (id_of(found, "person")?, id_of(found, "household")?);
        let place = [person, household].into_iter().flatten().find_map(|id| places.get(&id).copied().flatten());
        let state: String = found.try_get("state")?;
        let (open, due): (i64, Option<i64>) = (found.try_get("open")?, found.try_get("due_day")?);
        let text = |column: &str| found.try_get::<Option<String>, _>(column).map(Option::unwrap_or_default);
        let stands = found.try_get::<i64, _>("counts")? != 0;
        Ok(NeedRow {
            id: row::parse(found, KIND, "owner", "")?,
            called: text("called")?,
            person: person.filter(|id| seen.contains(id)).map(|id| id.0),
            household: household.filter(|id| seen.contains(id)).map(|id| id.0),
            division: place.map(|id| DivisionRef::of(tree, id)),
            need_type: text("need_type")?,
            urgency: text("urgency")?,
            asked: text("asked")?,
            may: if stands { may(&state, caller.role) } else { Vec::new() },
            open: open == 1,
            overdue: overdue(open == 1, due.and_then(|day| i32::try_from(day).ok()).map(Day), today),
            state,
            owner: id_of(found, "held_by")?.map(|id| DivisionRef::of(tree, id)),
            found_on: day(found, "found_day")?,
            due_on: day(found, "due_day")?,
            closed_on: day(found, "closed_day")?,
            raised_in: id_of(found, "raised_in")?.map(|id| id.0),
            closed_in: id_of(found, "closed_in")?.map(|id| id.0),
        })
    };
    found.iter().map(row).collect()
}

fn may(state: &str, role: Role) -> Vec<String> {
    offers::read(state).map(|state| offers::codes(&step::offers(state, role))).unwrap_or_default()
}
