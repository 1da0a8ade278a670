//! `GET /api/v1/people`: the register, to search in.

pub mod id;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::after::search;
use crate::http::place::{Place, PlaceQuery};
use crate::http::problem::HttpError;
use crate::lists::people::{self, PeoplePage, RegisterCount};

/// What is looked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct PeopleParams {
    /// Part of a name or of its pinyin, the last three or four digits of a telephone number or all of it, or a whole id number.
    pub search: Option<String>,
    /// DRAFT, ACTIVE …: who stands in this state, without those found to be another record of somebody; else all.
    pub register: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PeopleView {
    /// People by register state, whatever is searched for.
    pub counts: Vec<RegisterCount>,
    /// One page.
    #[serde(flatten)]
    pub page: PeoplePage,
}

/// At most fifty, by name.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/people", params(PeopleParams, PlaceQuery), responses(
    (status = 200, body = PeopleView),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
    Query(asked): Query<PeopleParams>,
) -> Result<Json<PeopleView>, HttpError> {
    let mut conn = app.db.pool().acquire().await?;
    let counts = people::counts(&mut conn, &caller.county, divisions.clone()).await?;
    let search = search(divisions, (&asked.search, &asked.register), &asked.after)?;
    let keys = app.county_keys(&caller.county)?;
    let page = people::page(app.desk(&caller, &keys), &mut conn, (&caller.actor(), &tree), search).await?;
    Ok(Json(PeopleView { counts, page }))
}
