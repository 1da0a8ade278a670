//! The console's files: what is a page, what is a file, what is neither; and its types, which come from our own description.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use bianfang_server::http::console::answer;
use bianfang_server::http::problem::{Code, HttpError};
use bianfang_server::http::routes;
use rust_embed::RustEmbed;

use crate::world::World;

/// A console of two files.
#[derive(RustEmbed)]
#[folder = "tests/console_files"]
struct Files;

/// None were built.
#[derive(RustEmbed)]
#[folder = "tests/console_files_missing"]
#[allow_missing = true]
struct Nothing;

const PAGE: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

fn ask<F: RustEmbed>(method: &Method, path: &str, headers: &[(&'static str, &str)]) -> Option<Response> {
    let headers: HeaderMap =
        headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    match answer::<F>(method, path, &headers) {
        Ok(response) => Some(response),
        Err(HttpError::Known(Code::NotFound)) => None,
        Err(error) => panic!("{error:?}"),
    }
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn an_address_of_the_console_is_its_page_and_nothing_else_is() {
    let page =
        |path| ask::<Files>(&Method::GET, path, &[("accept", PAGE)]).map(|r| header(&r, "content-type").to_owned());
    for path in ["/", "/index.html", "/coverage", "/people/0190-a", "/nowhere"] {
        assert_eq!(page(path).as_deref(), Some("text/html; charset=utf-8"), "{path}");
    }
    for path in ["/api", "/api/v1/nowhere", "/health/x", "/ready/x"] {
        assert_eq!(page(path), None, "{path}");
    }
    let any = |method, path| ask::<Files>(method, path, &[("accept", "*/*")]);
    assert!(any(&Method::GET, "/assets/gone.js").is_none(), "a script that is gone is not a page");
    assert!(any(&Method::GET, "/people").is_none());
    assert!(any(&Method::POST, "/").is_none());
    assert!(any(&Method::GET, "/../Cargo.toml").is_none());
    assert!(any(&Method::HEAD, "/").is_some());
}

#[test]
fn hashed_files_are_kept_and_the_page_is_asked_for_again() {
    let script = ask::<Files>(&Method::GET, "/assets/app-0a1b2c.js", &[]).unwrap();
    assert_eq!(header(&script, "cache-control"), "public, max-age=31536000, immutable");
    assert!(header(&script, "content-type").contains("javascript"));
    let page = ask::<Files>(&Method::GET, "/", &[]).unwrap();
    assert_eq!(header(&page, "cache-control"), "no-cache");
    let tag = header(&page, "etag");
    assert_ne!(tag, header(&script, "etag"));
    let status = |known: &str| ask::<Files>(&Method::GET, "/", &[("if-none-match", known)]).unwrap().status();
    assert_eq!(status(tag), StatusCode::NOT_MODIFIED);
    assert_eq!(status("W/\"other\""), StatusCode::OK);
}

#[test]
fn scripts_come_from_the_server_alone() {
    for response in [ask::<Files>(&Method::GET, "/", &[]), ask::<Nothing>(&Method::GET, "/", &[])] {
        let response = response.unwrap();
        let policy = header(&response, "content-security-policy");
        let scripts = policy.split(';').map(str::trim).find(|part| part.starts_with("script-src"));
        assert_eq!(scripts, Some("script-src 'self'"));
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(header(&response, "referrer-policy"), "no-referrer");
    }
}

#[tokio::test]
async fn a_server_without_the_console_tells_how_to_build_it() {
    let response = ask::<Nothing>(&Method::GET, "/", &[]).unwrap();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert!(String::from_utf8(bytes.to_vec()).unwrap().contains("npm run build"));
}

/// Whether the console was built or not.
#[tokio::test]
async fn the_router_hands_pages_to_the_console_and_keeps_its_own() {
    let world = World::sqlite().await;
    let send = async |path: &str| {
        let request = Request::get(path).header("accept", PAGE);
        world.send(request.body(Body::empty()).unwrap()).await
    };
    for path in ["/", "/people/1"] {
        let page = send(path).await;
        assert_eq!(
            (page.status, &page.headers["x-content-type-options"]),
            (StatusCode::OK, &"nosniff".parse().unwrap())
        );
        assert!(page.headers["content-type"].to_str().unwrap().starts_with("text/html"), "{path}");
    }
    assert_eq!(send("/api/v1/nowhere").await.code(), "not-found");
    assert_eq!(send("/api/v1/me").await.code(), "sign-in-required");
    assert_eq!(send("/health").await.text, "ok");
}

/// The console's types are generated from this file, so it must be what the server serves.
#[test]
fn the_description_that_the_console_is_built_from_is_current() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("console/openapi.json");
    let now = format!("{}\n", routes::openapi().to_pretty_json().unwrap());
    if std::env::var_os("BIANFANG_WRITE_OPENAPI").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == now,
        "routes changed: run this test with BIANFANG_WRITE_OPENAPI=1 and review server/console/openapi.json"
    );
}

/// Generators of clients, ours too, take operations of one name for one operation.
#[test]
fn every_operation_has_a_name_of_its_own() {
    let described = serde_json::to_value(routes::openapi()).unwrap();
    let methods = described["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let names: Vec<&str> = methods.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    let different: BTreeSet<_> = names.iter().collect();
    assert_eq!(different.len(), names.len(), "{names:?}");
}
