//! `/api/v1/session`: signing in at the console (POST) and out again (DELETE).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::auth::sign_in;
use crate::db::installation::{self, Revocation};
use crate::http::problem::HttpError;
use crate::role;

/// What is typed.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct SessionRequest {
    /// The county's code; only needed where a server holds several.
    #[serde(default)]
    pub county: Option<String>,
    /// The login.
    pub login: String,
    /// The password.
    pub password: String,
}

/// Signed in. The access token goes into the Authorization header.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionResponse {
    /// The account.
    pub account: Uuid,
    /// The name shown.
    pub name: String,
    /// The role's code.
    pub role: &'static str,
    /// What the role may: READ, REVEAL …
    pub rights: Vec<&'static str>,
    /// The county's code.
    pub county: String,
    /// The county's name.
    pub county_name: String,
    /// Granted divisions.
    pub scope: Vec<Uuid>,
    /// JWT.
    pub access: String,
    /// Its end, UTC milliseconds.
    pub access_expires_ms: i64,
    /// Used once, at `/api/v1/token/refresh`.
    pub refresh: String,
}

/// Signs in.
///
/// # Errors
/// `sign-in-failed`, `county-needed`.
#[utoipa::path(post, path = "/api/v1/session", request_body = SessionRequest, responses(
    (status = 200, body = SessionResponse),
    (status = 401, description = "sign-in-failed"),
    (status = 422, description = "county-needed")
))]
pub async fn post(
    State(app): State<Arc<App>>,
    Json(request): Json<SessionRequest>,
) -> Result<Json<SessionResponse>, HttpError> {
    let (account, county, tokens) =
        sign_in::sign_in(app.gate(), request.county.as_deref(), &request.login, &request.password).await?;
    Ok(Json(SessionResponse {
        account: account.id,
        name: account.name,
        role: role::code(account.role),
        rights: role::rights(account.role),
        county: county.code,
        county_name: county.name,
        scope: account.scope.iter().map(|id| id.0).collect(),
        access: tokens.access,
        access_expires_ms: tokens.access_expires_ms,
        refresh: tokens.refresh,
    }))
}

/// Signs out: the installation is revoked with kind LEFT, its tokens end at once.
///
/// # Errors
/// Only those of the guard.
#[utoipa::path(delete, path = "/api/v1/session", responses((status = 204), (status = 401, description = "sign-in-required")))]
pub async fn delete(State(app): State<Arc<App>>, caller: Caller) -> Result<StatusCode, HttpError> {
    let mut write = app.db.begin(&caller.county, app.now_ms()).await?;
    let now_ms = write.now_ms();
    installation::update_revoked(write.conn(), &caller.county, caller.installation, Revocation::Left, now_ms).await?;
    let detail = json!({ "installation": caller.installation });
    write.audit(&caller.account.to_string(), "SIGN_OUT", &detail).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
