//! `POST /api/v1/records`: one write of a session, of any kind. Bringing a record into being, changing, amending, voiding,
//! settling and reviewing go the same way as a phone's ops; the rules of each kind say what is possible.

pub mod history;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use bianfang_domain::id::RecordId;
use bianfang_domain::op::Act;
use bianfang_domain::reason::Reason;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::http::writing;
use crate::write::online::Wish;

/// One write.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct RecordWrite {
    /// person, household, contact, plaque_event, case …
    pub kind: String,
    /// The record; a new one gets an id of the server's.
    #[serde(default)]
    pub target: Option<Uuid>,
    /// `{"act": "record", "fields": {…}}`, `{"act": "change", "set": {…}, "since"?: day}`,
    /// `{"act": "amend", "set": {…}, "reason"}`, `{"act": "void", "reason"}`,
    /// `{"act": "settle", "part": "whole" | {"of": id} | {"field": name} | {"value": [name, op]}, "accept": bool, "reason"}`,
    /// `{"act": "review", "verdict": "ACCEPTED" | "RETURNED", "comment"?}`.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub act: Act,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RecordWritten {
    /// The record.
    pub target: Uuid,
    /// accepted, merged, proposed, conflict or held.
    pub verdict: String,
    /// The feed number it got: the base of the next change.
    pub revision: u64,
    /// Why, where it is not plain acceptance.
    pub reason: Option<String>,
    /// 中文
    pub zh: Option<String>,
    /// English
    pub en: Option<String>,
    /// Which field or part.
    pub field: Option<String>,
    /// Id numbers and bank cards that were masked before it was kept, each in a sentence that says what to do.
    pub hidden: Vec<writing::HiddenLine>,
}

/// Writes it. Header `Idempotency-Key`: new for each write. Header `If-Match`: the revision that was changed, not for a new
/// record.
///
/// # Errors
/// `refused` with the rule's reason, `key-taken`, `base-needed`, `malformed`.
#[utoipa::path(post, path = "/api/v1/records", request_body = RecordWrite, params(
    ("Idempotency-Key" = String, Header, description = "new for each write"),
    ("If-Match" = Option<String>, Header, description = "the revision that was changed")
), responses(
    (status = 200, body = RecordWritten),
    (status = 409, description = "key-taken"),
    (status = 422, description = "refused: `reason` and `field` say why"),
    (status = 428, description = "base-needed")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    Json(request): Json<RecordWrite>,
) -> Result<Json<RecordWritten>, HttpError> {
    let key = writing::key(&headers)?;
    let base = match (writing::base(&headers)?, &request.act) {
        (Some(base), _) => base,
        (None, Act::Record { .. }) => 0,
        (None, _) => return Err(HttpError::Known(Code::BaseNeeded)),
    };
    let target = match (request.target, &request.act) {
        (Some(target), _) => target,
        // The same request sent twice is the same new record.
        (None, Act::Record { .. }) => RecordId::repeated(&["online", &caller.installation.to_string(), &key]).0,
        (None, _) => return Err(HttpError::Known(Code::Malformed)),
    };
    let wish = Wish { key, kind: request.kind, target: RecordId(target), act: request.act, base };
    let answer = writing::write(&app, &caller, &wish).await?;
    let hidden = writing::hidden(&[&wish.kind], &answer);
    Ok(Json(RecordWritten {
        target,
        verdict: format!("{:?}", answer.verdict).to_lowercase(),
        revision: answer.revision,
        reason: answer.reason.map(reason_code),
        zh: answer.reason.map(|reason| reason.zh().to_owned()),
        en: answer.reason.map(|reason| reason.en().to_owned()),
        field: answer.field,
        hidden,
    }))
}

fn reason_code(reason: Reason) -> String {
    serde_json::to_value(reason).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
