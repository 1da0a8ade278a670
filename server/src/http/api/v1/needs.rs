//! `GET /api/v1/needs`: what people ask for, open ones by the day they are due, to search in.

pub mod id;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use bianfang_domain::id::RecordId;
use bianfang_domain::time::Day;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::http::after::{given, search};
use crate::http::place::{Place, PlaceQuery};
use crate::http::problem::HttpError;
use crate::lists::needs::{self, NeedFilter, NeedPage};
use crate::lists::plaques::StateCount;

/// What is looked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct NeedsParams {
    /// Part of the name, of its pinyin, or of what is asked.
    pub search: Option<String>,
    /// OPEN for all that wait for an answer; FOUND, REGISTERED …; else all.
    pub state: Option<String>,
    /// POLICY, MEDICAL …; else all.
    pub need_type: Option<String>,
    /// RED | YELLOW | BLUE; else all.
    pub urgency: Option<String>,
    /// Only open ones past their day.
    pub overdue: Option<bool>,
    /// Only those of this person or household.
    pub about: Option<Uuid>,
    /// `next` of the page before.
    pub after: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NeedsView {
    /// Needs by state, whatever is searched for.
    pub counts: Vec<StateCount>,
    /// One page.
    #[serde(flatten)]
    pub page: NeedPage,
}

/// At most fifty.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/needs", params(NeedsParams, PlaceQuery), responses(
    (status = 200, body = NeedsView),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
    Query(asked): Query<NeedsParams>,
) -> Result<Json<NeedsView>, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let today = Day::of(app.desk(&caller, &keys).now_ms);
    let conn = &mut *app.db.pool().acquire().await?;
    let counts = needs::counts(conn, &caller.county, &divisions).await?;
    let search = search(divisions, (&asked.search, &asked.state), &asked.after)?;
    let filter = NeedFilter {
        need_type: given(&asked.need_type),
        urgency: given(&asked.urgency),
        overdue: asked.overdue.unwrap_or(false),
        about: asked.about.map(RecordId),
    };
    let actor = caller.actor();
    let page = needs::page(conn, (&caller.county, &tree), (&actor, today), (search, filter)).await?;
    Ok(Json(NeedsView { counts, page }))
}
