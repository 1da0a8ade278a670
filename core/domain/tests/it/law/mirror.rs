//! A phone that has all that the county has, and what its decisions may differ in: it never releases what the county held,
//! closes no case and takes nothing back, and what is not there is elsewhere.

use std::collections::BTreeSet;

use bianfang_domain::decision::Decision;
use bianfang_domain::id::RecordId;
use bianfang_domain::kind::KINDS;
use bianfang_domain::record::Record;
use bianfang_domain::world::World;

use crate::county::Sent;
use bianfang_law::bureau::Bureau;
use bianfang_law::orders::{named, names};

pub fn mirror(county: &World) -> World {
    let mut phone = World::partial(KINDS).all_at_hand();
    county.records().cloned().for_each(|record| phone.load(record));
    phone
}

/// Takes what the county has of all that either wrote.
pub fn pull(phone: &mut World, bureau: &mut Bureau) {
    let touched: BTreeSet<RecordId> = phone.take_touched().into_iter().chain(bureau.take_touched()).collect();
    if touched.iter().any(|id| bureau.world.find(*id).is_none()) {
        *phone = mirror(&bureau.world);
    } else {
        touched.iter().filter_map(|id| bureau.world.copy_of(*id)).for_each(|record| phone.put(record));
        phone.take_touched();
    }
}

/// Whether nothing that an op speaks of, and nothing that is spoken of beside it, is elsewhere on a phone.
pub fn everything_it_names_is_here(world: &World, sent: &Sent) -> bool {
    let target = world.find(sent.op.target);
    let speaks_of = |record: &Record| world.kind(&record.kind).unwrap().subjects(&record.doc);
    let beside = target.into_iter().flat_map(|record| &record.meta.beside).flat_map(|beside| named(&beside.value));
    let named = names(sent).into_iter().chain(target.into_iter().flat_map(speaks_of)).chain(beside);
    let named: BTreeSet<RecordId> = named.collect();
    let chained = named.iter().flat_map(|id| world.chained(*id)).chain([sent.op.target]);
    let around: BTreeSet<RecordId> = chained.chain(named.iter().copied()).collect();
    // A merger with somebody elsewhere is judged with whatever hangs on either.
    let mergers = world.records().filter(|record| record.kind == "same_as").flat_map(speaks_of);
    let spoken_of = around.iter().flat_map(|id| world.records_about(*id)).flat_map(speaks_of);
    spoken_of.chain(mergers).chain(named.iter().copied()).all(|id| world.find(id).is_some())
}

/// Whether something is held no longer, or no longer asked: what rests on it is told by the county alone.
pub fn released(decision: &Decision) -> bool {
    !decision.lapsed.is_empty() || decision.judged.iter().any(|change| change.held.is_none())
}

/// What a phone tells as the county does.
pub fn alike(decision: &Decision) -> impl PartialEq + std::fmt::Debug + '_ {
    let fresh = decision.proposed.iter().flat_map(|change| &change.fresh);
    (
        (decision.verdict, decision.reason, &decision.field, &decision.fields),
        (&decision.judged, &decision.cases, &decision.opened),
        fresh.collect::<Vec<_>>(),
    )
}
