//! Judging all facts about one subject again: what is held, what is released, which cases stand. The outcome is a function
//! of the records alone, never of the order they came in, so a case that no longer has a ground lapses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::apply;
use crate::case;
use crate::decision::{Case, Decision, Judged, Proposed, Raised};
use crate::id::{OpId, RecordId};
use crate::kind::{Kind, Nature, part_of};
use crate::op::Part;
use crate::reason::Reason;
use crate::record::{Beside, BesideWhy, Record};
use crate::time::Day;
use crate::world::{Input, World};

/// What a rule says of all the facts about one subject: which it holds, which cases a person must see, and what the
/// facts say the register should say.
#[derive(Debug, Default)]
pub struct Judgement {
    /// Fact to the reason it is held for, as far as it speaks of this subject.
    pub held: BTreeMap<RecordId, Reason>,
    /// Facts that count and move nothing in what they name besides.
    pub idle: BTreeSet<RecordId>,
    /// Cases.
    pub cases: Vec<Raised>,
    /// Values for fields of the subject, kept beside them until a reviewer chooses.
    pub proposals: Vec<Proposal>,
    /// Cases between several records that these facts answer: they lapse.
    pub answered: Vec<Case>,
    /// The record that counts in the subject's place.
    pub counts_as: Option<RecordId>,
}

/// What a fact says a field of its subject should hold: somebody reported dead at a door.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The field of the subject.
    pub field: &'static str,
    /// The value.
    pub value: Value,
    /// From which day.
    pub since: Day,
    /// The fact that says so. The proposal goes when the fact is voided.
    pub fact: RecordId,
}

/// The cases that judging a subject wants open, and those it answers. What was said of a subject earlier in one decision is
/// said anew.
pub(crate) type Said = BTreeMap<RecordId, (Vec<Raised>, Vec<Case>)>;

/// Judges a subject and applies what changed.
pub(crate) fn judge(world: &mut World, subject: RecordId, (decision, said): (&mut Decision, &mut Said), revision: u64) {
    let (mut cases, mut proposals, mut answered) = (Vec::new(), Vec::new(), Vec::new());
    let mut counts_as = None;
    for kind in world.kinds().iter() {
        let (wanted, judgement) = verdicts(world, kind, subject);
        let mut changed = Vec::new();
        for (fact, (part, held)) in wanted {
            let Some(record) = world.find(fact) else { continue };
            let idle = judgement.idle.contains(&fact);
            let (before, was_idle) = (record.held_for(&part), record.is_idle(&part));
            // A phone knows less than the server: it never releases what the server held.
            let known_better =
                !world.is_complete() && record.revision > 0 && held.is_none() && (before.is_some() || !idle);
            if (before, was_idle) != (held, idle) && !known_better {
                changed.push(Judged { fact, part, held, idle });
            }
        }
        apply::judged(world, &changed, revision);
        decision.judged.extend(changed);
        cases.extend(judgement.cases);
        proposals.extend(judgement.proposals);
        answered.extend(judgement.answered);
        counts_as = counts_as.or(judgement.counts_as);
    }
    let counted_anew = world.find(subject).is_some_and(|record| {
        let known_better = !world.is_complete() && record.revision > 0 && counts_as.is_none();
        record.meta.counts_as != counts_as && !known_better
    });
    if counted_anew {
        apply::counted(world, &[(subject, counts_as)], revision);
        decision.counted.push((subject, counts_as));
    }
    if world.is_complete() {
        let mut lapsed = groundless(world, subject, &cases);
        let rests = |case: &Case| world.find(case.id()).is_some_and(case::rests);
        lapsed.extend(answered.iter().filter(|case| rests(case)).map(Case::id));
        apply::lapsed(world, &lapsed, revision);
        decision.lapsed.extend(lapsed);
    }
    said.insert(subject, (cases, answered));
    if let Some(proposed) = proposed(world, subject, proposals) {
        apply::proposed(world, std::slice::from_ref(&proposed), revision);
        decision.proposed.push(proposed);
    }
}

