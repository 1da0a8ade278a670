//! Writing a decision into the world: the same few functions for a fresh op, for a phone's overlay and for the past.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::actor::Right;
use crate::decision::{Decision, FieldVerdict, Judged, Opened, Proposed, Raised};
use crate::document::{Document, is_set_change, merge_set};
use crate::id::RecordId;
use crate::kind::{self, Field, Kind, Nature};
use crate::merge;
use crate::op::{Act, Arrival, Part, Review, Sealed};
use crate::record::{Beside, BesideWhy, Dated, FieldMeta, Meta, Origin, Record};
use crate::review::{self, State};
use crate::time::{CorrectedTime, Day};
use crate::world::World;

/// The state of a case whose ground is gone.
pub(crate) const LAPSED: &str = "LAPSED";

/// The mark, among the fields, of who last looked at a fact.
pub(crate) const REVIEWED: &str = "$review";

/// The op's own record. A phone applies its pending ops with revision 0, which leaves the server's number standing.
pub(crate) fn own(world: &mut World, arrival: &Arrival<'_>, decision: &Decision, revision: u64) {
    let op = arrival.op;
    let kind = world.kind(&op.kind);
    if let Act::Record { fields, sealed } = &op.act {
        world.put(born(kind, arrival, (fields, sealed), decision, revision));
        return;
    }
    let Some(mut record) = world.copy_of(op.target) else { return };
    let claimed = kind.and_then(|kind| kind.happened_ms(&record.doc));
    match &op.act {
        Act::Record { .. } => {}
        Act::Change { set, sealed, since } => {
            let since = since.unwrap_or(Day::of(written(arrival).ms));
            change(&mut record, kind, arrival, (set, sealed), since, decision, revision);
        }
        Act::Amend { set, sealed, .. } => {
            let since = Day::of(written(arrival).ms);
            change(&mut record, kind, arrival, (set, sealed), since, decision, revision);
            amended(&mut record, arrival);
        }
        Act::Void { reason } => {
            record.meta.voided.get_or_insert_with(|| reason.clone());
        }
        Act::Settle { part, accept, .. } => settle(&mut record, kind, part, *accept, arrival, revision),
        Act::Unsettle { part, .. } => record.meta.settled.retain(|(settled, _)| settled != part),
        Act::Review { verdict, .. } => {
            record.meta.review = *verdict;
            record.meta.fields.insert(REVIEWED.to_owned(), FieldMeta { revision, op: op.id });
        }
    }
    if let Some(kind) = kind
        && (kind.happened_ms(&record.doc) != claimed || dates(kind, &op.act))
    {
        record.meta.origin.happened = happened(kind, arrival, &record.doc);
    }
    if let Some(kind) = kind {
        // What was held of a subject that the fact no longer speaks of is held no more.
        let subjects = kind.subjects(&record.doc);
        let parts: Vec<Part> = subjects.into_iter().map(|subject| kind::part_of(kind, &record.doc, subject)).collect();
        record.meta.held.retain(|(part, _)| parts.contains(part));
        record.meta.idle.retain(|part| parts.contains(part));
    }
    record.revision = record.revision.max(revision);
    world.put(record);
}

/// Whether an amendment says when it happened. It may say what was claimed all along: then it is known to be right.
fn dates(kind: &dyn Kind, act: &Act) -> bool {
    matches!(act, Act::Amend { set, .. } if kind.happened_ms(set).is_some())
}

fn written(arrival: &Arrival<'_>) -> CorrectedTime {
    arrival.op.at.corrected(arrival.previous_ms, arrival.received_ms)
}

/// When what a document tells happened, by the clocks of the op that says so.
fn happened(kind: &dyn Kind, arrival: &Arrival<'_>, doc: &Document) -> CorrectedTime {
    let written = written(arrival);
    let Some(claimed) = kind.happened_ms(doc) else { return written };
    let mut happened = arrival.op.at.happened(claimed, written);
    // A desk that may import types the dates of old registers: late entries, not lost clocks.
    if arrival.actor.role.may(Right::Import) && happened.ms < written.ms {
        happened.doubtful = written.doubtful;
    }
    happened
}

/// Where an amendment leaves a fact with its reviewer ([`review::STEPS`]). One returned stays so when the amendment was
/// written before its author saw the return.
fn amended(record: &mut Record, arrival: &Arrival<'_>) {
    let op = arrival.op;
    let seen = record
        .meta
        .fields
        .get(REVIEWED)
        .is_none_or(|meta| meta.revision <= op.base || meta.op.installation == op.id.installation);
    let author = record.meta.origin.actor.account == arrival.actor.account;
    let step = review::next(State::reviewed(record), &op.act, author, arrival.actor.role.may(Right::Review));
    let unseen = record.meta.review == Review::Returned && !seen;
    if step.is_ok_and(|step| step.to == State::Submitted) && !unseen {
        record.meta.review = Review::Submitted;
    }
}

/// An empty record of the op's author and time.
fn blank(arrival: &Arrival<'_>, kind: &str, id: RecordId, revision: u64) -> Record {
    let written = written(arrival);
    Record {
        kind: kind.to_owned(),
        id,
        doc: Document::new(),
        sealed: Sealed::new(),
        meta: Meta {
            origin: Origin {
                op: arrival.op.id,
                actor: arrival.actor.clone(),
                written,
                happened: written,
                received_ms: arrival.received_ms,
            },
            fields: BTreeMap::new(),
            dated: BTreeMap::new(),
            beside: Vec::new(),
            held: Vec::new(),
            idle: Vec::new(),
            settled: Vec::new(),
            review: Review::Submitted,
            voided: None,
            counts_as: None,
            fingerprints: BTreeMap::new(),
        },
        revision,
    }
}

