//! `GET /api/v1/plaques/stock`: the lots of the caller's divisions and what is left in each.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::divisions;
use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::HttpError;
use crate::lists::plaques::{self, LotRow};

/// Where.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Asked {
    /// This division with all below it; else all of the caller's.
    pub division: Option<Uuid>,
}

/// The answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StockView {
    /// Newest first, at most 500.
    pub rows: Vec<LotRow>,
}

/// The lots.
///
/// # Errors
/// `not-found` for a division outside the caller's.
#[utoipa::path(get, path = "/api/v1/plaques/stock", params(Asked), responses(
    (status = 200, body = StockView),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<StockView>, HttpError> {
    let conn = &mut *app.db.pool().acquire().await?;
    let (tree, divisions) = divisions(conn, &caller, asked.division).await?;
    Ok(Json(StockView { rows: plaques::lots(conn, &caller.county, (&tree, caller.role), divisions).await? }))
}
