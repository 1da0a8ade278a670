//! Shared data, field by field: who may set it, whether somebody else set it since, whether a rule holds it.

mod walk;

use crate::actor::{Actor, Right};
use crate::decision::{Case, CaseKind, Decision, FieldVerdict, Verdict};
use crate::document::{Document, is_set_change, merge_set};
use crate::field::{Fault, Sets, check, field, kept};
use crate::id::RecordId;
use crate::kind::Kind;
use crate::link::{self, Link, Names};
use crate::op::{Act, Arrival};
use crate::reason::Reason;
use crate::record::{Beside, BesideWhy, Record};
use crate::tie::{is_needed, unknown};
use crate::time::Day;
use crate::world::{Input, World};
use walk::{Walk, begins, leap, walk};

/// A new record of shared data: who creates must see where it lies; protected fields are judged like changed ones.
pub(crate) fn new_record(world: &World, kind: &dyn Kind, arrival: &Arrival<'_>, doc: &Document) -> Decision {
    let (op, actor) = (arrival.op, arrival.actor);
    let places = kind.places(op.target, doc);
    // A new division is not in the tree yet: what counts is what it hangs under.
    let above = link::named(kind, doc, Names::Above);
    let within = places.iter().chain(&above).any(|place| world.covers(actor, *place));
    // What lies where its subjects lie (a basis person in a household) needs one that its author sees; it may lie elsewhere
    // besides (a need that another township handles).
    let subjects = kind.subjects(doc);
    let known = |id: &RecordId| match world.record(*id) {
        Input::Elsewhere => true,
        Input::Known(record) => record.is_some() && world.sees(actor, *id),
    };
    let nowhere = places.is_empty() && subjects.is_empty();
    if !(nowhere || within || subjects.iter().any(known)) {
        return Decision::stopped(Verdict::Held, Reason::TargetUnknown, None);
    }
    let who = (actor, since(arrival));
    let unknown = |name: &str| unknown(world, kind, who, (&Document::new(), doc), name);
    // It would lie where nobody looks.
    let lost = |link: &&Link| link::places(kind, link.field) && unknown(link.field).is_some();
    if let Some(link) = kind.links().iter().find(lost) {
        return Decision::stopped(Verdict::Held, Reason::TargetUnknown, Some(link.field));
    }
    if let Err(fault) = kind.check_around(op.target, doc, since(arrival), world) {
        return Decision::stopped(Verdict::Refused, fault.reason, Some(&fault.field));
    }
    if let Err(fault) = kind.begun_by(doc, actor.role).and_then(|()| given(world, kind, actor, (&Document::new(), doc)))
    {
        return Decision::stopped(Verdict::Refused, fault.reason, Some(&fault.field));
    }
    let mut decision = Decision::accepted();
    let contradictions = kind.contradictions(doc);
    let begun: Vec<&str> = kind.starts_with(doc, actor.role.may(Right::Review)).iter().map(|(name, _)| *name).collect();
    for name in fields_of(arrival) {
        match field(kind, &name).sets {
            Sets::Only(right) if actor.role.may(right) || begun.contains(&name.as_str()) => {}
            Sets::Only(Right::County) => return Decision::stopped(Verdict::Refused, Reason::NotAllowed, Some(&name)),
            // From the door nothing is lost: a worker's word on a reviewer's field waits beside it.
            Sets::Only(_) => note(&mut decision, &name, FieldVerdict::Proposed),
            Sets::AtOnce | Sets::Proposed => {}
        }
        let begins = begun.contains(&name.as_str()) || begins(kind, doc, &name);
        let odd = (!begins).then_some(Reason::NoSuchStep).or_else(|| contradicted(&contradictions, &name));
        let odd = odd.or_else(|| unknown(&name));
        if let Some(reason) = odd {
            note(&mut decision, &name, FieldVerdict::Held(reason));
        }
        if let Some(reason) = held(world, kind, &name, arrival, &mut decision) {
            note(&mut decision, &name, FieldVerdict::Held(reason));
        }
    }
    decision
}

