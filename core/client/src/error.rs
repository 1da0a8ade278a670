//! What can go wrong, by what the app can do about it. Ten variants at most; everything else is `Internal` with an id for the log.

/// The error of every call of the facade.
#[derive(Debug, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum ClientError {
    /// No signal or no server. Nothing is lost; try again later.
    #[error("offline")]
    Offline,
    /// Sign in again; the queue waits.
    #[error("signed out")]
    SignedOut,
    /// The key is wrong or the store is closed.
    #[error("locked")]
    Locked,
    /// No such record on this phone.
    #[error("not found")]
    NotFound,
    /// A field is wrong.
    #[error("{field}: {en}")]
    Invalid {
        /// Which.
        field: String,
        /// 中文
        zh: String,
        /// English
        en: String,
    },
    /// Somebody else changed it; both values are kept.
    #[error("conflict")]
    Conflict,
    /// No room on the phone.
    #[error("storage full")]
    StorageFull,
    /// The app is too old for this.
    #[error("out of date")]
    OutOfDate,
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
    /// Ours to mend.
    #[error("internal error {report_id}")]
    Internal {
        /// To be found in the log.
        report_id: String,
    },
}
