//! `GET /api/v1/people/{id}/history`: what happened to each field of a person.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::register::history::{self, History};

/// Who set which field when, from what to what; newest first.
///
/// # Errors
/// `not-found` where there is no such person in the caller's divisions.
#[utoipa::path(get, path = "/api/v1/people/{id}/history", params(("id" = Uuid, Path)), responses(
    (status = 200, body = History),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<History>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let told = history::of(app.desk(&caller, &keys), &caller.actor(), (RecordId(id), "person")).await?;
    told.map(Json).ok_or(HttpError::Known(Code::NotFound))
}