/// Changed fields of an existing record.
pub(crate) fn change(world: &World, kind: &dyn Kind, record: &Record, arrival: &Arrival<'_>) -> Decision {
    let (op, actor) = (arrival.op, arrival.actor);
    let mut decision = Decision::accepted();
    let set = op.set().cloned().unwrap_or_default();
    let changed = resulting(kind, &record.doc, &set);
    if let Err(fault) = checked(kind, record, (&set, &changed)) {
        return Decision::stopped(Verdict::Refused, fault.reason, Some(&fault.field));
    }
    let since = since(arrival);
    let around = kind.check_around(op.target, &changed, since, world);
    if let Err(fault) = around.and_then(|()| given_on(world, kind, actor, (record, &set, since))) {
        return Decision::stopped(Verdict::Refused, fault.reason, Some(&fault.field));
    }
    let contradictions = kind.contradictions(&changed);
    let returns = !kind.holds_unique(&record.doc) && kind.holds_unique(&changed);
    for name in fields_of(arrival) {
        let field = field(kind, &name);
        let open = !op.sealed().is_some_and(|sealed| sealed.contains_key(&name));
        if open && op.value(&name).is_some_and(|said| kind.repeats(&name, record.value(&name), said)) {
            continue;
        }
        let allowed = match field.sets {
            Sets::AtOnce | Sets::Proposed => kind.kept_by().is_some() || actor.role.may(Right::Record),
            Sets::Only(right) => actor.role.may(right),
        };
        if !allowed {
            return Decision::stopped(Verdict::Refused, Reason::NotAllowed, Some(&name));
        }
        let walked = match walk(kind, &record.doc, &changed, &name) {
            Walk::Lacks(needed) => return Decision::stopped(Verdict::Refused, Reason::Missing, Some(needed)),
            walked => walked,
        };
        // A removed person returns to a number that somebody else holds by now.
        let clash =
            returns && kind.holds_unique(&record.doc) != kind.holds_unique(&resulting_one(kind, record, &set, &name));
        let clash = clash.then(|| taken_meanwhile(world, kind, record, &mut decision)).flatten();
        let unknown = unknown(world, kind, (actor, since), (&record.doc, &changed), &name);
        if unknown.is_some() && is_needed(kind, &name) {
            return Decision::stopped(Verdict::Refused, Reason::TargetUnknown, Some(&name));
        }
        let odd = matches!(walked, Walk::Nowhere)
            .then_some(Reason::NoSuchStep)
            .or_else(|| contradicted(&contradictions, &name))
            .or(unknown);
        let waits = matches!(walked, Walk::For(right) if !actor.role.may(right))
            || (field.sets == Sets::Proposed && !actor.role.may(Right::Review) && !own_draft(kind, record, arrival));
        if let Some(reason) = clash.or(odd).or_else(|| held(world, kind, &name, arrival, &mut decision)) {
            note(&mut decision, &name, FieldVerdict::Held(reason));
        } else if waits {
            note(&mut decision, &name, FieldVerdict::Proposed);
        } else if conflicts(kind, record, &name, arrival) {
            note(&mut decision, &name, FieldVerdict::Conflict);
        }
    }
    let seen_less =
        record.meta.fields.values().any(|meta| meta.revision > op.base && meta.op.installation != op.id.installation);
    if seen_less && decision.verdict == Verdict::Accepted {
        decision.verdict = Verdict::Merged;
    }
    decision
}

/// Corrected fields of a fact. Two who correct one field without having seen each other keep both values.
pub(crate) fn amend(kind: &dyn Kind, fact: &Record, arrival: &Arrival<'_>, set: &Document) -> Decision {
    let amended = resulting(kind, &fact.doc, set);
    if let Err(fault) = check(kind, &amended) {
        return Decision::stopped(Verdict::Refused, fault.reason, Some(&fault.field));
    }
    if kind.about(&amended).contains(&fact.id) {
        return Decision::stopped(Verdict::Refused, Reason::Malformed, None);
    }
    let mut decision = Decision::accepted();
    for name in fields_of(arrival) {
        if conflicts(kind, fact, &name, arrival) {
            note(&mut decision, &name, FieldVerdict::Conflict);
        }
    }
    decision
}

/// The day from which an op's dated fields hold.
fn since(arrival: &Arrival<'_>) -> Day {
    let written = Day::of(arrival.op.at.corrected(arrival.previous_ms, arrival.received_ms).ms);
    if let Act::Change { since, .. } = &arrival.op.act { since.unwrap_or(written) } else { written }
}

