//! What must be loaded before an op can be decided, so that the caller reads the database in a few wide queries and the
//! decision itself reads none.

use std::collections::BTreeSet;

use crate::decide::moves;
use crate::document::{Document, id_in};
use crate::id::RecordId;
use crate::kind::{Nature, staff_id};
use crate::op::{Act, Arrival, Op, Part};
use crate::record::Record;
use crate::rules;
use crate::world::{Need, World};

/// What must be in the world before `take`. Ask again after loading, until the answer is empty: some five rounds for a
/// photo of a visit (photo, visit, person, village, township), two for most.
#[must_use]
pub fn needs(op: &Op, world: &World) -> BTreeSet<Need> {
    let mut judged = BTreeSet::from([op.target]);
    let mut places = BTreeSet::new();
    let mut needs = BTreeSet::new();
    let existing = world.find(op.target);
    if let Some(kind) = world.kind(&op.kind) {
        match (&op.act, existing) {
            (Act::Record { fields, .. }, None) => {
                judged.extend(kind.about(fields));
                places.extend(kind.places(op.target, fields).into_iter().chain(kind.grants(fields)));
                places.extend(id_in(fields, "parent"));
            }
            (Act::Amend { set, .. } | Act::Change { set, .. }, existing) => {
                // Its record may be brought by an earlier op of the same push.
                let mut doc: Document = existing.map(|record| record.doc.clone()).unwrap_or_default();
                doc.extend(set.clone());
                judged.extend(kind.about(&doc));
                places.extend(kind.places(op.target, &doc).into_iter().chain(kind.grants(&doc)));
                places.extend(id_in(set, "parent"));
            }
            (Act::Settle { .. }, Some(record)) => {
                for beside in &record.meta.beside {
                    let mut doc = record.doc.clone();
                    doc.insert(beside.field.clone(), beside.value.clone());
                    judged.extend(kind.about(&doc));
                    places.extend(kind.places(op.target, &doc).into_iter().chain(kind.grants(&doc)));
                    places.extend(id_in(&doc, "parent"));
                }
            }
            _ => {}
        }
        judged.extend(existing.into_iter().flat_map(|record| kind.about(&record.doc)));
        if moves(kind, &op.act) {
            judged.extend(world.resting_on(op.target));
        }
        judged.extend(kind.may_open(op.target));
        for name in kind.fields().iter().filter(|field| field.unique).map(|field| field.name) {
            let index = format!("{}.{name}", kind.name());
            needs.extend(prints(op, existing, name).into_iter().map(|print| Need::Holder(index.clone(), print)));
        }
    }
    // Facts that become held or free change the figures of what they are linked to (a lot of stock), and records that share
    // a link to something that is no record are judged together (a notice number).
    let about = judged.iter().flat_map(|id| world.records_about(*id).map(move |record| (*id, record)));
    let (mut near, mut beside) = (BTreeSet::new(), BTreeSet::new());
    for (id, record) in about {
        let Some(kind) = world.kind(&record.kind) else { continue };
        // A case between two hangs on both.
        beside.extend(kind.subjects(&record.doc).into_iter().filter(|_| kind.nature() == Nature::Shared));
        if kind.nature() == Nature::Fact {
            near.extend(kind.linked(&record.doc));
        } else if record.kind == op.kind && world.find(id).is_none() {
            near.insert(record.id);
        }
    }
    judged.extend(near);
    let chained: Vec<RecordId> = judged.iter().flat_map(|id| world.chained(*id)).collect();
    judged.extend(chained);
    needs.extend(judged.iter().map(|id| Need::Facts(*id)));
    let mut records = judged;
    records.extend(beside);
    for _ in 0..3 {
        for record in records.clone().into_iter().filter_map(|id| world.find(id)) {
            if let Some(kind) = world.kind(&record.kind) {
                records.extend(kind.subjects(&record.doc));
            }
        }
    }
    let mut staff = BTreeSet::new();
    for record in records.iter().filter_map(|id| world.find(*id)) {
        places.extend(world.places_ever(record));
        // Where nothing it speaks of is known, a record lies where its author works.
        places.extend(record.meta.origin.actor.scope.iter().copied());
        if !record.meta.origin.actor.is_at_work() {
            staff.insert(staff_id(record.meta.origin.actor.account));
        }
    }
    records.extend(with_parents(places, world));
    records.extend(staff);
    records.extend(rules::ids());
    needs.extend(records.into_iter().map(Need::Record));
    needs.retain(|need| !world.has(need));
    needs
}

/// The divisions and, as far as they are here, everything above them on any day.
fn with_parents(mut divisions: BTreeSet<RecordId>, world: &World) -> BTreeSet<RecordId> {
    let mut fresh: Vec<RecordId> = divisions.iter().copied().collect();
    while let Some(division) = fresh.pop() {
        let Some(record) = world.find(division) else { continue };
        fresh.extend(parents_ever(record).into_iter().filter(|parent| divisions.insert(*parent)));
    }
    divisions
}

fn parents_ever(division: &Record) -> BTreeSet<RecordId> {
    let dated = division.meta.dated.get("parent").into_iter().flatten();
    let earlier = dated.filter_map(|dated| dated.value.as_str()?.parse().ok());
    earlier.chain(id_in(&division.doc, "parent")).collect()
}

/// Fingerprints that may come to be held though the op does not bring them: a value beside that a reviewer chooses, a
/// removed person that returns.
fn prints(op: &Op, existing: Option<&Record>, name: &str) -> Vec<String> {
    let Some(record) = existing else { return Vec::new() };
    match &op.act {
        Act::Settle { part: Part::Field(_) | Part::Value(..), .. } => {
            let beside = record.meta.beside.iter().filter(|beside| beside.field == name);
            beside.filter_map(|beside| beside.fingerprint.clone()).collect()
        }
        Act::Change { .. } => record.meta.fingerprints.get(name).cloned().into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The unique values an op brings, to be asked before `take`.
#[must_use]
pub fn holders_needed(arrival: &Arrival<'_>) -> Vec<Need> {
    let Some(kind) = crate::kind::by_name(&arrival.op.kind) else { return Vec::new() };
    let unique = kind.fields().iter().filter(|field| field.unique);
    unique
        .filter_map(|field| match arrival.fingerprints.get(field.name) {
            Some(Ok(print)) => Some(Need::Holder(format!("{}.{}", kind.name(), field.name), print.clone())),
            _ => None,
        })
        .collect()
}
