//! `GET /api/v1/sync/pull`: the newest states in the caller's divisions, page by page. Messages are
//! `bianfang_protocol::pull`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use bianfang_protocol::pull::PullResponse;
use serde::Deserialize;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::feed::{self, PullError};
use crate::http::problem::{Code, HttpError};

/// Where to go on.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct From {
    /// As the page before gave it; absent to begin.
    pub cursor: Option<String>,
}

/// One page.
///
/// # Errors
/// `cursor-refused` for a cursor of another account or phone, or an altered one: begin without.
#[utoipa::path(get, path = "/api/v1/sync/pull", params(From), responses(
    (status = 200, description = "PullResponse", body = serde_json::Value),
    (status = 410, description = "cursor-refused")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(from): Query<From>,
) -> Result<Json<PullResponse>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let pulled = feed::pull(app.desk(&caller, &keys), &caller.actor(), from.cursor.as_deref()).await;
    pulled.map(Json).map_err(|error| match error {
        PullError::Server(error) => HttpError::Internal(error),
        PullError::Cursor => HttpError::Known(Code::CursorRefused),
    })
}
