//! `GET /api/v1/basis_persons`: basis persons 荣誉主体 by what their families are honoured for, to search in.

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
use crate::lists::basis_persons::{self, BasisPersonPage};
use crate::lists::plaques::StateCount;

/// What is looked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct BasisPersonsParams {
    /// Part of the name or of its pinyin.
    pub search: Option<String>,
    /// SERVING, VETERAN …; else all.
    pub basis: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BasisPersonsView {
    /// How many of each, whatever is searched for.
    pub counts: Vec<StateCount>,
    /// One page.
    #[serde(flatten)]
    pub page: BasisPersonPage,
}

/// At most fifty, by name; those taken out are not among them.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/basis_persons", params(BasisPersonsParams, PlaceQuery), responses(
    (status = 200, body = BasisPersonsView),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
    Query(asked): Query<BasisPersonsParams>,
) -> Result<Json<BasisPersonsView>, HttpError> {
    let conn = &mut *app.db.pool().acquire().await?;
    let counts = basis_persons::counts(conn, &caller.county, &divisions).await?;
    let search = search(divisions, (&asked.search, &asked.basis), &asked.after)?;
    let page = basis_persons::page(conn, (&caller.county, &caller.actor(), &tree), search).await?;
    Ok(Json(BasisPersonsView { counts, page }))
}
