//! How far the phone's work has travelled: one record, all that waits, and what somebody must look at.

use std::collections::BTreeMap;

use bianfang_domain::decision::FieldVerdict;
use bianfang_domain::document::{Document, id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::reason::Reason;
use bianfang_domain::record::Record;
use bianfang_protocol::push::Answer;
use bianfang_store::{OpState, Store};
use serde::Serialize;
use serde_json::Value;

use crate::account::KeptProfile;
use crate::error::ClientError;
use crate::ids;
use crate::local::fault_words;
use crate::phone::Phone;
use crate::view::WarningLine;

/// How far a record has travelled. Only `Confirmed` is called synchronized.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RecordState {
    /// On this phone only.
    Saved,
    /// The server has it; photos of it still wait, or can never go.
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Saved {
    /// The record it became.
    pub id: String,
    /// [`RecordState::Saved`]; for a form that was saved before, where its record stands.
    pub state: RecordState,
    /// Of a visit: the record of what happened to the plaque in it.
    pub plaque: Option<String>,
    /// Id numbers and bank cards that lay open in it and were masked before it was kept, each with what to do instead.
    pub hidden: Vec<WarningLine>,
}

/// One file the server must get, or cannot get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReceiptLine {
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TroubleLine {
    /// The op; for a photo the file's SHA-256.
    pub op: String,
    /// The record it speaks of.
    pub record: String,
    /// HELD | REFUSED | PHOTO
    pub what: String,
    /// Whom it is about, as a list shows them; empty where nobody is here.
    pub about: String,
    /// Their page.
    pub person: Option<String>,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

/// Whom a record is about: the person it is or names first, or whoever heads the household; with the page to open.
async fn about(
    store: &Store,
    id: RecordId,
    fields: Option<&Document>,
) -> Result<(String, Option<String>), ClientError> {
    let mut at = (id, fields.cloned());
    // A photo of a plaque of a household: three steps, and no record names itself.
    for _ in 0..4 {
        let (id, Some(doc)) = at else { break };
        if let Some(name) = text_in(&doc, "name").or(text_in(&doc, "head_name")) {
            let person = store.get(id).await?.filter(|record| record.kind == "person");
            return Ok((name.to_owned(), person.map(|person| person.id.to_string())));
        }
        let entry = doc.get("entries").and_then(Value::as_array).and_then(|list| list.first()?.as_object());
        let named = entry.and_then(|entry| id_in(entry, "person"));
        let others =
            ["person", "household", "subject", "letter", "request"].into_iter().find_map(|name| id_in(&doc, name));
        let Some(next) = named.or(others) else { break };
        at = (next, store.get(next).await?.map(|record| record.doc));
    }
    Ok((String::new(), None))
}

impl Phone {
    /// How far a record has travelled.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn state(&self, record: &str) -> Result<RecordState, ClientError> {
        let store = self.store().await?;
        let id = ids::known(record)?;
        let shown = store.get(id).await?;
        state(&store, id, shown.as_ref()).await
    }

    /// The files of a record that the server must get, with its receipts; and those it cannot get, with the reason.
    ///
    /// # Errors
    /// [`ClientError::NotFound`], [`ClientError::Locked`].
    pub async fn receipts(&self, record: &str) -> Result<Vec<ReceiptLine>, ClientError> {
        let store = self.store().await?;
        let id = ids::known(record)?;
        if store.get(id).await?.is_none() && store.sent(id).await?.is_empty() {
            return Err(ClientError::NotFound);
        }
        let files = store.photos_about(id).await?;
        let wanted = files.into_iter().map(|(_, file)| file).filter(|file| file.owed || file.fault.is_some());
        let row = wanted.map(|file| {
            let (zh, en) = file.fault.as_deref().map(fault_words).unzip();
            let received_ms = file.receipt.map(|receipt| receipt.stored_ms);
            ReceiptLine { sha256: file.stored.sha256, bytes: file.stored.length, received_ms, zh, en }
        });
        Ok(row.collect())
    }

    /// What was held or refused, newest first, and then photos that cannot be sent.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn troubles(&self) -> Result<Vec<TroubleLine>, ClientError> {
        let store = self.store().await?;
        let mut rows = Vec::new();
        for sent in store.troubled().await? {
            let what = if sent.state == OpState::Refused { "REFUSED" } else { "HELD" };
            let shown = store.get(sent.op.target).await?;
            let (zh, en) = words(sent.answer.as_ref(), shown.as_ref());
            let record = sent.op.target.to_string();
            // What was refused is not shown as a record, but what it said of whom stands in its op.
            let fields = sent.op.set().or(shown.as_ref().map(|shown| &shown.doc));
            let (about, person) = about(&store, sent.op.target, fields).await?;
            rows.push(TroubleLine { op: sent.op.id.to_string(), record, what: what.into(), about, person, zh, en });
        }
        for (record, file) in store.faulty_photos().await? {
            let (zh, en) = fault_words(file.fault.as_deref().unwrap_or_default());
            let op = file.stored.sha256;
            let shown = store.get(record).await?;
            let (about, person) = about(&store, record, shown.as_ref().map(|shown| &shown.doc)).await?;
            rows.push(TroubleLine { op, record: record.to_string(), what: "PHOTO".into(), about, person, zh, en });
        }
        Ok(rows)
    }

    /// For the foot of every screen.
    ///
    /// # Errors
    /// [`ClientError::Locked`].
    pub async fn status(&self) -> Result<Status, ClientError> {
        let store = self.store().await?;
        let status = store.status().await?;
        let kept = KeptProfile::get(&store).await?;
        Ok(Status {
            waiting: status.pending,
            held: status.held,
            refused: status.refused,
            photos_waiting: status.photos,
            last_sync_ms: status.last_sync_ms,
            signed_out: kept.is_none_or(|kept| kept.account.is_none() || kept.signed_out),
        })
    }
}

