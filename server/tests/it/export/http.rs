//! The route: the file with its name, and what is refused how.

use std::collections::BTreeMap;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use bianfang_domain::actor::Role;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::book;
use crate::world::{COUNTIES, World};

async fn post(world: &World, role: Role, body: &Value) -> (StatusCode, BTreeMap<String, String>, Vec<u8>) {
    let token = world.token(COUNTIES[0], role).await;
    let request = Request::post("/api/v1/exports")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json");
    let response = world.router.clone().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
    let headers = response.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().into()));
    let (status, headers) = (response.status(), headers.collect());
    (status, headers, to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
}

#[tokio::test]
async fn file_comes_over_http_with_its_chinese_name() {
    let world = World::sqlite().await;
    let (status, headers, bytes) = post(&world, Role::Leader, &json!({ "ledger": "people", "format": "xlsx" })).await;
    assert_eq!(status, 200);
    assert_eq!(headers["content-length"], bytes.len().to_string());
    assert_eq!(headers["content-type"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    let name = &headers["content-disposition"];
    let title = "%E9%80%80%E5%BD%B9%E5%86%9B%E4%BA%BA%E8%8A%B1%E5%90%8D%E5%86%8C";
    assert!(name.starts_with(&format!("attachment; filename=\"people.xlsx\"; filename*=UTF-8''{title}_")), "{name}");
    assert_eq!(book(&bytes).0[0][0], "退役军人花名册");

    for (role, body, code) in [
        (Role::TownReviewer, json!({ "ledger": "people", "format": "xlsx", "full": true, "reason": "x" }), "forbidden"),
        (Role::SectionClerk, json!({ "ledger": "people", "format": "xlsx", "full": true }), "export-reason"),
        (Role::SectionClerk, json!({ "ledger": "secrets", "format": "xlsx" }), "export-asked"),
        (Role::SectionClerk, json!({ "ledger": "visit_list", "format": "csv" }), "export-asked"),
        (Role::SectionClerk, json!({ "ledger": "visits", "format": "csv", "from": "5月" }), "query"),
        (Role::SectionClerk, json!({ "ledger": "people", "format": "csv", "division": world.new_id() }), "not-found"),
        (Role::Auditor, json!({ "ledger": "people", "format": "csv" }), "forbidden"),
    ] {
        let (status, _, bytes) = post(&world, role, &body).await;
        let problem: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(problem["code"], code, "{status} {body}");
    }
}
