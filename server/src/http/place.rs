//! Where a question of the console lies: the tree, and the divisions that are asked about, of those the caller sees. Lists get
//! them here and nowhere else, so that none forgets to look.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use bianfang_domain::id::RecordId;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::tree::Tree;
use crate::http::problem::{Code, HttpError};

/// What an address says of it.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlaceQuery {
    /// This division with all below it; else all of the caller's.
    pub division: Option<Uuid>,
}

/// The tree, and the divisions asked about.
pub struct Place {
    /// Of the county.
    pub tree: Tree,
    /// The division asked for with all below it, or all of the caller's.
    pub divisions: Vec<RecordId>,
}

impl FromRequestParts<Arc<App>> for Place {
    type Rejection = HttpError;

    /// `not-found` for a division outside the caller's: it is as if it were not there.
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, HttpError> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let asked = Query::<PlaceQuery>::from_request_parts(parts, app).await;
        let Query(PlaceQuery { division }) = asked.map_err(|_| HttpError::Known(Code::Malformed))?;
        let tree = Tree::load(&mut *app.db.pool().acquire().await?, &caller.county).await?;
        let mut divisions = tree.below(&caller.scope);
        if let Some(division) = division.map(RecordId) {
            if !divisions.contains(&division) {
                return Err(HttpError::Known(Code::NotFound));
            }
            divisions = tree.below(&[division]);
        }
        Ok(Self { tree, divisions: divisions.into_iter().collect() })
    }
}
