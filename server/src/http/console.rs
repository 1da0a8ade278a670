//! The console's files, embedded in the server. They are no routes: they answer what no route takes, are public, and hold
//! no data. An address of the console's own (`/people/…`) gets its one page when a browser asks for a page.

use std::borrow::Cow;

use axum::extract::Request;
use axum::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::http::problem::{Code, HttpError};

/// Read from the folder in a debug build, from the binary in a release build.
#[derive(RustEmbed)]
#[folder = "console/dist"]
#[allow_missing = true]
struct Built;

const PAGE: &str = "index.html";

/// Below these nothing is ever the console's: their callers are programs, which want a problem.
const OTHERS: [&str; 3] = ["api", "health", "ready"];

/// Scripts come from here alone. The component library writes its styles into the page, and pictures are shown from
/// memory, for they are fetched with a token.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; \
    font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Its name changes with its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Asked for again each time, and answered with 304 while it is the same.
const ASK_AGAIN: &str = "no-cache";

const NOT_BUILT: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>遍访</title>\
    <h1>管理台还没有编译</h1><p>请在 <code>server/console</code> 中运行 <code>npm ci &amp;&amp; npm run build</code>，再重新编译服务器。</p>\
    <p lang=\"en\">The console has not been built. Run <code>npm ci &amp;&amp; npm run build</code> in \
    <code>server/console</code>, then build the server again.</p></html>";

/// Answers what no route took.
///
/// # Errors
/// `not-found`
pub async fn get(request: Request) -> Result<Response, HttpError> {
    answer::<Built>(request.method(), request.uri().path(), request.headers())
}

/// The answer out of a set of files.
///
/// # Errors
/// `not-found` for what is no file, unless a browser asks for a page.
pub fn answer<F: RustEmbed>(method: &Method, path: &str, headers: &HeaderMap) -> Result<Response, HttpError> {
    let path = path.trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    let reads = matches!(*method, Method::GET | Method::HEAD);
    if !reads || OTHERS.contains(&first) {
        return Err(HttpError::Known(Code::NotFound));
    }
    if let Some(file) = F::get(path) {
        return Ok(send(path, file, headers));
    }
    if !(path.is_empty() || wants_page(headers)) {
        return Err(HttpError::Known(Code::NotFound));
    }
    Ok(match F::get(PAGE) {
        Some(file) => send(PAGE, file, headers),
        None => secured((StatusCode::OK, [(CONTENT_TYPE, "text/html; charset=utf-8")], NOT_BUILT).into_response()),
    })
}

/// A script or picture that is gone must not be answered with a page; only what a person opens is asked for like this.
fn wants_page(headers: &HeaderMap) -> bool {
    headers.get_all(ACCEPT).iter().any(|accept| accept.to_str().is_ok_and(|accept| accept.contains("text/html")))
}

fn send(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    // Weak: the bytes may be packed on the way.
    let tag = format!("W/\"{}\"", hex::encode(file.metadata.sha256_hash()));
    let cache = if path.starts_with("assets/") { FOR_EVER } else { ASK_AGAIN };
    let same = headers.get_all(IF_NONE_MATCH).iter().any(|known| known.to_str().is_ok_and(|k| k.contains(&tag)));
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = match file.metadata.mimetype() {
            kind if kind.starts_with("text/") => format!("{kind}; charset=utf-8"),
            kind => kind.to_owned(),
        };
        let bytes = match file.data {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => Bytes::from(bytes),
        };
        ([(CONTENT_TYPE, kind)], bytes).into_response()
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    secured(response)
}

fn secured(mut response: Response) -> Response {
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
