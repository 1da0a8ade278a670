//! Free text: what people type must not name a military unit (product.md, principle 5). Which fields are free text is decided
//! here for every kind and both sides: all of them, at any depth, so that a field of tomorrow is under the rule too. Codes,
//! ids, dates and numbers cannot be taken for a designation ([`military`]), so nothing need be left out by name.
//!
//! Forms are refused with the field. A sealed text is opened before it gets here or is looked at by who opens it.

use serde_json::Value;

use crate::document::Document;
use crate::kind::Fault;
use crate::military;
use crate::op::{Act, Op};
use crate::reason::Reason;

/// Whether a value holds a text that names a unit. The names of what a document holds verbatim (`extra`) are texts as well.
#[must_use]
pub fn names_unit(value: &Value) -> bool {
    match value {
        Value::String(text) => military::designation(text).is_some(),
        Value::Array(list) => list.iter().any(names_unit),
        Value::Object(map) => map.iter().any(|(key, value)| military::designation(key).is_some() || names_unit(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn refused(field: &str) -> Fault {
    Fault { reason: Reason::MilitaryUnit, field: field.to_owned() }
}

/// Whether fields may be written as they are.
///
/// # Errors
/// [`Reason::MilitaryUnit`] with the first field that names a unit.
pub fn check(fields: &Document) -> Result<(), Fault> {
    let named = fields.iter().find(|(_, value)| names_unit(value));
    named.map_or(Ok(()), |(field, _)| Err(refused(field)))
}

/// Whether an op may be written: its fields, and the reason or comment it comes with.
///
/// # Errors
/// [`Reason::MilitaryUnit`] with the field.
pub fn check_op(op: &Op) -> Result<(), Fault> {
    op.set().map_or(Ok(()), check)?;
    let (field, said) = match &op.act {
        Act::Amend { reason, .. } | Act::Void { reason } => ("reason", Some(reason)),
        Act::Settle { reason, .. } | Act::Unsettle { reason, .. } => ("reason", Some(reason)),
        Act::Review { comment, .. } => ("comment", comment.as_ref()),
        Act::Record { .. } | Act::Change { .. } => return Ok(()),
    };
    let named = said.is_some_and(|text| military::designation(text).is_some());
    if named { Err(refused(field)) } else { Ok(()) }
}

/// What is kept of an op that was refused for it: that it came, and nothing of what it said.
pub fn strike(op: &mut Op) {
    match &mut op.act {
        Act::Record { fields: set, sealed } | Act::Change { set, sealed, .. } => {
            set.retain(|_, value| !names_unit(value));
            sealed.clear();
        }
        Act::Amend { set, sealed, reason } => {
            set.retain(|_, value| !names_unit(value));
            sealed.clear();
            struck(reason);
        }
        Act::Void { reason } | Act::Settle { reason, .. } | Act::Unsettle { reason, .. } => struck(reason),
        Act::Review { comment, .. } => comment.iter_mut().for_each(struck),
    }
}

fn struck(text: &mut String) {
    if military::designation(text).is_some() {
        "***".clone_into(text);
    }
}
