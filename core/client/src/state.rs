//! How far the phone's work has travelled: one record, all that waits, and what somebody must look at.

use crate::error::ClientError;
use crate::phone::Phone;

/// How far a record has travelled. Only `Confirmed` is called synchronized.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RecordState {
    /// On this phone only.
    Saved,
    /// The server has it; photos of it still wait.
    Sent,
    /// The server has it and all evidence it asks for.
    Confirmed,
    /// The township will look at it.
    Held {
        /// 中文
        zh: String,
        /// English
        en: String,
    },
    /// It could not be accepted; it is kept here with the reason.
    Refused {
        /// 中文
        zh: String,
        /// English
        en: String,
    },
}

/// What waits, and what the server said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Status {
    /// Ops not yet acknowledged.
    pub waiting: u64,
    /// Acknowledged and held.
    pub held: u64,
    /// Refused, kept with the reason.
    pub refused: u64,
    /// Photos without receipt.
    pub photos_waiting: u64,
    /// Last complete synchronization, UTC milliseconds.
    pub last_sync_ms: Option<i64>,
    /// Whether the account must sign in again before it can synchronize.
    pub signed_out: bool,
}

/// A form that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Saved {
    /// The record it became.
    pub id: String,
    /// [`RecordState::Saved`]; for a form that was saved before, where its record stands.
    pub state: RecordState,
}

/// One file the server must get, or cannot get.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReceiptRow {
    /// SHA-256 of what is sent, hex.
    pub sha256: String,
    /// Bytes.
    pub bytes: u64,
    /// When the server had it on disk, UTC milliseconds of the server; None: not yet.
    pub received_ms: Option<i64>,
    /// Why not, 中文.
    pub zh: Option<String>,
    /// Why not, English.
    pub en: Option<String>,
}

/// Something that needs a look. The work itself is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TroubleRow {
    /// The op; for a photo the file's SHA-256.
    pub op: String,
    /// The record it speaks of.
    pub record: String,
    /// HELD | REFUSED | PHOTO
    pub what: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Phone {
    /// How far a record has travelled.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn state(&self, record: &str) -> Result<RecordState, ClientError> {
        Err(crate::phone::unwritten(record))
    }

    /// The files of a record that the server must get, with its receipts.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn receipts(&self, record: &str) -> Result<Vec<ReceiptRow>, ClientError> {
        Err(crate::phone::unwritten(record))
    }

    /// What was held or refused, and photos that cannot be sent, newest first.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn troubles(&self) -> Result<Vec<TroubleRow>, ClientError> {
        Err(crate::phone::unwritten(""))
    }

    /// For the foot of every screen.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn status(&self) -> Result<Status, ClientError> {
        Err(crate::phone::unwritten(""))
    }
}
