//! `GET /api/v1/letters`: merit letters, by state, to search in.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};

use super::plaques::{Asked, divisions};
use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::problem::HttpError;
use crate::register::letters::{self, LetterPage};
use crate::register::paging::Search;

/// At most fifty, by the soldier's name.
///
/// # Errors
/// `not-found` for a division outside the caller's.
#[utoipa::path(get, path = "/api/v1/letters", params(Asked), responses(
    (status = 200, body = LetterPage),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<LetterPage>, HttpError> {
    let conn = &mut *app.db.pool().acquire().await?;
    let (tree, divisions) = divisions(conn, &caller, asked.division).await?;
    let search = Search {
        text: asked.search.as_deref().unwrap_or_default(),
        state: asked.state.as_deref().filter(|state| !state.is_empty()),
        divisions,
        after: asked.after.as_deref(),
    };
    Ok(Json(letters::page(conn, &caller.county, &tree, search).await?))
}
