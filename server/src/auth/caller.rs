//! The caller of a request, put there by the guard (`http::authorize`) and taken by handlers as an argument.

use bianfang_domain::actor::{Actor, Role};
use bianfang_domain::id::{AccountId, InstallationId, RecordId};

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
