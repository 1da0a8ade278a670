//! What every request passes: problems, request ids, limits, panics, compression.

use std::net::TcpListener;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::get;
use axum_server::Handle;
use bianfang_domain::actor::Role;
use bianfang_server::ServerError;
use bianfang_server::http::{layers, problem, serve};
use serde_json::json;

use crate::world::{COUNTIES, World};

fn request(method: &str, path: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
    request.body(body.into()).unwrap()
}

#[tokio::test]
async fn bad_requests_get_a_problem() {
    let world = World::sqlite().await;
    for (case, status, code) in [
        (request("GET", "/nowhere", ""), 404, "not-found"),
        (request("GET", "/api/v1/../me", ""), 404, "not-found"),
        (request("PUT", "/api/v1/me", ""), 405, "method-not-allowed"),
        (request("POST", "/api/v1/session", "{"), 400, "malformed"),
        (request("POST", "/api/v1/session", "{\"login\":1}"), 400, "malformed"),
        (request("POST", "/api/v1/session", "null"), 400, "malformed"),
        (request("POST", "/api/v1/session", vec![0xff, 0xfe]), 400, "malformed"),
        (request("POST", "/api/v1/enrol", "{\"code\":\"x\",\"installation\":\"not-a-uuid\"}"), 400, "malformed"),
        (Request::post("/api/v1/session").body(Body::from("{}")).unwrap(), 415, "media-type"),
    ] {
        let path = case.uri().to_string();
        let answer = world.send(case).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{path}");
    }
    let token = world.token(COUNTIES[0], Role::SectionClerk).await;
    assert_eq!(world.get("/api/v1/people?division=x", &token).await.code(), "malformed");
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let world = World::new(String::new(), |config| config.body_limit = 1000).await;
    let body = |length: usize| {
        let rest = json!({ "login": "", "password": "", "county": "" }).to_string().len();
        json!({ "login": "", "password": "", "county": "x".repeat(length - rest) }).to_string()
    };
    assert_eq!(body(1000).len(), 1000);
    assert_eq!(world.send(request("POST", "/api/v1/session", body(1000))).await.code(), "sign-in-failed");
    assert_eq!(world.send(request("POST", "/api/v1/session", body(1001))).await.code(), "too-large");
    // Without a length.
    let pieces = (0..100).map(|_| Ok::<_, std::io::Error>(vec![b' '; 100]));
    let stream = Body::from_stream(futures_util::stream::iter(pieces));
    assert_eq!(world.send(request("POST", "/api/v1/session", stream)).await.code(), "too-large");
}

/// 38 bytes of zstd that would become 1 MiB of blanks: a run-length block of 128 KiB, eight times.
#[tokio::test]
async fn a_small_body_that_unpacks_over_the_limit_is_refused() {
    let world = World::new(String::new(), |config| config.body_limit = 1000).await;
    let mut packed = vec![0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38];
    for block in 0..8u32 {
        let header: u32 = (128 * 1024) << 3 | 1 << 1 | u32::from(block == 7);
        packed.extend(&header.to_le_bytes()[..3]);
        packed.push(b' ');
    }
    let mut request = request("POST", "/api/v1/session", packed);
    request.headers_mut().insert("content-encoding", "zstd".parse().unwrap());
    assert_eq!(world.send(request).await.code(), "too-large");
}

#[tokio::test]
async fn a_packed_body_is_read_and_an_answer_is_packed() {
    let world = World::sqlite().await;
    // One raw block.
    let text = json!({ "county": COUNTIES[0], "login": "leader", "password": crate::world::PASSWORD }).to_string();
    let mut packed = vec![0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38];
    packed.extend(&((text.len() as u32) << 3 | 1).to_le_bytes()[..3]);
    packed.extend(text.as_bytes());
    let mut packed = request("POST", "/api/v1/session", packed);
    packed.headers_mut().insert("content-encoding", "zstd".parse().unwrap());
    assert_eq!(world.send(packed).await.status, 200);

    let mut described = request("GET", "/api/v1/openapi.json", "");
    let plain = world.send(request("GET", "/api/v1/openapi.json", "")).await;
    described.headers_mut().insert("accept-encoding", "zstd".parse().unwrap());
    let answer = world.send(described).await;
    assert_eq!(answer.headers["content-encoding"], "zstd");
    assert!(answer.text.len() < plain.text.len());
}

#[tokio::test]
async fn every_answer_carries_our_own_request_id() {
    let world = World::sqlite().await;
    let mut sent = request("GET", "/health", "");
    sent.headers_mut().insert("x-request-id", "chosen-by-the-caller".parse().unwrap());
    let answer = world.send(sent).await;
    let other = world.send(request("GET", "/health", "")).await;
    assert_eq!(answer.text, "ok");
    assert_eq!(answer.headers["x-request-id"].len(), 36);
    assert_ne!(answer.headers["x-request-id"], other.headers["x-request-id"]);
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn what_breaks_inside_stays_inside() {
    let world = World::sqlite().await;
    let token = world.token(COUNTIES[0], Role::Leader).await;
    assert_eq!(world.send(request("GET", "/ready", "")).await.text, "ready");
    world.app.db.close().await;
    let answer = world.get("/api/v1/me", &token).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (500, "internal"));
    assert!(!answer.text.to_lowercase().contains("pool"), "{}", answer.text);
    assert_eq!(world.send(request("GET", "/ready", "")).await.code(), "not-ready");
    assert_eq!(world.send(request("GET", "/health", "")).await.status, 200);
}

#[tokio::test]
async fn a_panic_and_a_slow_handler_end_as_problems() {
    async fn broken() -> &'static str {
        panic!("the secret of the handler")
    }
    let mut world = World::new(String::new(), |config| config.request_seconds = 0).await;
    let router = Router::new().route("/broken", get(broken)).route("/slow", get(std::future::pending::<()>));
    world.router = layers::wrap(router, &world.app);
    assert_eq!(world.send(request("GET", "/slow", "")).await.code(), "timeout");
    let mut world = World::sqlite().await;
    let router = Router::new().route("/broken", get(broken));
    world.router = layers::wrap(router, &world.app);
    let answer = world.send(request("GET", "/broken", "")).await;
    assert_eq!(answer.code(), "internal");
    assert!(!answer.text.contains("secret"));
}

#[test]
fn problem_codes_are_different_and_whole() {
    let mut codes: Vec<_> = problem::ALL.iter().map(|code| code.row().1).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), problem::ALL.len());
}

#[tokio::test]
async fn plain_http_is_refused_on_an_open_address() {
    let world = World::sqlite().await;
    let listener = TcpListener::bind("0.0.0.0:0").unwrap();
    let served = serve::run(world.router.clone(), listener, None, Handle::new()).await;
    assert!(matches!(served, Err(ServerError::PlainNotLoopback(_))));
}