fn born(
    kind: Option<&'static dyn Kind>,
    arrival: &Arrival<'_>,
    (fields, sealed): (&Document, &Sealed),
    decision: &Decision,
    revision: u64,
) -> Record {
    let mut record = blank(arrival, &arrival.op.kind, arrival.op.target, revision);
    match kind {
        Some(kind) if kind.nature() == Nature::Shared => {
            let mut set = fields.clone();
            // Somebody's number, or one that cannot be: a person must look before they count.
            let held = |(name, verdict): (&String, &FieldVerdict)| {
                matches!(verdict, FieldVerdict::Held(_)) && kind::field(kind, name).unique
            };
            let held_back = decision.fields.iter().any(held);
            let reviewer = arrival.actor.role.may(Right::Review) && !held_back;
            for (field, value) in kind.starts_with(fields, reviewer) {
                set.insert(field.to_owned(), value);
            }
            let since = Day::of(record.meta.origin.written.ms);
            change(&mut record, Some(kind), arrival, (&set, sealed), since, decision, revision);
        }
        _ => {
            record.doc = fields.clone();
            record.sealed = sealed.clone();
            if let Some(kind) = kind {
                record.meta.origin.happened = happened(kind, arrival, fields);
            }
        }
    }
    record
}

/// Sets, proposes or keeps beside each field, as the decision says.
fn change(
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
        let field = kind.map(|kind| kind::field(kind, name));
        let value = set.get(name).unwrap_or(&Value::Null);
        let protected = field.is_some_and(|field| field.sealed.is_some());
        if protected && !sealed.contains_key(name) && !value.is_null() && value == record.value(name) {
            // The masked form comes back as it was shown: nothing was typed, and the number behind it stays.
            continue;
        }
        let mut beside = Beside {
            field: name.clone(),
            value: kind.map_or_else(|| value.clone(), |kind| kind::kept(kind, name, value.clone())),
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

fn settle(
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
        put(record, kind.map(|kind| kind::field(kind, name)), chosen, revision);
    }
    for other in along {
        settle(record, kind, &other, true, arrival, revision);
    }
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
        record.meta.idle.retain(|part| *part != change.part);
        if change.idle {
            record.meta.idle.push(change.part.clone());
            record.meta.idle.sort();
        }
        record.revision = record.revision.max(revision);
        world.put(record);
    }
}

/// Records that another one counts for, or no longer.
pub(crate) fn counted(world: &mut World, counted: &[(RecordId, Option<RecordId>)], revision: u64) {
    for (id, counts_as) in counted {
        let Some(mut record) = world.copy_of(*id) else { continue };
        record.meta.counts_as = *counts_as;
        record.revision = record.revision.max(revision);
        world.put(record);
    }
}

/// What facts say about fields of their subject.
pub(crate) fn proposed(world: &mut World, proposed: &[Proposed], revision: u64) {
    for change in proposed {
        let Some(mut record) = world.copy_of(change.subject) else { continue };
        let gone = |beside: &Beside| change.gone.iter().any(|(field, op)| beside.field == *field && beside.op == *op);
        record.meta.beside.retain(|beside| !gone(beside));
        record.meta.beside.extend(change.fresh.iter().cloned());
        record.revision = record.revision.max(revision);
        world.put(record);
    }
}

/// Opens cases that are not there yet, and again those that had lapsed or whose ground has grown since somebody settled them.
pub(crate) fn cases(world: &mut World, arrival: &Arrival<'_>, cases: &[Raised], revision: u64) {
    let list = |ids: &[RecordId]| Value::from(ids.iter().map(ToString::to_string).collect::<Vec<_>>());
    for Raised { case, weight } in cases {
        let blank = || blank(arrival, "case", case.id(), revision);
        let mut record = world.copy_of(case.id()).unwrap_or_else(blank);
        record.doc.insert("case".into(), json!(case.kind));
        record.doc.insert("subjects".into(), list(&case.subjects));
        record.doc.insert("facts".into(), list(&case.facts));
        record.doc.insert("weight".into(), json!(weight));
        record.doc.insert("state".into(), json!("OPEN"));
        record.revision = record.revision.max(revision);
        world.put(record);
    }
}

/// Opens records that another one opens, as a worker without the right to review would: a person is a DRAFT.
pub(crate) fn opened(world: &mut World, arrival: &Arrival<'_>, opened: &[Opened], revision: u64) {
    for new in opened {
        if world.find(new.id).is_some() {
            continue;
        }
        let kind = world.kind(&new.kind);
        let mut fields = new.fields.clone();
        let given = kind.map(|kind| kind.starts_with(&new.fields, false)).unwrap_or_default();
        fields.extend(given.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let mut record = blank(arrival, &new.kind, new.id, revision);
        let since = Day::of(record.meta.origin.written.ms);
        let set = (&fields, &Sealed::new());
        change(&mut record, kind, arrival, set, since, &Decision::accepted(), revision);
        world.put(record);
    }
}

/// Closes cases whose ground is gone. One that was settled stays so; should there be a ground again it opens again.
pub(crate) fn lapsed(world: &mut World, cases: &[RecordId], revision: u64) {
    for case in cases {
        let Some(mut record) = world.copy_of(*case) else { continue };
        if record.value("state") == "OPEN" {
            record.doc.insert("state".into(), json!(LAPSED));
        }
        record.doc.insert("weight".into(), json!(0));
        record.revision = record.revision.max(revision);
        world.put(record);
    }
}
