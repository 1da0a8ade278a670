//! `GET /api/v1/units/{id}`: one unit.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::lists::units::{self, UnitView};

/// Also one that was taken out.
///
/// # Errors
/// `not-found` where there is none in the caller's divisions.
#[utoipa::path(get, path = "/api/v1/units/{id}", params(("id" = Uuid, Path)), responses(
    (status = 200, body = UnitView),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<UnitView>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let found = units::view(app.desk(&caller, &keys), &caller.actor(), RecordId(id)).await?;
    found.map(Json).ok_or(HttpError::Known(Code::NotFound))
}
