//! `GET /api/v1/plaques/requests`: requests for replacement, reissue or a first plaque on their way.

pub mod id;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::after::given;
use crate::http::place::{Place, PlaceQuery};
use crate::http::problem::HttpError;
use crate::lists::plaques::{self, RequestRow, Requests};

/// Which.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct PlaqueRequestsParams {
    /// APPLIED, VILLAGE_OK …; else all.
    pub state: Option<String>,
    /// Part of the head's or the applicant's name.
    pub search: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RequestsView {
    /// The longest waiting first, at most 500.
    pub rows: Vec<RequestRow>,
}

/// The requests.
///
/// # Errors
/// `not-found` for a division outside the caller's.
#[utoipa::path(get, path = "/api/v1/plaques/requests", params(PlaqueRequestsParams, PlaceQuery), responses(
    (status = 200, body = RequestsView),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
    Query(asked): Query<PlaqueRequestsParams>,
) -> Result<Json<RequestsView>, HttpError> {
    let conn = &mut *app.db.pool().acquire().await?;
    let state = given(&asked.state);
    let text = asked.search.as_deref().unwrap_or_default();
    let which = Requests { divisions, state, text, ..Requests::default() };
    let rows = plaques::requests(conn, &caller.county, (&tree, caller.role), which).await?;
    Ok(Json(RequestsView { rows }))
}
