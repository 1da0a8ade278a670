//! `POST /api/v1/imports/{id}/undo`: takes the last import back, if nothing rests on it.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::api::v1::imports::{importer, refused, visible};
use crate::http::problem::HttpError;
use crate::import::{Dependent, PlanError};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UndoView {
    /// It is being taken back.
    pub begun: bool,
    /// Otherwise, what rests on it: at most 200 are listed.
    pub dependents: Vec<Dependent>,
}

/// Begins to take it back in the background, or says what rests on it.
///
/// # Errors
/// `import-state`, `import-not-last`.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", params(("id" = Uuid, Path)), responses(
    (status = 202, body = UndoView),
    (status = 409, description = "import-state, import-not-last")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<(StatusCode, Json<UndoView>), HttpError> {
    visible(&app, &caller, id).await?;
    let keys = app.county_keys(&caller.county)?;
    match importer(&app, &caller, &keys).may_undo(id).await {
        Ok(()) => {}
        Err(PlanError::Dependents(dependents)) => {
            return Ok((StatusCode::OK, Json(UndoView { begun: false, dependents })));
        }
        Err(error) => return Err(refused(error)),
    }
    if app.imports.begin(id) {
        tokio::spawn(run(app.clone(), caller.clone(), id));
    }
    Ok((StatusCode::ACCEPTED, Json(UndoView { begun: true, dependents: Vec::new() })))
}

async fn run(app: Arc<App>, caller: Caller, id: Uuid) {
    let done = async {
        let keys = app.county_keys(&caller.county)?;
        importer(&app, &caller, &keys).undo(id, |done, total| app.imports.tell(id, (done, total))).await
    };
    if let Err(error) = done.await {
        tracing::error!(%id, %error, "taking an import back was interrupted");
    }
    app.imports.end(id);
}
