//! The life-cycle of a plaque as one table: from which state an act leads where, who may do it and what it needs. What is
//! not in it is held with the reason that the last rows name; nothing that happened at a door is refused.

use super::{PlaqueAct, PlaqueState};
use crate::actor::{Right, Role};
use crate::reason::Reason;
use PlaqueState::{
    Cancelled, Declined, Hung, IssuedNotHung, KeptNoRenew, Lost, Pending, ReplaceDue, Returned, TakenDownKept,
};

/// Where an act leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// To this state.
    State(PlaqueState),
    /// The state stays.
    Same,
    /// Back to what a cancellation found (on the wall, handed out, lost, due); 已收回 if it was taken off meanwhile.
    Back,
}

/// What an act needs besides the state. The form (position, hanger, signature or the reason why not) is
/// [`super::event`]'s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// The old plaque handed in, or the county's exception (burnt, remains photographed) (invariant 3).
    OldPlaque,
    /// Fewer reissues than the rule allows, or the county's exception with its reason (invariant 3).
    FewReissues,
    /// A document of the county (invariant 5).
    Document,
    /// Cancelled for a public-order punishment (invariant 5).
    PublicOrder,
    /// Somebody lives whom a new plaque would honour, or the county's exception (invariant 4).
    Renewable,
    /// Not everybody it would honour died before the notice, unless the bureau hangs those too.
    DiedSince,
    /// A plaque that came back and is not destroyed yet.
    CameBack,
    /// A plaque that the family had when it was cancelled and still has: one comes back once.
    AtHome,
}

