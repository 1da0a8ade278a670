//! `GET /api/v1/coverage/people`: the people behind a figure.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use bianfang_domain::coverage::Filter;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::DivisionRef;
use crate::http::after::mark;
use crate::http::place::{OnePlace, OnePlaceQuery};
use crate::http::problem::HttpError;
use crate::http::question::ask;
use crate::report::{self, WhichFigure};

/// Which figure, and when.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
pub struct CoveragePeopleParams {
    /// First day; else of this year.
    pub from: Option<String>,
    /// Last day; else of this year.
    pub to: Option<String>,
    /// denominator | reached | in_person | remote | family | unreviewed | assumed | tried | not_yet | held | outside |
    /// entered_after
    #[param(value_type = String)]
    pub which: WhichFigure,
    /// `next` of the page before.
    pub after: Option<String>,
    /// A past feed number: the people behind the figures as they were then.
    pub as_of: Option<u64>,
    /// By the borders of this day; else of the window's last.
    pub tree_on: Option<String>,
    /// Only people of this category.
    pub category: Option<String>,
    /// Only contacts with this kind of work.
    pub work_type: Option<String>,
    /// Only contacts by this method.
    pub method: Option<String>,
}

/// One person behind the figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ListedView {
    /// The person.
    pub person: Uuid,
    /// 姓名
    pub name: String,
    /// The responsible division.
    pub division: DivisionRef,
    /// 3 met, 2 by telephone or video, 1 family only, 0 tried; none: not yet.
    pub level: Option<i64>,
    /// Held entries in the window.
    pub held: i64,
    /// Why they are not in the denominator: DIED | REMOVED | NOT_ACTIVE | CATEGORY (of none that the rule asks about) | CHANGED.
    pub why: Option<String>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ListedPage {
    /// At most a hundred, by name.
    pub rows: Vec<ListedView>,
    /// Pass it as `after`; none at the end.
    pub next: Option<String>,
}

/// The list.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/coverage/people", params(OnePlaceQuery, CoveragePeopleParams), responses(
    (status = 200, body = ListedPage),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    place: OnePlace,
    Query(asked): Query<CoveragePeopleParams>,
) -> Result<Json<ListedPage>, HttpError> {
    let after = mark(asked.after.as_deref())?;
    let asked_of = (place, asked.from.as_deref(), asked.to.as_deref());
    let filter =
        Filter { category: asked.category.clone(), work_type: asked.work_type.clone(), method: asked.method.clone() };
    let (mut checked, mut county) = ask(&app, &caller, asked_of, asked.as_of, filter).await?;
    checked.by_borders_of(asked.tree_on.as_deref())?;
    let question = checked.question(&caller.county);
    let (rows, next) = report::list(&mut county, question, asked.which, after).await?;
    let view = |row: report::FigurePerson| ListedView {
        person: row.person.0,
        name: row.name,
        division: DivisionRef::of(&checked.place.tree, row.division),
        level: row.level,
        held: row.held,
        why: row.why,
    };
    Ok(Json(ListedPage { rows: rows.into_iter().map(view).collect(), next }))
}
