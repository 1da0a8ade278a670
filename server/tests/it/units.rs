//! Units 单位 on the desk's pages: found by name and kind, their telephone masked, taken out by the township.

use bianfang_domain::actor::Role;
use serde_json::{Value, json};

use crate::households::{NEW_VILLAGE, OLD_VILLAGE, put, settle};
use crate::on_both;
use crate::records::write;
use crate::world::{COUNTIES, World};

on_both!(a_unit_is_found_by_name_and_kind, a_unit_that_is_no_more_leaves_the_list_and_keeps_its_page);

const MILL: &str = "00000000-0000-7000-8000-000000000070";

async fn entered(world: &World) -> String {
    let clerk = settle(world).await;
    let mill = json!({ "unit_kind": "EMPLOYER", "name": "红星面粉厂", "division": OLD_VILLAGE, "contact_name": "赵厂长",
        "contact_phone": ["13800001234"], "hiring": "保安两名" });
    put(world, &clerk, "unit", MILL, mill).await;
    let forces = json!({ "unit_kind": "FORCES", "name": "驻军一", "division": NEW_VILLAGE });
    put(world, &clerk, "unit", "00000000-0000-7000-8000-000000000071", forces).await;
    clerk
}

async fn names(world: &World, token: &str, query: &str) -> Vec<String> {
    let list = world.get(&format!("/api/v1/units?{query}"), token).await.json();
    list["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

async fn a_unit_is_found_by_name_and_kind(world: World) {
    let clerk = entered(&world).await;
    assert_eq!(names(&world, &clerk, "").await, ["红星面粉厂", "驻军一"]);
    assert_eq!(names(&world, &clerk, "unit_kind=FORCES").await, ["驻军一"]);
    assert_eq!(names(&world, &clerk, "search=mianfen").await, ["红星面粉厂"]);
    assert_eq!(names(&world, &clerk, &format!("division={NEW_VILLAGE}")).await, ["驻军一"]);
    let list = world.get("/api/v1/units", &clerk).await;
    assert_eq!(list.json()["counts"], json!([{ "state": "EMPLOYER", "count": 1 }, { "state": "FORCES", "count": 1 }]));
    assert!(!list.text.contains("13800001234"), "{}", list.text);
    let view = world.get(&format!("/api/v1/units/{MILL}"), &clerk).await;
    assert_eq!(
        (&view.json()["row"]["contact_name"], &view.json()["row"]["hiring"]),
        (&json!("赵厂长"), &json!("保安两名"))
    );
    assert_eq!(view.json()["row"]["contact_phone"].as_array().unwrap().len(), 1);
    assert!(!view.text.contains("13800001234"), "{}", view.text);
    let foreign = world.token(COUNTIES[1], Role::SectionClerk).await;
    assert_eq!(world.get(&format!("/api/v1/units/{MILL}"), &foreign).await.code(), "not-found");
}

async fn a_unit_that_is_no_more_leaves_the_list_and_keeps_its_page(world: World) {
    let clerk = entered(&world).await;
    let set = async |token: &str, key: &str, set: Value| {
        let base = world.get(&format!("/api/v1/units/{MILL}"), token).await.json()["revision"].as_u64();
        let body = json!({ "kind": "unit", "target": MILL, "act": "change", "set": set });
        write(&world, token, key, base, &body).await.json()
    };
    let worker = world.token(COUNTIES[0], Role::VillageWorker).await;
    assert_eq!(set(&worker, "key-worker", json!({ "removed": "停产" })).await["reason"], "NOT_ALLOWED");
    assert_eq!(set(&worker, "key-worker-2", json!({ "hiring": null })).await["verdict"], "accepted");
    assert_eq!(set(&clerk, "key-removed", json!({ "removed": "停产" })).await["verdict"], "accepted");
    assert_eq!(names(&world, &clerk, "").await, ["驻军一"]);
    let view = world.get(&format!("/api/v1/units/{MILL}"), &clerk).await.json();
    assert_eq!((&view["row"]["removed"], &view["row"]["hiring"]), (&json!("停产"), &Value::Null));
    let told = world.get(&format!("/api/v1/records/unit/{MILL}/history"), &clerk).await.json();
    assert!(told["rows"].as_array().unwrap().iter().any(|row| row["field"] == "removed"), "{told}");
}
