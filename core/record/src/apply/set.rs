//! Writing fields: each is set, proposed or kept beside as the decision says, and everything that hangs on it (its days, its
//! sealed form, its fingerprint) goes along.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::decision::{Decision, FieldVerdict};
use crate::document::{Document, is_set_change, merge_set};
use crate::field::{self, Field};
use crate::kind::Kind;
use crate::merge;
use crate::op::{Arrival, Part, Sealed};
use crate::record::{Beside, BesideWhy, Dated, FieldMeta, Record};
use crate::time::Day;

/// Sets, proposes or keeps beside each field, as the decision says.
pub(super) fn change(
    record: &mut Record,
    kind: Option<&'static dyn Kind>,
    arrival: &Arrival<'_>,
    (set, sealed): (&Document, &Sealed),
    since: Day,
    decision: &Decision,
    revision: u64,
) {
    let names: BTreeSet<&String> = set.keys().chain(sealed.keys()).collect();
    for name in names {
        let field = kind.map(|kind| field::field(kind, name));
        let value = set.get(name).unwrap_or(&Value::Null);
        let protected = field.is_some_and(|field| field.sealed.is_some());
        if protected && !sealed.contains_key(name) && !value.is_null() && value == record.value(name) {
            // The masked form comes back as it was shown: nothing was typed, and the number behind it stays.
            continue;
        }
        if !sealed.contains_key(name) && kind.is_some_and(|kind| kind.repeats(name, record.value(name), value)) {
            continue;
        }
        let mut beside = Beside {
            field: name.clone(),
            value: kind.map_or_else(|| value.clone(), |kind| field::kept(kind, name, value.clone())),
            op: arrival.op.id,
            why: BesideWhy::Proposed,
            fact: None,
            since,
            sealed: sealed.get(name).cloned(),
            fingerprint: arrival.fingerprints.get(name).and_then(|print| print.clone().ok()),
        };
        // A later word of the same chain takes the place of its earlier one.
        let chain = arrival.op.id.installation;
        record.meta.beside.retain(|other| other.field != *name || other.op.installation != chain);
        match decision.fields.get(name) {
            Some(FieldVerdict::Proposed) => record.meta.beside.push(beside),
            Some(FieldVerdict::Held(reason)) => {
                beside.why = BesideWhy::Held(*reason);
                record.meta.beside.push(beside);
            }
            Some(FieldVerdict::Conflict) => {
                let dated = record.meta.dated.get(name).and_then(|values| values.last());
                let other = Beside {
                    value: record.value(name).clone(),
                    op: record.meta.fields.get(name).map_or(arrival.op.id, |meta| meta.op),
                    why: BesideWhy::Conflict,
                    fact: None,
                    sealed: record.sealed.get(name).cloned(),
                    fingerprint: record.meta.fingerprints.get(name).cloned(),
                    field: name.clone(),
                    since: dated.map_or(since, |dated| dated.from),
                };
                record.meta.beside.push(other);
                put(record, field, beside, revision);
            }
            None => put(record, field, beside, revision),
        }
    }
    if let Some(kind) = kind {
        together(kind, record, set, since);
    }
}

/// What a step needs holds as long as the state it led to: a household that ended into another on an earlier day than somebody
/// emptied the field on is still told with the other.
fn together(kind: &dyn Kind, record: &mut Record, set: &Document, since: Day) {
    for cycle in kind.life_cycles().iter().filter(|cycle| set.contains_key(cycle.field)) {
        let last = record.meta.dated.get(cycle.field).and_then(|values| values.last());
        if last.is_none_or(|last| last.from != since || set.get(cycle.field) != Some(&last.value)) {
            continue;
        }
        let state = cycle.state(&record.doc).to_owned();
        let steps = cycle.steps.iter().filter(|step| step.to == state);
        for needed in steps.flat_map(|step| step.needs).filter(|needed| set.contains_key(**needed)) {
            let Some(values) = record.meta.dated.get_mut(*needed) else { continue };
            let said = values.iter().any(|dated| dated.from == since && set.get(*needed) == Some(&dated.value));
            if said {
                values.retain(|dated| dated.from <= since);
                record.doc.extend(set.get(*needed).map(|value| ((*needed).to_owned(), value.clone())));
            }
        }
    }
}

