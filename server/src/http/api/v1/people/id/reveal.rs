//! `POST /api/v1/people/{id}/reveal`: a full id number, a birth with its day, telephone numbers, or what is restricted, audited with
//! the reason.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::lists::reveal;

/// Why it is needed.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct RevealRequest {
    /// 用途: kept in the audit log.
    pub reason: String,
    /// id_number (also without it) | birth | phones | restricted_tags | key_measures
    #[serde(default)]
    pub field: Option<String>,
}

/// In the clear.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RevealResponse {
    /// 身份证号, where that was asked for.
    pub id_number: Option<String>,
    /// The value: a text, or a list as JSON.
    pub value: String,
}

/// Tells the number after the audit entry is committed.
///
/// # Errors
/// `malformed` without a reason, `forbidden` without the field's right, `not-found` where there is no such person or no number.
#[utoipa::path(post, path = "/api/v1/people/{id}/reveal", params(("id" = Uuid, Path)), request_body = RevealRequest, responses(
    (status = 200, body = RevealResponse),
    (status = 403, description = "forbidden"),
    (status = 404, description = "not-found")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(request): Json<RevealRequest>,
) -> Result<Json<RevealResponse>, HttpError> {
    let reason = request.reason.trim();
    if reason.is_empty() || reason.chars().count() > 200 {
        return Err(HttpError::Known(Code::Malformed));
    }
    let keys = app.county_keys(&caller.county)?;
    let field = request.field.as_deref().unwrap_or("id_number");
    if reveal::right(field).is_some_and(|right| !caller.role.may(right)) {
        return Err(HttpError::Known(Code::Forbidden));
    }
    let found = reveal::value(app.desk(&caller, &keys), &caller.actor(), (RecordId(id), field), reason).await?;
    let value = found.ok_or(HttpError::Known(Code::NotFound))?;
    Ok(Json(RevealResponse { id_number: (field == "id_number").then(|| value.clone()), value }))
}
