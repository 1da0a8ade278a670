//! The only place where rules are applied. `take` decides an op over the world and applies it; `replay` applies a decision
//! that was logged, without judging again, which is how the past is rebuilt. Neither reads a clock, a file or a network.

use std::collections::{BTreeMap, BTreeSet};

use crate::actor::Right;
use crate::apply;
use crate::decision::{Case, Decision, Judged, Verdict};
use crate::id::RecordId;
use crate::kind::{self, Kind, Nature};
use crate::merge;
use crate::op::{Act, Arrival, Op, Part};
use crate::reason::Reason;
use crate::record::Record;
use crate::world::{Input, Need, World};

/// What must be in the world before `take`. Ask again after loading, until the answer is empty.
#[must_use]
pub fn needs(op: &Op, world: &World) -> BTreeSet<Need> {
    let mut needs = BTreeSet::from([Need::Record(op.target), Need::Facts(op.target)]);
    let mut subjects = BTreeSet::from([op.target]);
    if let (Some(kind), Act::Record { fields, .. }) = (kind::by_name(&op.kind), &op.act) {
        subjects.extend(kind.subjects(fields));
    }
    // A subject may itself be a fact (a photo of a visit): three steps reach the person or household, and one more its place.
    for _ in 0..3 {
        for id in subjects.clone() {
            needs.insert(Need::Record(id));
            needs.insert(Need::Facts(id));
            if let Some((record, kind)) = world.find(id).and_then(|r| Some((r, kind::by_name(&r.kind)?))) {
                subjects.extend(kind.subjects(&record.doc));
            }
        }
    }
    needs.retain(|need| !world.has(need));
    needs
}

/// The unique values an op brings, to be asked before `take`.
#[must_use]
pub fn holders_needed(arrival: &Arrival<'_>) -> Vec<Need> {
    let Some(kind) = kind::by_name(&arrival.op.kind) else { return Vec::new() };
    let unique = kind.fields().iter().filter(|field| field.unique);
    unique
        .filter_map(|field| match arrival.fingerprints.get(field.name) {
            Some(Ok(print)) => Some(Need::Holder(format!("{}.{}", kind.name(), field.name), print.clone())),
            _ => None,
        })
        .collect()
}

/// Decides an op and applies it. `revision` is the feed number it gets.
pub fn take(world: &mut World, arrival: &Arrival<'_>, revision: u64) -> Decision {
    let op = arrival.op;
    let mut decision = own(world, arrival);
    if matches!(decision.verdict, Verdict::Refused) || stopped(&decision) {
        return decision;
    }
    apply::own(world, arrival, &decision, revision);
    let Some(record) = world.find(op.target) else { return decision };
    let Some(kind) = kind::by_name(&op.kind) else { return decision };
    let mut subjects = BTreeSet::from([op.target]);
    subjects.extend(kind.subjects(&record.doc));
    for subject in subjects {
        judge(world, subject, &mut decision, revision);
    }
    apply::cases(world, arrival, &decision.cases, revision);
    conclude(world, op.target, &mut decision);
    decision
}

/// Applies a logged decision.
pub fn replay(world: &mut World, arrival: &Arrival<'_>, decision: &Decision, revision: u64) {
    if matches!(decision.verdict, Verdict::Refused) || stopped(decision) {
        return;
    }
    apply::own(world, arrival, decision, revision);
    apply::judged(world, &decision.judged, revision);
    apply::cases(world, arrival, &decision.cases, revision);
}

/// A held op that has not even been applied: its target is unknown. It waits in the holding queue for the target.
fn stopped(decision: &Decision) -> bool {
    decision.verdict == Verdict::Held && decision.judged.is_empty() && decision.fields.is_empty()
}

