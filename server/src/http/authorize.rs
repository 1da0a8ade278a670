//! The one place where a request is let through: a table of routes and rights. What is not in it is denied. Divisions are
//! checked where rows are read and written, for only there is it known in which division a row lies.

use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use bianfang_domain::actor::{Right, Role};

use crate::app::App;
use crate::auth::caller::Caller;
use crate::db::{account, staff};
use crate::http::layers;
use crate::http::problem::{Code, HttpError};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a token.
    Public,
    /// Every account that is signed in.
    SignedIn,
    /// Roles with this right.
    May(Right),
    /// Roles with one of these; the handler asks for the one that its matter needs.
    Either(Right, Right),
}

/// Sheets: [`bianfang_sheets::Ledger::right`] says which right each needs.
const IMPORTS: Access = Access::Either(Right::Import, Right::Accounts);

/// The work at the door, and the staff records of who administers accounts; the rules of each kind say which.
const RECORDS: Access = Access::Either(Right::Record, Right::Accounts);

/// Method, path as the router writes it, who may.
pub const TABLE: &[(&str, &str, Access)] = &[
    ("GET", "/health", Access::Public),
    ("GET", "/ready", Access::Public),
    ("GET", "/api/v1/openapi.json", Access::Public),
    ("POST", "/api/v1/session", Access::Public),
    ("DELETE", "/api/v1/session", Access::SignedIn),
    ("POST", "/api/v1/enrol", Access::Public),
    ("POST", "/api/v1/token/refresh", Access::Public),
    ("GET", "/api/v1/me", Access::SignedIn),
    ("GET", "/api/v1/audit", Access::May(Right::Audit)),
    ("POST", "/api/v1/sync/push", Access::May(Right::Record)),
    ("GET", "/api/v1/sync/pull", Access::May(Right::Read)),
    ("POST", "/api/v1/blobs", Access::May(Right::Record)),
    ("PUT", "/api/v1/blobs/{sha256}", Access::May(Right::Record)),
    ("PATCH", "/api/v1/blobs/{sha256}", Access::May(Right::Record)),
    ("HEAD", "/api/v1/blobs/{sha256}", Access::May(Right::Record)),
    ("GET", "/api/v1/blobs/{sha256}", Access::May(Right::Read)),
    ("GET", "/api/v1/blobs/{sha256}/thumbnail", Access::May(Right::Read)),
    ("POST", "/api/v1/records", RECORDS),
    // The handler asks for the right that the kind needs.
    ("GET", "/api/v1/records/{kind}/{id}/history", Access::Either(Right::Read, Right::Accounts)),
    ("POST", "/api/v1/imports", IMPORTS),
    ("GET", "/api/v1/imports", IMPORTS),
    ("GET", "/api/v1/imports/{id}", IMPORTS),
    ("POST", "/api/v1/imports/{id}/decisions", IMPORTS),
    ("POST", "/api/v1/imports/{id}/decisions/{doubt}", IMPORTS),
    ("POST", "/api/v1/imports/{id}/assumptions", IMPORTS),
    ("POST", "/api/v1/imports/{id}/apply", IMPORTS),
    ("POST", "/api/v1/imports/{id}/undo", IMPORTS),
    ("POST", "/api/v1/imports/{id}/marked", IMPORTS),
    ("POST", "/api/v1/imports/{id}/codes", Access::May(Right::Accounts)),
    ("GET", "/api/v1/import_mappings/{ledger}", IMPORTS),
    ("PUT", "/api/v1/import_mappings/{ledger}", IMPORTS),
    ("POST", "/api/v1/import_mappings/{ledger}/columns", IMPORTS),
    ("GET", "/api/v1/cases", Access::May(Right::Review)),
    ("GET", "/api/v1/holding", Access::May(Right::Review)),
    ("GET", "/api/v1/review", Access::May(Right::Review)),
    ("POST", "/api/v1/review/{id}", Access::May(Right::Review)),
    ("GET", "/api/v1/codes", Access::SignedIn),
    ("GET", "/api/v1/fields", Access::SignedIn),
    ("PUT", "/api/v1/codes/{table}", Access::May(Right::County)),
    ("GET", "/api/v1/rules", Access::May(Right::Read)),
    ("GET", "/api/v1/rules/{name}", Access::May(Right::Read)),
    ("PUT", "/api/v1/rules/{name}", Access::May(Right::County)),
    ("GET", "/api/v1/due", Access::May(Right::Read)),
    ("GET", "/api/v1/coverage", Access::May(Right::Read)),
    ("GET", "/api/v1/coverage/people", Access::May(Right::Read)),
    ("GET", "/api/v1/coverage/behind", Access::May(Right::Read)),
    ("GET", "/api/v1/people", Access::May(Right::Read)),
    ("GET", "/api/v1/people/{id}", Access::May(Right::Read)),
    ("GET", "/api/v1/people/{id}/alike", Access::May(Right::Read)),
    ("GET", "/api/v1/households/{id}", Access::May(Right::Read)),
    ("POST", "/api/v1/households/{id}/acts", Access::May(Right::Record)),
    ("POST", "/api/v1/contacts/{id}/acts", Access::May(Right::Record)),
    ("GET", "/api/v1/divisions", Access::May(Right::Read)),
    ("POST", "/api/v1/exports", Access::May(Right::Read)),
    // Which field needs which right stands in `lists::reveal`.
    ("POST", "/api/v1/people/{id}/reveal", Access::May(Right::Phones)),
    ("GET", "/api/v1/plaques", Access::May(Right::Read)),
    ("GET", "/api/v1/plaques/{id}", Access::May(Right::Read)),
    ("GET", "/api/v1/plaques/stock", Access::May(Right::Read)),
    ("GET", "/api/v1/plaques/figures", Access::May(Right::Read)),
    ("GET", "/api/v1/plaques/requests", Access::May(Right::Read)),
    ("GET", "/api/v1/plaques/requests/{id}", Access::May(Right::Read)),
    ("GET", "/api/v1/plaques/requests/{id}/form", Access::May(Right::Read)),
    ("GET", "/api/v1/letters", Access::May(Right::Read)),
    ("GET", "/api/v1/letters/{id}", Access::May(Right::Read)),
    ("GET", "/api/v1/letters/figures", Access::May(Right::Read)),
    ("GET", "/api/v1/basis_persons", Access::May(Right::Read)),
    ("GET", "/api/v1/basis_persons/{id}", Access::May(Right::Read)),
    ("GET", "/api/v1/needs", Access::May(Right::Read)),
    ("GET", "/api/v1/needs/{id}", Access::May(Right::Read)),
    ("POST", "/api/v1/needs/{id}/steps", Access::May(Right::Record)),
    ("GET", "/api/v1/suggestions", Access::May(Right::Read)),
    ("GET", "/api/v1/suggestions/{id}", Access::May(Right::Read)),
    ("GET", "/api/v1/units", Access::May(Right::Read)),
    ("GET", "/api/v1/units/{id}", Access::May(Right::Read)),
];

