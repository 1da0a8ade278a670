//! `GET /api/v1/suggestions/{id}`: one of them with its steps.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::lists::suggestions::{self, SuggestionView};

/// The suggestion.
///
/// # Errors
/// `not-found` where there is none that the caller may see.
#[utoipa::path(get, path = "/api/v1/suggestions/{id}", params(("id" = Uuid, Path)), responses(
    (status = 200, body = SuggestionView),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<SuggestionView>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let found = suggestions::view(app.desk(&caller, &keys), &caller.actor(), RecordId(id)).await?;
    found.map(Json).ok_or(HttpError::Known(Code::NotFound))
}