/// What the op itself deserves, before the facts around it are judged.
fn own(world: &World, arrival: &Arrival<'_>) -> Decision {
    let (op, actor) = (arrival.op, arrival.actor);
    let Some(kind) = kind::by_name(&op.kind) else {
        return Decision::stopped(Verdict::Held, Reason::KindUnknown, None);
    };
    let existing = match world.record(op.target) {
        Input::Known(existing) => existing,
        Input::Elsewhere => None,
    };
    let refused = |reason, field| Decision::stopped(Verdict::Refused, reason, field);
    if let (Act::Record { fields, .. }, None) = (&op.act, existing) {
        if let Err(fault) = kind.check(fields) {
            return refused(fault.reason, Some(&fault.field));
        }
        return match kind.nature() {
            Nature::Fact if actor.role.may(Right::Record) => Decision::accepted(),
            Nature::Fact => refused(Reason::NotAllowed, None),
            Nature::Shared => merge::new_record(world, kind, arrival),
        };
    }
    let Some(existing) = existing else {
        return Decision::stopped(Verdict::Held, Reason::TargetUnknown, None);
    };
    if existing.kind != op.kind || matches!(op.act, Act::Record { .. }) {
        return refused(Reason::IdTaken, None);
    }
    // Unknown, not here yet and out of scope have one answer.
    let own_fact = existing.meta.origin.actor.account == actor.account;
    if !world.sees(actor, existing.id) && !own_fact {
        return Decision::stopped(Verdict::Held, Reason::TargetUnknown, None);
    }
    match (&op.act, kind.nature()) {
        (Act::Change { .. }, Nature::Shared) => merge::change(world, kind, existing, arrival),
        (Act::Amend { set, .. }, Nature::Fact) if own_fact || actor.role.may(Right::Review) => {
            let mut doc = existing.doc.clone();
            doc.extend(set.clone());
            match kind.check(&doc) {
                Ok(()) => Decision::accepted(),
                Err(fault) => refused(fault.reason, Some(&fault.field)),
            }
        }
        (Act::Void { .. }, Nature::Fact) if own_fact || actor.role.may(Right::Review) => Decision::accepted(),
        (Act::Amend { .. } | Act::Void { .. }, Nature::Fact) => refused(Reason::NotAuthor, None),
        (Act::Settle { .. } | Act::Review { .. }, _) if actor.role.may(Right::Review) => Decision::accepted(),
        (Act::Settle { .. } | Act::Review { .. }, _) => refused(Reason::NotAllowed, None),
        _ => refused(Reason::WrongAct, None),
    }
}

/// Judges all facts about a subject again and applies what changed.
fn judge(world: &mut World, subject: RecordId, decision: &mut Decision, revision: u64) {
    for kind in kind::ALL.iter().copied().filter(|kind| kind.nature() == Nature::Fact) {
        let (wanted, cases) = verdicts(world, kind, subject);
        let part = if kind.held_whole() { Part::Whole } else { Part::Of(subject) };
        let mut changed = Vec::new();
        for (fact, held) in wanted {
            if world.find(fact).is_some_and(|record| record.held_for(&part) != held) {
                changed.push(Judged { fact, part: part.clone(), held });
            }
        }
        apply::judged(world, &changed, revision);
        decision.judged.extend(changed);
        decision.cases.extend(cases.into_iter().filter(|case| world.find(case.id()).is_none()));
    }
    decision.cases.sort();
    decision.cases.dedup();
}

/// For each fact of a kind about a subject, whether it should be held: unknown or out of scope first, then the kind's rule.
fn verdicts(world: &World, kind: &dyn Kind, subject: RecordId) -> (BTreeMap<RecordId, Option<Reason>>, Vec<Case>) {
    let facts = world.facts(subject, kind.name());
    let part = if kind.held_whole() { Part::Whole } else { Part::Of(subject) };
    let mut wanted: BTreeMap<RecordId, Option<Reason>> = BTreeMap::new();
    let mut judged: Vec<&Record> = Vec::new();
    for fact in facts {
        if fact.settled(&part).is_some() || !fact.stands() {
            wanted.insert(fact.id, None);
            judged.push(fact);
        } else if reachable(world, fact, subject) {
            judged.push(fact);
        } else {
            wanted.insert(fact.id, Some(Reason::TargetUnknown));
        }
    }
    let mut cases = Vec::new();
    if let Some(record) = world.find(subject) {
        let judgement = kind.judge(record, &judged, world);
        for fact in &judged {
            wanted.insert(fact.id, judgement.held.get(&fact.id).copied());
        }
        cases = judgement.cases;
    }
    (wanted, cases)
}

/// Whether the author of a fact could know the subject. Elsewhere is "the county will check", not a refusal.
fn reachable(world: &World, fact: &Record, subject: RecordId) -> bool {
    match world.record(subject) {
        Input::Elsewhere => true,
        Input::Known(None) => false,
        // A fact about a fact (a photo of a visit) is its author's business wherever the visit lies.
        Input::Known(Some(record)) => {
            let actor = &fact.meta.origin.actor;
            record.meta.origin.actor.account == actor.account || world.sees(actor, subject)
        }
    }
}

/// The answer for the op's own fact follows from what is held of it.
fn conclude(world: &World, target: RecordId, decision: &mut Decision) {
    let Some(record) = world.find(target) else { return };
    let Some((part, reason)) = record.meta.held.first() else { return };
    decision.verdict = Verdict::Held;
    decision.reason = Some(*reason);
    decision.field = match part {
        Part::Whole => None,
        Part::Of(subject) => Some(subject.to_string()),
        Part::Field(field) => Some(field.clone()),
    };
}
