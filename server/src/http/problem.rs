//! Errors over HTTP: RFC 9457 problem details with a stable code, in Chinese and English. What happened inside is logged
//! under the request id and never returned.

use axum::Json;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bianfang_protocol::problem::Problem;

use crate::ServerError;

/// A refusal that callers are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The body or a parameter is not what this route reads.
    Malformed,
    /// No token, or one that does not hold.
    SignInRequired,
    /// Login or password.
    SignInFailed,
    /// The refresh token does not hold.
    SessionEnded,
    /// The role has no right to this route.
    Forbidden,
    /// The one-time code is wrong, used or expired.
    EnrolCodeRefused,
    /// Nothing here, or nothing for this caller.
    NotFound,
    /// The route knows other methods.
    MethodNotAllowed,
    /// The request took too long.
    Timeout,
    /// The installation's id belongs to another account, or was revoked.
    InstallationTaken,
    /// The body is over the limit.
    TooLarge,
    /// Not JSON.
    MediaType,
    /// The server holds several counties.
    CountyNeeded,
    /// Something broke here.
    Internal,
    /// The database does not answer.
    NotReady,
    /// An op before these is missing.
    Gap,
    /// The ops are another installation's.
    ForeignInstallation,
    /// The cursor is not this account's and phone's.
    CursorRefused,
    /// A photo is named by its SHA-256.
    BlobName,
    /// Empty, too long, or more than announced.
    BlobLength,
    /// The bytes have another hash than their name.
    BlobHash,
    /// A piece that does not begin where the last one ended.
    BlobOffset,
    /// No room on the server's disk.
    StorageFull,
    /// A division, day or figure that the query names is none.
    Query,
}

/// Every code, so that the tables of apps and tests are complete.
pub const ALL: [Code; 24] = [
    Code::Malformed,
    Code::SignInRequired,
    Code::SignInFailed,
    Code::SessionEnded,
    Code::Forbidden,
    Code::EnrolCodeRefused,
    Code::NotFound,
    Code::MethodNotAllowed,
    Code::Timeout,
    Code::InstallationTaken,
    Code::TooLarge,
    Code::MediaType,
    Code::CountyNeeded,
    Code::Internal,
    Code::NotReady,
    Code::Gap,
    Code::ForeignInstallation,
    Code::CursorRefused,
    Code::BlobName,
    Code::BlobLength,
    Code::BlobHash,
    Code::BlobOffset,
    Code::StorageFull,
    Code::Query,
];

