//! Writing a decision into the world: the same few functions for a fresh op, for a phone's overlay and for the past.

mod set;

use std::collections::BTreeMap;

use crate::actor::Right;
use crate::case;
use crate::decision::{Decision, FieldVerdict, Judged, Opened, Proposed, Raised};
use crate::document::Document;
use crate::field::field;
use crate::id::RecordId;
use crate::kind::{self, Kind, Nature};
use crate::op::{Act, Arrival, Part, Review, Sealed};
use crate::record::{Beside, FieldMeta, Meta, Origin, Record};
use crate::review::{self, ReviewState};
use crate::time::{CorrectedTime, Day};
use crate::world::World;
use set::{change, settle};

/// The op's own record. A phone applies its pending ops with revision 0, which leaves the server's number standing.
pub(crate) fn act(world: &mut World, arrival: &Arrival<'_>, decision: &Decision, revision: u64) {
    let op = arrival.op;
    let kind = world.kind(&op.kind);
    if let Act::Record { fields, sealed } = &op.act {
        world.put(born(kind, arrival, (fields, sealed), decision, revision));
        return;
    }
    let Some(mut record) = world.copy_of(op.target) else { return };
    let claimed = kind.and_then(|kind| kind.happened_ms(&record.doc));
    let stood = case::state(&record.doc).map(str::to_owned);
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
        Act::Review { verdict, comment } => {
            record.meta.review = *verdict;
            record.meta.comment = comment.clone().filter(|_| *verdict == Review::Returned);
            review::look(&mut record.meta, FieldMeta { revision, op: op.id });
        }
    }
    if kind.is_some_and(Kind::keeps_cases) {
        case::looked(&mut record.doc, stood.as_deref(), op.set());
    }
    if let Some(kind) = kind
        && (kind.happened_ms(&record.doc) != claimed || dates(kind, &op.act))
    {
        record.meta.origin.happened = when(kind, arrival, &record.doc);
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
fn when(kind: &dyn Kind, arrival: &Arrival<'_>, doc: &Document) -> CorrectedTime {
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
    let seen = review::last_look(&record.meta)
        .is_none_or(|look| look.revision <= op.base || look.op.installation == op.id.installation);
    let author = record.meta.origin.actor.account == arrival.actor.account;
    let step = review::next(ReviewState::reviewed(record), &op.act, author, arrival.actor.role.may(Right::Review));
    let unseen = record.meta.review == Review::Returned && !seen;
    if step.is_ok_and(|step| step.to == ReviewState::Submitted) && !unseen {
        record.meta.review = Review::Submitted;
        record.meta.comment = None;
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
            comment: None,
            looked: None,
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
                matches!(verdict, FieldVerdict::Held(_)) && field(kind, name).unique
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
                record.meta.origin.happened = when(kind, arrival, fields);
            }
        }
    }
    record
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
    let Some(kind) = world.kinds().cases() else { return };
    for raised in cases {
        let id = raised.case.id();
        let mut record = world.copy_of(id).unwrap_or_else(|| blank(arrival, kind, id, revision));
        case::open(&mut record.doc, raised);
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

/// Closes cases whose ground is gone.
pub(crate) fn lapsed(world: &mut World, cases: &[RecordId], revision: u64) {
    for id in cases {
        let Some(mut record) = world.copy_of(*id) else { continue };
        case::lapse(&mut record.doc);
        record.revision = record.revision.max(revision);
        world.put(record);
    }
}
