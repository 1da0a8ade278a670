//! What the author of an op is told of its decision. Whether a number is another record's is not everybody's to learn: who
//! may not see one in full is answered as if it were nobody's, and the county checks.

use crate::actor::Right;
use crate::decision::{Decision, FieldVerdict, Verdict};
use crate::merge;
use crate::op::{Act, Arrival};
use crate::reason::Reason;
use crate::world::World;

/// The decision as its author may know it, in the world as it left it.
#[must_use]
pub fn to_author(world: &World, arrival: &Arrival<'_>, decision: &Decision) -> Decision {
    let (op, mut told) = (arrival.op, decision.clone());
    let taken = |verdict: &FieldVerdict| *verdict == FieldVerdict::Held(Reason::IdNumberTaken);
    if arrival.actor.role.may(Right::Reveal) || !told.fields.values().any(taken) {
        return told;
    }
    let (kind, record) = (world.kind(&op.kind), world.find(op.target));
    let own = kind.zip(record).is_some_and(|(kind, record)| merge::own_draft(kind, record, arrival));
    if matches!(op.act, Act::Record { .. }) || own {
        told.fields.retain(|_, verdict| !taken(verdict));
    } else {
        told.fields.values_mut().filter(|verdict| taken(verdict)).for_each(|verdict| *verdict = FieldVerdict::Proposed);
    }
    let beside = |record: &crate::record::Record| {
        let others = |meta: &crate::record::FieldMeta| meta.op.installation != op.id.installation;
        record.meta.fields.values().any(|meta| meta.revision > op.base && others(meta))
    };
    let merged = matches!(op.act, Act::Change { .. }) && record.is_some_and(beside);
    (told.verdict, told.reason, told.field) = (Verdict::Accepted, None, None);
    for (name, verdict) in told.fields.clone() {
        merge::note(&mut told, &name, verdict);
    }
    if merged && told.verdict == Verdict::Accepted {
        told.verdict = Verdict::Merged;
    }
    told
}
