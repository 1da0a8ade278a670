//! Handlers that write: a wish of the caller's session, and a rule's refusal as an answer. What is written stands in the rules.

use axum::http::HeaderMap;
use bianfang_domain::decision::Verdict;
use bianfang_domain::id::RecordId;
use bianfang_domain::reason::Reason;
use bianfang_protocol::push::Answer;
use sqlx::AnyConnection;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::tree::Tree;
use crate::http::problem::{Code, HttpError};
use crate::write::WriteError;
use crate::write::online::{self, Wish};

/// The header `Idempotency-Key`: new for each write, so that a repeated request is the same write.
///
/// # Errors
/// `malformed` where there is none of 8 to 80 characters.
pub fn key(headers: &HeaderMap) -> Result<String, HttpError> {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::trim);
    let key = key.filter(|key| (8..=80).contains(&key.len()));
    key.map(str::to_owned).ok_or(HttpError::Known(Code::Malformed))
}

/// The header `If-Match`: the revision that was changed, where it is given.
///
/// # Errors
/// `malformed` for one that is no revision.
pub fn base(headers: &HeaderMap) -> Result<Option<u64>, HttpError> {
    let base = headers.get("if-match").and_then(|value| value.to_str().ok()).map(str::trim);
    let base = base.map(|text| text.trim_matches('"').parse::<u64>()).transpose();
    base.map_err(|_| HttpError::Known(Code::Malformed))
}

/// The county's own division, for who works in all of it: settings hold for everybody, so nobody sets them for a part.
///
/// # Errors
/// `forbidden` for anybody else.
pub async fn whole_county(conn: &mut AnyConnection, caller: &Caller) -> Result<RecordId, HttpError> {
    let tree = Tree::load(conn, &caller.county).await?;
    let top = tree.top(&caller.scope).filter(|top| tree.ancestors(*top).is_empty());
    top.ok_or(HttpError::Known(Code::Forbidden))
}

/// Writes a wish.
///
/// # Errors
/// `refused` with the rule's reason, `key-taken`.
pub async fn write(app: &App, caller: &Caller, wish: &Wish) -> Result<Answer, HttpError> {
    let keys = app.county_keys(&caller.county)?;
    let answer = online::write(app.desk(caller, &keys), &caller.actor(), wish).await;
    let answer = answer.map_err(failed)?;
    match answer.verdict {
        Verdict::Refused => Err(HttpError::Ruled(answer.reason.unwrap_or(Reason::Malformed), answer.field)),
        _ => Ok(answer),
    }
}

/// A write that could not be made, as its caller is told.
#[must_use]
pub fn failed(error: WriteError) -> HttpError {
    match error {
        WriteError::Server(error) => HttpError::Internal(error),
        WriteError::KeyTaken => HttpError::Known(Code::KeyTaken),
        WriteError::Gap { .. } | WriteError::ForeignInstallation | WriteError::TooManyOps => {
            HttpError::Known(Code::Malformed)
        }
    }
}
