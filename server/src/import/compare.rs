//! A row beside the record it was matched to, field by field. What the record lacks is added; what the sheet's owner may
//! change at once is changed on the revision that was compared, and the rules of conflicts decide; everything else stays and
//! is shown with both values. Nothing is overwritten and nothing is cleared.

use std::borrow::Cow;

use bianfang_domain::alike;
use bianfang_domain::codes;
use bianfang_domain::document::Document;
use bianfang_domain::form::Form;
use bianfang_domain::kind::{self, Field, Sets};
use bianfang_domain::mask;
use bianfang_domain::name;
use bianfang_domain::record::Record;
use serde_json::{Value, json};

use super::why::Why;
use crate::county::sealed::Sealer;
use bianfang_sheets::{Ledger, Line, Note};

/// What a row brings to a record.
#[derive(Debug, Default, PartialEq)]
pub struct Difference {
    /// Written without asking.
    pub set: Document,
    /// Written if somebody decides so.
    pub clash: Document,
    /// The earlier values of both.
    pub before: Document,
    /// Every difference, by cell.
    pub notes: Vec<Note>,
}

impl Difference {
    /// A difference that only people decide.
    pub fn clash(&mut self, line: &Line, field: &str, (from, to): (Value, Value), shown: (String, String)) {
        self.notes.push(Why::Differs.on(line, field, Some(shown.0), Some(shown.1)));
        self.before.insert(field.to_owned(), from);
        self.clash.insert(field.to_owned(), to);
    }

    fn change(&mut self, line: &Line, field: &str, why: Why, (from, to): (Value, Value)) {
        let shown = (!from.is_null()).then(|| shown(field, &from));
        self.notes.push(why.on(line, field, shown, Some(self::shown(field, &to))));
        if !from.is_null() {
            self.before.insert(field.to_owned(), from);
        }
        self.set.insert(field.to_owned(), to);
    }
}

/// Compares the given fields of a row with a record. `print` is the fingerprint of the row's id number.
#[must_use]
pub fn compare(line: &Line, wanted: &Document, record: &Record, print: Option<&str>, sealer: Sealer<'_>) -> Difference {
    let mut found = Difference::default();
    let Some(kind) = kind::by_name(&record.kind) else { return found };
    for (name, value) in wanted.iter().map(|(name, value)| (name, told(name, value))) {
        let (field, value): (Field, &Value) = (kind::field(kind, name), &value);
        if is_empty(value) {
            continue;
        }
        let held = record.doc.get(name).filter(|held| !is_empty(held));
        if field.unique {
            number(&mut found, line, (name, value), record, print);
        } else if field.list {
            list(&mut found, line, (name, value), record, field.sealed.is_some().then_some(sealer));
        } else if let (Value::Object(new), Some(Value::Object(old))) = (value, held) {
            let mut merged = old.clone();
            merged.extend(new.clone());
            if merged.len() > old.len() || new.iter().any(|(key, told)| !same(key, &old[key], told)) {
                found.change(line, name, Why::Changes, (json!(old), json!(merged)));
            }
        } else {
            match held {
                None => found.change(line, name, Why::Adds, (Value::Null, value.clone())),
                Some(held) if same(name, held, value) || one_code(&field, held, value) => {}
                Some(held) if looks_alike(field.form, held, value) => {}
                // Of a protected value the document holds the mask alone.
                Some(_) if field.sealed.is_some() && sealer.open(record, name).as_deref() == value.as_str() => {}
                Some(held) if is_beginning(name, held, value) => {
                    found.change(line, name, Why::Adds, (held.clone(), value.clone()));
                }
                Some(held) if field.sets == Sets::AtOnce && !FIXED.contains(&name.as_str()) => {
                    found.change(line, name, Why::Changes, (held.clone(), value.clone()));
                }
                Some(held) => {
                    found.clash(line, name, (held.clone(), value.clone()), (shown(name, held), shown(name, value)));
                }
            }
        }
    }
    found
}

/// Facts of a life that do not change: where a sheet differs, one of the two is wrong.
const FIXED: [&str; 4] = ["sex", "birth", "enlisted", "discharged"];

/// An id number is compared by its fingerprint: two may be masked alike.
fn number(found: &mut Difference, line: &Line, (name, value): (&str, &Value), record: &Record, print: Option<&str>) {
    match record.meta.fingerprints.get(name) {
        // Neither passes its check: it waits beside the record, masked alike.
        None if print.is_none() && waits(record, name, value) => {}
        Some(held) if Some(held.as_str()) == print => {}
        // A number that fails its check says nothing against one that passes.
        Some(_) if print.is_none() => {}
        None => found.change(line, name, Why::Adds, (Value::Null, value.clone())),
        Some(_) => {
            let held = record.value(name).clone();
            let shown = (shown(name, &held), shown(name, value));
            found.clash(line, name, (held, value.clone()), shown);
        }
    }
}

fn waits(record: &Record, name: &str, value: &Value) -> bool {
    let told = Value::String(shown(name, value));
    record.meta.beside.iter().any(|beside| beside.field == name && beside.value == told)
}

