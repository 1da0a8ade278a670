//! `GET /api/v1/households/{id}`: one household's page.

pub mod acts;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::lists::household::{self, HouseholdPage};

/// The page.
///
/// # Errors
/// `not-found` where there is no such household in the caller's divisions.
#[utoipa::path(get, path = "/api/v1/households/{id}", params(("id" = Uuid, Path)), responses(
    (status = 200, body = HouseholdPage),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<HouseholdPage>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let page = household::page(app.desk(&caller, &keys), &caller.actor(), RecordId(id)).await?;
    page.map(Json).ok_or(HttpError::Known(Code::NotFound))
}
