//! What the engine needs of the phone's own store, and nothing more.

use std::collections::BTreeMap;
use std::future::Future;

use bianfang_domain::id::RecordId;
use bianfang_domain::op::Op;
use bianfang_protocol::blob::Receipt;
use bianfang_protocol::enrol::Tokens;
use bianfang_protocol::pull::{Check, PullResponse};
use bianfang_protocol::push::Answer;
use bytes::Bytes;

use crate::error::SyncFault;

/// What is known when a session begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// None where the phone is not enrolled or was signed out.
    pub tokens: Option<Tokens>,
    /// Where the last pull ended; None: from the beginning.
    pub cursor: Option<String>,
    /// The server's epoch at the last contact.
    pub epoch: Option<String>,
    /// The server's time now, as well as the phone knows it.
    pub server_ms: i64,
    /// Ops that wait, for the progress.
    pub pending: u64,
    /// The last number that was ever answered; 0 where none was.
    pub answered: u64,
}

/// A photo file whose receipt is missing. Thumbnails are never owed: the server makes its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// SHA-256 of the content, hex.
    pub sha256: String,
    /// Bytes of the content.
    pub length: u64,
}

/// What the server's clock said at the middle of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasuredClock {
    /// The server's time, UTC milliseconds.
    pub server_ms: i64,
    /// The phone's steady clock then, milliseconds.
    pub steady_ms: i64,
    /// How long the request took: the time is right within half of it.
    pub round_trip_ms: i64,
}

/// What is to be kept. Each is one transaction, durable when it returns.
#[derive(Debug, Clone, PartialEq)]
pub enum Keep {
    /// New tokens: the old refresh token is worth nothing any more.
    Tokens(Tokens),
    /// A better measurement of the server's clock.
    Clock(MeasuredClock),
    /// These ops are decided and leave the queue. A refused op is kept, with its reason.
    Acknowledge(Vec<Answer>),
    /// All kept ops from this number on wait again: the server does not know them.
    PushAgain {
        /// First number.
        from: u64,
    },
    /// The server is at this epoch. Where the phone knew another one, or was answered further than the server now is, the server was
    /// restored from a backup or put back: kept ops from `from` on wait again, receipts younger than them count no more, and the cursor is forgotten. No record is removed.
    Epoch {
        /// The new epoch.
        epoch: String,
        /// First number to push again; None where the phone knew no epoch.
        from: Option<u64>,
    },
    /// The server has the bytes.
    Receipt(Receipt),
    /// A photo the server will not take, with the reason. It stays owed and on the phone.
    PhotoFault {
        /// Which, hex.
        sha256: String,
        /// Why.
        fault: SyncFault,
    },
    /// Changes and the new cursor.
    Page {
        /// As it came.
        page: Box<PullResponse>,
        /// The first page of a pull from the beginning: what this pull does not bring up to its last page (`!more`, perhaps
        /// in a later session) is not in scope any more. The phone is never emptied before.
        begins: bool,
    },
}

/// What the engine wants of the store.
#[derive(Debug, Clone, PartialEq)]
pub enum StoreAsk {
    /// Answered by [`StoreSays::Session`].
    Session,
    /// The oldest waiting ops, answered by [`StoreSays::Ops`].
    Pending {
        /// At most so many.
        limit: usize,
    },
    /// All owed photos, answered by [`StoreSays::Owed`].
    Owed,
    /// Keep it; no answer.
    Keep(Keep),
    /// Which divisions differ from what the server says, answered by [`StoreSays::Differ`].
    Compare(BTreeMap<RecordId, Check>),
}

/// What the store says.
#[derive(Debug, Clone, PartialEq)]
pub enum StoreSays {
    /// To [`StoreAsk::Session`].
    Session(Session),
    /// To [`StoreAsk::Pending`].
    Ops(Vec<Op>),
    /// To [`StoreAsk::Owed`].
    Owed(Vec<Owed>),
    /// To [`StoreAsk::Compare`].
    Differ(Vec<RecordId>),
}

/// The phone's store, as the driver calls it.
pub trait Local: Sync {
    /// What the store fails with.
    type Error: std::error::Error + Send + Sync + 'static;

    /// What is known.
    fn session(&self) -> impl Future<Output = Result<Session, Self::Error>> + Send;

    /// The oldest ops without an answer, in the order of their numbers.
    fn pending(&self, limit: usize) -> impl Future<Output = Result<Vec<Op>, Self::Error>> + Send;

    /// Photos without receipt that the policy sends now, oldest first.
    fn owed(&self) -> impl Future<Output = Result<Vec<Owed>, Self::Error>> + Send;

    /// Plain bytes of a photo, exactly `length` of them.
    fn piece(&self, sha256: &str, offset: u64, length: u64) -> impl Future<Output = Result<Bytes, Self::Error>> + Send;

    /// Keeps it, in one transaction.
    fn keep(&self, write: Keep) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// The divisions whose records here differ in count or sum.
    fn compare(
        &self,
        checks: &BTreeMap<RecordId, Check>,
    ) -> impl Future<Output = Result<Vec<RecordId>, Self::Error>> + Send;
}
