//! What a form offers of a household's plaque: the acts that the table has for its state and the writer's role, with what
//! each asks for, so that a desk writes what will count and hears beforehand what would be held.

use super::event::{PlaqueEvent, hangs};
use super::folded::takes_new;
use super::table::{self, Needs};
use super::{Plaque, PlaqueAct};
use crate::actor::Role;
use crate::id::RecordId;
use crate::reason::Reason;
use crate::time::Day;
use crate::world::World;

/// One act and what its form asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The act.
    pub act: PlaqueAct,
    /// Position, hanger, and signature or the reason why not (invariant 6).
    pub hangs: bool,
    /// One leaves the store: the lot may be named.
    pub takes_new: bool,
    /// The county's document.
    pub document: bool,
    /// The old plaque, or the county's exception (invariant 3).
    pub old_plaque: bool,
    /// It counts only with the county's exception, for this reason.
    pub against: Option<Reason>,
}

impl PlaqueEvent {
    /// The acts on a household's plaque by a role on a day. What no exception lets through is not among them.
    #[must_use]
    pub fn offers(household: RecordId, world: &World, role: Role, day: Day) -> (Plaque, Vec<Offer>) {
        let (register, plaque) = Self::standing(household, world);
        let state = register.seen(plaque.state, day);
        let offer = |act: PlaqueAct| {
            let needs = table::find(act, state)?.needs;
            let lacks = || needs.iter().filter(|needs| register.known(**needs, &plaque, day) == Some(false));
            lacks().all(|needs| needs.excepted()).then(|| Offer {
                act,
                hangs: hangs(act),
                takes_new: takes_new(act, plaque.state),
                document: needs.contains(&Needs::Document),
                old_plaque: needs.contains(&Needs::OldPlaque),
                against: lacks().next().map(|needs| table::lacks(*needs)),
            })
        };
        let offers = table::offers(state, role).into_iter().filter_map(offer).collect();
        (plaque, offers)
    }
}
