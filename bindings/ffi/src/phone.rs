//! The phone core's calls, one to one: here those about the phone itself, its queue and what became of a record; each topic
//! has a file of its own.

use std::path::Path;
use std::sync::Arc;

use bianfang_client::{
    ClientError, CodeTableLine, DivisionLine, FormFieldLine, ProfileView, ReceiptLine, RecordState, Saved, Status,
    SyncSummary, TroubleLine,
};

use crate::host::{SteadyClock, SystemHost};
use crate::key::key;
use crate::watch::{Relay, Watch};

pub(crate) type Result<T> = std::result::Result<T, ClientError>;

/// One account's phone: its encrypted store, its queue and its way to the server. Every call may come from any thread.
#[derive(uniffi::Object)]
pub struct Phone(pub(crate) bianfang_client::Phone);

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// Opens the phone in a folder under its key of 32 random bytes, and makes it where there is none. The clock tells how
    /// much time passed whatever becomes of the date.
    ///
    /// # Errors
    /// Locked: another key. Invalid: `key` has another length, `folder` is open elsewhere. `OutOfDate`, `StorageFull`.
    #[uniffi::constructor]
    pub async fn open(folder: String, key_bytes: Vec<u8>, clock: Arc<dyn SteadyClock>) -> Result<Self> {
        let host = Arc::new(SystemHost::new(clock));
        bianfang_client::Phone::open(Path::new(&folder), key(&key_bytes)?, host).await.map(Self)
    }

    /// Ends a running session, waits for calls under way and closes the store; every later call is Locked. Not named
    /// `close`: that is how generated Kotlin objects free themselves.
    ///
    /// # Errors
    /// Internal; the store is closed all the same.
    pub async fn shut(&self) -> Result<()> {
        self.0.close().await
    }

    /// Redeems an invitation, the JSON of its QR; on an enrolled phone it signs in again and keeps everything.
    ///
    /// # Errors
    /// Invalid: `invitation` (unreadable, used, expired, another account's) or `server`. Offline, `OutOfDate`.
    pub async fn enrol(&self, invitation: String, device: String) -> Result<ProfileView> {
        self.0.enrol(&invitation, &device).await
    }

    /// Whose phone this is; none before the enrolment.
    ///
    /// # Errors
    /// Locked.
    pub async fn profile(&self) -> Result<Option<ProfileView>> {
        self.0.profile().await
    }

    /// The words for every code, the bureau's over the shipped ones.
    ///
    /// # Errors
    /// Locked.
    pub async fn codes(&self) -> Result<Vec<CodeTableLine>> {
        self.0.codes().await
    }

    /// The fields of a kind of record, in the order in which a form asks for them.
    ///
    /// # Errors
    /// Locked.
    pub async fn fields(&self, kind: String) -> Result<Vec<FormFieldLine>> {
        self.0.fields(&kind).await
    }

    /// The divisions this phone covers, in tree order.
    ///
    /// # Errors
    /// Locked.
    pub async fn divisions(&self) -> Result<Vec<DivisionLine>> {
        self.0.divisions().await
    }

    /// Takes a record back, with the reason. Nothing is deleted.
    ///
    /// # Errors
    /// `NotFound`; Invalid without a reason or right.
    pub async fn void(&self, record: String, reason: String) -> Result<Saved> {
        self.0.void(&record, &reason).await
    }

    /// How far a record has travelled.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn state(&self, record: String) -> Result<RecordState> {
        self.0.state(&record).await
    }

    /// The files of a record that the server must get, with its receipts.
    ///
    /// # Errors
    /// `NotFound`, Locked.
    pub async fn receipts(&self, record: String) -> Result<Vec<ReceiptLine>> {
        self.0.receipts(&record).await
    }

    /// What was held or refused, and photos that cannot be sent, newest first.
    ///
    /// # Errors
    /// Locked.
    pub async fn troubles(&self) -> Result<Vec<TroubleLine>> {
        self.0.troubles().await
    }

    /// What waits, for the foot of every screen.
    ///
    /// # Errors
    /// Locked.
    pub async fn status(&self) -> Result<Status> {
        self.0.status().await
    }

    /// One session with the server. What was acknowledged stays so, however it ends.
    ///
    /// # Errors
    /// Offline, `SignedOut`, `OutOfDate`, Cancelled, `StorageFull`; Invalid: `session` (another runs), `server`.
    pub async fn synchronize(&self, watch: Arc<dyn Watch>) -> Result<SyncSummary> {
        self.0.synchronize(Arc::new(Relay(watch))).await
    }

    /// Ends a running session soon. Cancelling the caller's coroutine or task alone would not.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}
