//! `GET /api/v1/audit`: the county's audit log, newest first, a page at a time.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::db::audit::{self, Entry};
use crate::http::problem::HttpError;

const PAGE: i64 = 100;

/// Where the page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Page {
    /// Entries with a smaller number; absent for the newest.
    pub before: Option<i64>,
}

/// At most 100 entries.
///
/// # Errors
/// Only those of the guard.
#[utoipa::path(get, path = "/api/v1/audit", params(Page), responses(
    (status = 200, body = Vec<Entry>),
    (status = 403, description = "forbidden")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(page): Query<Page>,
) -> Result<Json<Vec<Entry>>, HttpError> {
    let before = page.before.unwrap_or(i64::MAX);
    Ok(Json(audit::list(app.db.pool(), &caller.county, before, PAGE).await?))
}
