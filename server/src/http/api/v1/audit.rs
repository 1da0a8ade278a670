//! `GET /api/v1/audit`: the county's audit log, newest first, a page at a time.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::db::audit::{self, AuditEntry};
use crate::db::page::LONG_PAGE;
use crate::http::after::mark;
use crate::http::problem::HttpError;

/// Where the page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct AuditQuery {
    /// Entries with a smaller number; absent for the newest.
    #[param(value_type = Option<i64>)]
    pub before: Option<String>,
}

/// At most 100 entries.
///
/// # Errors
/// `query`.
#[utoipa::path(get, path = "/api/v1/audit", params(AuditQuery), responses(
    (status = 200, body = Vec<AuditEntry>),
    (status = 400, description = "query"),
    (status = 403, description = "forbidden")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(asked): Query<AuditQuery>,
) -> Result<Json<Vec<AuditEntry>>, HttpError> {
    let before = mark(asked.before.as_deref())?.unwrap_or(i64::MAX);
    Ok(Json(audit::list(app.db.pool(), &caller.county, before, LONG_PAGE).await?))
}
