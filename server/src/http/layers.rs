//! What every request passes, outermost first: request id, log, compression, problem bodies, panics, time limit, body limit.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use bianfang_domain::kept_open;
use futures_util::StreamExt;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use uuid::Uuid;

use crate::app::App;
use crate::clock::new_uuid;
use crate::http::problem::{self, Code, HttpError};
use bianfang_sheets::read::MAX_FILE;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A refused body is still read up to this many times the limit.
const LINGER: usize = 8;

#[derive(Clone)]
struct RequestIds(Arc<App>);

impl MakeRequestId for RequestIds {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id: Uuid = new_uuid(self.0.now_ms(), &*self.0.random);
        HeaderValue::from_str(&id.to_string()).ok().map(RequestId::new)
    }
}

/// Wraps the router.
pub fn wrap(router: Router, app: &Arc<App>) -> Router {
    let layers = ServiceBuilder::new()
        // A caller's own id is dropped: ids in our log are ours, and nobody can write into it.
        .map_request(|mut request: Request| {
            request.headers_mut().remove(REQUEST_ID);
            request
        })
        .layer(SetRequestIdLayer::new(REQUEST_ID, RequestIds(app.clone())))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        // Method, path without its query (it may hold names) and the id; never headers or bodies. A caller may put anything into a
        // path.
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request| {
            let id = id(request).unwrap_or_default();
            let path = request.uri().path();
            let path = kept_open::text(path).map_or_else(|| path.to_owned(), |(masked, _)| masked);
            tracing::info_span!("request", method = %request.method(), path, id)
        }))
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(SetResponseHeaderLayer::overriding(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .layer(CompressionLayer::new())
        .layer(from_fn(finish))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.config.request_seconds, limit_time))
        .layer(from_fn_with_state(app.config.body_limit, refuse_long))
        // The limit counts what the handler reads, so a small compressed body cannot grow past it.
        .layer(RequestDecompressionLayer::new())
        .layer(DefaultBodyLimit::max(app.config.body_limit));
    router.layer(layers)
}

/// Ends what takes too long. A whole county's ledger takes longer than any page does, most of all on an old machine.
async fn limit_time(State(seconds): State<u64>, request: Request, next: Next) -> Response {
    let long = takes_sheet(&request) || request.uri().path() == "/api/v1/exports";
    let times = if long { 10 } else { 1 };
    let limit = Duration::from_secs(seconds.saturating_mul(times));
    let ended = tokio::time::timeout(limit, next.run(request)).await;
    ended.unwrap_or_else(|_| HttpError::Known(Code::Timeout).into_response())
}

/// A sheet of the whole county is sent, and perhaps sent back marked, or only looked at.
fn takes_sheet(request: &Request) -> bool {
    let path = request.uri().path();
    path == "/api/v1/imports"
        || (path.starts_with("/api/v1/imports/") && path.ends_with("/marked"))
        || (path.starts_with("/api/v1/import_mappings/") && path.ends_with("/columns"))
}

/// Refuses a body whose length is over the limit.
async fn refuse_long(State(limit): State<usize>, request: Request, next: Next) -> Response {
    // A sheet may be longer than any other body; its own limit stands with its reader.
    let limit = if takes_sheet(&request) { limit.max(usize::try_from(MAX_FILE).unwrap_or(usize::MAX)) } else { limit };
    if length(&request).is_some_and(|length| length > limit) {
        read_away(request, limit.saturating_mul(LINGER)).await;
        return HttpError::Known(Code::TooLarge).into_response();
    }
    next.run(request).await
}

/// Reads the body of a request that is refused, if its end is not far: whoever is still sending when the connection closes
/// never gets to read why.
pub(crate) async fn read_away(request: Request, at_most: usize) {
    if length(&request).is_some_and(|length| length <= at_most) {
        let mut rest = request.into_body().into_data_stream();
        while let Some(Ok(_)) = rest.next().await {}
    }
}

fn length(request: &Request) -> Option<usize> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn id(request: &Request) -> Option<String> {
    let id = request.extensions().get::<RequestId>()?;
    id.header_value().to_str().ok().map(str::to_owned)
}

async fn finish(request: Request, next: Next) -> Response {
    let id = id(&request);
    problem::finish(next.run(request).await, id)
}