fn contradicted(contradictions: &[(&'static str, Reason)], name: &str) -> Option<Reason> {
    contradictions.iter().find(|(field, _)| *field == name).map(|(_, reason)| *reason)
}

/// Whether a record may hold a value that a reviewer chooses: as if they had set it themselves.
pub(crate) fn chosen(
    world: &World,
    kind: &dyn Kind,
    (record, beside): (&Record, &Beside),
    actor: &Actor,
) -> Result<(), Fault> {
    let along = along(kind, record, beside);
    let set: Document =
        along.into_iter().chain([beside]).map(|beside| (beside.field.clone(), beside.value.clone())).collect();
    let doc = resulting(kind, &record.doc, &set);
    match walk(kind, &record.doc, &doc, &beside.field) {
        Walk::For(right) if !actor.role.may(right) => {
            return Err(Fault { reason: Reason::NotAllowed, field: beside.field.clone() });
        }
        Walk::Lacks(needed) => return Err(Fault::missing(needed)),
        Walk::Nowhere => leap(kind, &doc, &beside.field, actor)?,
        _ => {}
    }
    checked(kind, record, (&set, &doc))?;
    let since = from_day(record, beside);
    let unknown = |name: &&String| unknown(world, kind, (actor, since), (&record.doc, &doc), name);
    if let Some(name) = set.keys().find(|name| unknown(name).is_some()) {
        return Err(Fault { reason: Reason::TargetUnknown, field: name.clone() });
    }
    kind.check_around(record.id, &doc, since, world)?;
    given_on(world, kind, actor, (record, &set, since))
}

/// What comes along when a reviewer chooses a value: what its step needs, where the same op said it. A household that ended
/// without saying into which would take its members with it.
pub(crate) fn along<'a>(kind: &dyn Kind, record: &'a Record, chosen: &Beside) -> Vec<&'a Beside> {
    let set = [(chosen.field.clone(), chosen.value.clone())].into_iter().collect();
    let after = resulting(kind, &record.doc, &set);
    let cycle = kind.life_cycles().iter().find(|cycle| cycle.field == chosen.field);
    let step = cycle.and_then(|cycle| cycle.between(cycle.state(&record.doc), cycle.state(&after)));
    let needs = step.map_or(&[][..], |step| step.needs);
    let said = |beside: &&Beside| beside.op == chosen.op && beside.why == BesideWhy::Proposed;
    let along = record.meta.beside.iter().filter(said).filter(|beside| {
        needs.contains(&beside.field.as_str()) || field(kind, &beside.field).with == Some(chosen.field.as_str())
    });
    along.collect()
}

/// The day from which a value beside holds once it is chosen. Of a conflict the other value takes the place of the one that
/// showed, whatever day it held from before.
pub(crate) fn from_day(record: &Record, beside: &Beside) -> Day {
    let shown = record.meta.dated.get(&beside.field).and_then(|values| values.last());
    let shown = shown.filter(|_| beside.why == BesideWhy::Conflict);
    shown.map_or(beside.since, |shown| shown.from.max(beside.since))
}

/// Whether a change leaves a readable document. What was wrong before stays for who mends it.
fn checked(kind: &dyn Kind, record: &Record, (set, doc): (&Document, &Document)) -> Result<(), Fault> {
    let fault = check(kind, doc).err();
    let own = |fault: &Fault| set.contains_key(&fault.field) || check(kind, &record.doc).is_ok();
    fault.filter(own).map_or(Ok(()), Err)
}

/// Whether all that a record newly gives to somebody lies within its author's own divisions.
fn given(world: &World, kind: &dyn Kind, actor: &Actor, (before, after): (&Document, &Document)) -> Result<(), Fault> {
    let had = link::named(kind, before, Names::Grant);
    let more = |link: &&Link| {
        link.ids(after).iter().any(|division| !had.contains(division) && !world.covers(actor, *division))
    };
    let grants = kind.links().iter().filter(|link| link.names == Names::Grant);
    grants
        .filter(more)
        .map(|link| Err(Fault { reason: Reason::NotAllowed, field: link.field.to_owned() }))
        .next()
        .unwrap_or(Ok(()))
}

/// The same of a change that holds from a day on: what a record gives on other days is no reason to give it on this one.
fn given_on(
    world: &World,
    kind: &dyn Kind,
    actor: &Actor,
    (record, set, since): (&Record, &Document, Day),
) -> Result<(), Fault> {
    let before = record.doc_on(since);
    given(world, kind, actor, (&before, &resulting(kind, &before, set)))
}

/// The document as the op would have it.
fn resulting(kind: &dyn Kind, doc: &Document, set: &Document) -> Document {
    let mut doc = doc.clone();
    for (name, change) in set {
        let value = if field(kind, name).list { merge_set(doc.get(name), change) } else { change.clone() };
        if value.is_null() {
            doc.remove(name)
        } else {
            doc.insert(name.clone(), value)
        };
    }
    doc
}

