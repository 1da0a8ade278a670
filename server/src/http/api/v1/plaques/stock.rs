//! `GET /api/v1/plaques/stock`: the lots of the caller's divisions and what is left in each.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::place::{Place, PlaceQuery};
use crate::http::problem::HttpError;
use crate::lists::plaques::{self, LotRow};

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
#[utoipa::path(get, path = "/api/v1/plaques/stock", params(PlaceQuery), responses(
    (status = 200, body = StockView),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
) -> Result<Json<StockView>, HttpError> {
    let conn = &mut *app.db.pool().acquire().await?;
    Ok(Json(StockView { rows: plaques::lots(conn, &caller.county, (&tree, caller.role), divisions).await? }))
}
