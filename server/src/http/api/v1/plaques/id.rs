//! `GET /api/v1/plaques/{id}`: one household's plaque with its records and what may be done.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::lists::plaque::{self, PlaqueView};

/// The plaque.
///
/// # Errors
/// `not-found` where there is no such household in the caller's divisions.
#[utoipa::path(get, path = "/api/v1/plaques/{id}", params(("id" = Uuid, Path, description = "the household")), responses(
    (status = 200, body = PlaqueView),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<PlaqueView>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let found = plaque::view(app.desk(&caller, &keys), &caller.actor(), RecordId(id)).await?;
    found.map(Json).ok_or(HttpError::Known(Code::NotFound))
}