/// The cases to open at the end of a decision: those a step brought itself, and those that were said last of each subject.
pub(crate) fn raised(world: &World, own: Vec<Raised>, said: Said) -> Vec<Raised> {
    let answered: BTreeSet<Case> = said.values().flat_map(|(_, answered)| answered).cloned().collect();
    // Who is known to be one is not asked about, though both have one number.
    let own = own.into_iter().filter(|raised| !answered.contains(&raised.case));
    let all: BTreeSet<Raised> = own.chain(said.into_values().flat_map(|(cases, _)| cases)).collect();
    all.into_iter().filter(|raised| case::opens(raised, world)).collect()
}

type Wanted = BTreeMap<RecordId, (Part, Option<Reason>)>;

/// For each fact of a kind that speaks of a subject, whether it should be held: unknown or out of scope first, then the
/// kind's rule. What is only linked to the subject is not judged by it.
fn verdicts(world: &World, kind: &dyn Kind, subject: RecordId) -> (Wanted, Judgement) {
    let mut wanted = Wanted::new();
    let mut judged: Vec<&Record> = Vec::new();
    let facts = world.facts(subject, kind.name()).into_iter().filter(|_| kind.nature() == Nature::Fact);
    for fact in facts.filter(|fact| kind.subjects(&fact.doc).contains(&subject)) {
        let part = part_of(kind, &fact.doc, subject);
        let free = fact.settled(&part).is_some() || !fact.stands();
        let held = if free { None } else { unreachable(world, fact, subject) };
        if held.is_none() {
            judged.push(fact);
        }
        wanted.insert(fact.id, (part, held));
    }
    let Some(record) = world.find(subject) else { return (wanted, Judgement::default()) };
    let judgement = kind.judge(record, &judged, world);
    for (fact, reason) in &judgement.held {
        if let Some((_, held)) = wanted.get_mut(fact) {
            *held = Some(*reason);
        }
    }
    (wanted, judgement)
}

/// What facts propose for the subject's fields, against what stands beside them now: a proposal whose fact is void goes,
/// one that a reviewer chose or turned down does not come again.
fn proposed(world: &World, subject: RecordId, proposals: Vec<Proposal>) -> Option<Proposed> {
    let record = world.find(subject)?;
    let mut wanted: Vec<Beside> = Vec::new();
    for proposal in proposals {
        let Some(fact) = world.find(proposal.fact) else { continue };
        let beside = Beside {
            field: proposal.field.to_owned(),
            value: proposal.value,
            op: fact.meta.origin.op,
            why: BesideWhy::Proposed,
            fact: Some(proposal.fact),
            since: proposal.since,
            sealed: None,
            fingerprint: None,
        };
        let settled = record.settled(&Part::Value(beside.field.clone(), beside.op)).is_some();
        if !settled && record.value_on(&beside.field, beside.since) != &beside.value {
            wanted.push(beside);
        }
    }
    let there: Vec<&Beside> = record.meta.beside.iter().filter(|beside| beside.fact.is_some()).collect();
    let gone = there.iter().filter(|beside| world.is_complete() && !wanted.contains(beside));
    let gone: Vec<(String, OpId)> = gone.map(|beside| (beside.field.clone(), beside.op)).collect();
    let fresh: Vec<Beside> = wanted.into_iter().filter(|beside| !there.contains(&beside)).collect();
    (!gone.is_empty() || !fresh.is_empty()).then_some(Proposed { subject, fresh, gone })
}

/// Why the author of a fact could not say it of a subject.
fn unreachable(world: &World, fact: &Record, subject: RecordId) -> Option<Reason> {
    if !fact.meta.origin.actor.is_at_work() {
        return Some(Reason::NotAtWork);
    }
    (!reachable(world, fact, subject)).then_some(Reason::TargetUnknown)
}

/// Whether the author of a fact could know the subject, by the places of the day it happened: who moves away later takes
/// nothing from those who visited before. Elsewhere is "the county will check", not a refusal.
#[must_use]
pub fn reachable(world: &World, fact: &Record, subject: RecordId) -> bool {
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

/// Open cases that judging this subject once opened and would not open now.
fn groundless(world: &World, subject: RecordId, cases: &[Raised]) -> Vec<RecordId> {
    // Of a case between two records the kind says when it ends.
    let own = case::opened(subject, world).filter(|case| case.subjects == [subject]);
    own.filter(|case| !cases.iter().any(|raised| raised.case == *case)).map(|case| case.id()).collect()
}
