//! `POST /api/v1/imports/{id}/decisions/{doubt}`: one decision for all rows of a kind of doubt. A ledger without id numbers has
//! hundreds of rows of which only a name agrees; somebody who knows the village settles them at once.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::api::v1::imports::{importer, refused, visible};
use crate::http::problem::HttpError;
use crate::import::EachChoice;

/// The decision.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct DecideEach {
    /// What is decided about each row.
    pub decision: DecisionOfEach,
}

/// What is decided about each row of a kind of doubt.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecisionOfEach {
    /// Write what the sheet says.
    Take,
    /// Leave it out.
    Skip,
    /// It is the one record that the row was shown with; rows with none or several wait.
    Same,
}

/// How many rows were decided by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DecidedView {
    /// Rows that waited for nothing else and had no decision.
    pub decided: u64,
}

/// Decides them; `doubt` is the code of the remark (`one_namesake`). The next apply writes it.
///
/// # Errors
/// `import-state`.
#[utoipa::path(post, path = "/api/v1/imports/{id}/decisions/{doubt}", params(("id" = Uuid, Path), ("doubt" = String, Path)),
    request_body = DecideEach, responses(
    (status = 200, body = DecidedView),
    (status = 409, description = "import-state")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path((id, doubt)): Path<(Uuid, String)>,
    Json(request): Json<DecideEach>,
) -> Result<Json<DecidedView>, HttpError> {
    visible(&app, &caller, id).await?;
    let keys = app.county_keys(&caller.county)?;
    let choice = match request.decision {
        DecisionOfEach::Take => EachChoice::Take,
        DecisionOfEach::Skip => EachChoice::Skip,
        DecisionOfEach::Same => EachChoice::Same,
    };
    let decided = importer(&app, &caller, &keys).decide_each(id, &doubt, choice).await.map_err(refused)?;
    Ok(Json(DecidedView { decided }))
}
