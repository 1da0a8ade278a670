//! `GET /api/v1/records/{kind}/{id}/history`: what happened to a record of any kind, field by field.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::lists::history::{self, History};

/// Who set which field when, from what to what; newest first.
///
/// # Errors
/// `not-found` where the caller may see no such record: unknown, of another kind, of a kind that is not theirs to read, or
/// outside their divisions.
#[utoipa::path(get, path = "/api/v1/records/{kind}/{id}/history", params(
    ("kind" = String, Path, description = "person, household, contact …"),
    ("id" = Uuid, Path)
), responses(
    (status = 200, body = History),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path((kind, id)): Path<(String, Uuid)>,
) -> Result<Json<History>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let told = history::of(app.desk(&caller, &keys), &caller.actor(), (RecordId(id), &kind)).await?;
    told.map(Json).ok_or(HttpError::Known(Code::NotFound))
}
