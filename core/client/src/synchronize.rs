//! One session with the server: what waits goes up, what is new comes down.

use std::sync::{Arc, Mutex, PoisonError};

use bianfang_sync::{Cancel, Https, Summary, SyncError};
use serde::Serialize;

use crate::account::KeptProfile;
use crate::error::ClientError;
use crate::local::ClockedStore;
use crate::phone::Phone;

/// Where a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
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
    /// Of these, changes that met another's change of the same field: both values are kept for the township.
    pub conflicts: u64,
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
    /// `server` when another server answers, with field `clock` when the phone's date is wrong.
    pub async fn synchronize(&self, watch: Arc<dyn Watch>) -> Result<SyncSummary, ClientError> {
        let _session = self.session.try_lock().map_err(|_| busy())?;
        let cancellable = Cancellable::begin(&self.cancel);
        let store = self.store().await?;
        let kept = KeptProfile::get(&store).await?.ok_or(ClientError::SignedOut)?;
        let account = kept.account.as_ref().ok_or(ClientError::SignedOut)?;
        let https = Https::new(&account.url, &account.ca, self.clock.reader())?;
        let local = ClockedStore { store: &store, clock: &self.clock };
        let steady = || self.clock.device().steady_ms;
        let shown = |progress: bianfang_sync::SessionProgress| watch.progress(progress.into());
        let ended = bianfang_sync::synchronize(&local, &https, steady, shown, &cancellable.cancel).await;
        match ended.result {
            Ok(()) => {
                kept.note(&store, false).await?;
                store.purge(self.now_ms()).await?;
                Ok(ended.summary.into())
            }
            Err(SyncError::SignedOut) => {
                kept.note(&store, true).await?;
                Err(ClientError::SignedOut)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The running session's stop button, which goes with the session.
struct Cancellable<'a> {
    place: &'a Mutex<Option<Cancel>>,
    cancel: Cancel,
}

impl<'a> Cancellable<'a> {
    fn begin(place: &'a Mutex<Option<Cancel>>) -> Self {
        let cancel = Cancel::default();
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(cancel.clone());
        Self { place, cancel }
    }
}

impl Drop for Cancellable<'_> {
    fn drop(&mut self) {
        *self.place.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

pub(crate) fn busy() -> ClientError {
    ClientError::invalid("session", "正在同步，请稍候。", "A session is running: wait for its end.")
}

impl From<bianfang_sync::SessionProgress> for Progress {
    fn from(progress: bianfang_sync::SessionProgress) -> Self {
        use bianfang_sync::SessionStage as From;
        let stage = match progress.stage {
            From::Begin => Stage::Begin,
            From::Push => Stage::Push,
            From::Photos => Stage::Photos,
            From::Pull => Stage::Pull,
            From::Compare => Stage::Compare,
            From::End => Stage::End,
        };
        Self { stage, done: progress.done, total: progress.total }
    }
}

impl From<Summary> for SyncSummary {
    fn from(summary: Summary) -> Self {
        let (stuck_zh, stuck_en) = summary.stuck.map(|fault| (fault.zh, fault.en)).unzip();
        Self {
            sent: summary.acknowledged,
            acknowledged: summary.acknowledged.saturating_sub(summary.refused),
            held: summary.held,
            refused: summary.refused,
            conflicts: summary.conflicts,
            photos: summary.photos,
            photo_bytes: summary.photo_bytes,
            photo_faults: summary.photo_faults.len() as u64,
            received: summary.changes,
            restored: summary.restored,
            differ: summary.differ.len() as u64,
            stuck_zh,
            stuck_en,
        }
    }
}