/// Lists merge by element: what is missing is added, nothing is taken away.
fn list(
    found: &mut Difference,
    line: &Line,
    (name, value): (&str, &Value),
    record: &Record,
    sealer: Option<Sealer<'_>>,
) {
    let held = match sealer {
        Some(sealer) => sealer.open_list(record, name).unwrap_or(Value::Null),
        None => record.value(name).clone(),
    };
    let elements = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let held = elements(&held);
    let is_held = |element: &Value| held.iter().any(|other| element_key(other) == element_key(element));
    let mut missing: Vec<Value> = elements(value).into_iter().filter(|element| !is_held(element)).collect();
    missing.dedup();
    if missing.is_empty() {
        return;
    }
    let proposed = kind::by_name(&record.kind).is_some_and(|kind| kind::field(kind, name).sets != Sets::AtOnce);
    let (from, to) = (json!(held), json!(missing));
    if proposed && !held.is_empty() {
        // A second category is a reviewer's matter, like any value they answer for.
        found.clash(line, name, (Value::Null, json!({ "$add": to })), (shown(name, &from), shown(name, &to)));
    } else {
        let from = if held.is_empty() { None } else { Some(shown(name, &from)) };
        found.notes.push(Why::Adds.on(line, name, from, Some(shown(name, &to))));
        found.set.insert(name.to_owned(), json!({ "$add": to }));
    }
}

/// A telephone number may stand with its owner, a name with its account.
fn element_key(element: &Value) -> &Value {
    element.get("number").or_else(|| element.get("name")).unwrap_or(element)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A sheet may tell the month of a day that the register knows.
fn same(name: &str, held: &Value, value: &Value) -> bool {
    held == value || is_beginning(name, value, held) || (held.is_string() && bare(held) == bare(value))
}

/// A name in other marks, or a text in look-alikes, says the same.
fn looks_alike(form: Form, held: &Value, value: &Value) -> bool {
    let as_compared = |text: &str| if form == Form::Name { name::matched(text) } else { alike::fold(text) };
    held.as_str().map(as_compared).zip(value.as_str().map(as_compared)).is_some_and(|(held, told)| held == told)
}

/// A code and a word for it say one thing, whichever of the two a form or a sheet wrote.
fn one_code(field: &Field, held: &Value, value: &Value) -> bool {
    let code = |table: &codes::ShippedTable, value: &Value| table.code_of(value.as_str()?);
    let mut tables = field.tables.iter().filter_map(|name| codes::shipped(name));
    tables.any(|table| code(table, held).is_some() && code(table, held) == code(table, value))
}

/// What a row says of a field. A column that our own roster computes says nothing of somebody who is known: whether a plaque
/// hangs is told by what happened to it.
fn told<'a>(name: &str, value: &'a Value) -> Cow<'a, Value> {
    let computed = |header: &String| Ledger::People.table().called(header).is_some_and(|column| column.key == "plaque");
    match value {
        Value::Object(extra) if name == "extra" && extra.keys().any(computed) => {
            let kept = extra.iter().filter(|(header, _)| !computed(header));
            Cow::Owned(kept.map(|(header, text)| (header.clone(), text.clone())).collect())
        }
        value => Cow::Borrowed(value),
    }
}

/// A text without what readers take off it.
fn bare(value: &Value) -> Option<&str> {
    value.as_str().map(|text| text.trim().trim_start_matches(['\'', '’']))
}

fn is_beginning(name: &str, short: &Value, long: &Value) -> bool {
    let dates = ["birth", "enlisted", "discharged"].contains(&name);
    dates && long.as_str().zip(short.as_str()).is_some_and(|(long, short)| long.starts_with(short))
}

/// A value as a report shows it: personal ones masked.
#[must_use]
pub fn shown(field: &str, value: &Value) -> String {
    match value {
        Value::String(text) if field == "id_number" && !text.contains('*') => mask::id_number(text),
        Value::String(text) if (field == "phones" || field == "phone") && !text.contains('*') => mask::phone(text),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            list.iter().map(|element| shown(field, element_key(element))).collect::<Vec<_>>().join("、")
        }
        Value::Object(map) => {
            let inner = |(key, value): (&String, &Value)| format!("{key}: {}", shown(field, value));
            map.iter().map(inner).collect::<Vec<_>>().join("；")
        }
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_values_are_masked_in_every_form() {
        assert_eq!(shown("id_number", &json!("99010119600101001X")), "9901************1X");
        assert_eq!(
            shown("phones", &json!(["13800000001", { "number": "13900000002", "owner": "x" }])),
            "138****0001、139****0002"
        );
    }

    #[test]
    fn a_month_agrees_with_its_day_and_a_day_is_more_than_its_month() {
        assert!(same("birth", &json!("1960-01-02"), &json!("1960-01")));
        assert!(!same("birth", &json!("1960-01"), &json!("1960-01-02")));
        assert!(is_beginning("birth", &json!("1960-01"), &json!("1960-01-02")));
        assert!(!is_beginning("note", &json!("a"), &json!("ab")));
    }
}
