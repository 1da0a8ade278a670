//! `POST /api/v1/sync/push`: ops up, an answer for each after the commit. Messages are `bianfang_protocol::push`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bianfang_protocol::push::{PushRequest, PushResponse};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::write::{self, WriteError};

/// Takes ops in the order of their numbers. The same op gets the same answer however often it is sent.
///
/// # Errors
/// `gap` with the number the server waits for, `foreign-installation`, `too-large`.
#[utoipa::path(post, path = "/api/v1/sync/push", request_body(content = serde_json::Value, description = "PushRequest"), responses(
    (status = 200, description = "PushResponse", body = serde_json::Value),
    (status = 409, description = "gap: `expected` is the number the server waits for"),
    (status = 422, description = "foreign-installation")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Json(request): Json<PushRequest>,
) -> Result<Json<PushResponse>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let pushed = write::push(app.desk(&caller, &keys), &caller.actor(), &request.ops).await;
    pushed.map(Json).map_err(|error| match error {
        WriteError::Server(error) => HttpError::Internal(error),
        WriteError::Gap { expected } => HttpError::Expected(Code::Gap, expected),
        WriteError::ForeignInstallation => HttpError::Known(Code::ForeignInstallation),
        WriteError::TooManyOps => HttpError::Known(Code::TooLarge),
        WriteError::KeyTaken => HttpError::Known(Code::KeyTaken),
    })
}
