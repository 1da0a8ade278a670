//! Handlers that write: a wish of the caller's session, and a rule's refusal as an answer. What is written stands in the rules.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use bianfang_domain::decision::Verdict;
use bianfang_domain::id::RecordId;
use bianfang_domain::kept_open::Hidden;
use bianfang_domain::reason::Reason;
use bianfang_protocol::push::Answer;
use serde::Serialize;
use sqlx::AnyConnection;

use crate::app::App;
use crate::auth::caller::Caller;
use crate::county::tree::Tree;
use crate::http::problem::{Code, HttpError};
use crate::write::online::{self, Wish};
use crate::write::{ActError, WriteError};

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

/// A write that changes what its caller saw: its key, and the revision that was changed.
pub struct Changing {
    /// See [`key`].
    pub key: String,
    /// See [`base`].
    pub base: u64,
}

impl<S: Sync> FromRequestParts<S> for Changing {
    type Rejection = HttpError;

    /// `malformed` without a key, `base-needed` without a revision.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, HttpError> {
        let key = key(&parts.headers)?;
        let base = base(&parts.headers)?.ok_or(HttpError::Known(Code::BaseNeeded))?;
        Ok(Self { key, base })
    }
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

/// A number that was masked before it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct HiddenLine {
    /// The field, or `reason` or `comment`.
    pub field: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

/// What was masked in a write to a record of one of some kinds: the first that has the field names it.
#[must_use]
pub fn hidden(kinds: &[&str], answer: &Answer) -> Vec<HiddenLine> {
    let line = |hidden: &Hidden| {
        let kind = kinds.iter().find(|kind| hidden.named(kind).is_some()).unwrap_or(&"");
        HiddenLine { field: hidden.field.clone(), zh: hidden.zh(kind), en: hidden.en(kind) }
    };
    answer.hidden.iter().map(line).collect()
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

/// What became of a write of several records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Acted {
    /// Records written; 0 where nothing differs.
    pub records: usize,
    /// accepted, or what most matters of the others: proposed, conflict or held.
    pub verdict: String,
    /// Why, 中文, where it is not plain acceptance.
    pub zh: Option<String>,
    /// English
    pub en: Option<String>,
    /// Id numbers and bank cards that were masked before it was kept, each in a sentence that says what to do.
    pub hidden: Vec<HiddenLine>,
}

/// The answers of such a write to records of some kinds, as its caller is told.
///
/// # Errors
/// `not-found`, `refused` with the rule's reason, `key-taken`.
pub fn acted(kinds: &[&str], answers: Result<Vec<Answer>, ActError>) -> Result<Acted, HttpError> {
    let answers = answers.map_err(|error| match error {
        ActError::Unknown => HttpError::Known(Code::NotFound),
        ActError::Ruled(reason, field) => HttpError::Ruled(reason, Some(field.to_owned())),
        ActError::Write(error) => failed(error),
    })?;
    if let Some(refused) = answers.iter().find(|answer| answer.verdict == Verdict::Refused) {
        return Err(HttpError::Ruled(refused.reason.unwrap_or(Reason::Malformed), refused.field.clone()));
    }
    let told = answers.iter().find(|answer| !matches!(answer.verdict, Verdict::Accepted | Verdict::Merged));
    Ok(Acted {
        records: answers.len(),
        verdict: told.map_or_else(|| "accepted".to_owned(), |answer| format!("{:?}", answer.verdict).to_lowercase()),
        zh: told.and_then(|answer| answer.reason).map(|reason| reason.zh().to_owned()),
        en: told.and_then(|answer| answer.reason).map(|reason| reason.en().to_owned()),
        hidden: answers.iter().flat_map(|answer| hidden(kinds, answer)).collect(),
    })
}
