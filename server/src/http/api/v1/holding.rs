//! `GET /api/v1/holding`: held work, proposals and conflicts. Settled by `POST /api/v1/records` with the item's part.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::after::mark;
use crate::http::place::{Place, PlaceQuery};
use crate::http::problem::HttpError;
use crate::lists::holding::{self, HeldPage};

/// Which.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct HoldingParams {
    /// `next` of the page before.
    pub after: Option<String>,
}

/// The parts of at most fifty records, newest change first.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/holding", params(HoldingParams, PlaceQuery), responses(
    (status = 200, body = HeldPage),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
    Query(asked): Query<HoldingParams>,
) -> Result<Json<HeldPage>, HttpError> {
    let mut conn = app.db.pool().acquire().await?;
    let after = mark(asked.after.as_deref())?;
    let keys = app.county_keys(&caller.county)?;
    let desk = app.desk(&caller, &keys);
    Ok(Json(holding::page(desk, &mut conn, (&caller.actor(), &tree), &divisions, after.as_ref()).await?))
}
