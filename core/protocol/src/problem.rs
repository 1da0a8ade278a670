//! Errors over HTTP: RFC 9457 problem details with a stable code and two languages.

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
}
