//! The fold of a household's plaque events over the table of transitions ([`super::table`]), with what the register says of
//! the household's people; and the steps that figures are sums of.

use super::eligibility::{self, Eligibility, EligibilityWhy};
use super::event::PlaqueEvent;
use super::table::{self, Needs, To};
use super::{Plaque, PlaqueAct, PlaqueRule, PlaqueState};
use crate::actor::Right;
use crate::document::{Document, text_in};
use crate::fold::{Fold, Folded, fold};
use crate::id::RecordId;
use crate::op::Part;
use crate::reason::Reason;
use crate::record::Record;
use crate::rules;
use crate::time::Day;
use crate::world::World;

/// What the fold reads beside the facts: the household's people and the bureau's rule of the day.
pub struct Surroundings<'w> {
    household: RecordId,
    world: &'w World,
}

/// The act of an event's document; None where it is none.
#[must_use]
pub fn act(doc: &Document) -> Option<PlaqueAct> {
    serde_json::from_value(doc.get("event")?.clone()).ok()
}

pub(super) fn event_day(fact: &Record) -> Day {
    Day::of(fact.meta.origin.happened.ms)
}

impl Surroundings<'_> {
    /// What the household was entitled to on a day: an event is judged by the people of its day, whoever moved since.
    pub(super) fn on(&self, day: Day) -> Eligibility {
        eligibility::of(self.household, self.world, day)
    }

    /// The state as the register of a day shows it.
    pub(super) fn seen(&self, state: PlaqueState, day: Day) -> PlaqueState {
        let ended = state.on_wall() && self.on(day).ended.is_some_and(|ended| day > ended);
        if ended { PlaqueState::KeptNoRenew } else { state }
    }

    /// What is known of a need before anything is written; None for what the act's own form answers.
    pub(super) fn known(&self, needs: Needs, plaque: &Plaque, day: Day) -> Option<bool> {
        let rule = rules::in_force::<PlaqueRule>(self.world, day);
        match needs {
            Needs::OldPlaque | Needs::Document => None,
            Needs::FewReissues => Some(plaque.reissued < rule.free_reissues),
            Needs::PublicOrder => Some(plaque.cancelled_for.as_deref() == Some("PUBLIC_ORDER")),
            Needs::Renewable => Some(!plaque.had || self.on(day).ended.is_none_or(|ended| day <= ended)),
            Needs::DiedSince => Some(!self.on(day).before_notice || rule.died_before_notice),
            Needs::CameBack => Some(plaque.returned > 0),
            Needs::AtHome => Some(plaque.cancelled_from.is_some_and(table::at_home)),
        }
    }

    fn has(&self, needs: Needs, plaque: &Plaque, fact: &Record) -> bool {
        let doc = &fact.doc;
        let written = match needs {
            Needs::OldPlaque => flag(doc, "old_returned"),
            _ => text_in(doc, "document").is_some(),
        };
        let exception = || fact.meta.origin.actor.role.may(Right::County) && text_in(doc, "exception").is_some();
        self.known(needs, plaque, event_day(fact)).unwrap_or(written) || needs.excepted() && exception()
    }
}

impl Fold for Surroundings<'_> {
    type State = Plaque;

    fn check(&self, plaque: &Plaque, fact: &Record) -> Result<(), Reason> {
        let Some(act) = act(&fact.doc) else { return Err(Reason::Malformed) };
        let state = self.seen(plaque.state, event_day(fact));
        let Some(line) = table::find(act, state) else { return Err(table::otherwise(act, state)) };
        if !fact.meta.origin.actor.role.may(line.who) {
            return Err(Reason::CountyOnly);
        }
        let missing = line.needs.iter().find(|needs| !self.has(**needs, plaque, fact));
        missing.map_or(Ok(()), |needs| Err(table::lacks(*needs)))
    }

    fn evolve(&self, mut plaque: Plaque, fact: &Record) -> Plaque {
        let doc = &fact.doc;
        let Some(act) = act(doc) else { return plaque };
        let before = plaque.state;
        // What a reviewer let through against the table goes where the act leads elsewhere.
        let line = table::find(act, before).or_else(|| table::TABLE.iter().find(|line| line.act == act));
        plaque.state = match line.map(|line| line.to) {
            Some(To::State(state)) => state,
            Some(To::Same) | None => before,
            Some(To::Back) => plaque.cancelled_from.take().unwrap_or(PlaqueState::Pending),
        };
        if act == PlaqueAct::Cancel && before != PlaqueState::Cancelled {
            plaque.cancelled_from = Some(before);
        }
        // What a reviewer lets through twice still comes back once.
        let at_home =
            table::at_home(plaque.cancelled_from.filter(|_| before == PlaqueState::Cancelled).unwrap_or(before));
        let another = takes_new(act, before);
        plaque.had |= another || act == PlaqueAct::New;
        match act {
            PlaqueAct::Reissue => plaque.reissued += 1,
            PlaqueAct::Issue if before == PlaqueState::Lost => plaque.reissued += 1,
            PlaqueAct::Replace if flag(doc, "old_returned") && at_home => plaque.returned += 1,
            PlaqueAct::TakeBack if at_home => {
                plaque.returned += 1;
                plaque.cancelled_from = plaque.cancelled_from.map(|_| PlaqueState::Returned);
            }
            PlaqueAct::Destroy => plaque.returned = plaque.returned.saturating_sub(1),
            // What cannot be restored stays so, whatever is added to it.
            PlaqueAct::Cancel if plaque.cancelled_for.as_deref().is_none_or(|reason| reason == "PUBLIC_ORDER") => {
                plaque.cancelled_for = text_in(doc, "reason").map(str::to_owned);
            }
            PlaqueAct::Restore => plaque.cancelled_for = None,
            _ => {}
        }
        let put_up = matches!(act, PlaqueAct::New | PlaqueAct::Reissue | PlaqueAct::Replace);
        if put_up && plaque.state == PlaqueState::Hung {
            plaque.position = text_in(doc, "position").map(str::to_owned);
            plaque.hung_on = Some(event_day(fact));
            plaque.hung_by = Some(fact.id);
        } else if act == PlaqueAct::TakeBack || !(plaque.state.on_wall() || plaque.state == PlaqueState::Cancelled) {
            // A cancelled one hangs until somebody takes it off, and goes on hanging if the county restores it.
            (plaque.position, plaque.hung_on, plaque.hung_by) = (None, None, None);
        }
        plaque
    }
}

