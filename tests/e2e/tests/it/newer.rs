//! A newer server's fields and codes pass through an older phone and back unharmed.

use bianfang_client::HouseholdDraft;
use reqwest::Method;
use serde_json::{Value, json};

use crate::town::{Town, sync};
use crate::wire::Wire;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_fields_and_codes_survive_the_round_trip_through_phone_and_server() {
    let town = Town::new().await;
    let wire = Wire::enrol(&town, "one", 11).await;
    let id = "01900000-0000-7000-8000-0000000000b1";
    let village = wire.village().await;
    let fields = json!({ "head_name": "赵六", "division": village, "address": "一组", "x_new": { "deep": [1, "值"] },
        "x_code": "HOLOGRAM" });
    assert_eq!(wire.push(&[wire.op_of("household", id, fields, 1)]).await.status, 200);

    let phone = town.phone("two").await;
    let draft = HouseholdDraft { household: id.to_owned(), address: Some("二组".to_owned()), ..Default::default() };
    phone.change_household(draft).await.unwrap();
    assert_eq!(sync(&phone).await.acknowledged, 1);

    let doc = wire.pulled(id).await;
    assert_eq!(doc["address"], "二组", "what the phone changed");
    assert_eq!(doc["x_new"], json!({ "deep": [1, "值"] }), "what it did not know");
    assert_eq!(doc["x_code"], "HOLOGRAM");
}

impl Wire {
    /// A village of the township.
    async fn village(&self) -> Value {
        let top = self.console.get("/api/v1/coverage").await.unwrap();
        top["parts"][0]["division"]["id"].clone()
    }

    /// A record's document as this phone is shown it.
    async fn pulled(&self, id: &str) -> Value {
        let mut path = "/api/v1/sync/pull".to_owned();
        loop {
            let page = self.ask(Method::GET, &path, vec![]).await.json;
            let found = page["changes"].as_array().unwrap().iter().find(|change| change["record"]["id"] == id);
            if let Some(change) = found {
                return change["record"]["doc"].clone();
            }
            assert_eq!(page["more"], true, "{id} is not pulled");
            path = format!("/api/v1/sync/pull?cursor={}", page["cursor"].as_str().unwrap());
        }
    }
}
