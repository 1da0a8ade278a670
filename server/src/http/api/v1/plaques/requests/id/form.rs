//! `GET /api/v1/plaques/requests/{id}/form`: the 更换/补发申请表 for A4, a page to print or a workbook to fill in.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use bianfang_domain::id::RecordId;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::api::v1::exports::{XLSX, disposition};
use crate::http::problem::{Code, HttpError};
use crate::lists::request_form;

/// As what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FormFormat {
    /// A page to print.
    #[default]
    Html,
    /// A workbook.
    Xlsx,
}

/// What is asked.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormQuery {
    /// html | xlsx; html where nothing is said.
    #[serde(default)]
    #[param(required = false, inline)]
    pub format: FormFormat,
}

/// The form, filled in with what is known; what is not known stays a line to write on.
///
/// # Errors
/// `not-found` where there is no such request in the caller's divisions.
#[utoipa::path(get, path = "/api/v1/plaques/requests/{id}/form", params(("id" = Uuid, Path), FormQuery), responses(
    (status = 200, content(
        (String = "text/html"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    )),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(query): Query<FormQuery>,
) -> Result<Response, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let (desk, actor) = (app.desk(&caller, &keys), caller.actor());
    let none = HttpError::Known(Code::NotFound);
    Ok(match query.format {
        FormFormat::Html => Html(request_form::html(desk, &actor, RecordId(id)).await?.ok_or(none)?).into_response(),
        FormFormat::Xlsx => {
            let (name, bytes) = request_form::xlsx(desk, &actor, RecordId(id)).await?.ok_or(none)?;
            let headers =
                [(CONTENT_TYPE, XLSX.to_owned()), (CONTENT_DISPOSITION, disposition(&name, "plaque_request.xlsx"))];
            (headers, bytes).into_response()
        }
    })
}
