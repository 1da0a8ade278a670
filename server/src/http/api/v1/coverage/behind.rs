//! `GET /api/v1/coverage/behind`: villages whose phones have not synchronized, for a figure is only as good as what has
//! arrived. Of villages, never of people who carry the phones.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::DivisionRef;
use crate::http::place::{OnePlace, OnePlaceQuery};
use crate::http::problem::HttpError;
use crate::report::synchronized;

const DAY_MS: i64 = 86_400_000;
const DAYS: u32 = 3;

/// Since when.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
pub struct BehindParams {
    /// Days before now; else three.
    pub days: Option<u32>,
}

/// A village.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BehindRow {
    /// Which.
    pub division: DivisionRef,
    /// The last time its own phones synchronized, UTC milliseconds; none: never.
    pub last_ms: Option<i64>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BehindView {
    /// UTC milliseconds.
    pub since_ms: i64,
    /// Longest silent first.
    pub rows: Vec<BehindRow>,
}

/// The villages.
///
/// # Errors
/// `not-found` for a division outside the caller's.
#[utoipa::path(get, path = "/api/v1/coverage/behind", params(OnePlaceQuery, BehindParams), responses(
    (status = 200, body = BehindView),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    OnePlace { tree, division, .. }: OnePlace,
    Query(asked): Query<BehindParams>,
) -> Result<Json<BehindView>, HttpError> {
    let mut conn = app.db.pool().acquire().await?;
    let now_ms = app.now_ms();
    let since_ms = now_ms - i64::from(asked.days.unwrap_or(DAYS)) * DAY_MS;
    let behind = synchronized::behind(&mut conn, &caller.county, division, since_ms).await?;
    let row = |(id, last_ms)| BehindRow { division: DivisionRef::of(&tree, id), last_ms };
    Ok(Json(BehindView { since_ms, rows: behind.into_iter().map(row).collect() }))
}
