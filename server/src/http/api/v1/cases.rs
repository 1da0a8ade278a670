//! `GET /api/v1/cases`: what a reviewer must look at. Settled by `POST /api/v1/records`: a change of the case's `state` to
//! SETTLED with `how`, or back to OPEN.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::after::mark;
use crate::http::place::{Place, PlaceQuery};
use crate::http::problem::HttpError;
use crate::lists::cases::{self, CasePage, CaseState};

/// Which.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct CasesParams {
    /// OPEN (default), SETTLED or LAPSED.
    #[param(inline)]
    pub state: Option<CaseState>,
    /// `next` of the page before.
    pub after: Option<String>,
}

/// At most fifty, newest change first.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/cases", params(CasesParams, PlaceQuery), responses(
    (status = 200, body = CasePage),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
    Query(asked): Query<CasesParams>,
) -> Result<Json<CasePage>, HttpError> {
    let mut conn = app.db.pool().acquire().await?;
    let after = mark(asked.after.as_deref())?;
    let which = (asked.state.unwrap_or_default(), divisions.as_slice());
    Ok(Json(cases::page(&mut conn, &caller.county, (&caller.actor(), &tree), which, after.as_ref()).await?))
}
