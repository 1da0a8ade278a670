//! `GET /api/v1/plaques/requests/{id}`: one request with its opinions and what fulfilled it.

pub mod form;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::feed;
use crate::http::place::Place;
use crate::http::problem::{Code, HttpError};
use crate::lists::plaques::{self, RequestRow, Requests};
use crate::lists::steps::{self, StepEntry};

/// A request.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct RequestPage {
    /// As the list has it.
    pub row: RequestRow,
    /// The base of the op that takes it back.
    pub revision: u64,
    /// What was written.
    #[schema(value_type = Object)]
    pub fields: Document,
    /// Opinions, oldest first.
    pub opinions: Vec<StepEntry>,
    /// The plaque's records that name it.
    pub events: Vec<StepEntry>,
}

/// The request.
///
/// # Errors
/// `not-found` where there is no such request in the caller's divisions.
#[utoipa::path(get, path = "/api/v1/plaques/requests/{id}", params(("id" = Uuid, Path)), responses(
    (status = 200, body = RequestPage),
    (status = 404, description = "not-found")
))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place { tree, divisions }: Place,
    Path(id): Path<Uuid>,
) -> Result<Json<RequestPage>, HttpError> {
    let (id, county) = (RecordId(id), caller.county.as_str());
    let keys = app.county_keys(county)?;
    let request = feed::masked(app.desk(&caller, &keys), &caller.actor(), id).await?;
    let request = request.filter(|record| record.kind == "plaque_request").ok_or(HttpError::Known(Code::NotFound))?;
    let conn = &mut *app.db.pool().acquire().await?;
    let which = Requests { divisions, id: Some(id), ..Requests::default() };
    let row = plaques::requests(conn, county, (&tree, caller.role), which).await?.into_iter().next();
    Ok(Json(RequestPage {
        row: row.ok_or(HttpError::Known(Code::NotFound))?,
        revision: request.revision,
        opinions: steps::of(conn, county, (id, "plaque_request_step")).await?,
        events: steps::of(conn, county, (id, "plaque_event")).await?,
        fields: request.doc,
    }))
}
