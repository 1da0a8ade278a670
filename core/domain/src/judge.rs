//! Judging all facts about one subject again: what is held, what is released, which cases stand. The outcome is a function
//! of the records alone, never of the order they came in, so a case that no longer has a ground lapses.

use std::collections::BTreeMap;

use crate::apply;
use crate::decision::{Case, Decision, Judged};
use crate::id::RecordId;
use crate::kind::{Kind, Nature, part_of};
use crate::op::Part;
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::{Input, World};

/// Judges a subject and applies what changed.
pub(crate) fn judge(world: &mut World, subject: RecordId, decision: &mut Decision, revision: u64) {
    for kind in world.kinds().iter().copied().filter(|kind| kind.nature() == Nature::Fact) {
        let (wanted, cases) = verdicts(world, kind, subject);
        let mut changed = Vec::new();
        for (fact, (part, held)) in wanted {
            let Some(record) = world.find(fact) else { continue };
            let before = record.held_for(&part);
            // A phone knows less than the server: it never releases what the server held.
            let known_better = !world.is_complete() && record.revision > 0 && held.is_none();
            if before != held && !known_better {
                changed.push(Judged { fact, part, held });
            }
        }
        apply::judged(world, &changed, revision);
        decision.judged.extend(changed);
        let lapsed = if world.is_complete() { groundless(world, kind, subject, &cases) } else { Vec::new() };
        apply::lapsed(world, &lapsed, revision);
        decision.lapsed.extend(lapsed);
        let missing = |case: &Case| world.find(case.id()).is_none_or(|record| record.value("state") == apply::LAPSED);
        decision.cases.extend(cases.into_iter().filter(missing));
    }
    decision.cases.sort();
    decision.cases.dedup();
}

type Wanted = BTreeMap<RecordId, (Part, Option<Reason>)>;

/// For each fact of a kind about a subject, whether it should be held: unknown or out of scope first, then the kind's rule.
fn verdicts(world: &World, kind: &dyn Kind, subject: RecordId) -> (Wanted, Vec<Case>) {
    let mut wanted = Wanted::new();
    let mut judged: Vec<&Record> = Vec::new();
    for fact in world.facts(subject, kind.name()) {
        let part = part_of(kind, &fact.doc, subject);
        let free = fact.settled(&part).is_some() || !fact.stands() || reachable(world, fact, subject);
        if free {
            judged.push(fact);
        }
        wanted.insert(fact.id, (part, (!free).then_some(Reason::TargetUnknown)));
    }
    let Some(record) = world.find(subject) else { return (wanted, Vec::new()) };
    let judgement = kind.judge(record, &judged, world);
    for (fact, reason) in judgement.held {
        if let Some((_, held)) = wanted.get_mut(&fact) {
            *held = Some(reason);
        }
    }
    (wanted, judgement.cases)
}

/// Whether the author of a fact could know the subject, by the places of the day it happened: who moves away later takes
/// nothing from those who visited before. Elsewhere is "the county will check", not a refusal.
fn reachable(world: &World, fact: &Record, subject: RecordId) -> bool {
    match world.record(subject) {
        Input::Elsewhere => true,
        Input::Known(None) => false,
        Input::Known(Some(record)) => {
            let origin = &fact.meta.origin;
            record.meta.origin.actor.account == origin.actor.account
                || world.sees_on(&origin.actor, subject, Day::of(origin.happened.ms))
        }
    }
}

/// Open cases that a judgement of this kind and subject once opened and would not open now.
fn groundless(world: &World, kind: &dyn Kind, subject: RecordId, cases: &[Case]) -> Vec<RecordId> {
    let of_this_kind = |case: &Case| {
        let fact = case.facts.first().and_then(|fact| world.find(*fact));
        case.subjects == [subject] && fact.is_some_and(|fact| fact.kind == kind.name())
    };
    let open = world.facts(subject, "case").into_iter().filter(|record| record.value("state") == "OPEN");
    open.filter(|record| {
        // Cases a reviewer opened by hand have another id and stay.
        let opened = Case::read(&record.doc).filter(|case| case.id() == record.id && of_this_kind(case));
        opened.is_some_and(|case| !cases.contains(&case))
    })
    .map(|record| record.id)
    .collect()
}
