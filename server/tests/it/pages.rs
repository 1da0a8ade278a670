//! Every route that goes on page by page: where a page ended is told in one form, and what tells of no page is refused.

use bianfang_domain::actor::Role;
use bianfang_server::http::routes;

use crate::records::write_division;
use crate::world::{COUNTIES, World};

/// The routes that the description says go on, each with the parameter that says from where.
fn paged() -> Vec<(String, String)> {
    let described = serde_json::to_value(routes::openapi()).unwrap();
    let mut paged = Vec::new();
    for (path, methods) in described["paths"].as_object().unwrap() {
        for parameter in methods["get"]["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            if ["after", "before"].contains(&name) {
                paged.push((path.replace("{id}", "01900000-0000-7000-8000-000000000001"), name.to_owned()));
            }
        }
    }
    paged
}

#[tokio::test]
async fn a_mark_that_no_page_gave_is_refused_by_every_route() {
    let world = World::sqlite().await;
    let clerk = world.token(COUNTIES[0], Role::SectionClerk).await;
    write_division(&world, &clerk, COUNTIES[0]).await;
    let auditor = world.token(COUNTIES[0], Role::Auditor).await;
    let paged = paged();
    assert_eq!(paged.len(), 14, "{paged:?}");
    for (path, name) in paged {
        let token = if path == "/api/v1/audit" { &auditor } else { &clerk };
        for mark in ["nothing", "7%1F7", "7/8", "/", "%2F7"] {
            let answer = world.get(&format!("{path}?which=reached&{name}={mark}"), token).await;
            assert_eq!(answer.code(), "query", "{path} {mark}");
        }
        // Nothing at all is the first page, where there is something to page through.
        let answer = world.get(&format!("{path}?which=reached&{name}="), token).await;
        assert!(["200", "404"].contains(&answer.status.as_str()), "{path}: {}", answer.text);
    }
}

/// A name is no feed number: a list in the order of names and one in the order of changes do not take each other's marks.
#[tokio::test]
async fn a_list_in_the_order_of_changes_takes_no_name() {
    let world = World::sqlite().await;
    let clerk = world.token(COUNTIES[0], Role::SectionClerk).await;
    let id = "01900000-0000-7000-8000-000000000001";
    for (path, code) in [("cases", "query"), ("holding", "query"), ("review", "query"), ("people", "200")] {
        let answer = world.get(&format!("/api/v1/{path}?after=zhang/{id}"), &clerk).await;
        let told = if answer.status.is_success() { answer.status.as_str().to_owned() } else { answer.code() };
        assert_eq!(told, code, "{path}");
        assert_eq!(world.get(&format!("/api/v1/{path}?after=7/{id}"), &clerk).await.status, 200, "{path}");
    }
}
