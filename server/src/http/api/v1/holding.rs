//! `GET /api/v1/holding`: held work, proposals and conflicts. Settled by `POST /api/v1/records` with the item's part.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use bianfang_domain::id::RecordId;
use serde::Deserialize;
use sqlx::AnyConnection;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::tree::Tree;
use crate::http::problem::{Code, HttpError};
use crate::lists::by_change::Mark;
use crate::lists::holding::{self, HeldPage};

/// Which.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Asked {
    /// This division with all below it; else all of the caller's.
    pub division: Option<Uuid>,
    /// `next` of the page before.
    pub after: Option<String>,
}

/// The divisions asked for, checked against the caller's, and the mark of the page before.
pub(super) async fn within(
    conn: &mut AnyConnection,
    caller: &Caller,
    (division, after): (Option<Uuid>, Option<&str>),
) -> Result<(Tree, Vec<RecordId>, Option<Mark>), HttpError> {
    let tree = Tree::load(conn, &caller.county).await?;
    let mut divisions = tree.below(&caller.scope);
    if let Some(division) = division.map(RecordId) {
        if !divisions.contains(&division) {
            return Err(HttpError::Known(Code::NotFound));
        }
        divisions = tree.below(&[division]);
    }
    let mark = after.map(|text| Mark::parse(text).ok_or(HttpError::Known(Code::Query))).transpose()?;
    Ok((tree, divisions.into_iter().collect(), mark))
}

/// The parts of at most fifty records, newest change first.
///
/// # Errors
/// `not-found` for a division outside the caller's, `query`.
#[utoipa::path(get, path = "/api/v1/holding", params(Asked), responses(
    (status = 200, body = HeldPage),
    (status = 400, description = "query"),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<HeldPage>, HttpError> {
    let mut conn = app.db.pool().acquire().await?;
    let (tree, divisions, after) = within(&mut conn, &caller, (asked.division, asked.after.as_deref())).await?;
    let keys = app.county_keys(&caller.county)?;
    let desk = app.desk(&caller, &keys);
    Ok(Json(holding::page(desk, &mut conn, &tree, &divisions, after.as_ref()).await?))
}
