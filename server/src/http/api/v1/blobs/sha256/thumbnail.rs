//! `GET /api/v1/blobs/{sha256}/thumbnail`: a small picture for lists, made when it is first asked for.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;

use super::{file, refused};
use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::media::thumbnail;

/// JPEG, 320 pixels at its longest side.
///
/// # Errors
/// `not-found` as for the photo itself, and where no picture can be made of it.
#[utoipa::path(get, path = "/api/v1/blobs/{sha256}/thumbnail", params(("sha256" = String, Path)), responses(
    (status = 200, description = "The thumbnail", body = Vec<u8>, content_type = "image/jpeg"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(sha256): Path<String>,
    request: Request,
) -> Result<Response, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let folder = app.photos(&caller.county);
    let path = app.blobs(&caller, &keys, &folder).read(&caller.actor(), &sha256).await.map_err(refused)?;
    let made = thumbnail::of(&path).await.map_err(refused)?;
    file(&made.ok_or(HttpError::Known(Code::NotFound))?, request).await
}
