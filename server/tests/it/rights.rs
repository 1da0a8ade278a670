//! Every route with every role, and the table against the router.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use bianfang_domain::actor::{Right, Role};
use bianfang_server::http::authorize::{Access, TABLE, access, allows};
use bianfang_server::http::routes;
use bianfang_server::role;

use crate::records::write_division;
use crate::world::{COUNTIES, PASSWORD, World, scope_of};

#[test]
fn table_names_every_route_and_no_other() {
    let openapi = serde_json::to_value(routes::openapi()).unwrap();
    let mut routed = BTreeSet::new();
    for (path, methods) in openapi["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            routed.insert((method.to_uppercase(), path.clone()));
        }
    }
    let listed: BTreeSet<_> = TABLE.iter().map(|(m, p, _)| (m.to_string(), p.to_string())).collect();
    assert_eq!(listed.len(), TABLE.len(), "a route stands twice");
    assert_eq!(listed, routed);
}

#[test]
fn what_is_not_in_the_table_is_denied() {
    assert_eq!(access("GET", "/api/v1/other"), None);
    assert_eq!(access("POST", "/api/v1/me"), None);
    assert_eq!(access("HEAD", "/api/v1/me"), Some(Access::SignedIn));
    for role in role::ALL {
        assert!(!allows(None, Some(role)));
        assert_eq!(allows(Some(Access::May(Right::Audit)), Some(role)), role.may(Right::Audit));
    }
    assert!(!allows(Some(Access::SignedIn), None));
    assert!(!allows(Some(Access::May(Right::Read)), None));
}

/// A role that is let in may still find nothing there: these counties have no records.
#[tokio::test]
async fn each_route_lets_in_the_roles_of_its_right() {
    let world = World::sqlite().await;
    let mut refused = 0;
    for (method, path, access) in TABLE {
        for role in role::ALL.into_iter().map(Some).chain([None]) {
            let mut request = Request::builder().method(*method).uri(*path);
            if let Some(role) = role {
                let token = world.token(COUNTIES[0], role).await;
                request = request.header("authorization", format!("Bearer {token}"));
            }
            let answer = world.send(request.body(Body::empty()).unwrap()).await;
            let case = format!("{method} {path} {role:?}: {} {}", answer.status, answer.text);
            match (allows(Some(*access), role), role) {
                (true, _) => assert!(!["401", "403", "405", "500"].contains(&answer.status.as_str()), "{case}"),
                // The answer to HEAD has no body.
                (false, Some(_)) if *method == "HEAD" => assert_eq!(answer.status, 403, "{case}"),
                (false, None) if *method == "HEAD" => assert_eq!(answer.status, 401, "{case}"),
                (false, Some(_)) => assert_eq!(answer.code(), "forbidden", "{case}"),
                (false, None) => assert_eq!(answer.code(), "sign-in-required", "{case}"),
            }
            refused += u32::from(!allows(Some(*access), role));
        }
    }
    assert!(refused >= 7, "the walk met no closed door");
}

/// Wherever an address names a division.
#[tokio::test]
async fn a_division_outside_the_callers_is_not_there_on_any_route() {
    let world = World::sqlite().await;
    let token = world.token(COUNTIES[0], Role::SectionClerk).await;
    let [own, other] = [COUNTIES[0], COUNTIES[1]].map(|county| scope_of(county)[0]);
    write_division(&world, &token, COUNTIES[0]).await;
    let described = serde_json::to_value(routes::openapi()).unwrap();
    let mut asked = 0;
    for (path, methods) in described["paths"].as_object().unwrap() {
        let parameters = methods["get"]["parameters"].as_array().into_iter().flatten();
        if !parameters.into_iter().any(|parameter| parameter["name"] == "division") {
            continue;
        }
        asked += 1;
        let code = async |division: &str| {
            let answer = world.get(&format!("{path}?which=reached&division={division}"), &token).await;
            if answer.status.is_success() { answer.status.as_str().to_owned() } else { answer.code() }
        };
        assert_eq!(code(&own.to_string()).await, "200", "{path}");
        assert_eq!(code(&other.to_string()).await, "not-found", "{path}");
        assert_eq!(code("x").await, "malformed", "{path}");
    }
    assert_eq!(asked, 17, "routes that name a division");
}

/// The console offers what its session says, so the session must say what the guard will allow.
#[tokio::test]
async fn a_session_tells_the_rights_of_its_role() {
    let world = World::sqlite().await;
    for (login, told) in [
        (
            "section_clerk",
            &["RECORD", "REVIEW", "COUNTY", "READ", "PHONES", "RESTRICTED", "REVEAL", "EXPORT_FULL", "IMPORT"][..],
        ),
        ("leader", &["RECORD", "READ", "PHONES", "RESTRICTED"]),
        ("auditor", &["AUDIT"]),
    ] {
        let session = world.sign_in(COUNTIES[0], login, PASSWORD).await.json();
        assert_eq!(session["rights"], serde_json::json!(told), "{login}");
    }
}
