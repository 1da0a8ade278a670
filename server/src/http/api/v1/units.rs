//! `GET /api/v1/units`: units 单位 by kind, to search in.

pub mod id;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::after::search;
use crate::http::place::{Place, PlaceQuery};
use crate::http::problem::HttpError;
use crate::lists::plaques::StateCount;
use crate::lists::units::{self, UnitPage};

/// What is looked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct UnitsParams {
    /// Part of the name or of its pinyin.
    pub search: Option<String>,
    /// EMPLOYER, FORCES …; else all.
    pub unit_kind: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UnitsView {
    /// How many of each, whatever is searched for.
    pub counts: Vec<StateCount>,
    /// One page.
    #[serde(flatten)]
    pub page: UnitPage,
}

/// At most fifty, by name; those taken out are not among them.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/units", params(UnitsParams, PlaceQuery), responses(
    (status = 200, body = UnitsView),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
    Query(asked): Query<UnitsParams>,
) -> Result<Json<UnitsView>, HttpError> {
    let conn = &mut *app.db.pool().acquire().await?;
    let counts = units::counts(conn, &caller.county, &divisions).await?;
    let search = search(divisions, (&asked.search, &asked.unit_kind), &asked.after)?;
    let page = units::page(conn, (&caller.county, &tree), search).await?;
    Ok(Json(UnitsView { counts, page }))
}
