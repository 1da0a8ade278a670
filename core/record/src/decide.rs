//! The only place where rules are applied. `take` decides an op over the world and applies it; `replay` applies a decision
//! that was logged, without judging again, which is how the past is rebuilt. Neither reads a clock, a file or a network.

use std::collections::BTreeSet;

use crate::actor::{Actor, Right};
use crate::apply;
use crate::decision::{Decision, Judged, Opened, Verdict};
use crate::field::{self, Sets, field};
use crate::id::RecordId;
use crate::judge::{self, Said};
use crate::kind::{self, Kind, Nature};
use crate::link;
use crate::merge;
use crate::op::{Act, Arrival, Part};
use crate::reason::Reason;
use crate::record::Record;
use crate::review::{self, ReviewState};
use crate::world::{Input, Need, World};

/// How often what reads a changed holding is judged again. A holding hangs on others by a lot of a lot, or by a household that
/// is one with another: no chain of those is so long.
const ROUNDS: usize = 6;

/// Decides an op and applies it. `revision` is the feed number it gets.
///
/// # Errors
/// What the decision asked for and the world had not loaded. Nothing was applied: load it and take the op again.
pub fn take(world: &mut World, arrival: &Arrival<'_>, revision: u64) -> Result<Decision, BTreeSet<Need>> {
    // What was asked before is nothing of this op's.
    let _ = world.lacking();
    world.begin();
    let decision = decided(world, arrival, revision);
    let lacking = world.lacking();
    if lacking.is_empty() {
        world.keep();
        return Ok(decision);
    }
    world.undo();
    Err(lacking)
}

/// What taking these ops one after another would ask for, as far as it can be told from what is loaded: so that a push is
/// loaded in a few wide rounds. Nothing is applied.
pub fn lacking<'a>(world: &mut World, arrivals: impl Iterator<Item = Arrival<'a>>, revision: u64) -> BTreeSet<Need> {
    world.begin();
    for arrival in arrivals {
        decided(world, &arrival, revision);
    }
    world.undo();
    world.lacking()
}

fn decided(world: &mut World, arrival: &Arrival<'_>, revision: u64) -> Decision {
    let op = arrival.op;
    let mut decision = deserves(world, arrival);
    let Some(kind) = world.kind(&op.kind) else { return decision };
    if decision.verdict == Verdict::Refused || decision.waits {
        return decision;
    }
    // What the fact spoke of before an amendment is judged again as well as what it speaks of now.
    let (mut subjects, mut linked) = around(world, kind, op.target);
    let before = world.copy_of(op.target);
    apply::act(world, arrival, &decision, revision);
    let now = around(world, kind, op.target);
    subjects.extend(now.0);
    linked.extend(now.1);
    if moves(kind, &op.act) {
        subjects.extend(world.resting_on(op.target));
    }
    let reached = reached(world, kind, (before.as_ref(), op.target));
    world.retell(reached.iter().copied());
    subjects.extend(reached);
    let chained: Vec<RecordId> = subjects.iter().chain(&linked).flat_map(|id| world.chained(*id)).collect();
    subjects.extend(chained);
    // First what it speaks of, then what only reads the record.
    let mut said = Said::new();
    for subject in subjects.iter().chain(linked.difference(&subjects)) {
        judge::judge(world, *subject, (&mut decision, &mut said), revision);
    }
    // At last what reads the facts whose holding changed on the way, until nothing changes any more.
    if !decision.counted.is_empty() {
        // Where one who counts lives, other records may name their duplicate.
        let meant = subjects.iter().filter_map(|id| world.find(*id)).flat_map(links_of(world));
        let meant: BTreeSet<RecordId> = meant.collect();
        world.retell(meant.iter().copied());
        for reader in meant {
            judge::judge(world, reader, (&mut decision, &mut said), revision);
        }
    }
    let mut told = (0, 0);
    for _ in 0..ROUNDS {
        let mut readers = readers(world, decision.judged.get(told.0..).unwrap_or_default());
        let counted = decision.counted.get(told.1..).unwrap_or_default().iter();
        readers.extend(counted.filter_map(|(id, _)| world.find(*id)).flat_map(links_of(world)));
        told = (decision.judged.len(), decision.counted.len());
        for reader in readers {
            judge::judge(world, reader, (&mut decision, &mut said), revision);
        }
    }
    decision.cases = judge::raised(world, decision.cases, said);
    decision.opened = opened(world, kind, (before.as_ref(), op.target));
    apply::opened(world, arrival, &decision.opened, revision);
    apply::cases(world, arrival, &decision.cases, revision);
    conclude(world, op.target, &mut decision);
    decision
}

/// Applies a logged decision.
pub fn replay(world: &mut World, arrival: &Arrival<'_>, decision: &Decision, revision: u64) {
    if decision.verdict == Verdict::Refused || decision.waits {
        return;
    }
    apply::act(world, arrival, decision, revision);
    apply::judged(world, &decision.judged, revision);
    apply::counted(world, &decision.counted, revision);
    apply::lapsed(world, &decision.lapsed, revision);
    apply::proposed(world, &decision.proposed, revision);
    apply::opened(world, arrival, &decision.opened, revision);
    apply::cases(world, arrival, &decision.cases, revision);
}

