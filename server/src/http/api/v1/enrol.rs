//! `POST /api/v1/enrol`: a phone becomes known. Messages are `bianfang_protocol::enrol`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bianfang_protocol::enrol::{EnrolRequest, EnrolResponse};

use crate::app::App;
use crate::auth::enrol;
use crate::http::problem::HttpError;

/// Enrols.
///
/// # Errors
/// `enrol-code-refused`, `installation-taken`.
#[utoipa::path(post, path = "/api/v1/enrol", request_body(content = serde_json::Value, description = "EnrolRequest"), responses(
    (status = 200, description = "EnrolResponse", body = serde_json::Value),
    (status = 403, description = "enrol-code-refused"),
    (status = 409, description = "installation-taken")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    Json(request): Json<EnrolRequest>,
) -> Result<Json<EnrolResponse>, HttpError> {
    Ok(Json(enrol::enrol(app.gate(), &request).await?))
}
