//! Why a session ended early, by what the app can do about it; and what the server says of one request.

use bianfang_protocol::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::wire::Response;

/// Why a session ended before everything was done. What was acknowledged until then stays acknowledged.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// No answer. The next session goes on where this one stopped.
    #[error("the server cannot be reached")]
    Offline,
    /// The server does not show the certificate of the enrolment: somebody stands between, or the server was set up anew.
    #[error("the server is not the one this phone was enrolled with")]
    Untrusted,
    /// The server's certificate is under the root of the enrolment, and not valid on the day that the phone shows nor on the one
    /// that it takes for the server's.
    #[error("the certificate is not valid at the phone's date")]
    WrongDate {
        /// What the phone's wall clock shows, UTC milliseconds.
        shown_ms: i64,
    },
    /// The login has ended. The queue is kept.
    #[error("the login has ended")]
    SignedOut,
    /// The server understood and said no.
    #[error("refused: {}", .0.code)]
    Refused(SyncFault),
    /// This app is too old to pull; it was still allowed to push.
    #[error("the app is too old for this server")]
    OutOfDate,
    /// The server failed, or is too busy. The request's id finds the reason in its log.
    #[error("the server failed with status {status}")]
    Server {
        /// HTTP status.
        status: u16,
        /// For the administrator.
        request_id: Option<String>,
    },
    /// An answer that no server of this protocol gives.
    #[error("the answer has the wrong form")]
    Malformed,
    /// The invitation cannot be used: its address or fingerprint has the wrong form.
    #[error("the invitation has the wrong form")]
    Invitation,
    /// The phone's own store failed.
    #[error("the phone's store failed")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
}

/// What the server, or the phone's own check, says against one request or one photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncFault {
    /// Stable: what a program looks at.
    pub code: String,
    /// HTTP status, 0 where the phone itself found the fault.
    pub status: u16,
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
    /// For the administrator.
    pub request_id: Option<String>,
    /// Push with a gap: the number the server waits for.
    pub expected: Option<u64>,
}

impl SyncFault {
    /// Reads problem+json; an answer that is none (a proxy's page) becomes a fault of its status.
    #[must_use]
    pub fn of(response: &Response) -> Self {
        let Ok(problem) = serde_json::from_slice::<Problem>(&response.body) else {
            let zh = format!("服务器返回状态 {}，请稍后再试。", response.status);
            let en = format!("The server answered with status {}: try again later.", response.status);
            return Self { status: response.status, ..Self::own(&format!("http_{}", response.status), &zh, &en) };
        };
        Self {
            code: problem.code,
            status: response.status,
            zh: problem.title,
            en: problem.detail,
            request_id: problem.request_id,
            expected: problem.expected,
        }
    }

    /// A fault that the phone itself found.
    pub(crate) fn own(code: &str, zh: &str, en: &str) -> Self {
        Self { code: code.into(), status: 0, zh: zh.into(), en: en.into(), request_id: None, expected: None }
    }
}
