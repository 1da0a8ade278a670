//! `GET /api/v1/due`: who is due in a division today, why and since when. Computed, never stored.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use bianfang_domain::due::Due;
use bianfang_domain::time::Day;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::DivisionRef;
use crate::db::page::{LONG_PAGE, cut};
use crate::http::after::mark;
use crate::http::place::{OnePlace, OnePlaceQuery};
use crate::http::problem::HttpError;
use crate::report::due;

/// From where.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
pub struct DueParams {
    /// Rows to leave out from the beginning: `next` of the page before.
    #[param(value_type = Option<usize>)]
    pub after: Option<String>,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DueReason {
    /// RETURNED | MUST | NEED | ASSIGNED | FOLLOW_UP | KEY_DATE | CADENCE
    pub why: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
    /// The trigger, the class, the kind of need, the reason of an assignment.
    pub code: Option<String>,
    /// A visit at home, not any contact.
    pub visit: bool,
    /// `2026-01-31`
    pub since: String,
    /// The last day, where there is one.
    pub by: Option<String>,
    /// The returned contact, the assignment, the letter or the need.
    pub record: Option<Uuid>,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DueView {
    /// The person.
    pub person: Uuid,
    /// 姓名
    pub name: String,
    /// The division that owes the visit.
    pub division: DivisionRef,
    /// The most pressing first.
    pub due: Vec<DueReason>,
    /// Who has taken them today.
    pub taken: Vec<String>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DuePage {
    /// The day it is of.
    pub day: String,
    /// Everybody who is due.
    pub total: usize,
    /// The most pressing first.
    pub rows: Vec<DueView>,
    /// Pass it as `after` for the next page; none at the end.
    pub next: Option<usize>,
}

fn reason(due: &Due) -> DueReason {
    let (zh, en) = due.why.words();
    DueReason {
        why: due.why.code().to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
        code: due.code.clone(),
        visit: due.visit,
        since: due.since.to_string(),
        by: due.by.map(|day| day.to_string()),
        record: due.record.map(|record| record.0),
    }
}

/// The list.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/due", params(OnePlaceQuery, DueParams), responses(
    (status = 200, body = DuePage),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    OnePlace { tree, division, .. }: OnePlace,
    Query(asked): Query<DueParams>,
) -> Result<Json<DuePage>, HttpError> {
    let after: usize = mark(asked.after.as_deref())?.unwrap_or(0);
    let mut conn = app.db.pool().acquire().await?;
    let today = Day::of(app.now_ms());
    let found = due::due(&mut conn, &caller.county, tree.below(&[division]), today).await?;
    let view = |row: &due::DueEntry| DueView {
        person: row.person.0,
        name: row.name.clone(),
        division: DivisionRef::of(&tree, row.division),
        due: row.listed.due.iter().map(reason).collect(),
        taken: row.listed.taken.clone(),
    };
    let mut rows: Vec<&due::DueEntry> = found.iter().skip(after).take(LONG_PAGE + 1).collect();
    let next = cut(&mut rows, LONG_PAGE, |_| after + LONG_PAGE);
    Ok(Json(DuePage { day: today.to_string(), total: found.len(), rows: rows.into_iter().map(view).collect(), next }))
}
