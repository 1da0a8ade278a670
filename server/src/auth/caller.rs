//! The caller of a request, put there by the guard (`auth::authorize`) and taken by handlers as an argument.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::id::{AccountId, InstallationId, RecordId};

use crate::http::problem::{Code, HttpError};

/// Who calls. As the database says now, not as the token said when it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The county; the first key of every query of this request.
    pub county: String,
    /// The account.
    pub account: AccountId,
    /// The name shown.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Granted divisions.
    pub scope: Vec<RecordId>,
    /// Phone or console session.
    pub installation: InstallationId,
}

impl Caller {
    /// The caller as a decision needs them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { account: self.account, role: self.role, scope: self.scope.clone(), installation: self.installation }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, HttpError> {
        // Absent only if a handler of a public route asked for it: deny.
        parts.extensions.get::<Self>().cloned().ok_or(HttpError::Known(Code::SignInRequired))
    }
}
