//! `POST /api/v1/imports/{id}/apply`: begins to write what was shown, or goes on with it. How far it is, is asked of the
//! import itself.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::api::v1::imports::{ImportView, importer, refused, visible};
use crate::http::problem::HttpError;
use crate::import::{PlanError, PlanState};

/// Writes in the background: tens of thousands of rows take longer than a request may.
///
/// # Errors
/// `import-state`.
#[utoipa::path(post, path = "/api/v1/imports/{id}/apply", params(("id" = Uuid, Path)), responses(
    (status = 202, body = ImportView),
    (status = 409, description = "import-state")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<(StatusCode, Json<ImportView>), HttpError> {
    let plan = visible(&app, &caller, id).await?;
    if !matches!(plan.state, PlanState::Planned | PlanState::Applied | PlanState::Applying) {
        return Err(refused(PlanError::State(plan.state)));
    }
    if app.imports.begin(id) {
        tokio::spawn(run(app.clone(), caller.clone(), id));
    }
    let counts = plan.counts(&mut *app.db.pool().acquire().await?, &caller.county).await?;
    Ok((StatusCode::ACCEPTED, Json(ImportView::of(plan, counts, app.imports.progress(id)))))
}

async fn run(app: Arc<App>, caller: Caller, id: Uuid) {
    let done = async {
        let keys = app.county_keys(&caller.county)?;
        importer(&app, &caller, &keys).apply(id, |done, total| app.imports.tell(id, (done, total))).await
    };
    if let Err(error) = done.await {
        // It stays APPLYING and goes on with the next apply.
        tracing::error!(%id, %error, "an import was interrupted");
    }
    app.imports.end(id);
}