/// Whether an act may bring the family a plaque.
#[must_use]
pub fn brings(act: PlaqueAct) -> bool {
    matches!(act, PlaqueAct::Issue | PlaqueAct::New | PlaqueAct::Reissue | PlaqueAct::Replace)
}

/// Whether an act brings the family a plaque it has not had: one leaves the store.
#[must_use]
pub fn takes_new(act: PlaqueAct, before: PlaqueState) -> bool {
    let has = matches!(before, PlaqueState::IssuedNotHung | PlaqueState::TakenDownKept);
    brings(act) && !(act == PlaqueAct::New && has)
}

fn flag(doc: &Document, field: &str) -> bool {
    doc.get(field).and_then(serde_json::Value::as_bool).unwrap_or(false)
}

/// What one standing fact did: figures are sums over these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaqueStep {
    /// The event.
    pub fact: RecordId,
    /// What it was.
    pub act: PlaqueAct,
    /// Its day.
    pub day: Day,
    /// The state before.
    pub before: PlaqueState,
    /// The state after.
    pub after: PlaqueState,
}

impl PlaqueStep {
    /// It came onto the wall.
    #[must_use]
    pub fn onto_wall(&self) -> bool {
        !self.before.on_wall() && self.after.on_wall()
    }
    /// It came off the wall.
    #[must_use]
    pub fn off_wall(&self) -> bool {
        self.before.on_wall() && !self.after.on_wall()
    }
    /// 悬挂: a plaque was put up for the first time.
    #[must_use]
    pub fn put_up(&self) -> bool {
        let act = matches!(self.act, PlaqueAct::New | PlaqueAct::Reissue | PlaqueAct::Replace);
        act && !(self.act == PlaqueAct::New && self.before == PlaqueState::TakenDownKept)
    }
    /// 发放: one left the store, handed out or put up at once.
    #[must_use]
    pub fn left_store(&self) -> bool {
        takes_new(self.act, self.before)
    }
}

impl PlaqueEvent {
    /// Folds the facts about a household over what the world knows of its people.
    #[must_use]
    pub fn fold(household: RecordId, facts: &[&Record], world: &World) -> Folded<Plaque> {
        fold(&Self::register(household, world), facts, &Part::Whole)
    }

    pub(super) fn register(household: RecordId, world: &World) -> Surroundings<'_> {
        Surroundings { household, world }
    }

    /// What a household's plaque is by what counts, and the register it was folded over.
    pub(super) fn standing(household: RecordId, world: &World) -> (Surroundings<'_>, Plaque) {
        let register = Self::register(household, world);
        let plaque = fold(&register, &Self::counting(household, world), &Part::Whole).state;
        (register, plaque)
    }

    /// The plaque of a household as it is shown: what counts, seen with today's register.
    #[must_use]
    pub fn shown(household: RecordId, world: &World) -> (Plaque, Eligibility) {
        let (register, mut plaque) = Self::standing(household, world);
        let eligibility = register.on(Day::MAX);
        if eligibility.ended.is_some() && plaque.state.on_wall() {
            plaque.state = PlaqueState::KeptNoRenew;
        }
        // Where nobody is registered yet nothing is known against it.
        let known = eligibility.why != EligibilityWhy::Nobody;
        if plaque.state == PlaqueState::Pending && known && !eligibility.eligible {
            plaque.state = PlaqueState::NotEligible;
        }
        (plaque, eligibility)
    }

    /// The facts that count. What is held by the decision (unknown household, out of scope) does not.
    fn counting(household: RecordId, world: &World) -> Vec<&Record> {
        world.facts(household, "plaque_event").into_iter().filter(|fact| fact.counts(&Part::Whole)).collect()
    }

    /// What happened to a household's plaque, step by step.
    #[must_use]
    pub fn steps(household: RecordId, world: &World) -> Vec<PlaqueStep> {
        let register = Self::register(household, world);
        let folded = fold(&register, &Self::counting(household, world), &Part::Whole);
        Self::steps_of(&register, &folded)
    }

    /// The same of facts that were folded before.
    pub(super) fn steps_of(register: &Surroundings<'_>, folded: &Folded<Plaque>) -> Vec<PlaqueStep> {
        let mut plaque = Plaque::default();
        let mut steps = Vec::new();
        for fact in folded.standing.iter().filter_map(|id| register.world.find(*id)) {
            let before = plaque.state;
            plaque = register.evolve(plaque, fact);
            let Some(act) = act(&fact.doc) else { continue };
            steps.push(PlaqueStep { fact: fact.id, act, day: event_day(fact), before, after: plaque.state });
        }
        steps
    }
}
