//! Why nobody is let in. HTTP gives each its code and its words.

use crate::ServerError;

/// What signing in, enrolling and refreshing fail with.
#[derive(Debug)]
pub enum AuthError {
    /// An unknown county or login, a wrong password, an account that is locked or deactivated: one answer for all.
    SignInFailed,
    /// The server holds several counties and none was named.
    CountyNeeded,
    /// A wrong, used or expired code: one answer for all three.
    EnrolCodeRefused,
    /// The installation's id belongs to another account, or was revoked.
    InstallationTaken,
    /// The refresh token does not hold, whatever the reason.
    SessionEnded,
    /// The log is told.
    Internal(ServerError),
}

impl<E: Into<ServerError>> From<E> for AuthError {
    fn from(error: E) -> Self {
        Self::Internal(error.into())
    }
}
