//! Whether a contact's document can be true at all: the same answer for the form on a phone, the desk and an import.

use std::collections::BTreeSet;

use serde_json::Value;

use super::document::Contact;
use crate::document::{Document, text_in};
use crate::form::is_code;
use crate::kind::Fault;
use crate::reason::Reason;

/// # Errors
/// [`Fault`] names the first field that is wrong.
pub fn check(doc: &Document) -> Result<(), Fault> {
    for field in ["at", "method"] {
        if !doc.contains_key(field) {
            return Err(Fault::missing(field));
        }
    }
    if !doc.contains_key("entries") && !doc.contains_key("unit") {
        return Err(Fault::missing("entries"));
    }
    work_types(doc)?;
    let contact = Contact::read(doc).ok_or_else(|| Fault::malformed("entries"))?;
    if contact.entries.is_empty() && contact.unit.is_none() {
        return Err(Fault::missing("entries"));
    }
    let mut people = BTreeSet::new();
    if contact.entries.iter().any(|entry| !people.insert(entry.person)) {
        return Err(Fault { reason: Reason::ListedTwice, field: "entries".into() });
    }
    if contact.started.is_some_and(|started| started > contact.at) {
        return Err(Fault { reason: Reason::EndsBeforeStart, field: "at".into() });
    }
    if contact.work_types.iter().any(|code| code == "MUST") && text_in(doc, "must_trigger").is_none() {
        return Err(Fault::missing("must_trigger"));
    }
    for (field, right) in [("visitors", visitors as fn(&Value) -> bool), ("others", named), ("place", place)] {
        if doc.get(field).is_some_and(|value| !value.is_null() && !right(value)) {
            return Err(Fault::malformed(field));
        }
    }
    Ok(())
}

fn work_types(doc: &Document) -> Result<(), Fault> {
    let Some(list) = doc.get("work_types") else { return Ok(()) };
    let codes = list.as_array().filter(|list| list.iter().all(|code| code.as_str().is_some_and(is_code)));
    codes.map(|_| ()).ok_or_else(|| Fault::malformed("work_types"))
}

/// Each an account or a plain name: 武装部, 书记, 志愿者 have no account.
fn visitors(value: &Value) -> bool {
    let named = |visitor: &Value| {
        let visitor = visitor.as_object();
        visitor.is_some_and(|doc| text_in(doc, "account").is_some() || text_in(doc, "name").is_some())
    };
    value.as_array().is_some_and(|list| list.iter().all(named))
}

/// Each a plain name: they are in no register.
fn named(value: &Value) -> bool {
    let name = |other: &Value| other.as_object().is_some_and(|doc| text_in(doc, "name").is_some());
    value.as_array().is_some_and(|list| list.iter().all(name))
}

/// WGS-84 degrees and metres. The source is a code of a table.
fn place(value: &Value) -> bool {
    let number = |name: &str| value.get(name).and_then(Value::as_f64);
    let within = |name: &str, limit: f64| number(name).is_some_and(|number| number.abs() <= limit);
    let accuracy = value.get("accuracy_m").is_none_or(|_| number("accuracy_m").is_some_and(|metres| metres >= 0.0));
    let source = value.get("source").and_then(Value::as_str).is_some_and(is_code);
    within("lat", 90.0) && within("lon", 180.0) && accuracy && source
}
