//! `GET /api/v1/coverage`: who has been reached in a division and a window, and in each division below it.

pub mod behind;
pub mod people;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use bianfang_domain::coverage::{Coverage, Filter};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::DivisionRef;
use crate::http::place::{OnePlace, OnePlaceQuery};
use crate::http::problem::HttpError;
use crate::http::question::ask;
use crate::report;

/// When, of what.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
pub struct CoverageParams {
    /// First day, `2026-01-01`; else of this year.
    pub from: Option<String>,
    /// Last day; else of this year.
    pub to: Option<String>,
    /// A past feed number: the figures as they were then.
    pub as_of: Option<u64>,
    /// By the borders of this day, `2026-01-01`; else of the window's last.
    pub tree_on: Option<String>,
    /// Only people of this category.
    pub category: Option<String>,
    /// Only contacts with this kind of work.
    pub work_type: Option<String>,
    /// Only contacts by this method.
    pub method: Option<String>,
}

/// The figures of one division.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FiguresView {
    /// 应访
    pub denominator: u64,
    /// 已访: the next three together.
    pub reached: u64,
    /// 见面
    pub in_person: u64,
    /// 电话视频
    pub remote: u64,
    /// 只见家属
    pub family: u64,
    /// Of the reached, not yet looked at by a reviewer.
    pub unreviewed: u64,
    /// Of the reached, those whom only contacts reach of which a sheet did not say the result or the method.
    pub assumed: u64,
    /// 走访未见
    pub tried: u64,
    /// 未访
    pub not_yet: u64,
    /// Held entries: in no other figure.
    pub held: u64,
    /// Reached, and not in the denominator of the last day: with `reached` everybody who was reached.
    pub outside: u64,
    /// Of the denominator, those entered in the register after the last day.
    pub entered_after: u64,
}

/// A division directly below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PartView {
    /// Which.
    pub division: DivisionRef,
    /// With all below it.
    pub figures: FiguresView,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CoverageView {
    /// The division.
    pub division: DivisionRef,
    /// From the caller's topmost down to it.
    pub path: Vec<DivisionRef>,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The feed number the figures are of.
    pub feed: u64,
    /// As asked.
    pub as_of: Option<u64>,
    /// The division with all below it.
    pub total: FiguresView,
    /// By name.
    pub parts: Vec<PartView>,
}

impl From<&Coverage> for FiguresView {
    fn from(figure: &Coverage) -> Self {
        Self {
            denominator: figure.denominator,
            reached: figure.reached(),
            in_person: figure.in_person,
            remote: figure.remote,
            family: figure.family,
            unreviewed: figure.unreviewed,
            assumed: figure.assumed,
            tried: figure.tried,
            not_yet: figure.not_yet,
            held: figure.held,
            outside: figure.outside,
            entered_after: figure.entered_after,
        }
    }
}

/// The figures, now or as of a past feed number.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/coverage", params(OnePlaceQuery, CoverageParams), responses(
    (status = 200, body = CoverageView),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    place: OnePlace,
    Query(asked): Query<CoverageParams>,
) -> Result<Json<CoverageView>, HttpError> {
    let asked_of = (place, asked.from.as_deref(), asked.to.as_deref());
    let filter = Filter { category: asked.category, work_type: asked.work_type, method: asked.method };
    let (mut checked, mut county) = ask(&app, &caller, asked_of, asked.as_of, filter).await?;
    checked.by_borders_of(asked.tree_on.as_deref())?;
    let figures = report::coverage(&mut county, checked.question(&caller.county)).await?;
    let OnePlace { tree, division, .. } = &checked.place;
    let mut parts: Vec<PartView> = figures
        .parts
        .iter()
        .map(|(id, figure)| PartView { division: DivisionRef::of(tree, *id), figures: figure.into() })
        .collect();
    parts.sort_by_cached_key(|part| part.division.by_name());
    Ok(Json(CoverageView {
        division: DivisionRef::of(tree, *division),
        path: DivisionRef::path(tree, &caller.scope, *division),
        from: checked.window.from.to_string(),
        to: checked.window.to.to_string(),
        feed: checked.feed,
        as_of: asked.as_of,
        total: (&figures.total).into(),
        parts,
    }))
}
