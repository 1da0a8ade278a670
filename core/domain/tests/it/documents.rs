//! Lists merged by element.

use bianfang_domain::document::merge_set;
use serde_json::json;

#[test]
fn elements_are_added_and_removed_whatever_came_first() {
    let start = json!(["高龄", "独居"]);
    let (one, two) = (json!({"$add": ["重病"]}), json!({"$add": ["困难", "重病"], "$remove": ["独居"]}));
    let ab = merge_set(Some(&merge_set(Some(&start), &one)), &two);
    let ba = merge_set(Some(&merge_set(Some(&start), &two)), &one);
    assert_eq!(ab, ba);
    let list: Vec<&str> = ab.as_array().unwrap().iter().filter_map(|v| v.as_str()).collect();
    assert_eq!(list.len(), 3);
    assert!(!list.contains(&"独居"));
}

#[test]
fn a_plain_list_replaces_and_a_missing_one_starts_empty() {
    assert_eq!(merge_set(Some(&json!(["a"])), &json!(["b"])), json!(["b"]));
    assert_eq!(merge_set(None, &json!({"$add": ["b", "b"]})), json!(["b"]));
    assert_eq!(merge_set(Some(&json!("not a list")), &json!({"$remove": ["b"]})), json!([]));
}

#[test]
fn objects_are_elements_too() {
    let phone = json!({"number": "138****8000", "relation": "子"});
    let one = merge_set(None, &json!({"$add": [phone]}));
    assert_eq!(merge_set(Some(&one), &json!({"$remove": [phone]})), json!([]));
}