fn resulting_one(kind: &dyn Kind, record: &Record, set: &Document, name: &str) -> Document {
    let one = set.get(name).map(|value| (name.to_owned(), value.clone()));
    resulting(kind, &record.doc, &one.into_iter().collect())
}

fn taken_meanwhile(world: &World, kind: &dyn Kind, record: &Record, decision: &mut Decision) -> Option<Reason> {
    let mut prints = record.meta.fingerprints.iter().filter(|(name, _)| field(kind, name).unique);
    prints.find_map(|(name, print)| taken(world, kind, (name, print), record.id, decision))
}

/// All fields the op sets, open and sealed.
fn fields_of(arrival: &Arrival<'_>) -> Vec<String> {
    let open = arrival.op.set().into_iter().flat_map(|set| set.keys().cloned());
    let sealed = arrival.op.sealed().into_iter().flat_map(|sealed| sealed.keys().cloned());
    let mut names: Vec<String> = open.chain(sealed).collect();
    names.sort();
    names.dedup();
    names
}

/// What a worker began is theirs to correct as long as it stands as their word begins it: nobody has accepted it yet.
pub(crate) fn own_draft(kind: &dyn Kind, record: &Record, arrival: &Arrival<'_>) -> bool {
    let begins = kind.starts_with(&record.doc, false);
    let draft = !begins.is_empty() && begins.iter().all(|(name, value)| record.value(name) == value);
    draft && record.meta.origin.actor.account == arrival.actor.account
}

/// Set since the base by another chain, to another value. A chain of offline edits never conflicts with itself.
fn conflicts(kind: &dyn Kind, record: &Record, name: &str, arrival: &Arrival<'_>) -> bool {
    let (op, list) = (arrival.op, field(kind, name).list);
    let other_chain = record
        .meta
        .fields
        .get(name)
        .is_some_and(|meta| meta.revision > op.base && meta.op.installation != op.id.installation);
    // Elements added and removed merge; a list written whole would take away what another added.
    let by_element = list && op.value(name).is_some_and(is_set_change);
    let differs = match (arrival.fingerprints.get(name), record.meta.fingerprints.get(name)) {
        // Two numbers may be masked alike.
        (Some(Ok(new)), Some(old)) => new != old,
        // Who says more of what stands (the day of a month) does not contradict it.
        _ if op.value(name).is_some_and(|said| kind.repeats(name, said, record.value(name))) => false,
        _ => op.value(name).map(|value| kept(kind, name, value.clone())).as_ref() != Some(record.value(name)),
    };
    other_chain && !by_element && differs
}

/// Rules that hold one field: a number that fails its check, a seal that does not open, a value another record holds.
fn held(world: &World, kind: &dyn Kind, name: &str, arrival: &Arrival<'_>, decision: &mut Decision) -> Option<Reason> {
    let print = match arrival.fingerprints.get(name)? {
        Ok(print) => print,
        Err(reason) => return Some(*reason),
    };
    if !field(kind, name).unique {
        return None;
    }
    taken(world, kind, (name, print), arrival.op.target, decision)
}

/// Invariant 1: a value another record holds. A case opens beside, for they may be the same person.
fn taken(
    world: &World,
    kind: &dyn Kind,
    (name, print): (&str, &str),
    target: RecordId,
    decision: &mut Decision,
) -> Option<Reason> {
    match world.holder(&format!("{}.{name}", kind.name()), print) {
        Input::Known(Some(holder)) if holder != target => {
            let mut subjects = vec![holder, target];
            subjects.sort();
            decision.cases.push(Case { kind: CaseKind::Merge, subjects, facts: Vec::new() }.into());
            Some(Reason::IdNumberTaken)
        }
        _ => None,
    }
}

pub(crate) fn note(decision: &mut Decision, name: &str, verdict: FieldVerdict) {
    let (word, reason) = match verdict {
        FieldVerdict::Conflict => (Verdict::Conflict, None),
        FieldVerdict::Proposed => (Verdict::Proposed, None),
        FieldVerdict::Held(reason) => (Verdict::Held, Some(reason)),
    };
    if word >= decision.verdict {
        decision.verdict = word;
        decision.reason = reason;
        decision.field = Some(name.to_owned());
    }
    decision.fields.insert(name.to_owned(), verdict);
}
