//! What of a record may be seen outside the county's server, and by whom: cut at the one way out, like the sealed fields, so
//! that no list and no page has to think of it. The server itself reads everything in full: ages, matching, warnings.

use serde_json::Value;
use uuid::Uuid;

use crate::actor::{Actor, Right, Role};
use crate::kind;
use crate::mask::{self, Tells};
use crate::reason::Reason;
use crate::record::{Beside, BesideWhy, FieldMeta, Record};

/// Whether a field is sealed on its way from a phone though the county keeps it open: a phone must not keep what it typed.
#[must_use]
pub fn travels_sealed(kind: &str, field: &str) -> bool {
    kind == "person" && field == "birth"
}

/// Takes out what a reader may not see.
pub fn cut(record: &mut Record, reader: &Actor) {
    // Who may not see a number in full does not learn either whether it is somebody's.
    if !reader.role.may(Right::Reveal) {
        free(record);
    }
    if is_unnamed(record) && record.meta.origin.actor.account != reader.account {
        unname(record);
    }
    let person = record.kind == "person";
    for (name, value) in &mut record.doc {
        mask(person, name, value);
    }
    for beside in &mut record.meta.beside {
        mask(person, &beside.field, &mut beside.value);
    }
    for (name, values) in &mut record.meta.dated {
        values.iter_mut().for_each(|dated| mask(person, name, &mut dated.value));
    }
}

/// Whether nobody but its author learns whose a record is.
#[must_use]
pub fn is_unnamed(record: &Record) -> bool {
    kind::by_name(&record.kind).is_some_and(|kind| kind.unnamed(&record.doc))
}

/// Takes its author out: account, divisions, and the phone that its ops count on.
fn unname(record: &mut Record) {
    let phone = record.meta.origin.op.installation;
    record.meta.origin.actor =
        Actor { account: Uuid::nil(), role: Role::Other, scope: Vec::new(), installation: Uuid::nil() };
    let fields = record.meta.fields.values_mut().map(|field| &mut field.op);
    let beside = record.meta.beside.iter_mut().map(|beside| &mut beside.op);
    for op in fields.chain(beside).chain([&mut record.meta.origin.op]) {
        if op.installation == phone {
            op.installation = Uuid::nil();
        }
    }
}

/// A value of a field of a kind, as it may be seen.
#[must_use]
pub fn value(kind: &str, field: &str, mut value: Value) -> Value {
    mask(kind == "person", field, &mut value);
    value
}

fn mask(person: bool, name: &str, value: &mut Value) {
    match (name, &mut *value) {
        ("birth", Value::String(text)) if person => *text = mask::birth(text),
        // Of an older program the mask may stand with more of the number.
        ("id_number", Value::String(text)) if person => *text = mask::id_number(text),
        ("extra", Value::Object(columns)) => {
            for (header, value) in columns {
                let Value::String(text) = value else { continue };
                match mask::tells(header) {
                    Tells::Birth => *text = mask::birth(text),
                    Tells::IdNumber => *text = mask::id_number(text),
                    Tells::Name | Tells::Other => {}
                }
            }
        }
        _ => {}
    }
    numbers(value);
}

/// Whole id numbers in whatever text, at any depth.
fn numbers(value: &mut Value) {
    match value {
        Value::String(text) => *text = mask::id_numbers(text),
        Value::Array(list) => list.iter_mut().for_each(numbers),
        Value::Object(map) => map.values_mut().for_each(numbers),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Shows a number that another record holds as it would stand were it nobody's: of a draft as its author wrote it, else as a
/// proposal. That somebody is in the register of another village is not to be found out by typing numbers.
fn free(record: &mut Record) {
    let taken = |beside: &Beside| beside.why == BesideWhy::Held(Reason::IdNumberTaken);
    if !record.meta.beside.iter().any(taken) {
        return;
    }
    let begins = kind::by_name(&record.kind).map(|kind| kind.starts_with(&record.doc, false)).unwrap_or_default();
    let draft = !begins.is_empty() && begins.iter().all(|(name, value)| record.value(name) == value);
    let origin = record.meta.origin.op;
    for mut beside in std::mem::take(&mut record.meta.beside) {
        let own = beside.op == origin || (draft && beside.op.installation == origin.installation);
        if !taken(&beside) {
            record.meta.beside.push(beside);
        } else if own {
            let written = record.meta.fields.values().find(|meta| meta.op == beside.op);
            let revision = written.map_or(record.revision, |meta| meta.revision);
            record.meta.fields.insert(beside.field.clone(), FieldMeta { revision, op: beside.op });
            record.doc.insert(beside.field, beside.value);
        } else {
            beside.why = BesideWhy::Proposed;
            record.meta.beside.push(beside);
        }
    }
}
