//! The phone's store as the synchronization engine sees it.

use std::collections::BTreeMap;

use bianfang_domain::id::RecordId;
use bianfang_domain::op::Op;
use bianfang_protocol::pull::Check;
use bianfang_store::{MetaKey, Store, StoreError};
use bianfang_sync::{Keep, Local, Owed, Session, SyncFault};
use bytes::Bytes;

use crate::clock::RunningClock;

/// The store, with the clocks that its writes need.
pub(crate) struct ClockedStore<'a> {
    pub store: &'a Store,
    pub clock: &'a RunningClock,
}

impl Local for ClockedStore<'_> {
    type Error = StoreError;

    async fn session(&self) -> Result<Session, StoreError> {
        Ok(Session {
            tokens: self.store.value(MetaKey::Tokens).await?,
            cursor: self.store.value(MetaKey::Cursor).await?,
            epoch: self.store.value(MetaKey::Epoch).await?,
            server_ms: self.clock.now().server_ms(),
            pending: self.store.status().await?.pending,
            answered: self.store.answered().await?,
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

    async fn keep(&self, write: Keep) -> Result<(), StoreError> {
        match write {
            Keep::Tokens(tokens) => self.store.set_value(MetaKey::Tokens, &tokens).await,
            Keep::Clock(measured) => self.clock.heard(self.store, measured).await,
            Keep::Acknowledge(answers) => self.store.acknowledge(&answers, self.clock.now().server_ms()).await,
            Keep::PushAgain { from } => self.store.push_again(from).await,
            Keep::Epoch { epoch, from } => self.store.set_epoch(&epoch, from).await,
            Keep::Receipt(receipt) => self.store.receipt(&receipt).await,
            Keep::PhotoFault { sha256, fault } => self.store.photo_fault(&sha256, &fault_text(&fault)).await,
            Keep::Page { page, begins } => self.store.apply_page(&page, begins, self.clock.device().wall_ms).await,
        }
    }

    async fn compare(&self, checks: &BTreeMap<RecordId, Check>) -> Result<Vec<RecordId>, StoreError> {
        self.store.compare(checks).await
    }
}

/// The form in which the store keeps why a photo is not taken.
pub(crate) fn fault_text(fault: &SyncFault) -> String {
    // Texts and numbers only, so that this cannot fail.
    serde_json::to_string(fault).unwrap_or_default()
}

/// What a photo's fault says, (中文, English).
pub(crate) fn fault_words(text: &str) -> (String, String) {
    match serde_json::from_str::<SyncFault>(text) {
        Ok(fault) => (fault.zh, fault.en),
        Err(_) => ("照片未能上传，稍后再试。".into(), "The photo was not sent; it will be tried again.".into()),
    }
}