impl Needs {
    /// Whether the county's exception stands in for it.
    #[must_use]
    pub fn excepted(self) -> bool {
        matches!(self, Self::OldPlaque | Self::FewReissues | Self::Renewable | Self::DiedSince)
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Transition {
    /// The act.
    pub act: PlaqueAct,
    /// From one of these states.
    pub from: &'static [PlaqueState],
    /// Where it leads.
    pub to: To,
    /// Who may do it.
    pub who: Right,
    /// What it needs.
    pub needs: &'static [Needs],
}

const fn line(act: PlaqueAct, from: &'static [PlaqueState], to: To, who: Right, needs: &'static [Needs]) -> Transition {
    Transition { act, from, to, who, needs }
}

const WALL: &[PlaqueState] = &[Hung, ReplaceDue, KeptNoRenew];
const FAMILY: &[PlaqueState] = &[Hung, ReplaceDue, KeptNoRenew, TakenDownKept, IssuedNotHung];
/// Whether the family has the plaque, on the wall or not.
#[must_use]
pub fn at_home(state: PlaqueState) -> bool {
    FAMILY.contains(&state)
}

const ANY: &[PlaqueState] =
    &[Pending, Hung, IssuedNotHung, TakenDownKept, ReplaceDue, Lost, Returned, Cancelled, KeptNoRenew, Declined];

/// The life-cycle.
pub const TABLE: &[Transition] = &[
    line(
        PlaqueAct::Issue,
        &[Pending, Returned, Declined],
        To::State(IssuedNotHung),
        Right::Record,
        &[Needs::Renewable, Needs::DiedSince],
    ),
    // Handing out another after a loss is a reissue, whatever it is called.
    line(PlaqueAct::Issue, &[Lost], To::State(IssuedNotHung), Right::Record, &[Needs::Renewable, Needs::FewReissues]),
    line(
        PlaqueAct::New,
        &[Pending, Returned, Declined],
        To::State(Hung),
        Right::Record,
        &[Needs::Renewable, Needs::DiedSince],
    ),
    // The family's own plaque goes up (again).
    line(PlaqueAct::New, &[IssuedNotHung, TakenDownKept], To::State(Hung), Right::Record, &[]),
    line(PlaqueAct::Reissue, &[Lost], To::State(Hung), Right::Record, &[Needs::Renewable, Needs::FewReissues]),
    line(
        PlaqueAct::Replace,
        &[Hung, ReplaceDue, KeptNoRenew, TakenDownKept],
        To::State(Hung),
        Right::Record,
        &[Needs::Renewable, Needs::OldPlaque],
    ),
    line(PlaqueAct::Replace, &[Returned], To::State(Hung), Right::Record, &[Needs::Renewable]),
    line(PlaqueAct::TakeBack, FAMILY, To::State(Returned), Right::Record, &[]),
    // The county cancels on paper; the village then takes the plaque off the wall.
    line(PlaqueAct::TakeBack, &[Cancelled], To::Same, Right::Record, &[Needs::AtHome]),
    line(PlaqueAct::TakeDown, WALL, To::State(TakenDownKept), Right::Record, &[]),
    line(PlaqueAct::ReportLost, FAMILY, To::State(Lost), Right::Record, &[]),
    line(PlaqueAct::Decline, &[Pending, Returned, Lost, Declined], To::State(Declined), Right::Record, &[]),
    // They keep what they have and do not put it up.
    line(PlaqueAct::Decline, &[IssuedNotHung, TakenDownKept], To::Same, Right::Record, &[]),
    line(PlaqueAct::MarkDue, &[Hung, ReplaceDue], To::State(ReplaceDue), Right::Record, &[]),
    line(PlaqueAct::MarkDue, &[KeptNoRenew], To::Same, Right::Record, &[]),
    line(PlaqueAct::Cancel, ANY, To::State(Cancelled), Right::County, &[Needs::Document]),
    line(PlaqueAct::Restore, &[Cancelled], To::Back, Right::County, &[Needs::Document, Needs::PublicOrder]),
    line(PlaqueAct::Inspect, ANY, To::Same, Right::Record, &[]),
    line(PlaqueAct::Destroy, ANY, To::Same, Right::County, &[Needs::CameBack]),
];

/// The line for an act in a state.
#[must_use]
pub fn find(act: PlaqueAct, state: PlaqueState) -> Option<&'static Transition> {
    // NOT_ELIGIBLE is how 待悬挂 is shown where nobody is entitled.
    let state = if state == PlaqueState::NotEligible { Pending } else { state };
    TABLE.iter().find(|line| line.act == act && line.from.contains(&state))
}

/// The acts that a role may do in a state, for forms that offer only what the table has. What an act needs besides is asked
/// when it is written.
#[must_use]
pub fn offers(state: PlaqueState, role: Role) -> Vec<PlaqueAct> {
    let from = if state == PlaqueState::NotEligible { Pending } else { state };
    let mut acts: Vec<PlaqueAct> =
        TABLE.iter().filter(|line| line.from.contains(&from) && role.may(line.who)).map(|line| line.act).collect();
    acts.dedup();
    acts
}

/// Why an act is held in a state that the table has no line for.
#[must_use]
pub fn otherwise(act: PlaqueAct, state: PlaqueState) -> Reason {
    match act {
        PlaqueAct::Other => Reason::KindUnknown,
        PlaqueAct::Restore => Reason::NotRestorable,
        PlaqueAct::New | PlaqueAct::Issue | PlaqueAct::Reissue | PlaqueAct::Replace | PlaqueAct::Decline
            if state == Cancelled =>
        {
            Reason::CountyOnly
        }
        PlaqueAct::New | PlaqueAct::Issue if state.on_wall() => Reason::AlreadyHung,
        PlaqueAct::Issue => Reason::AlreadyIssued,
        PlaqueAct::New => Reason::LostBefore,
        PlaqueAct::Reissue => Reason::NotLost,
        PlaqueAct::Decline => Reason::StillHangs,
        _ => Reason::NotHung,
    }
}

/// Why an act is held that lacks what it needs, or the right.
#[must_use]
pub fn lacks(needs: Needs) -> Reason {
    match needs {
        Needs::OldPlaque => Reason::OldPlaqueMissing,
        Needs::FewReissues => Reason::ReissuedTwice,
        Needs::Document => Reason::CountyOnly,
        Needs::PublicOrder => Reason::NotRestorable,
        Needs::Renewable => Reason::NoRenewal,
        Needs::DiedSince => Reason::DiedBeforeNotice,
        Needs::CameBack => Reason::NothingReturned,
        Needs::AtHome => Reason::NotHung,
    }
}
