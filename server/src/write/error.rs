//! Why a push as a whole could not be taken. What is wrong with one op is never here: it gets its own answer.

use bianfang_domain::reason::Reason;

use crate::ServerError;

/// Nothing of the push was kept; the sender may mend it or try again.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The server's side failed.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// Ops must come in the order of their numbers, without a gap.
    #[error("an op is missing: expected number {expected}")]
    Gap {
        /// The number the next op must have.
        expected: u64,
    },
    /// The ops are another installation's than the sender's.
    #[error("the ops belong to another installation")]
    ForeignInstallation,
    /// A session used one key for two different writes.
    #[error("the key of this write belongs to another one")]
    KeyTaken,
    /// More ops than one push may hold.
    #[error("more than {} ops in one push", bianfang_protocol::push::MAX_OPS)]
    TooManyOps,
}

impl From<sqlx::Error> for WriteError {
    fn from(error: sqlx::Error) -> Self {
        Self::Server(error.into())
    }
}

/// Why an act of several records was not written.
#[derive(Debug)]
pub enum ActError {
    /// What it is about, or whom it names, does not lie in the caller's divisions.
    Unknown,
    /// What is asked for cannot be.
    Ruled(Reason, &'static str),
    /// The write itself.
    Write(WriteError),
}

impl<E: Into<WriteError>> From<E> for ActError {
    fn from(error: E) -> Self {
        Self::Write(error.into())
    }
}
