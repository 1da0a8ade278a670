//! `GET /api/v1/review`: the contacts that wait for a person, with the reason.

pub mod id;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};

use super::holding::HoldingParams;
use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::after::mark;
use crate::http::place::{Place, PlaceQuery};
use crate::http::problem::HttpError;
use crate::lists::review::{self, LookPage};

/// At most fifty contacts, newest change first. What is not here and not returned is accepted by itself.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/review", params(HoldingParams, PlaceQuery), responses(
    (status = 200, body = LookPage),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
    Query(asked): Query<HoldingParams>,
) -> Result<Json<LookPage>, HttpError> {
    let mut conn = app.db.pool().acquire().await?;
    let after = mark(asked.after.as_deref())?;
    let keys = app.county_keys(&caller.county)?;
    let desk = app.desk(&caller, &keys);
    Ok(Json(review::page(desk, &mut conn, (&caller.actor(), &tree), &divisions, after.as_ref()).await?))
}
