//! `POST /api/v1/contacts/{id}/acts`: a visit is corrected, or moved to the person it was paid to, in one write.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::HttpError;
use crate::http::writing::{self, Acted, Changing};
use crate::write::visit::{self, VisitAct};

/// Writes it. Header `Idempotency-Key`: new for each write. Header `If-Match`: the revision of the visit that was seen.
///
/// # Errors
/// `not-found`, `refused` with the rule's reason, `key-taken`, `base-needed`, `malformed`.
#[utoipa::path(post, path = "/api/v1/contacts/{id}/acts", request_body = VisitAct, params(
    ("id" = Uuid, Path),
    ("Idempotency-Key" = String, Header, description = "new for each write"),
    ("If-Match" = String, Header, description = "the revision of the visit")
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
    Json(act): Json<VisitAct>,
) -> Result<Json<Acted>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let acted = visit::write(app.desk(&caller, &keys), &caller.actor(), (RecordId(id), base), (&key, &act)).await;
    writing::acted(&["contact", "plaque_event"], acted).map(Json)
}
