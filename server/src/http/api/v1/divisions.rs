//! `GET /api/v1/divisions`: the county's tree, to choose a place in. Names of places are no secret: a household may move to a
//! village that is another's to look after.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::DivisionRef;
use crate::county::tree::Tree;
use crate::http::problem::HttpError;

/// One division.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DivisionNode {
    /// The division.
    #[serde(flatten)]
    pub division: DivisionRef,
    /// What it lies in; none for the county.
    pub parent: Option<Uuid>,
}

/// All of them.
#[utoipa::path(get, path = "/api/v1/divisions", responses((status = 200, body = Vec<DivisionNode>)))]
pub async fn get(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Vec<DivisionNode>>, HttpError> {
    let conn = &mut *app.db.pool().acquire().await?;
    let tree = Tree::load(conn, &caller.county).await?;
    let node = |(id, parent)| DivisionNode {
        division: DivisionRef::of(&tree, id),
        parent: Option::map(parent, |id: bianfang_domain::id::RecordId| id.0),
    };
    Ok(Json(tree.all().map(node).collect()))
}
