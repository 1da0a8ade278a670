//! `GET /ready`: the database answers, so requests may be sent here.

use std::sync::Arc;

use axum::extract::State;

use crate::app::App;
use crate::http::problem::{Code, HttpError};

/// `ready`, or 503 `not-ready`.
///
/// # Errors
/// `not-ready`.
#[utoipa::path(get, path = "/ready", responses(
    (status = 200, description = "The database answers", body = String),
    (status = 503, description = "The database does not answer")
))]
pub async fn get(State(app): State<Arc<App>>) -> Result<&'static str, HttpError> {
    match app.db.ping().await {
        Ok(()) => Ok("ready"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            Err(HttpError::Known(Code::NotReady))
        }
    }
}
