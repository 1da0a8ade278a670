//! Wire forms that phones of last year still send and read.

use bianfang_domain::id::{OpId, RecordId};
use bianfang_protocol::enrol::Tokens;
use bianfang_protocol::pull::{Change, Check, PullResponse};
use bianfang_protocol::push::PushRequest;
use serde_json::json;

const ID: &str = "018bcfe5-6800-7101-8101-010101010101";

#[test]
fn push_of_an_older_client_without_optional_fields_is_read() {
    let request: PushRequest = serde_json::from_value(json!({"ops": [{
        "id": {"installation": ID, "seq": 1}, "kind": "contact", "target": ID, "act": "record",
        "fields": {"at": 1, "a_field_of_next_year": [1, 2]}, "at": {"device_ms": 5, "monotonic_ms": 6}
    }]}))
    .unwrap();
    let op = &request.ops[0];
    assert_eq!(op.id, OpId { installation: ID.parse().unwrap(), seq: 1 });
    assert_eq!((op.base, op.at.offset_ms), (0, None));
    assert_eq!(op.value("a_field_of_next_year"), Some(&json!([1, 2])));
}

#[test]
fn removal_is_something_other_than_a_void() {
    let change = Change::Remove { kind: "person".into(), id: ID.parse().unwrap() };
    assert_eq!(serde_json::to_value(&change).unwrap(), json!({"change": "remove", "kind": "person", "id": ID}));
}

#[test]
fn check_sum_survives_json_above_two_to_the_53() {
    let mut check = Check::default();
    check.add(ID.parse::<RecordId>().unwrap(), 9);
    check.sum |= 1 << 63;
    let text = serde_json::to_string(&check).unwrap();
    assert_eq!(serde_json::from_str::<Check>(&text).unwrap(), check);
}

#[test]
fn check_does_not_depend_on_order_and_tells_revisions_apart() {
    let ids: Vec<RecordId> = (0..5).map(|n| RecordId::new(1, [n; 10])).collect();
    let sum = |order: &[usize], revision| {
        order.iter().fold(Check::default(), |mut check, i| {
            check.add(ids[*i], revision);
            check
        })
    };
    assert_eq!(sum(&[0, 1, 2, 3, 4], 3), sum(&[4, 2, 0, 3, 1], 3));
    assert_ne!(sum(&[0, 1, 2, 3, 4], 3), sum(&[0, 1, 2, 3, 4], 4));
}

#[test]
fn page_without_checks_is_read() {
    let page: PullResponse = serde_json::from_value(json!({
        "changes": [], "cursor": "c", "more": true, "remaining": 3, "server_ms": 1, "epoch": "e"
    }))
    .unwrap();
    assert!(page.checks.is_empty());
}

#[test]
fn tokens_do_not_show_in_debug_output() {
    let tokens = Tokens { access: "secret-a".into(), access_expires_ms: 1, refresh: "secret-r".into() };
    assert!(!format!("{tokens:?}").contains("secret"));
}
