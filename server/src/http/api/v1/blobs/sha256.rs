//! `/api/v1/blobs/{sha256}`: photo bytes at once (PUT), in pieces (HEAD, PATCH), and back again (GET).

pub mod thumbnail;

use std::path::Path as FilePath;
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use bianfang_protocol::blob::{BlobResponse, COMPLETE_HEADER, OFFSET_HEADER};
use tokio::io::AsyncReadExt as _;
use tower::ServiceExt as _;
use tower_http::services::ServeFile;

use super::refused;
use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};

/// The whole of a small photo.
///
/// # Errors
/// `blob-hash` when the bytes have another hash than their name, `blob-name`, `blob-length`, `too-large`, `storage-full`.
#[utoipa::path(put, path = "/api/v1/blobs/{sha256}", params(("sha256" = String, Path)), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, description = "BlobResponse", body = serde_json::Value),
    (status = 422, description = "blob-hash, blob-name, blob-length")
))]
pub async fn put(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(sha256): Path<String>,
    bytes: Bytes,
) -> Result<Json<BlobResponse>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let folder = app.photos(&caller.county);
    let blobs = app.blobs(&caller, &keys, &folder);
    blobs.put(&caller.actor(), &sha256, bytes.to_vec()).await.map(Json).map_err(refused)
}

/// A piece at the offset of the header `upload-offset`.
///
/// # Errors
/// `blob-offset` with the durable offset, `blob-hash` with the last piece, `not-found` where no upload was begun.
#[utoipa::path(patch, path = "/api/v1/blobs/{sha256}", params(("sha256" = String, Path), ("upload-offset" = u64, Header)), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, description = "BlobResponse", body = serde_json::Value),
    (status = 409, description = "blob-offset: `expected` is the durable offset"),
    (status = 422, description = "blob-hash, blob-length")
))]
pub async fn patch(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(sha256): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<BlobResponse>, HttpError> {
    let offset = headers.get(OFFSET_HEADER).and_then(|value| value.to_str().ok()?.parse().ok());
    let offset = offset.ok_or(HttpError::Known(Code::Malformed))?;
    let keys = app.county_keys(&caller.county)?;
    let folder = app.photos(&caller.county);
    let blobs = app.blobs(&caller, &keys, &folder);
    blobs.append(&caller.actor(), &sha256, offset, bytes.to_vec()).await.map(Json).map_err(refused)
}

/// How far an upload of this phone is, in headers.
///
/// # Errors
/// `not-found` where this phone never began it.
#[utoipa::path(head, path = "/api/v1/blobs/{sha256}", params(("sha256" = String, Path)), responses(
    (status = 200, description = "upload-offset, upload-complete"),
    (status = 404, description = "not-found")
))]
pub async fn head(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(sha256): Path<String>,
) -> Result<Response, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let folder = app.photos(&caller.county);
    let stands = app.blobs(&caller, &keys, &folder).status(&caller.actor(), &sha256).await.map_err(refused)?;
    let complete = if stands.receipt.is_some() { "?1" } else { "?0" };
    Ok([(OFFSET_HEADER, stands.offset.to_string()), (COMPLETE_HEADER, complete.to_owned())].into_response())
}

/// The bytes.
///
/// # Errors
/// `not-found` where it is not there, or no record within the caller's divisions names it.
#[utoipa::path(get, path = "/api/v1/blobs/{sha256}", params(("sha256" = String, Path)), responses(
    (status = 200, description = "The photo", body = Vec<u8>, content_type = "image/jpeg"),
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
    file(&path, request).await
}

/// Sends a file with the type its first bytes show; part of it where the request says so.
async fn file(path: &FilePath, request: Request) -> Result<Response, HttpError> {
    let mut head = [0u8; 12];
    let opened = tokio::fs::File::open(path).await.map_err(|_| HttpError::Known(Code::NotFound))?;
    // A file shorter than this is no picture, and is sent as bytes.
    opened.take(12).read_exact(&mut head).await.ok();
    let mut response = match ServeFile::new(path).oneshot(request).await {
        Ok(response) => response.map(Body::new),
    };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type(&head)));
    Ok(response)
}

/// From the first bytes: never the type that a sender claimed.
fn content_type(head: &[u8; 12]) -> &'static str {
    match head {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e', b'i' | b'v', _] => "image/heic",
        _ => "application/octet-stream",
    }
}