/// What the table says of a route. Where HEAD has no row it is answered by GET's handler and so has GET's right.
#[must_use]
pub fn access(method: &str, path: &str) -> Option<Access> {
    let row = |method: &str| TABLE.iter().find(|(m, p, _)| *m == method && *p == path).map(|(_, _, access)| *access);
    row(method).or_else(|| row("GET").filter(|_| method == "HEAD"))
}

/// Whether a role may use a route; `None` is a caller without a token.
#[must_use]
pub fn allows(access: Option<Access>, role: Option<Role>) -> bool {
    match (access, role) {
        (Some(Access::Public), _) | (Some(Access::SignedIn), Some(_)) => true,
        (Some(Access::May(right)), Some(role)) => role.may(right),
        (Some(Access::Either(one, other)), Some(role)) => role.may(one) || role.may(other),
        _ => false,
    }
}

/// The guard in front of every handler.
///
/// # Errors
/// `sign-in-required` without a token that holds, `forbidden` without the right.
pub async fn guard(
    State(app): State<Arc<App>>,
    path: MatchedPath,
    mut request: Request,
    next: Next,
) -> Result<Response, HttpError> {
    let access = access(request.method().as_str(), path.as_str());
    if access == Some(Access::Public) {
        return Ok(next.run(request).await);
    }
    let refused = match caller(&app, request.headers()).await? {
        None => Code::SignInRequired,
        Some(caller) if !allows(access, Some(caller.role)) => Code::Forbidden,
        Some(caller) => {
            request.extensions_mut().insert(caller);
            return Ok(next.run(request).await);
        }
    };
    // A photo may be on its way: its phone must get to read that it is signed out, not that the line broke.
    layers::read_away(request, app.config.body_limit).await;
    Err(HttpError::Known(refused))
}

/// The token of the Authorization header.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

async fn caller(app: &App, headers: &HeaderMap) -> Result<Option<Caller>, HttpError> {
    let Some(token) = bearer(headers) else { return Ok(None) };
    let Some(claims) = app.tokens.check(token, app.now_ms()) else { return Ok(None) };
    let found = account::get_at_work(app.db.pool(), &claims.county, claims.sub, claims.inst).await?;
    let Some(account) = found else { return Ok(None) };
    let mut conn = app.db.pool().acquire().await?;
    let account = staff::on(&mut conn, &claims.county, account, app.now_ms()).await?;
    Ok(Some(Caller {
        county: claims.county,
        account: account.id,
        name: account.name,
        role: account.role,
        scope: account.scope,
        installation: claims.inst,
    }))
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, HttpError> {
        // Absent only if a handler of a public route asked for it: deny.
        parts.extensions.get::<Self>().cloned().ok_or(HttpError::Known(Code::SignInRequired))
    }
}
