//! Writing a decision into the world: the same few functions for a fresh op, for a phone's overlay and for the past.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::actor::Right;
use crate::decision::{Case, Decision, FieldVerdict, Judged};
use crate::document::{Document, merge_set};
use crate::id::RecordId;
use crate::kind;
use crate::op::{Act, Arrival, Part, Review, Sealed};
use crate::record::{Beside, BesideWhy, Dated, FieldMeta, Meta, Origin, Record};
use crate::time::Day;
use crate::world::World;

/// The op's own record.
pub(crate) fn own(world: &mut World, arrival: &Arrival<'_>, decision: &Decision, revision: u64) {
    let op = arrival.op;
    let mut record = match &op.act {
        Act::Record { fields, sealed } => born(arrival, fields, sealed, decision, revision),
        _ => match world.copy_of(op.target) {
            Some(record) => record,
            None => return,
        },
    };
    match &op.act {
        Act::Record { .. } => {}
        Act::Change { set, sealed, since } => {
            let since = since.unwrap_or(Day::of(record_time(arrival)));
            change(&mut record, arrival, (set, sealed), since, decision, revision);
        }
        Act::Amend { set, .. } => {
            record.doc.extend(set.clone());
            record.meta.review = Review::Submitted;
        }
        Act::Void { reason } => record.meta.voided = Some(reason.clone()),
        Act::Settle { part, accept, .. } => settle(&mut record, part, *accept, arrival, revision),
        Act::Review { verdict, .. } => record.meta.review = *verdict,
    }
    record.revision = revision;
    world.put(record);
}

fn record_time(arrival: &Arrival<'_>) -> i64 {
    arrival.op.at.corrected(arrival.previous_ms, arrival.received_ms).ms
}

fn born(arrival: &Arrival<'_>, fields: &Document, sealed: &Sealed, decision: &Decision, revision: u64) -> Record {
    let op = arrival.op;
    let written = op.at.corrected(arrival.previous_ms, arrival.received_ms);
    let known = kind::by_name(&op.kind);
    let claimed = known.and_then(|kind| kind.happened_ms(fields));
    let happened = claimed.map_or(written, |claimed| op.at.happened(claimed, written));
    let mut record = Record {
        kind: op.kind.clone(),
        id: op.target,
        doc: Document::new(),
        sealed: Sealed::new(),
        meta: Meta {
            origin: Origin { op: op.id, actor: arrival.actor.clone(), written, happened },
            fields: BTreeMap::new(),
            dated: BTreeMap::new(),
            beside: Vec::new(),
            held: Vec::new(),
            settled: Vec::new(),
            review: Review::Submitted,
            voided: None,
            fingerprints: BTreeMap::new(),
        },
        revision,
    };
    match known {
        Some(kind) if kind.nature() == kind::Nature::Shared => {
            let mut set = fields.clone();
            let held_back = decision.fields.values().any(|verdict| matches!(verdict, FieldVerdict::Held(_)));
            let reviewer = arrival.actor.role.may(Right::Review) && !held_back;
            for (field, value) in kind.starts_with(reviewer) {
                set.insert(field.to_owned(), value);
            }
            change(&mut record, arrival, (&set, sealed), Day::of(written.ms), decision, revision);
        }
        _ => {
            record.doc = fields.clone();
            record.sealed = sealed.clone();
        }
    }
    record
}

/// Sets, proposes or keeps beside each field, as the decision says.
fn change(
    record: &mut Record,
    arrival: &Arrival<'_>,
    (set, sealed): (&Document, &Sealed),
    since: Day,
    decision: &Decision,
    revision: u64,
) {
    for (name, value) in set {
        let print = arrival.fingerprints.get(name).and_then(|print| print.clone().ok());
        let mut beside = Beside {
            field: name.clone(),
            value: value.clone(),
            op: arrival.op.id,
            why: BesideWhy::Proposed,
            since,
            sealed: sealed.get(name).cloned(),
            fingerprint: print,
        };
        match decision.fields.get(name) {
            Some(FieldVerdict::Proposed) => record.meta.beside.push(beside),
            Some(FieldVerdict::Held(reason)) => {
                beside.why = BesideWhy::Held(*reason);
                record.meta.beside.push(beside);
            }
            Some(FieldVerdict::Conflict) => {
                let other = Beside {
                    value: record.value(name).clone(),
                    op: record.meta.fields.get(name).map_or(arrival.op.id, |meta| meta.op),
                    why: BesideWhy::Conflict,
                    sealed: record.sealed.get(name).cloned(),
                    fingerprint: record.meta.fingerprints.get(name).cloned(),
                    field: name.clone(),
                    since,
                };
                record.meta.beside.push(other);
                put(record, beside, revision);
            }
            None => put(record, beside, revision),
        }
    }
}