impl Code {
    /// Status, stable code, 中文, English. The sentences say what to do next.
    #[must_use]
    pub fn row(self) -> (StatusCode, &'static str, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Self::Malformed => (
                S::BAD_REQUEST,
                "malformed",
                "请求内容的格式不对，请更新应用后再试",
                "The request has the wrong form. Update the app and try again.",
            ),
            Self::SignInRequired => (S::UNAUTHORIZED, "sign-in-required", "请先登录", "Sign in first."),
            Self::SignInFailed => (
                S::UNAUTHORIZED,
                "sign-in-failed",
                "账号或口令不对，或因多次输错已暂时锁定，请稍后再试",
                "The login or the password is wrong, or the account is locked for some minutes after too many attempts.",
            ),
            Self::SessionEnded => (
                S::UNAUTHORIZED,
                "session-ended",
                "登录已失效，请重新登录；手机里未上传的记录都还在",
                "The session has ended. Sign in again; unsent records are still on the phone.",
            ),
            Self::Forbidden => (
                S::FORBIDDEN,
                "forbidden",
                "您的角色没有这项权限，需要时请联系管理员",
                "Your role may not do this. Ask the administrator if you need it.",
            ),
            Self::EnrolCodeRefused => (
                S::FORBIDDEN,
                "enrol-code-refused",
                "登记码不对、已用过或已过期，请向管理员要一个新码",
                "The enrolment code is wrong, used or expired. Ask the administrator for a new one.",
            ),
            Self::NotFound => {
                (S::NOT_FOUND, "not-found", "没有找到，或不在您的范围内", "Not found, or not within your scope.")
            }
            Self::MethodNotAllowed => (
                S::METHOD_NOT_ALLOWED,
                "method-not-allowed",
                "此处不支持这种操作，请更新应用后再试",
                "This is not possible here. Update the app and try again.",
            ),
            Self::Timeout => {
                (S::REQUEST_TIMEOUT, "timeout", "处理超时，请稍后再试", "The request took too long. Try again later.")
            }
            Self::InstallationTaken => (
                S::CONFLICT,
                "installation-taken",
                "这部手机的登记属于别的账号或已停用，请联系管理员",
                "This phone is registered to another account or was revoked. Ask the administrator.",
            ),
            Self::TooLarge => (
                S::PAYLOAD_TOO_LARGE,
                "too-large",
                "内容太大，请分批发送",
                "The request is too large. Send it in parts.",
            ),
            Self::MediaType => (
                S::UNSUPPORTED_MEDIA_TYPE,
                "media-type",
                "内容类型不对，应为 JSON",
                "The content type is wrong; JSON is expected.",
            ),
            Self::CountyNeeded => (
                S::UNPROCESSABLE_ENTITY,
                "county-needed",
                "本服务器有多个县，请填写县区代码",
                "This server holds several counties. Give the county's code.",
            ),
            Self::Internal => (
                S::INTERNAL_SERVER_ERROR,
                "internal",
                "服务器出错了，请把请求编号告诉管理员",
                "Something broke on the server. Tell the administrator the request id.",
            ),
            Self::NotReady => (
                S::SERVICE_UNAVAILABLE,
                "not-ready",
                "服务器还没有准备好，请稍后再试",
                "The server is not ready. Try again later.",
            ),
            Self::Gap => (
                S::CONFLICT,
                "gap",
                "前面还有记录没有收到，手机会从缺少的那条重新发送",
                "An earlier operation has not arrived. The phone sends again from the one that is missing.",
            ),
            Self::ForeignInstallation => (
                S::UNPROCESSABLE_ENTITY,
                "foreign-installation",
                "这些记录属于另一部手机，请用原来的手机发送",
                "These operations belong to another phone. Send them from that one.",
            ),
            Self::CursorRefused => (
                S::GONE,
                "cursor-refused",
                "同步位置不属于这个账号和手机，将从头下载",
                "The cursor is not of this account and phone. Download from the beginning.",
            ),
            Self::BlobName => (
                S::UNPROCESSABLE_ENTITY,
                "blob-name",
                "照片编号应为 64 位小写十六进制 SHA-256",
                "A photo is named by its SHA-256, 64 digits of lower-case hex.",
            ),
            Self::BlobLength => (
                S::UNPROCESSABLE_ENTITY,
                "blob-length",
                "照片为空、过大，或比声明的长；原件仍在手机里",
                "The photo is empty, too large or longer than announced. The file stays on the phone.",
            ),
            Self::BlobHash => (
                S::UNPROCESSABLE_ENTITY,
                "blob-hash",
                "照片内容与编号不符，可能在传输中损坏，请重新上传",
                "The bytes have another hash than their name. Send the photo again.",
            ),
            Self::BlobOffset => (
                S::CONFLICT,
                "blob-offset",
                "照片分段不连续，请从服务器已有的位置继续",
                "The piece does not begin where the last one ended. Go on at the offset the server has.",
            ),
            Self::StorageFull => (
                S::INSUFFICIENT_STORAGE,
                "storage-full",
                "服务器磁盘已满，照片仍在手机里，请通知管理员清理后再同步",
                "The server's disk is full. Photos stay on the phone: tell the administrator and synchronize later.",
            ),
            Self::Query => (
                S::BAD_REQUEST,
                "query",
                "查询条件有误：日期写作 2026-01-31,结束不早于开始，截止编号不大于最新编号",
                "The query is wrong: days are written 2026-01-31, the end is not before the start, as_of is a past feed number.",
            ),
        }
    }

    /// The code for a status that a library answered with.
    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::SignInRequired,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::REQUEST_TIMEOUT => Self::Timeout,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::MediaType,
            StatusCode::SERVICE_UNAVAILABLE => Self::NotReady,
            status if status.is_client_error() => Self::Malformed,
            _ => Self::Internal,
        }
    }
}

/// The number that goes into the problem body.
#[derive(Debug, Clone, Copy)]
struct Expected(u64);

/// What handlers fail with.
#[derive(Debug)]
pub enum HttpError {
    /// The caller is told.
    Known(Code),
    /// The caller is told, with the number the server waits for.
    Expected(Code, u64),
    /// The log is told.
    Internal(ServerError),
}

impl<E: Into<ServerError>> From<E> for HttpError {
    fn from(error: E) -> Self {
        Self::Internal(error.into())
    }
}

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let expected = if let Self::Expected(_, number) = self { Some(Expected(number)) } else { None };
        let code = match self {
            Self::Known(code) | Self::Expected(code, _) => code,
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
    let body = Problem {
        kind: format!("urn:bianfang:problem:{name}"),
        code: name.to_owned(),
        status: status.as_u16(),
        title: zh.to_owned(),
        detail: en.to_owned(),
        request_id,
        expected: response.extensions().get::<Expected>().map(|expected| expected.0),
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
