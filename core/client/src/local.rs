//! The phone's store as the synchronization engine sees it.

use std::collections::BTreeMap;

use bianfang_domain::id::RecordId;
use bianfang_domain::op::Op;
use bianfang_protocol::pull::Check;
use bianfang_store::{Key, Store, StoreError};
use bianfang_sync::{Fault, Local, Owed, Session, Write};
use bytes::Bytes;

use crate::clock::Clock;
use crate::host::Host;

/// The store, with the clocks that its writes need.
pub(crate) struct Stored<'a> {
    pub store: &'a Store,
    pub host: &'a dyn Host,
    pub clock: &'a Clock,
}

impl Local for Stored<'_> {
    type Error = StoreError;

    async fn session(&self) -> Result<Session, StoreError> {
        Ok(Session {
            tokens: self.store.value(Key::Tokens).await?,
            cursor: self.store.value(Key::Cursor).await?,
            epoch: self.store.value(Key::Epoch).await?,
            offset_ms: self.store.value(Key::OffsetMs).await?,
            pending: self.store.status().await?.pending,
        })
    }

    async fn pending(&self, limit: usize) -> Result<Vec<Op>, StoreError> {
        self.store.pending(limit).await
    }

    async fn owed(&self) -> Result<Vec<Owed>, StoreError> {
        let owed = self.store.owed().await?;
        Ok(owed.into_iter().map(|owed| Owed { sha256: owed.sha256, length: owed.length }).collect())
    }

    async fn piece(&self, sha256: &str, offset: u64, length: u64) -> Result<Bytes, StoreError> {
        self.store.piece(sha256, offset, length).await.map(Bytes::from)
    }

    async fn keep(&self, write: Write) -> Result<(), StoreError> {
        match write {
            Write::Tokens(tokens) => self.store.set_value(Key::Tokens, &tokens).await,
            Write::Clock(clock) => {
                self.clock.measured(self.host);
                self.store.set_value(Key::OffsetMs, &clock.offset_ms).await
            }
            Write::Acknowledge(answers) => self.store.acknowledge(&answers).await,
            Write::PushAgain { from } => self.store.push_again(from).await,
            Write::Epoch { epoch, from } => self.store.set_epoch(&epoch, from).await,
            Write::Receipt(receipt) => self.store.receipt(&receipt).await,
            Write::PhotoFault { sha256, fault } => self.store.photo_fault(&sha256, &fault_text(&fault)).await,
            Write::Page { page, begins } => self.store.apply_page(&page, begins, self.host.now_ms()).await,
        }
    }

    async fn compare(&self, checks: &BTreeMap<RecordId, Check>) -> Result<Vec<RecordId>, StoreError> {
        self.store.compare(checks).await
    }
}

/// The form in which the store keeps why a photo is not taken.
pub(crate) fn fault_text(fault: &Fault) -> String {
    // Texts and numbers only, so that this cannot fail.
    serde_json::to_string(fault).unwrap_or_default()
}

/// What a photo's fault says, (中文, English).
pub(crate) fn fault_words(text: &str) -> (String, String) {
    match serde_json::from_str::<Fault>(text) {
        Ok(fault) => (fault.zh, fault.en),
        Err(_) => ("照片未能上传，稍后再试。".into(), "The photo was not sent; it will be tried again.".into()),
    }
}
