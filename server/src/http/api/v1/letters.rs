//! `GET /api/v1/letters`: merit letters, by state and level, to search in.

pub mod figures;
pub mod id;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::after::{given, search};
use crate::http::place::{Place, PlaceQuery};
use crate::http::problem::HttpError;
use crate::lists::letters::{self, LetterPage};
use crate::lists::plaques::StateCount;

/// What is looked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct LettersParams {
    /// Part of the soldier's name, of its pinyin, or of the notice number.
    pub search: Option<String>,
    /// RECEIVED, DELIVERED …; else all.
    pub state: Option<String>,
    /// BAYI, FIRST …; else all.
    pub level: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LettersView {
    /// Letters by state, whatever is searched for.
    pub counts: Vec<StateCount>,
    /// One page.
    #[serde(flatten)]
    pub page: LetterPage,
}

/// At most fifty, by the soldier's name.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/letters", params(LettersParams, PlaceQuery), responses(
    (status = 200, body = LettersView),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
    Query(asked): Query<LettersParams>,
) -> Result<Json<LettersView>, HttpError> {
    let conn = &mut *app.db.pool().acquire().await?;
    let counts = letters::counts(conn, &caller.county, divisions.clone()).await?;
    let search = search(divisions, (&asked.search, &asked.state), &asked.after)?;
    let wanted = (search, given(&asked.level));
    let page = letters::page(conn, &caller.county, (&tree, caller.role), wanted).await?;
    Ok(Json(LettersView { counts, page }))
}
