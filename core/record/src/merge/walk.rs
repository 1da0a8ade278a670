//! How a field of shared data goes along its life-cycle: by a step of whoever says so, by one that lacks something, or by none.

use crate::actor::{Actor, Right};
use crate::document::Document;
use crate::field::Fault;
use crate::kind::Kind;
use crate::reason::Reason;

/// How a field goes along its life-cycle.
pub(super) enum Walk {
    /// It has none, or stays where it is.
    Free,
    /// A step of who has this right.
    For(Right),
    /// A step that lacks a field.
    Lacks(&'static str),
    /// There is no such step.
    Nowhere,
}

/// The step of a field from one document to another.
pub(super) fn walk(kind: &dyn Kind, before: &Document, after: &Document, name: &str) -> Walk {
    let Some(cycle) = kind.life_cycles().iter().find(|cycle| cycle.field == name) else { return Walk::Free };
    let (from, to) = (cycle.state(before), cycle.state(after));
    match cycle.between(from, to) {
        _ if from == to => Walk::Free,
        None => Walk::Nowhere,
        Some(step) => step.lacks(after).map_or(Walk::For(step.who), Walk::Lacks),
    }
}

/// A state to which no step leads from here, and which a reviewer lets stand all the same: who does must be able to lead
/// there from somewhere, with what that needs.
pub(super) fn leap(kind: &dyn Kind, doc: &Document, name: &str, actor: &Actor) -> Result<(), Fault> {
    let Some(cycle) = kind.life_cycles().iter().find(|cycle| cycle.field == name) else { return Ok(()) };
    let mut ways = cycle.steps.iter().filter(|step| step.to == cycle.state(doc)).peekable();
    if ways.peek().is_none() {
        return Ok(());
    }
    let mut theirs = ways.filter(|step| actor.role.may(step.who)).peekable();
    let first = theirs.peek().ok_or_else(|| Fault { reason: Reason::NotAllowed, field: name.to_owned() })?;
    let lacks = first.lacks(doc);
    if theirs.any(|step| step.lacks(doc).is_none()) {
        Ok(())
    } else {
        lacks.map_or(Ok(()), |lacks| Err(Fault::missing(lacks)))
    }
}

/// Whether a new record may have this value: it begins with a state that its cycle begins with.
pub(super) fn begins(kind: &dyn Kind, doc: &Document, name: &str) -> bool {
    let cycle = kind.life_cycles().iter().find(|cycle| cycle.field == name);
    cycle.is_none_or(|cycle| cycle.begins.contains(&cycle.state(doc)))
}
