//! `POST /api/v1/households/{id}/acts`: a household moves, splits or ends in another; all of its records in one write.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use bianfang_domain::decision::Verdict;
use bianfang_domain::id::RecordId;
use bianfang_domain::reason::Reason;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::http::writing;
use crate::write::home::{self, HomeAct, HomeError};

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct HouseholdWritten {
    /// The household to look at next: the new one of a split, else the asked one.
    pub household: Uuid,
    /// Records written, the household's among them.
    pub records: usize,
    /// accepted, or what most matters of the others: proposed, conflict or held.
    pub verdict: String,
    /// Why, 中文, where it is not plain acceptance.
    pub zh: Option<String>,
    /// English
    pub en: Option<String>,
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
    headers: HeaderMap,
    Json(act): Json<HomeAct>,
) -> Result<Json<HouseholdWritten>, HttpError> {
    let key = writing::key(&headers)?;
    let base = writing::base(&headers)?.ok_or(HttpError::Known(Code::BaseNeeded))?;
    let keys = app.county_keys(&caller.county)?;
    let actor = caller.actor();
    let answers = home::write(app.desk(&caller, &keys), &actor, (RecordId(id), base), (&key, &act)).await;
    let answers = answers.map_err(|error| match error {
        HomeError::Unknown => HttpError::Known(Code::NotFound),
        HomeError::Ruled(reason, field) => HttpError::Ruled(reason, Some(field.to_owned())),
        HomeError::Write(error) => writing::failed(error),
    })?;
    if let Some(refused) = answers.iter().find(|answer| answer.verdict == Verdict::Refused) {
        return Err(HttpError::Ruled(refused.reason.unwrap_or(Reason::Malformed), refused.field.clone()));
    }
    let plain = |verdict: Verdict| matches!(verdict, Verdict::Accepted | Verdict::Merged);
    let told = answers.iter().find(|answer| !plain(answer.verdict));
    let household = if matches!(act, HomeAct::Split { .. }) { home::new_household(&actor, &key).0 } else { id };
    Ok(Json(HouseholdWritten {
        household,
        records: answers.len(),
        verdict: told.map_or_else(|| "accepted".to_owned(), |answer| format!("{:?}", answer.verdict).to_lowercase()),
        zh: told.and_then(|answer| answer.reason).map(|reason| reason.zh().to_owned()),
        en: told.and_then(|answer| answer.reason).map(|reason| reason.en().to_owned()),
    }))
}
