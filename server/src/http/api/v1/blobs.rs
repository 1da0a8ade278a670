//! `POST /api/v1/blobs`: begins or finds the upload of a photo. Messages are `bianfang_protocol::blob`.

pub mod sha256;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bianfang_protocol::blob::{BlobRequest, BlobResponse};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::media::MediaError;

/// Where the upload stands; with the receipt where nothing is left to send.
///
/// # Errors
/// `blob-name`, `blob-length`, `storage-full`.
#[utoipa::path(post, path = "/api/v1/blobs", request_body(content = serde_json::Value, description = "BlobRequest"), responses(
    (status = 200, description = "BlobResponse", body = serde_json::Value),
    (status = 422, description = "blob-name, blob-length")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Json(request): Json<BlobRequest>,
) -> Result<Json<BlobResponse>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let folder = app.photos(&caller.county);
    let blobs = app.blobs(&caller, &keys, &folder);
    blobs.create(&caller.actor(), &request.sha256, request.length).await.map(Json).map_err(refused)
}

/// What a caller is told of an upload that failed.
fn refused(error: MediaError) -> HttpError {
    match error {
        MediaError::Server(error) => HttpError::Internal(error),
        MediaError::File(error) if error.kind() == std::io::ErrorKind::StorageFull => {
            HttpError::Known(Code::StorageFull)
        }
        MediaError::File(source) => HttpError::from(crate::ServerError::File { path: "photos".into(), source }),
        MediaError::Ended(_) => HttpError::from(crate::ServerError::Task),
        MediaError::Name => HttpError::Known(Code::BlobName),
        MediaError::Length | MediaError::TooLong { .. } | MediaError::Announced { .. } => {
            HttpError::Known(Code::BlobLength)
        }
        MediaError::Unknown => HttpError::Known(Code::NotFound),
        MediaError::Offset { expected } => HttpError::Expected(Code::BlobOffset, expected),
        MediaError::Hash => HttpError::Known(Code::BlobHash),
    }
}
