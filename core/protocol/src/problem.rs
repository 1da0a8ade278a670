//! Errors over HTTP: RFC 9457 problem details with a stable code and two languages.

use bianfang_domain::reason::Reason;
use serde::{Deserialize, Serialize};

/// `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `urn:bianfang:problem:<code>`
    #[serde(rename = "type")]
    pub kind: String,
    /// Stable: what a program looks at.
    pub code: String,
    /// The HTTP status.
    pub status: u16,
    /// 中文: what happened and what to do next.
    pub title: String,
    /// The same in English.
    pub detail: String,
    /// To be told to the administrator; the log has the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// `gap` and `blob-offset`: the number the server waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
    /// `refused`: the rule's reason; title and detail say it in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// `refused`: the field the reason speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}
