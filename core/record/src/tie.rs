//! What a field names: a division where the record would lie, or another record it is tied to. Whoever says so must be able to
//! see what they name, or strangers would be drawn into it and their names be told.

use crate::actor::Actor;
use crate::document::{Document, id_in};
use crate::kind::Kind;
use crate::link;
use crate::reason::Reason;
use crate::record::Record;
use crate::time::Day;
use crate::world::{Input, World};

/// Whether a step of the kind needs this field: without it nobody could say where the record went.
pub(crate) fn is_needed(kind: &dyn Kind, name: &str) -> bool {
    kind.life_cycles().iter().flat_map(|cycle| cycle.steps).any(|step| step.needs.contains(&name))
}

/// Why a field cannot be taken from who says it: it names a division that is none, or a record that is not there or that its
/// author could not see. What a record named before stays for who mends it; one that is elsewhere the county will check.
pub(crate) fn unknown(
    world: &World,
    kind: &dyn Kind,
    (actor, day): (&Actor, Day),
    (before, after): (&Document, &Document),
    name: &str,
) -> Option<Reason> {
    let (place, tie) = (link::places(kind, name), link::ties(kind, name));
    let id = id_in(after, name).filter(|id| id_in(before, name) != Some(*id))?;
    let Input::Known(named) = world.record(id) else { return None };
    let own = |record: &Record| record.meta.origin.actor.account == actor.account;
    let known = match named {
        _ if !place && !tie => true,
        None => false,
        Some(record) if place => world.is_division(record),
        Some(record) => own(record) || world.sees(actor, id) || world.sees_on(actor, id, day),
    };
    (!known).then_some(Reason::TargetUnknown)
}
