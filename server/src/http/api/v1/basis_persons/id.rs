//! `GET /api/v1/basis_persons/{id}`: one basis person.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::lists::basis_persons::{self, BasisPersonView};

/// Also one that was taken out.
///
/// # Errors
/// `not-found` where there is none in the caller's divisions.
#[utoipa::path(get, path = "/api/v1/basis_persons/{id}", params(("id" = Uuid, Path)), responses(
    (status = 200, body = BasisPersonView),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<BasisPersonView>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let found = basis_persons::view(app.desk(&caller, &keys), &caller.actor(), RecordId(id)).await?;
    found.map(Json).ok_or(HttpError::Known(Code::NotFound))
}
