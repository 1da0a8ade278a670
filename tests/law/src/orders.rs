//! In which orders a sequence may arrive. Each installation keeps its own, and what is decided by how things are when it
//! arrives keeps its place beside what changes them: words on one record, moves beside what hangs on who sees what, one id
//! number. All else comes in any order, also a fact before what it speaks of.

use std::collections::BTreeSet;

use bianfang_domain::document::Document;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::{self, Nature};
use bianfang_domain::op::{Act, Part};
use serde_json::Value;

use super::work::Job;
use crate::county::{COUNTY, Sent, id};

/// What an op is decided by beside its own record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// One record.
    Record(RecordId),
    /// Where records lie.
    Places,
    /// Who has an id number.
    Numbers,
    /// Which household ended in which.
    Mergers,
}

const PLACES: [&str; 9] = [
    "parent",
    "merged_into",
    "division",
    "living_division",
    "registered_division",
    "responsible_division",
    "household",
    "person",
    "divisions",
];

/// For each op the earlier ones that must have arrived.
fn before(jobs: &[Job]) -> Vec<u64> {
    let mut touches: Vec<Vec<(By, bool)>> = jobs.iter().map(|job| touches(&job.sent)).collect();
    // A photo lies where the visit lies.
    let of_facts = jobs.iter().filter(|job| ["photo", "plaque_request_step"].contains(&job.sent.op.kind.as_str()));
    let spoken_of: BTreeSet<RecordId> = of_facts.flat_map(|job| names(&job.sent)).collect();
    for (job, touches) in jobs.iter().zip(&mut touches) {
        if matches!(job.sent.op.act, Act::Record { .. }) && spoken_of.contains(&job.sent.op.target) {
            touches.push((By::Places, true));
        }
    }
    let clash = |one: usize, other: usize| {
        touches[one].iter().any(|(by, writes)| touches[other].iter().any(|(b, w)| b == by && (*w || *writes)))
    };
    let named: Vec<Vec<RecordId>> =
        jobs.iter().map(|job| if is_shared(&job.sent) { names(&job.sent) } else { Vec::new() }).collect();
    let must = |one: usize, other: usize| {
        let (earlier, later) = (&jobs[one], &jobs[other]);
        let same = earlier.sent.op.target == later.sent.op.target;
        let makes = matches!(earlier.sent.op.act, Act::Record { .. });
        earlier.sent.op.id.installation == later.sent.op.id.installation
            || earlier.barrier
            || later.barrier
            || (same && one < later.seen)
            || (same && makes && limited(&later.sent))
            || (makes && named[other].contains(&earlier.sent.op.target))
            || clash(one, other)
    };
    (0..jobs.len())
        .map(|other| (0..other).filter(|one| must(*one, other)).fold(0, |mask, one| mask | 1 << one))
        .collect()
}

/// An order that keeps what must be kept: of what may come next the one with the lowest key, and one phone last of all.
pub fn order(jobs: &[Job], late: usize) -> Vec<usize> {
    sorted(jobs, |n| (jobs[n].by == late, jobs[n].key, n))
}

/// One in which each installation sends much at once.
pub fn in_pushes(jobs: &[Job], late: usize) -> Vec<usize> {
    sorted(jobs, |n| (jobs[n].by == late, jobs[n].key / 64, jobs[n].by, n))
}

fn sorted<K: Ord>(jobs: &[Job], key: impl Fn(usize) -> K) -> Vec<usize> {
    let before = before(jobs);
    let (mut placed, mut order) = (0_u64, Vec::with_capacity(jobs.len()));
    while order.len() < jobs.len() {
        let ready = (0..jobs.len()).filter(|n| placed & 1 << n == 0 && before[*n] & !placed == 0);
        let next = ready.min_by_key(|n| key(*n)).unwrap();
        placed |= 1 << next;
        order.push(next);
    }
    order
}

fn is_shared(sent: &Sent) -> bool {
    kind::by_name(&sent.op.kind).unwrap().nature() == Nature::Shared
}

/// Whether its author sees a part of the county only.
fn limited(sent: &Sent) -> bool {
    !sent.actor.scope.contains(&id(COUNTY))
}

/// All records that an op names.
pub fn names(sent: &Sent) -> Vec<RecordId> {
    sent.op.set().into_iter().flat_map(Document::values).flat_map(named).collect()
}

/// All records that a value names.
pub fn named(value: &Value) -> Vec<RecordId> {
    match value {
        Value::String(text) => text.parse().into_iter().collect(),
        Value::Array(values) => values.iter().flat_map(named).collect(),
        Value::Object(fields) => fields.values().flat_map(named).collect(),
        _ => Vec::new(),
    }
}

/// What it is decided by, and whether it changes that.
fn touches(sent: &Sent) -> Vec<(By, bool)> {
    let (op, shared) = (&sent.op, is_shared(sent));
    let fields: Vec<&str> = match &op.act {
        Act::Settle { part: Part::Field(name) | Part::Value(name, _), .. } => vec![name],
        _ => op.set().into_iter().flat_map(Document::keys).map(String::as_str).collect(),
    };
    let says = |names: &[&str]| fields.iter().any(|field| names.contains(field));
    let mut touches = Vec::new();
    match op.act {
        Act::Record { .. } if !shared => return touches,
        Act::Void { .. } => {}
        _ => touches.push((By::Record(op.target), true)),
    }
    let makes = matches!(op.act, Act::Record { .. });
    let moves = makes || (shared && says(&PLACES)) || matches!(op.act, Act::Amend { .. }) && !says(&["at"]);
    // Where a discharged soldier comes home to.
    if moves || limited(sent) || op.kind == "basis_person" {
        touches.push((By::Places, moves));
    }
    if op.kind == "person" && (makes || !sent.prints.is_empty() || says(&["id_number", "register"])) {
        touches.push((By::Numbers, true));
    }
    if op.kind == "household" && says(&["register", "merged_into"]) {
        touches.push((By::Mergers, true));
    }
    touches
}
