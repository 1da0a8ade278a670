//! `POST /api/v1/imports/{id}/codes`: passwords and one-time codes for imported accounts that nobody has used yet.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::api::v1::imports::{importer, refused, visible};
use crate::http::problem::HttpError;
use crate::import::Handed;
use crate::pki;

/// The answer: it is not to be had a second time, a further call makes new ones.
#[derive(Serialize, utoipa::ToSchema)]
pub struct HandedView {
    /// Where the phones and the console find this server.
    pub url: String,
    /// Fingerprint of its certificate authority, for the phones.
    pub ca: String,
    /// How long the codes live.
    pub hours: u32,
    /// By login.
    pub accounts: Vec<Handed>,
}

/// Makes them. An account at work is left alone; who was handed a code before and did not use it gets a new one.
///
/// # Errors
/// `not-found` for what is no import of accounts.
#[utoipa::path(post, path = "/api/v1/imports/{id}/codes", params(("id" = Uuid, Path)), responses(
    (status = 200, body = HandedView),
    (status = 404, description = "not-found")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<impl IntoResponse, HttpError> {
    visible(&app, &caller, id).await?;
    let keys = app.county_keys(&caller.county)?;
    let hours = app.config.enrol_hours;
    let accounts = importer(&app, &caller, &keys).hand_out(id, &app.passwords, hours).await.map_err(refused)?;
    let ca = pki::fingerprint(&app.config.data_dir)?;
    let view = HandedView { url: app.config.public_url.clone(), ca, hours, accounts };
    Ok(([(CACHE_CONTROL, "no-store")], Json(view)))
}
