//! Raw documents: what a newer version wrote survives the hands of an older one, because records are kept as JSON and
//! changed by patches. Typed views (`kind/*`) only read.

use serde_json::{Map, Value, json};

use crate::id::RecordId;

/// Field name to value.
pub type Document = Map<String, Value>;

/// Whether a value says which elements of a list come and go.
#[must_use]
pub fn is_set_change(value: &Value) -> bool {
    value.as_object().is_some_and(|change| change.contains_key("$add") || change.contains_key("$remove"))
}

/// A list field changed by element: `{"$add": […], "$remove": […]}`. A plain list replaces the whole.
pub fn merge_set(current: Option<&Value>, change: &Value) -> Value {
    let Some(change) = change.as_object().filter(|_| is_set_change(change)) else { return change.clone() };
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let removed = list(change.get("$remove"));
    let mut elements: Vec<Value> = list(current).into_iter().filter(|e| !removed.contains(e)).collect();
    for element in list(change.get("$add")) {
        if !elements.contains(&element) {
            elements.push(element);
        }
    }
    // One order whatever came first: two phones that add an element each end with the same list.
    elements.sort_by_key(ToString::to_string);
    json!(elements)
}

/// The id in a field, if it holds one.
#[must_use]
pub fn id_in(doc: &Document, field: &str) -> Option<RecordId> {
    doc.get(field)?.as_str()?.parse().ok()
}

/// The text in a field, if it holds one that is not blank.
#[must_use]
pub fn text_in<'a>(doc: &'a Document, field: &str) -> Option<&'a str> {
    doc.get(field)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The integer in a field.
#[must_use]
pub fn int_in(doc: &Document, field: &str) -> Option<i64> {
    doc.get(field)?.as_i64()
}