/// Puts a value into its field, with everything that hangs on it.
fn put(record: &mut Record, new: Beside, revision: u64) {
    let field = kind::by_name(&record.kind).map(|kind| kind::field(kind, &new.field));
    let name = new.field;
    let value = match field {
        Some(field) if field.list => merge_set(record.doc.get(&name), &new.value),
        _ => new.value,
    };
    if field.is_some_and(|field| field.dated) {
        let values = record.meta.dated.entry(name.clone()).or_default();
        values.retain(|dated| dated.from != new.since);
        values.push(Dated { from: new.since, value: value.clone() });
        values.sort_by_key(|dated| dated.from);
    }
    match new.sealed {
        Some(sealed) => record.sealed.insert(name.clone(), sealed),
        None => record.sealed.remove(&name),
    };
    match new.fingerprint {
        Some(print) => record.meta.fingerprints.insert(name.clone(), print),
        None => record.meta.fingerprints.remove(&name),
    };
    record.meta.fields.insert(name.clone(), FieldMeta { revision, op: new.op });
    if value.is_null() {
        record.doc.remove(&name)
    } else {
        record.doc.insert(name, value)
    };
}

fn settle(record: &mut Record, part: &Part, accept: bool, arrival: &Arrival<'_>, revision: u64) {
    if let Part::Field(name) = part {
        // Choosing the value beside puts it in; turning it down leaves the field as it is. Either way it is settled.
        let (chosen, rest): (Vec<Beside>, Vec<Beside>) =
            std::mem::take(&mut record.meta.beside).into_iter().partition(|beside| beside.field == *name);
        record.meta.beside = rest;
        if let Some(mut last) = chosen.into_iter().last().filter(|_| accept) {
            last.op = arrival.op.id;
            put(record, last, revision);
        }
        return;
    }
    record.meta.settled.retain(|(settled, _)| settled != part);
    record.meta.settled.push((part.clone(), accept));
    record.meta.held.retain(|(held, _)| held != part);
}

/// Parts of facts that became held or free.
pub(crate) fn judged(world: &mut World, judged: &[Judged], revision: u64) {
    for change in judged {
        let Some(mut record) = world.copy_of(change.fact) else { continue };
        record.meta.held.retain(|(part, _)| *part != change.part);
        if let Some(reason) = change.held {
            record.meta.held.push((change.part.clone(), reason));
            record.meta.held.sort();
        }
        record.revision = revision;
        world.put(record);
    }
}

/// Opens cases that are not there yet.
pub(crate) fn cases(world: &mut World, arrival: &Arrival<'_>, cases: &[Case], revision: u64) {
    let list = |ids: &[RecordId]| Value::from(ids.iter().map(ToString::to_string).collect::<Vec<_>>());
    for case in cases {
        if world.find(case.id()).is_some() {
            continue;
        }
        let mut doc = Document::new();
        doc.insert("case".into(), json!(case.kind));
        doc.insert("subjects".into(), list(&case.subjects));
        doc.insert("facts".into(), list(&case.facts));
        doc.insert("state".into(), json!("OPEN"));
        let mut record = born(arrival, &doc, &Sealed::new(), &Decision::accepted(), revision);
        record.id = case.id();
        record.kind = "case".into();
        record.doc = doc;
        record.meta.dated.clear();
        record.meta.fingerprints.clear();
        world.put(record);
    }
}
