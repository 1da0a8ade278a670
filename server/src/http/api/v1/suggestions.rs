//! `GET /api/v1/suggestions`: what workers say of the work and the app, what waits for an answer first. It is answered and
//! rated through `POST /records`, as every fact is.

pub mod id;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::after::mark;
use crate::http::place::Place;
use crate::http::problem::HttpError;
use crate::lists::paging::Search;
use crate::lists::plaques::StateCount;
use crate::lists::suggestions::{self, SuggestionPage};

/// What is looked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct SuggestionsParams {
    /// Part of what was said.
    pub search: Option<String>,
    /// SUBMITTED | ANSWERED | RATED; else all.
    pub state: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SuggestionsView {
    /// Suggestions by state, whatever is searched for.
    pub counts: Vec<StateCount>,
    /// One page.
    #[serde(flatten)]
    pub page: SuggestionPage,
}

/// At most fifty.
///
/// # Errors
/// `query`.
#[utoipa::path(get, path = "/api/v1/suggestions", params(SuggestionsParams), responses(
    (status = 200, body = SuggestionsView),
    (status = 400, description = "query")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { mut divisions, .. }: Place,
    Query(asked): Query<SuggestionsParams>,
) -> Result<Json<SuggestionsView>, HttpError> {
    // What they said themselves, wherever they work.
    divisions.push(caller.actor().place());
    let conn = &mut *app.db.pool().acquire().await?;
    let counts = suggestions::counts(conn, &caller.county, &divisions).await?;
    let search = Search {
        text: asked.search.as_deref().unwrap_or_default(),
        state: asked.state.as_deref().filter(|state| !state.is_empty()),
        divisions,
        after: mark(asked.after.as_deref())?,
    };
    let page = suggestions::page(conn, &caller.county, search).await?;
    Ok(Json(SuggestionsView { counts, page }))
}
