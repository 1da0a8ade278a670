//! `GET /api/v1/openapi.json`: the description the console's types are generated from.

use axum::Json;
use utoipa::openapi::OpenApi;

use crate::http::routes;

/// The description, made from the same list as the router.
#[utoipa::path(get, path = "/api/v1/openapi.json", responses((status = 200, description = "OpenAPI 3.1")))]
pub async fn get() -> Json<OpenApi> {
    Json(routes::openapi())
}
