//! An op: the one form in which anything is written, by a phone, the console or an import.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::actor::Actor;
use crate::document::Document;
use crate::id::{OpId, RecordId};
use crate::reason::Reason;
use crate::time::{Day, DeviceTime};

/// Field name to sealed text (base64): on its way from a phone sealed to the county's public key, at rest under the county's own.
pub type Sealed = BTreeMap<String, String>;

/// One write. `base` is the revision of the record in the writer's mirror, 0 where it had none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Op {
    /// Gap-free per installation.
    pub id: OpId,
    /// The kind of the target: a text, so that kinds of a newer version pass through.
    pub kind: String,
    /// The record written to.
    pub target: RecordId,
    /// What is done to it.
    #[serde(flatten)]
    pub act: Act,
    /// The revision the writer had seen.
    #[serde(default)]
    pub base: u64,
    /// What the writer's clocks said.
    pub at: DeviceTime,
}

/// What an op does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Brings a record into being. For a fact this is its document, for ever.
    Record {
        /// The open part.
        fields: Document,
        /// The sealed part.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        sealed: Sealed,
    },
    /// Changes fields of shared data.
    Change {
        /// Changed fields only; null clears one.
        set: Document,
        /// Changed sealed fields.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        sealed: Sealed,
        /// The day from which dated fields hold; default: the day of the op.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Day>,
    },
    /// Corrects fields of a fact, with the reason.
    Amend {
        /// Corrected fields only.
        set: Document,
        /// Corrected sealed fields.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        sealed: Sealed,
        /// Why.
        reason: String,
    },
    /// Takes a fact back, with the reason. Nothing is deleted.
    Void {
        /// Why.
        reason: String,
    },
    /// A reviewer decides about a held part, a proposal or a conflict.
    Settle {
        /// Which.
        part: Part,
        /// Let it count, or not.
        accept: bool,
        /// Why.
        reason: String,
    },
    /// Takes a settlement back: the part is judged again as if nobody had settled it.
    Unsettle {
        /// Which.
        part: Part,
        /// Why.
        reason: String,
    },
    /// A reviewer looks at a contact: ACCEPTED or RETURNED with a comment.
    Review {
        /// The verdict.
        verdict: Review,
        /// What should be mended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<String>,
    },
}

/// The smallest thing a rule speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The record as a whole.
    Whole,
    /// What a fact says of one subject (one person's entry in a contact).
    Of(RecordId),
    /// One field of shared data: of the values beside it, the newest.
    Field(String),
    /// One value kept beside a field, by the op that brought it.
    Value(String, OpId),
}

/// Where a contact stands with its reviewer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Review {
    /// 未审: counts, shown apart.
    #[default]
    Submitted,
    /// 已审
    Accepted,
    /// 退回: does not count until amended.
    Returned,
}

/// An op with what only its receiver knows: who sent it, when it came, what its sealed fields turned out to be.
#[derive(Debug, Clone)]
pub struct Arrival<'a> {
    /// The op.
    pub op: &'a Op,
    /// Its author.
    pub actor: &'a Actor,
    /// UTC milliseconds of the receiver.
    pub received_ms: i64,
    /// Corrected time of the installation's newest earlier op whose time is sure: a doubtful one must not push later ones.
    pub previous_ms: Option<i64>,
    /// Sealed field to its keyed fingerprint, or why it could not be opened. Empty on a phone.
    pub fingerprints: BTreeMap<String, Result<String, Reason>>,
}

impl Op {
    /// The fields it sets, whatever the act.
    #[must_use]
    pub fn set(&self) -> Option<&Document> {
        match &self.act {
            Act::Record { fields: set, .. } | Act::Change { set, .. } | Act::Amend { set, .. } => Some(set),
            Act::Void { .. } | Act::Settle { .. } | Act::Unsettle { .. } | Act::Review { .. } => None,
        }
    }

    /// Its sealed fields, whatever the act.
    #[must_use]
    pub fn sealed(&self) -> Option<&Sealed> {
        match &self.act {
            Act::Record { sealed, .. } | Act::Change { sealed, .. } | Act::Amend { sealed, .. } => Some(sealed),
            _ => None,
        }
    }

    /// The value it gives one field.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.set()?.get(field)
    }
}
