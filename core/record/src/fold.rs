//! Folding the facts about one subject into a state. The result is a function of the set of facts: arrival does not matter.
//!
//! Facts with a sure time go first, in the order they happened. A doubtful one is then tried at its proposed place, and
//! stands only if everything that stood before still stands: a wrong clock never moves another's fact to held.

use std::collections::BTreeMap;

use crate::id::RecordId;
use crate::op::Part;
use crate::reason::Reason;
use crate::record::Record;

/// How one kind of fact changes one kind of state.
pub trait Fold {
    /// The state; its default is the state before any fact.
    type State: Clone + Default;
    /// Whether the fact may follow this state, or why it is held.
    ///
    /// # Errors
    /// The reason it is held for.
    fn check(&self, state: &Self::State, fact: &Record) -> Result<(), Reason>;
    /// The state after the fact.
    fn evolve(&self, state: Self::State, fact: &Record) -> Self::State;
}

/// A folded subject.
#[derive(Debug)]
pub struct Folded<S> {
    /// The state after all facts that stand.
    pub state: S,
    /// The facts that stand, in the order they are folded.
    pub standing: Vec<RecordId>,
    /// The facts that do not, with the reason.
    pub held: BTreeMap<RecordId, Reason>,
}

/// Folds the standing facts about a subject. `part` is what a reviewer's settlement names.
pub fn fold<F: Fold>(rule: &F, facts: &[&Record], part: &Part) -> Folded<F::State> {
    let mut sure: Vec<&Record> = Vec::new();
    let mut doubtful: Vec<&Record> = Vec::new();
    for fact in facts.iter().copied().filter(|fact| fact.stands() && fact.settled(part) != Some(false)) {
        // What a reviewer let through they also dated.
        let unsure = fact.meta.origin.happened.doubtful && fact.settled(part).is_none();
        if unsure { doubtful.push(fact) } else { sure.push(fact) }
    }
    let mut held = BTreeMap::new();
    let mut standing = walk(rule, sure, part, &mut held);
    doubtful.sort_by_key(|fact| fact.fold_key());
    for fact in doubtful {
        let mut trial: Vec<&Record> = standing.clone();
        trial.push(fact);
        let mut displaced = BTreeMap::new();
        let kept = walk(rule, trial, part, &mut displaced);
        match displaced.values().next() {
            None => standing = kept,
            Some(reason) => {
                held.insert(fact.id, displaced.get(&fact.id).copied().unwrap_or(*reason));
            }
        }
    }
    let state = standing.iter().fold(F::State::default(), |state, fact| rule.evolve(state, fact));
    Folded { state, standing: standing.iter().map(|fact| fact.id).collect(), held }
}

/// Walks facts in the order they happened; returns those that stand and notes those that do not.
fn walk<'a, F: Fold>(
    rule: &F,
    mut facts: Vec<&'a Record>,
    part: &Part,
    held: &mut BTreeMap<RecordId, Reason>,
) -> Vec<&'a Record> {
    facts.sort_by_key(|fact| fact.fold_key());
    let mut state = F::State::default();
    let mut standing = Vec::new();
    for fact in facts {
        // What a reviewer let through counts whatever the rule says.
        match if fact.settled(part) == Some(true) { Ok(()) } else { rule.check(&state, fact) } {
            Ok(()) => {
                state = rule.evolve(state, fact);
                standing.push(fact);
            }
            Err(reason) => {
                held.insert(fact.id, reason);
            }
        }
    }
    standing
}
