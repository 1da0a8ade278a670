//! Shared data, field by field: who may set it, whether somebody else set it since, whether a rule holds it.

use crate::actor::Right;
use crate::decision::{Case, CaseKind, Decision, FieldVerdict, Verdict};
use crate::kind::{self, Kind, Sets};
use crate::op::Arrival;
use crate::reason::Reason;
use crate::record::Record;
use crate::world::{Input, World};

/// A new record of shared data: who creates must see where it lies; protected fields are judged like changed ones.
pub(crate) fn new_record(world: &World, kind: &dyn Kind, arrival: &Arrival<'_>) -> Decision {
    let Some(doc) = arrival.op.set() else { return Decision::stopped(Verdict::Refused, Reason::WrongAct, None) };
    let actor = arrival.actor;
    if !actor.role.may(Right::Record) {
        return Decision::stopped(Verdict::Refused, Reason::NotAllowed, None);
    }
    let county_only = kind.fields().iter().find(|field| {
        doc.contains_key(field.name)
            && matches!(field.sets, Sets::Only(Right::County))
            && !actor.role.may(Right::County)
    });
    if let Some(field) = county_only {
        return Decision::stopped(Verdict::Refused, Reason::NotAllowed, Some(field.name));
    }
    let mut decision = Decision::accepted();
    for name in fields_of(arrival) {
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
    for name in fields_of(arrival) {
        let field = kind::field(kind, &name);
        let allowed = match field.sets {
            Sets::AtOnce | Sets::Proposed => actor.role.may(Right::Record),
            Sets::Only(right) => actor.role.may(right),
        };
        if !allowed {
            return Decision::stopped(Verdict::Refused, Reason::NotAllowed, Some(&name));
        }
        if let Some(reason) = held(world, kind, &name, arrival, &mut decision) {
            note(&mut decision, &name, FieldVerdict::Held(reason));
        } else if field.sets == Sets::Proposed && !actor.role.may(Right::Review) && !own_draft(record, arrival) {
            note(&mut decision, &name, FieldVerdict::Proposed);
        } else if conflicts(record, &name, arrival) && !field.list {
            note(&mut decision, &name, FieldVerdict::Conflict);
        }
    }
    let since =
        record.meta.fields.values().any(|meta| meta.revision > op.base && meta.op.installation != op.id.installation);
    if since && decision.verdict == Verdict::Accepted {
        decision.verdict = Verdict::Merged;
    }
    decision
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

/// A worker's own draft is theirs to correct until the township accepts it.
fn own_draft(record: &Record, arrival: &Arrival<'_>) -> bool {
    record.value("register").as_str() == Some("DRAFT") && record.meta.origin.actor.account == arrival.actor.account
}

/// Set since the base by another chain, to another value. A chain of offline edits never conflicts with itself.
fn conflicts(record: &Record, name: &str, arrival: &Arrival<'_>) -> bool {
    let op = arrival.op;
    record.meta.fields.get(name).is_some_and(|meta| {
        meta.revision > op.base
            && meta.op.installation != op.id.installation
            && op.value(name).is_some_and(|value| value != record.value(name))
    })
}

/// Rules that hold one field: a number that fails its check, a seal that does not open, a value another record holds.
fn held(world: &World, kind: &dyn Kind, name: &str, arrival: &Arrival<'_>, decision: &mut Decision) -> Option<Reason> {
    let field = kind::field(kind, name);
    let print = match arrival.fingerprints.get(name)? {
        Ok(print) => print,
        Err(reason) => return Some(*reason),
    };
    if !field.unique {
        return None;
    }
    match world.holder(&format!("{}.{name}", kind.name()), print) {
        Input::Known(Some(holder)) if holder != arrival.op.target => {
            let mut subjects = vec![holder, arrival.op.target];
            subjects.sort();
            decision.cases.push(Case { kind: CaseKind::Merge, subjects, facts: Vec::new() });
            Some(Reason::IdNumberTaken)
        }
        _ => None,
    }
}

fn note(decision: &mut Decision, name: &str, verdict: FieldVerdict) {
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
