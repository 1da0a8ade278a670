//! `POST /api/v1/imports/{id}/decisions`: what people decide about doubtful rows. The next apply writes it.

pub mod doubt;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bianfang_domain::id::RecordId;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::api::v1::imports::{importer, refused, visible};
use crate::http::problem::HttpError;
use crate::import::RowChoice;

/// Decisions by the place of the row.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct Decisions {
    /// Place of a row to what is decided.
    pub decisions: BTreeMap<u64, DecisionOf>,
}

/// What is decided about a row.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecisionOf {
    /// Write what the sheet says: a person of their own, the sheet's values.
    Take,
    /// Leave it out.
    Skip,
    /// It is this record, one of those shown.
    SameAs(Uuid),
}

/// Keeps them.
///
/// # Errors
/// `import-decision` for a row that waits for none, or a record that was not shown.
#[utoipa::path(post, path = "/api/v1/imports/{id}/decisions", params(("id" = Uuid, Path)), request_body = Decisions, responses(
    (status = 204, description = "kept"),
    (status = 409, description = "import-decision, import-state")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(request): Json<Decisions>,
) -> Result<StatusCode, HttpError> {
    visible(&app, &caller, id).await?;
    let keys = app.county_keys(&caller.county)?;
    let decisions: Vec<(u64, RowChoice)> = request
        .decisions
        .into_iter()
        .map(|(n, decision)| match decision {
            DecisionOf::Take => (n, RowChoice::Take),
            DecisionOf::Skip => (n, RowChoice::Skip),
            DecisionOf::SameAs(id) => (n, RowChoice::SameAs(RecordId(id))),
        })
        .collect();
    importer(&app, &caller, &keys).decide(id, &decisions).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
