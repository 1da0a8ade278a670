//! `POST /api/v1/token/refresh`: new tokens for a refresh token, for phones and consoles alike.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bianfang_protocol::enrol::{RefreshRequest, Tokens};

use crate::app::App;
use crate::auth::refresh;
use crate::http::problem::HttpError;

/// Rotates.
///
/// # Errors
/// `session-ended`.
#[utoipa::path(post, path = "/api/v1/token/refresh",
    request_body(content = serde_json::Value, description = "RefreshRequest: {refresh}"), responses(
    (status = 200, description = "Tokens: {access, access_expires_ms, refresh}", body = serde_json::Value),
    (status = 401, description = "session-ended")
))]
pub async fn post(State(app): State<Arc<App>>, Json(request): Json<RefreshRequest>) -> Result<Json<Tokens>, HttpError> {
    Ok(Json(refresh::refresh(app.gate(), &request.refresh).await?))
}
