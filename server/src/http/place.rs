//! Where a question of the console lies: the tree, and the divisions that are asked about, of those the caller sees. Handlers
//! get them here and nowhere else, so that none forgets to look.

use std::collections::BTreeSet;
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

/// What an address says where one division is needed.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OnePlaceQuery {
    /// The division with all below it; else the caller's topmost.
    #[param(nullable)]
    pub division: Option<Uuid>,
}

/// The tree, and the one division that figures are asked about.
pub struct OnePlace {
    /// Of the county.
    pub tree: Tree,
    /// The division asked for, or the caller's topmost: one that the tree knows.
    pub division: RecordId,
    /// All that the caller sees, by today's borders.
    pub seen: BTreeSet<RecordId>,
}

impl FromRequestParts<Arc<App>> for Place {
    type Rejection = HttpError;

    /// `not-found` for a division outside the caller's: it is as if it were not there.
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, HttpError> {
        let (_, tree, seen, asked) = checked(parts, app).await?;
        let divisions = asked.map_or(seen, |division| tree.below(&[division]));
        Ok(Self { tree, divisions: divisions.into_iter().collect() })
    }
}

impl FromRequestParts<Arc<App>> for OnePlace {
    type Rejection = HttpError;

    /// `not-found` for a division outside the caller's, and for one that is not known yet.
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, HttpError> {
        let (caller, tree, seen, asked) = checked(parts, app).await?;
        let division = asked.or_else(|| tree.top(&caller.scope)).filter(|id| tree.has(*id));
        Ok(Self { division: division.ok_or(HttpError::Known(Code::NotFound))?, tree, seen })
    }
}

/// Who asks, the tree, what of it they see, and the division they ask for, which is among that.
async fn checked(
    parts: &mut Parts,
    app: &Arc<App>,
) -> Result<(Caller, Tree, BTreeSet<RecordId>, Option<RecordId>), HttpError> {
    let caller = Caller::from_request_parts(parts, app).await?;
    let asked = Query::<PlaceQuery>::from_request_parts(parts, app).await;
    let Query(PlaceQuery { division }) = asked.map_err(|_| HttpError::Known(Code::Malformed))?;
    let tree = Tree::load(&mut *app.db.pool().acquire().await?, &caller.county).await?;
    let seen = tree.below(&caller.scope);
    let division = division.map(RecordId);
    if division.is_some_and(|id| !seen.contains(&id)) {
        return Err(HttpError::Known(Code::NotFound));
    }
    Ok((caller, tree, seen, division))
}