/// Puts a value into its field, with everything that hangs on it.
fn put(record: &mut Record, field: Option<Field>, new: Beside, revision: u64) {
    let name = new.field;
    let list = field.is_some_and(|field| field.list);
    let merged = |current: Option<&Value>| if list { merge_set(current, &new.value) } else { new.value.clone() };
    let mut value = merged(record.doc.get(&name));
    if field.is_some_and(|field| field.dated) {
        let on_the_day = merged(Some(record.value_on(&name, new.since)));
        let born = record.meta.origin.op == new.op;
        let before = record.value(&name).clone();
        // What a record is born with, or lacks, has no known first day: a change that is told late of a day before the
        // record was made holds from that day on.
        let values = record
            .meta
            .dated
            .entry(name.clone())
            .or_insert_with(|| if born { vec![] } else { vec![Dated { from: Day::MIN, value: before }] });
        let since = if born { Day::MIN } else { new.since };
        if list && is_set_change(&new.value) {
            // An element that came on an earlier day is there on the later ones too.
            for later in values.iter_mut().filter(|dated| dated.from > since) {
                later.value = merge_set(Some(&later.value), &new.value);
            }
        }
        values.retain(|dated| dated.from != since);
        values.push(Dated { from: since, value: on_the_day });
        values.sort_by_key(|dated| dated.from);
        // What is told late about an earlier day does not change today.
        value = values.last().map(|dated| dated.value.clone()).unwrap_or_default();
    }
    match new.sealed {
        Some(sealed) => record.sealed.insert(name.clone(), sealed),
        // The elements of a sealed list have entries of their own.
        None if list => None,
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

/// What a reviewer decides about a part: a held one counts or not, a value beside a field goes into it or not.
pub(super) fn settle(
    record: &mut Record,
    kind: Option<&'static dyn Kind>,
    part: &Part,
    accept: bool,
    arrival: &Arrival<'_>,
    revision: u64,
) {
    let (Part::Field(name) | Part::Value(name, _)) = part else {
        record.meta.settled.retain(|(settled, _)| settled != part);
        record.meta.settled.push((part.clone(), accept));
        record.meta.held.retain(|(held, _)| held != part);
        return;
    };
    // Choosing a value beside puts it in and drops the others; turning one down leaves the field and the rest as they are.
    let chosen = record.beside(part).cloned();
    let along = kind.zip(chosen.as_ref()).filter(|_| accept).map(|(kind, chosen)| merge::along(kind, record, chosen));
    let along: Vec<Part> =
        along.into_iter().flatten().map(|other| Part::Value(other.field.clone(), other.op)).collect();
    let one = matches!(part, Part::Value(..)) && !accept;
    // What a fact proposes is judged again and again; what was settled must not come back.
    let ends = |beside: &&Beside| beside.field == *name && (!one || Some(*beside) == chosen.as_ref());
    for beside in record.meta.beside.iter().filter(ends).filter(|beside| beside.why == BesideWhy::Proposed) {
        let taken = accept && Some(beside) == chosen.as_ref();
        record.meta.settled.push((Part::Value(name.clone(), beside.op), taken));
    }
    record.meta.beside.retain(|beside| beside.field != *name || (one && Some(beside) != chosen.as_ref()));
    if let Some(mut chosen) = chosen.filter(|_| accept) {
        chosen.op = arrival.op.id;
        chosen.since = merge::from_day(record, &chosen);
        put(record, kind.map(|kind| field::field(kind, name)), chosen, revision);
    }
    for other in along {
        settle(record, kind, &other, true, arrival, revision);
    }
}
