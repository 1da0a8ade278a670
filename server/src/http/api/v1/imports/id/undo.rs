//! `POST /api/v1/imports/{id}/undo`: takes the last import back, if nothing rests on it; or all of it but what something rests on.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::api::v1::imports::{importer, refused, visible};
use crate::http::problem::HttpError;
use crate::import::{Dependent, PlanError};

/// How much.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
pub struct UndoQuery {
    /// Leave what something rests on, and take back the rest; without it nothing is taken back while anything rests on it.
    #[serde(default)]
    #[param(required = false)]
    pub keep: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UndoView {
    /// It is being taken back.
    pub begun: bool,
    /// What rests on it: at most 200 are listed. It keeps the import as it is, or, with `keep`, its rows.
    pub dependents: Vec<Dependent>,
}

/// Begins to take it back in the background, or says what rests on it.
///
/// # Errors
/// `import-state`, `import-not-last`.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", params(("id" = Uuid, Path), UndoQuery), responses(
    (status = 202, body = UndoView),
    (status = 409, description = "import-state, import-not-last")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(query): Query<UndoQuery>,
) -> Result<(StatusCode, Json<UndoView>), HttpError> {
    visible(&app, &caller, id).await?;
    let keys = app.county_keys(&caller.county)?;
    let dependents = match importer(&app, &caller, &keys).may_undo(id).await {
        Ok(()) => Vec::new(),
        Err(PlanError::Dependents(dependents)) if query.keep => dependents,
        Err(PlanError::Dependents(dependents)) => {
            return Ok((StatusCode::OK, Json(UndoView { begun: false, dependents })));
        }
        Err(error) => return Err(refused(error)),
    };
    if app.imports.begin(id) {
        tokio::spawn(run(app.clone(), caller.clone(), (id, query.keep)));
    }
    Ok((StatusCode::ACCEPTED, Json(UndoView { begun: true, dependents })))
}

async fn run(app: Arc<App>, caller: Caller, (id, keep): (Uuid, bool)) {
    let done = async {
        let keys = app.county_keys(&caller.county)?;
        let importer = importer(&app, &caller, &keys);
        let tell = |done, total| app.imports.tell(id, (done, total));
        if keep { importer.undo_rest(id, tell).await } else { importer.undo(id, tell).await }
    };
    if let Err(error) = done.await {
        tracing::error!(%id, %error, "taking an import back was interrupted");
    }
    app.imports.end(id);
}
