//! `POST /api/v1/sync/push`: operations up, an answer for each.

use bianfang_domain::decision::{Decision, FieldVerdict, Verdict};
use bianfang_domain::id::OpId;
use bianfang_domain::kept_open::Hidden;
use bianfang_domain::op::Op;
use bianfang_domain::reason::Reason;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// At most this many ops in one push.
pub const MAX_OPS: usize = 200;

/// At most this many bytes of JSON in one push, before compression.
pub const MAX_BYTES: usize = 1 << 20;

/// Ops of one installation in the order of their numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PushRequest {
    /// At most [`MAX_OPS`].
    pub ops: Vec<Op>,
}

/// Sent after the commit: what it says is durable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PushResponse {
    /// One for each op, in the order they came.
    pub answers: Vec<Answer>,
    /// The server's clock, UTC milliseconds: the phone measures its offset by it.
    pub server_ms: i64,
    /// Changes when the server was restored from a backup: the phone pushes again what was lost.
    pub epoch: String,
}

/// What became of one op. The same op gets the same answer however often it is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The op.
    pub op: OpId,
    /// In one word.
    pub verdict: Verdict,
    /// The feed number it got; 0 for a refused op.
    pub revision: u64,
    /// Why, where it is not plain acceptance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Which field or part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Fields that did not simply stand.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, FieldVerdict>,
    /// Numbers that lay open in what it said and were masked before it was kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<Hidden>,
}

impl Answer {
    /// The author's part of a decision: what was decided about others' facts is not in it.
    #[must_use]
    pub fn of(op: OpId, decision: &Decision, revision: u64) -> Self {
        let revision = if decision.verdict == Verdict::Refused { 0 } else { revision };
        Self {
            op,
            verdict: decision.verdict,
            revision,
            reason: decision.reason,
            field: decision.field.clone(),
            fields: decision.fields.clone(),
            hidden: Vec::new(),
        }
    }
}
