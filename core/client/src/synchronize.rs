//! One session with the server: what waits goes up, what is new comes down.

use std::sync::Arc;

use crate::error::ClientError;
use crate::phone::Phone;

/// Where a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Stage {
    /// Reading what is known, renewing the token.
    Begin,
    /// Operations up; counted in ops.
    Push,
    /// Photos up; counted in bytes.
    Photos,
    /// States down; counted in changes, the total is an estimate.
    Pull,
    /// Phone and server compare what they hold.
    Compare,
    /// Over.
    End,
}

/// For a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Progress {
    /// Where.
    pub stage: Stage,
    /// So much of it.
    pub done: u64,
    /// Of so much.
    pub total: u64,
}

/// Who is told of the progress.
pub trait Watch: Send + Sync {
    /// Called after each step that changed something, on a thread of the runtime: it must return soon.
    fn progress(&self, progress: Progress);
}

/// What a session did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SyncSummary {
    /// Ops sent and answered.
    pub sent: u64,
    /// Of these, taken by the server: all but the refused.
    pub acknowledged: u64,
    /// Of these, held for the township.
    pub held: u64,
    /// Refused, kept here with the reason.
    pub refused: u64,
    /// Photo files with a receipt.
    pub photos: u64,
    /// Bytes of photos sent, repetitions counted.
    pub photo_bytes: u64,
    /// Photo files the server did not take; see the troubles.
    pub photo_faults: u64,
    /// Changes received.
    pub received: u64,
    /// The server was restored from a backup since the last session; what it lost was sent again.
    pub restored: bool,
    /// Divisions that differ from the server even after a fresh pull: a fault to look at.
    pub differ: u64,
    /// Why ops still wait although the server was reached, 中文.
    pub stuck_zh: Option<String>,
    /// The same in English.
    pub stuck_en: Option<String>,
}

impl Phone {
    /// One session. What was acknowledged stays so, however it ends.
    ///
    /// # Errors
    /// [`ClientError::Offline`], [`ClientError::SignedOut`], [`ClientError::OutOfDate`], [`ClientError::Cancelled`],
    /// [`ClientError::StorageFull`]; [`ClientError::Invalid`] with field `session` while another one runs, with field
    /// `server` when another server answers.
    pub async fn synchronize(&self, watch: Arc<dyn Watch>) -> Result<SyncSummary, ClientError> {
        watch.progress(Progress { stage: Stage::Begin, done: 0, total: 0 });
        Err(crate::phone::unwritten(""))
    }

    /// Ends a running session soon; without one it does nothing. May be called from any thread.
    pub fn cancel(&self) {}
}
