//! What the forms of shared data have in common: fields as they were typed become a document, ids and days are looked at
//! here, and a change holds only what differs. What may be true is for the kind to say.

use bianfang_domain::document::Document;
use bianfang_domain::time::Day;
use serde_json::Value;

use crate::error::ClientError;
use crate::ids;

/// Fields of one form. None: not given, stays as it is; blank: cleared.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    fields: Document,
}

impl Typed {
    /// A text.
    pub(crate) fn text(&mut self, field: &str, text: Option<&str>) {
        let Some(text) = text else { return };
        let value = if text.trim().is_empty() { Value::Null } else { Value::from(text.trim()) };
        self.fields.insert(field.to_owned(), value);
    }

    /// An id of something.
    pub(crate) fn id(&mut self, field: &str, text: Option<&str>) -> Result<(), ClientError> {
        match text.map(str::trim) {
            None => {}
            Some("") => self.value(field, Value::Null),
            Some(text) => self.value(field, Value::from(ids::given(text, field)?.to_string())),
        }
        Ok(())
    }

    /// A day, `2026-01-31`, kept as documents count days.
    pub(crate) fn day(&mut self, field: &str, text: Option<&str>) -> Result<(), ClientError> {
        let bad = || ClientError::invalid(field, "日期写作 2026-01-31。", "Days are written 2026-01-31.");
        match text.map(str::trim) {
            None => {}
            Some("") => self.value(field, Value::Null),
            Some(text) => self.value(field, Value::from(Day::parse(text).ok_or_else(bad)?.0)),
        }
        Ok(())
    }

    /// Anything else.
    pub(crate) fn value(&mut self, field: &str, value: Value) {
        self.fields.insert(field.to_owned(), value);
    }

    /// For a new record: what was given and is not cleared. A new list has no elements that could merge.
    pub(crate) fn born(self) -> Document {
        let plain = |value: Value| match value.pointer("/$add") {
            Some(added) => added.clone(),
            None => value,
        };
        let fields = self.fields.into_iter().map(|(name, value)| (name, plain(value)));
        fields.filter(|(_, value)| !value.is_null()).collect()
    }

    /// For a change: what differs. An unchanged field that is sent all the same would undo another's change of it.
    pub(crate) fn changed(self, now: &Document) -> Document {
        let differs = |name: &String, value: &Value| now.get(name).unwrap_or(&Value::Null) != value;
        self.fields.into_iter().filter(|(name, value)| differs(name, value)).collect()
    }
}

/// A change of a list by element; None where nothing comes and nothing goes.
pub(crate) fn list_change(add: Vec<Value>, remove: Vec<Value>) -> Option<Value> {
    let nothing = add.is_empty() && remove.is_empty();
    (!nothing).then(|| serde_json::json!({ "$add": add, "$remove": remove }))
}