/// How far a record has travelled: what was last written of it decides, then its photos.
pub(crate) async fn state(store: &Store, id: RecordId, shown: Option<&Record>) -> Result<RecordState, ClientError> {
    let sent = store.sent(id).await?;
    if sent.is_empty() && shown.is_none() {
        return Err(ClientError::NotFound);
    }
    if sent.iter().any(|sent| sent.state == OpState::Pending) {
        return Ok(RecordState::Saved);
    }
    let held = shown.is_some_and(|record| record.meta.voided.is_none() && !record.meta.held.is_empty());
    if let Some(last) = sent.last() {
        let (zh, en) = words(last.answer.as_ref(), shown);
        match last.state {
            OpState::Refused => return Ok(RecordState::Refused { zh, en }),
            _ if last.held || held => return Ok(RecordState::Held { zh, en }),
            _ => {}
        }
    } else if held {
        let (zh, en) = words(None, shown);
        return Ok(RecordState::Held { zh, en });
    }
    // A photo's own op may wait although the visit was answered: the queue can end between them.
    let mut complete = true;
    // Whether anything of a photo goes: one that is kept back whole is evidence that never arrives.
    let mut goes: BTreeMap<RecordId, bool> = BTreeMap::new();
    for (photo, file) in store.photos_about(id).await? {
        complete &= !file.owed || file.receipt.is_some();
        complete &= photo == id || store.sent(photo).await?.iter().all(|sent| sent.state != OpState::Pending);
        *goes.entry(photo).or_default() |= file.owed || file.receipt.is_some();
    }
    Ok(if complete && goes.into_values().all(|goes| goes) { RecordState::Confirmed } else { RecordState::Sent })
}

/// Why: by the answer, else by what is held of the record now. (中文, English)
fn words(answer: Option<&Answer>, shown: Option<&Record>) -> (String, String) {
    let field = |answer: &Answer| {
        answer.fields.values().find_map(|verdict| match verdict {
            FieldVerdict::Held(reason) => Some(*reason),
            FieldVerdict::Proposed | FieldVerdict::Conflict => None,
        })
    };
    let answered = answer.and_then(|answer| answer.reason.or_else(|| field(answer)));
    let held = || shown.and_then(|record| record.meta.held.first()).map(|(_, reason)| *reason);
    let reason: Option<Reason> = answered.or_else(held);
    match reason {
        Some(reason) => (reason.zh().to_owned(), reason.en().to_owned()),
        None => ("由乡镇核对。".into(), "The township will check.".into()),
    }
}