/// What the record opens that is not there yet.
fn opened(world: &World, kind: &dyn Kind, (before, target): (Option<&Record>, RecordId)) -> Vec<Opened> {
    let Some(record) = world.find(target).filter(|_| kind.nature() == Nature::Shared) else { return Vec::new() };
    kind.opens(before, record, world).into_iter().filter(|opened| world.find(opened.id).is_none()).collect()
}

/// A record with what it speaks of, and what it is linked to. Records that share a link to something that is no record (a
/// notice number) are judged together.
fn around(world: &World, kind: &dyn Kind, target: RecordId) -> (BTreeSet<RecordId>, BTreeSet<RecordId>) {
    let Some(record) = world.find(target) else { return (BTreeSet::from([target]), BTreeSet::new()) };
    let subjects = kind.subjects(&record.doc).into_iter().chain([target]).collect();
    let links = kind::linked_ever(kind, record);
    let shared =
        links.iter().filter(|link| world.find(**link).is_none()).flat_map(|link| world.facts(*link, kind.name()));
    let linked = shared.map(|other| other.id).collect::<BTreeSet<_>>().into_iter().chain(links.iter().copied());
    (subjects, linked.collect())
}

/// What a change reaches, with what that speaks of.
fn reached(world: &World, kind: &dyn Kind, (before, target): (Option<&Record>, RecordId)) -> BTreeSet<RecordId> {
    let Some(record) = world.find(target) else { return BTreeSet::new() };
    let reaches = kind.reaches(before, record);
    let mut all: BTreeSet<RecordId> = reaches.iter().flat_map(|reach| world.reached(reach)).collect();
    let found = all.iter().filter_map(|id| world.find(*id));
    let of = |record: &Record| world.kind(&record.kind).map(|kind| kind.subjects(&record.doc)).unwrap_or_default();
    let spoken_of: Vec<RecordId> = found.flat_map(of).collect();
    all.extend(spoken_of);
    all
}

/// What reads a record: whom else it is linked to.
fn links_of(world: &World) -> impl Fn(&Record) -> Vec<RecordId> + '_ {
    |record| {
        world.kind(&record.kind).map(|kind| kind::linked_ever(kind, record).into_iter().collect()).unwrap_or_default()
    }
}

/// What reads facts that became held or free: their lot, the household that theirs is one with.
fn readers(world: &World, judged: &[Judged]) -> BTreeSet<RecordId> {
    let facts = judged.iter().filter_map(|change| world.find(change.fact));
    let of = |fact: &Record| {
        let kind = world.kind(&fact.kind)?;
        let tied = kind.subjects(&fact.doc).into_iter().flat_map(|subject| world.chained(subject));
        Some(tied.chain(kind::linked_ever(kind, fact)).collect::<Vec<_>>())
    };
    facts.filter_map(of).flatten().collect()
}

/// Whether an op may change where a record lies. Who could reach a fact about a fact (a photo of a visit) hangs on that.
fn moves(kind: &dyn Kind, act: &Act) -> bool {
    let placing = |name: &str| link::places(kind, name);
    match act {
        Act::Record { .. } | Act::Amend { .. } => true,
        Act::Change { set, .. } => set.keys().any(|name| placing(name)),
        Act::Settle { part: Part::Field(name) | Part::Value(name, _), .. } => {
            kind.nature() == Nature::Fact || placing(name)
        }
        Act::Settle { .. } | Act::Unsettle { .. } | Act::Void { .. } | Act::Review { .. } => false,
    }
}

