//! `GET /api/v1/plaques`: the plaque register, by state, to search in.

pub mod figures;
pub mod id;
pub mod requests;
pub mod stock;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::after::search;
use crate::http::place::{Place, PlaceQuery};
use crate::http::problem::HttpError;
use crate::lists::plaques::{self, PlaquePage, StateCount};

/// What is looked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct PlaquesParams {
    /// Part of the head's name, of its pinyin, or of the address.
    pub search: Option<String>,
    /// PENDING, HUNG …; else all.
    pub state: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlaquesView {
    /// Households by state, whatever is searched for.
    pub counts: Vec<StateCount>,
    /// One page.
    #[serde(flatten)]
    pub page: PlaquePage,
}

/// At most fifty, by the head's name.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/plaques", params(PlaquesParams, PlaceQuery), responses(
    (status = 200, body = PlaquesView),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
    Query(asked): Query<PlaquesParams>,
) -> Result<Json<PlaquesView>, HttpError> {
    let conn = &mut *app.db.pool().acquire().await?;
    let counts = plaques::counts(conn, &caller.county, divisions.clone()).await?;
    let search = search(divisions, (&asked.search, &asked.state), &asked.after)?;
    let page = plaques::page(conn, &caller.county, (&tree, caller.role), search).await?;
    Ok(Json(PlaquesView { counts, page }))
}
