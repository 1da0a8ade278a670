//! `GET /api/v1/needs/{id}`: one need with its steps. `POST …/steps`: it goes a step further, with who handles it and until
//! when, in one write.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::http::writing::{self, Acted, Changing};
use crate::lists::needs::{self, NeedView};
use crate::write::need::{self, NeedAct};

/// The need.
///
/// # Errors
/// `not-found` where there is no such need in the caller's divisions, and none that they own.
#[utoipa::path(get, path = "/api/v1/needs/{id}", params(("id" = Uuid, Path)), responses(
    (status = 200, body = NeedView),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<NeedView>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let found = needs::view(app.desk(&caller, &keys), &caller.actor(), RecordId(id)).await?;
    found.map(Json).ok_or(HttpError::Known(Code::NotFound))
}

/// Writes the step. Header `Idempotency-Key`: new for each write. Header `If-Match`: the revision of the need that was seen.
///
/// # Errors
/// `not-found`, `refused` with the rule's reason, `key-taken`, `base-needed`, `malformed`.
#[utoipa::path(post, path = "/api/v1/needs/{id}/steps", request_body = NeedAct, params(
    ("id" = Uuid, Path),
    ("Idempotency-Key" = String, Header, description = "new for each write"),
    ("If-Match" = String, Header, description = "the revision of the need")
), responses(
    (status = 200, body = Acted),
    (status = 404, description = "not-found"),
    (status = 409, description = "key-taken"),
    (status = 422, description = "refused: `reason` and `field` say why"),
    (status = 428, description = "base-needed")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Changing { key, base }: Changing,
    Json(act): Json<NeedAct>,
) -> Result<Json<Acted>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let written = need::write(app.desk(&caller, &keys), &caller.actor(), (RecordId(id), base), (&key, &act)).await;
    Ok(Json(writing::acted(&["need_step", "need"], written)?))
}
