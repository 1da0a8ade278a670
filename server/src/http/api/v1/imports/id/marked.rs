//! `POST /api/v1/imports/{id}/marked`: the sheet is sent once more and comes back with what became of each row. The server keeps no
//! file that was sent: id numbers stand in it in the clear.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bianfang_sheets::read::MAX_FILE;
use bianfang_sheets::table::SheetReading;
use bianfang_sheets::write::marked;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::api::v1::exports::{XLSX, disposition};
use crate::http::api::v1::imports::{importer, visible};
use crate::http::problem::{Code, HttpError};
use crate::import::{marks, saved};

/// Marks a sheet.
///
/// # Errors
/// `import-other-file` for another file than was imported, `too-large`, `not-found`.
#[utoipa::path(post, path = "/api/v1/imports/{id}/marked", params(("id" = Uuid, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, description = "the sheet as .xlsx", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (status = 409, description = "import-other-file")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
    body: Body,
) -> Result<Response, HttpError> {
    let plan = visible(&app, &caller, id).await?;
    let limit = usize::try_from(MAX_FILE).unwrap_or(usize::MAX);
    let bytes = axum::body::to_bytes(body, limit).await.map_err(|_| HttpError::Known(Code::TooLarge))?;
    if hex::encode(Sha256::digest(&bytes)) != plan.file_sha256 {
        return Err(HttpError::Known(Code::ImportOtherFile));
    }
    let keys = app.county_keys(&caller.county)?;
    let marks = marks(&importer(&app, &caller, &keys), &plan).await?;
    let mapping = saved::get(&mut *app.db.pool().acquire().await?, &caller.county, plan.ledger).await?;
    let (name, ledger) = (plan.file_name.clone(), plan.ledger.table());
    // Writing tens of thousands of rows takes seconds of a processor.
    let write = move || {
        let book = SheetReading::book((&name, &bytes), ledger, mapping.as_ref()).map_err(crate::ServerError::from)?;
        marked(&book, &marks).map_err(crate::ServerError::from)
    };
    let file = tokio::task::spawn_blocking(write).await.map_err(|_| crate::ServerError::Task)??;
    let stem = plan.file_name.rsplit_once('.').map_or(plan.file_name.as_str(), |(stem, _)| stem);
    let head = [
        (CONTENT_TYPE, XLSX.to_owned()),
        (CONTENT_DISPOSITION, disposition(&format!("{stem}-导入结果.xlsx"), "marked.xlsx")),
    ];
    Ok((head, file).into_response())
}