/// What the op itself deserves, before the facts around it are judged.
fn deserves(world: &World, arrival: &Arrival<'_>) -> Decision {
    let (op, actor) = (arrival.op, arrival.actor);
    let Some(kind) = world.kind(&op.kind) else {
        return Decision::stopped(Verdict::Held, Reason::KindUnknown, None);
    };
    if let Err(fault) = world.kinds().sayable(op) {
        return refused(fault.reason, Some(&fault.field));
    }
    // A sealed text was looked at by who opened it.
    let mut unopened = arrival.fingerprints.iter().filter_map(|(field, print)| Some((field, *print.as_ref().err()?)));
    if let Some((field, reason)) = unopened.find(|(_, reason)| reason.forbids()) {
        return refused(reason, Some(field));
    }
    let keeper = kind.kept_by();
    if keeper.is_some_and(|right| !actor.role.may(right)) {
        return refused(Reason::NotAllowed, None);
    }
    let may = |right| keeper.is_some() || actor.role.may(right);
    let existing = match world.record(op.target) {
        Input::Known(existing) => existing,
        Input::Elsewhere => None,
    };
    if let (Act::Record { fields, .. }, None) = (&op.act, existing) {
        if op.target.is_derived() && !kind.derives(op.target, fields) {
            return refused(Reason::IdTaken, None);
        }
        if let Err(fault) = field::check(kind, fields) {
            return refused(fault.reason, Some(&fault.field));
        }
        if kind.about(fields).contains(&op.target) {
            // A record that speaks of itself would be judged by itself.
            return refused(Reason::Malformed, None);
        }
        return match kind.nature() {
            _ if !may(Right::Record) => refused(Reason::NotAllowed, None),
            Nature::Fact => Decision::accepted(),
            Nature::Shared if !actor.is_at_work() => refused(Reason::NotAtWork, None),
            Nature::Shared => merge::new_record(world, kind, arrival, fields),
        };
    }
    let Some(existing) = existing else {
        return Decision::stopped(Verdict::Held, Reason::TargetUnknown, None);
    };
    if !matches!(op.act, Act::Record { .. }) && !kind.is_there(existing) {
        return Decision::stopped(Verdict::Held, Reason::TargetUnknown, None);
    }
    if existing.kind != op.kind || matches!(op.act, Act::Record { .. }) {
        return refused(Reason::IdTaken, None);
    }
    if kind.nature() == Nature::Shared && !actor.is_at_work() {
        return refused(Reason::NotAtWork, None);
    }
    // Unknown, not here yet and out of scope have one answer. What somebody did or saw stays theirs to correct; how things
    // are is for those who work where they are now.
    let own = existing.meta.origin.actor.account == actor.account && actor.role.may(Right::Record);
    let author = own && kind.nature() == Nature::Fact;
    if !author && !world.sees(actor, existing.id) {
        return Decision::stopped(Verdict::Held, Reason::TargetUnknown, None);
    }
    let reviewer = may(Right::Review);
    match (&op.act, kind.nature()) {
        (Act::Change { .. }, Nature::Shared) => merge::change(world, kind, existing, arrival),
        (Act::Amend { .. } | Act::Void { .. } | Act::Review { .. }, Nature::Fact) => {
            match (review::next(ReviewState::of(existing), &op.act, author, reviewer), &op.act) {
                (Err((reason, field)), _) => refused(reason, field),
                (Ok(_), Act::Amend { set, .. }) => merge::amend(kind, existing, arrival, set),
                (Ok(_), _) => Decision::accepted(),
            }
        }
        (Act::Settle { .. } | Act::Unsettle { .. }, _) if !reviewer => refused(Reason::NotAllowed, None),
        // Who looks at it in a year must know what was found.
        (Act::Settle { reason, .. } | Act::Unsettle { reason, .. }, _) if reason.trim().is_empty() => {
            refused(Reason::Missing, Some("reason"))
        }
        (Act::Settle { part, accept, .. }, _) => settle(world, kind, existing, (part, *accept), actor),
        (Act::Unsettle { part, .. }, _) if existing.settled(part).is_none() => refused(Reason::WrongAct, None),
        (Act::Unsettle { .. }, _) => Decision::accepted(),
        _ => refused(Reason::WrongAct, None),
    }
}

fn refused(reason: Reason, field: Option<&str>) -> Decision {
    Decision::stopped(Verdict::Refused, reason, field)
}

/// Whether a reviewer may settle a part that way.
fn settle(world: &World, kind: &dyn Kind, record: &Record, (part, accept): (&Part, bool), actor: &Actor) -> Decision {
    let county = actor.role.may(Right::County);
    let twice = record.held_for(part).filter(|reason| accept && reason.chooses());
    if let Some(reason) = twice {
        return refused(reason, None);
    }
    match part {
        Part::Whole | Part::Of(_) if accept && !county => match record.held_for(part) {
            // Letting through what is not held would let it through whatever is found later.
            None => refused(Reason::WrongAct, None),
            Some(reason) if reason.county_settles() => refused(Reason::NotAllowed, None),
            Some(_) => Decision::accepted(),
        },
        Part::Whole | Part::Of(_) => Decision::accepted(),
        Part::Field(name) | Part::Value(name, _) => {
            let Some(chosen) = record.beside(part) else { return refused(Reason::WrongAct, Some(name)) };
            // Who may not set a field does not turn down what another said of it either.
            if let Sets::Only(right) = field(kind, name).sets
                && !actor.role.may(right)
            {
                return refused(Reason::NotAllowed, Some(name));
            }
            let taken = accept
                && field(kind, name).unique
                && chosen.fingerprint.as_ref().is_some_and(|print| {
                    let holder = world.holder(&format!("{}.{name}", kind.name()), print);
                    matches!(holder, Input::Known(Some(holder)) if holder != record.id)
                });
            if accept && let Err(fault) = merge::chosen(world, kind, (record, chosen), actor) {
                return refused(fault.reason, Some(&fault.field));
            }
            if taken { refused(Reason::IdNumberTaken, Some(name)) } else { Decision::accepted() }
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
        Part::Field(field) | Part::Value(field, _) => Some(field.clone()),
    };
}
