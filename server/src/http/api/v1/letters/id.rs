//! `GET /api/v1/letters/{id}`: one merit letter with its steps.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::lists::letter::{self, LetterView};

/// The letter.
///
/// # Errors
/// `not-found` where there is no such letter in the caller's divisions.
#[utoipa::path(get, path = "/api/v1/letters/{id}", params(("id" = Uuid, Path)), responses(
    (status = 200, body = LetterView),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<LetterView>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let found = letter::view(app.desk(&caller, &keys), &caller.actor(), RecordId(id)).await?;
    found.map(Json).ok_or(HttpError::Known(Code::NotFound))
}
