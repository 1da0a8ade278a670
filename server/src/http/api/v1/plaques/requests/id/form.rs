//! `GET /api/v1/plaques/requests/{id}/form`: the 更换/补发申请表, a page to print on A4 and sign.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Html;
use bianfang_domain::id::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::{Code, HttpError};
use crate::register::request_form;

/// The form, filled in with what is known; what is not known stays a line to write on.
///
/// # Errors
/// `not-found` where there is no such request in the caller's divisions.
#[utoipa::path(get, path = "/api/v1/plaques/requests/{id}/form", params(("id" = Uuid, Path)), responses(
    (status = 200, body = String, content_type = "text/html"),
    (status = 404, description = "not-found")
))]
pub async fn get(State(app): State<Arc<App>>, caller: Caller, Path(id): Path<Uuid>) -> Result<Html<String>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let form = request_form::html(app.desk(&caller, &keys), &caller.actor(), RecordId(id)).await?;
    form.map(Html).ok_or(HttpError::Known(Code::NotFound))
}
