//! Errors over HTTP: RFC 9457 problem details with a stable code, in Chinese and English. What happened inside is logged
//! under the request id and never returned.

use axum::Json;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bianfang_domain::reason::Reason;
use bianfang_protocol::problem::Problem;

use crate::ServerError;
use crate::auth::AuthError;

pub use super::code::{ALL, Code};

/// The number that goes into the problem body.
#[derive(Debug, Clone, Copy)]
struct Expected(u64);

/// The reason of a rule that goes into the problem body, and the field it speaks of.
#[derive(Debug, Clone)]
struct Ruled(Reason, Option<String>);

/// Sentences of the cause that go into the problem body.
#[derive(Debug, Clone)]
struct Sentences(String);

/// What handlers fail with.
#[derive(Debug)]
pub enum HttpError {
    /// The caller is told.
    Known(Code),
    /// The caller is told, with the number the server waits for.
    Expected(Code, u64),
    /// A rule refuses what the caller wants written: why, and which field.
    Ruled(Reason, Option<String>),
    /// The caller is told, in words that the cause itself has: `中文 / English`.
    Told(Code, String),
    /// The log is told.
    Internal(ServerError),
}

impl<E: Into<ServerError>> From<E> for HttpError {
    fn from(error: E) -> Self {
        Self::Internal(error.into())
    }
}

impl From<AuthError> for HttpError {
    fn from(error: AuthError) -> Self {
        Self::Known(match error {
            AuthError::SignInFailed => Code::SignInFailed,
            AuthError::CountyNeeded => Code::CountyNeeded,
            AuthError::EnrolCodeRefused => Code::EnrolCodeRefused,
            AuthError::InstallationTaken => Code::InstallationTaken,
            AuthError::SessionEnded => Code::SessionEnded,
            AuthError::Internal(error) => return Self::Internal(error),
        })
    }
}

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let expected = if let Self::Expected(_, number) = self { Some(Expected(number)) } else { None };
        let ruled = if let Self::Ruled(reason, field) = &self { Some(Ruled(*reason, field.clone())) } else { None };
        let told = if let Self::Told(_, words) = &self { Some(Sentences(words.clone())) } else { None };
        let code = match self {
            Self::Known(code) | Self::Expected(code, _) | Self::Told(code, _) => code,
            Self::Ruled(..) => Code::Refused,
            Self::Internal(error) => {
                // The span of the request carries its id.
                tracing::error!(%error, "request failed");
                Code::Internal
            }
        };
        let mut response = code.row().0.into_response();
        response.extensions_mut().insert(code);
        if let Some(expected) = expected {
            response.extensions_mut().insert(expected);
        }
        if let Some(told) = told {
            response.extensions_mut().insert(told);
        }
        if let Some(ruled) = ruled {
            response.extensions_mut().insert(ruled);
        }
        response
    }
}

/// Gives every error answer its problem body, whoever made it: a handler, an extractor, the router or a layer.
pub(super) fn finish(response: Response, request_id: Option<String>) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let code = response.extensions().get::<Code>().copied().unwrap_or_else(|| Code::of_status(status));
    let (status, name, zh, en) = code.row();
    let ruled = response.extensions().get::<Ruled>();
    let (zh, en) = ruled.map_or((zh, en), |ruled| (ruled.0.zh(), ruled.0.en()));
    let told = response.extensions().get::<Sentences>();
    let (zh, en) = told.map_or((zh, en), |told| told.0.split_once(" / ").unwrap_or((&told.0, en)));
    let body = Problem {
        kind: format!("urn:bianfang:problem:{name}"),
        code: name.to_owned(),
        status: status.as_u16(),
        title: zh.to_owned(),
        detail: en.to_owned(),
        request_id,
        expected: response.extensions().get::<Expected>().map(|expected| expected.0),
        reason: ruled.map(|ruled| ruled.0),
        field: ruled.and_then(|ruled| ruled.1.clone()),
    };
    let mut finished = (status, Json(body)).into_response();
    let headers = finished.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    for name in [ALLOW, RETRY_AFTER] as [HeaderName; 2] {
        if let Some(value) = response.headers().get(&name) {
            headers.insert(name, value.clone());
        }
    }
    finished
}
