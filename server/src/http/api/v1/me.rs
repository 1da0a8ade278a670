//! `GET /api/v1/me`: who the server takes the caller for.

use axum::Json;
use serde::Serialize;
use uuid::Uuid;

use crate::auth::caller::Caller;
use crate::role;

/// The caller.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Me {
    /// The account.
    pub account: Uuid,
    /// The name shown.
    pub name: String,
    /// `VILLAGE_WORKER` … `AUDITOR`
    pub role: &'static str,
    /// The county's code.
    pub county: String,
    /// Granted divisions.
    pub scope: Vec<Uuid>,
    /// Phone or console session.
    pub installation: Uuid,
}

/// Role and divisions as they are now.
#[utoipa::path(get, path = "/api/v1/me", responses((status = 200, body = Me), (status = 401, description = "sign-in-required")))]
pub async fn get(caller: Caller) -> Json<Me> {
    Json(Me {
        account: caller.account,
        name: caller.name,
        role: role::code(caller.role),
        county: caller.county,
        scope: caller.scope.iter().map(|id| id.0).collect(),
        installation: caller.installation,
    })
}
