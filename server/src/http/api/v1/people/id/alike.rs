//! `GET /api/v1/people/{id}/alike`: who may be the same person under another record.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::lists::alike::{self, Alike};

/// At most twenty, the likeliest first.
///
/// # Errors
/// `not-found` where there is no such person in the caller's divisions.
#[utoipa::path(get, path = "/api/v1/people/{id}/alike", params(("id" = Uuid, Path)), responses(
    (status = 200, body = Vec<Alike>),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<Alike>>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let alike = alike::of(app.desk(&caller, &keys), &caller.actor(), RecordId(id)).await?;
    alike.map(Json).ok_or(HttpError::Known(Code::NotFound))
}
