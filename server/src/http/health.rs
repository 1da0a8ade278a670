//! `GET /health`: the program runs. It asks nobody, so that a slow database does not get the program restarted.

/// Always `ok`.
#[utoipa::path(get, path = "/health", responses((status = 200, description = "The program runs", body = String)))]
pub async fn get() -> &'static str {
    "ok"
}
