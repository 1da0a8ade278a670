//! `POST /api/v1/imports/{id}/assumptions`: what the sheet does not say is answered once for all of its rows, and they are
//! judged anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::api::v1::imports::{ImportView, importer, known, refused, visible};
use crate::http::problem::{Code, HttpError};
use crate::lists::codes;

/// Answers by the name of the question, each a code of its table; a later answer takes the place of an earlier one.
///
/// # Errors
/// `import-assumption`, `import-state` once it is being written.
#[utoipa::path(post, path = "/api/v1/imports/{id}/assumptions", params(("id" = Uuid, Path)),
    request_body = BTreeMap<String, String>, responses(
    (status = 200, body = ImportView),
    (status = 409, description = "import-state"),
    (status = 422, description = "import-assumption")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(answers): Json<BTreeMap<String, String>>,
) -> Result<Json<ImportView>, HttpError> {
    let plan = visible(&app, &caller, id).await?;
    let codes = codes::of(&mut *app.db.pool().acquire().await?, &caller.county).await?;
    known(plan.ledger, &answers, &codes)?;
    let keys = app.county_keys(&caller.county)?;
    // Nothing is written meanwhile: its rows get other numbers.
    if !app.imports.begin(id) {
        return Err(HttpError::Known(Code::ImportState));
    }
    let done = importer(&app, &caller, &keys).assume(id, &answers).await;
    app.imports.end(id);
    let plan = done.map_err(refused)?;
    let counts = plan.counts(&mut *app.db.pool().acquire().await?, &caller.county).await?;
    Ok(Json(ImportView::of(plan, counts, None)))
}
