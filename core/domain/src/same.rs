//! Which records are one person (SAME_AS). Both records stay side by side; which one counts follows from the facts alone,
//! whatever their order of arrival, and through chains: who was merged into B and B into C counts as C.

use std::collections::{BTreeMap, BTreeSet};

use crate::actor::Right;
use crate::coverage::{EntryRow, Registered};
use crate::document::{id_in, text_in};
use crate::id::RecordId;
use crate::op::Part;
use crate::reason::Reason;
use crate::record::Record;
use crate::world::{Input, World};

/// Duplicate to the record that stays, one step.
pub type Kept = BTreeMap<RecordId, RecordId>;

/// Follows the steps to the record that counts. A circle, which [`merged`] never makes, ends where it was entered.
#[must_use]
pub fn canonical(kept: &Kept, person: RecordId) -> RecordId {
    let mut seen = BTreeSet::from([person]);
    let mut here = person;
    while let Some(next) = kept.get(&here).copied().filter(|next| seen.insert(*next)) {
        here = next;
    }
    here
}

/// Which facts stand, and why the others are held. The facts are those of one chain, of any order.
#[must_use]
pub fn merged(facts: &[&Record], world: &World) -> (Kept, BTreeMap<RecordId, Reason>) {
    let (mut kept, mut held) = (Kept::new(), BTreeMap::new());
    let mut sorted: Vec<&Record> = facts.to_vec();
    // A doubtful clock must not displace a sure one.
    sorted.sort_by_key(|fact| (fact.meta.origin.happened.doubtful, fact.fold_key()));
    for fact in sorted.into_iter().filter(|fact| fact.stands()) {
        let Some((person, stays)) = pair(fact) else { continue };
        let settled = fact.settled(&Part::Of(person));
        if settled == Some(false) || fact.settled(&Part::Of(stays)) == Some(false) {
            continue;
        }
        let active = |id| world.find(id).is_some_and(|record| text_in(&record.doc, "register") == Some("ACTIVE"));
        // One who is not on this phone may be: the county will check.
        let passive = |id| match world.record(id) {
            Input::Elsewhere => false,
            Input::Known(record) => record.is_none_or(|record| text_in(&record.doc, "register") != Some("ACTIVE")),
        };
        let circle = kept.contains_key(&person) || canonical(&kept, stays) == person;
        let may = |right| fact.meta.origin.actor.role.may(right) || settled == Some(true);
        let numbered = |id| world.find(id).is_some_and(|record| record.meta.fingerprints.contains_key("id_number"));
        let reason = if circle {
            Some(Reason::MergedAlready)
        } else if !may(Right::County) && numbered(person) && numbered(stays) {
            Some(Reason::TwoIdNumbers)
        } else if !may(Right::Review) {
            Some(Reason::ReviewerMerges)
        } else if settled != Some(true) && active(person) && passive(stays) {
            Some(Reason::KeptIsNotActive)
        } else {
            None
        };
        match reason {
            Some(reason) => {
                held.insert(fact.id, reason);
            }
            None => {
                kept.insert(person, stays);
            }
        }
    }
    (kept, held)
}

/// The duplicate and the record that stays.
#[must_use]
pub fn pair(fact: &Record) -> Option<(RecordId, RecordId)> {
    Some((id_in(&fact.doc, "person")?, id_in(&fact.doc, "kept")?))
}

/// What is counted: duplicates are left out, and their entries are the kept one's.
#[must_use]
pub fn as_one(kept: &Kept, people: Vec<Registered>, entries: Vec<EntryRow>) -> (Vec<Registered>, Vec<EntryRow>) {
    let people = people.into_iter().filter(|person| canonical(kept, person.id) == person.id).collect();
    let entries = entries.into_iter().map(|entry| EntryRow { person: canonical(kept, entry.person), ..entry });
    (people, entries.collect())
}
