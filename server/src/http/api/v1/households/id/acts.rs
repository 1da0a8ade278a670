//! `POST /api/v1/households/{id}/acts`: a household moves, splits or ends in another; all of its records in one write.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::id::RecordId;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::HttpError;
use crate::http::writing::{self, Acted, Changing};
use crate::write::home::{self, HomeAct};

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct HouseholdWritten {
    /// The household to look at next: the new one of a split, else the asked one.
    pub household: Uuid,
    /// What became of its records.
    #[serde(flatten)]
    pub acted: Acted,
}

/// Writes it. Header `Idempotency-Key`: new for each write. Header `If-Match`: the revision of the household that was seen.
///
/// # Errors
/// `not-found`, `refused` with the rule's reason, `key-taken`, `base-needed`, `malformed`.
#[utoipa::path(post, path = "/api/v1/households/{id}/acts", request_body = HomeAct, params(
    ("id" = Uuid, Path),
    ("Idempotency-Key" = String, Header, description = "new for each write"),
    ("If-Match" = String, Header, description = "the revision of the household")
), responses(
    (status = 200, body = HouseholdWritten),
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
    Json(act): Json<HomeAct>,
) -> Result<Json<HouseholdWritten>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let actor = caller.actor();
    let written = home::write(app.desk(&caller, &keys), &actor, (RecordId(id), base), (&key, &act)).await;
    let acted = writing::acted(&["household", "person"], written)?;
    let household = if matches!(act, HomeAct::Split { .. }) { home::new_household(&actor, &key).0 } else { id };
    Ok(Json(HouseholdWritten { household, acted }))
}
