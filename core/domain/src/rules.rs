//! The bureau's rules as data: shipped defaults, changed by the bureau from a day on, carried to every phone. A rule is a
//! plain struct with a name; what is not set in its record has the shipped value.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::coverage::CoverageRule;
use crate::due::{CadenceRule, MustRule};
use crate::id::RecordId;
use crate::kind::PlaqueRule;
use crate::look::ReviewRule;
use crate::record::Record;
use crate::time::Day;
use crate::world::World;

/// A group of settings that the bureau may change together. `Default` is what we ship.
pub trait Rule: Default + DeserializeOwned {
    /// Its name in records, a stable code.
    const NAME: &'static str;
}

/// Every rule there is, and whether a value can be read as it.
const ALL: &[(&str, Reads, Ships)] = &[
    (CoverageRule::NAME, reads::<CoverageRule>, ships::<CoverageRule>),
    (ReviewRule::NAME, reads::<ReviewRule>, ships::<ReviewRule>),
    (CadenceRule::NAME, reads::<CadenceRule>, ships::<CadenceRule>),
    (MustRule::NAME, reads::<MustRule>, ships::<MustRule>),
    (PlaqueRule::NAME, reads::<PlaqueRule>, ships::<PlaqueRule>),
];

/// Whether a value can be read as a rule.
type Reads = fn(&Value) -> bool;

/// What is shipped.
type Ships = fn() -> Value;

fn ships<R: Rule + Serialize>() -> Value {
    serde_json::to_value(R::default()).unwrap_or_default()
}

fn reads<R: Rule>(value: &Value) -> bool {
    R::deserialize(value).is_ok()
}

/// The record of a rule: each county has at most one.
#[must_use]
pub fn id(name: &str) -> RecordId {
    RecordId::derived(&["rule", name])
}

/// The records of all rules, for whoever loads a world.
pub fn ids() -> impl Iterator<Item = RecordId> {
    ALL.iter().map(|(name, ..)| id(name))
}

/// The names of all rules.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|(name, ..)| *name)
}

/// A rule as we ship it; None where no such rule is known here.
#[must_use]
pub fn shipped(name: &str) -> Option<Value> {
    ALL.iter().find(|(known, ..)| *known == name).map(|(.., ships)| ships())
}

/// Whether a rule of this name can hold this value; None where no such rule is known here.
#[must_use]
pub fn can_hold(name: &str, value: &Value) -> Option<bool> {
    ALL.iter().find(|(known, ..)| *known == name).map(|(_, reads, _)| reads(value))
}

/// A rule as its record has it on a day: the bureau's, else the shipped one.
#[must_use]
pub fn on<R: Rule>(record: Option<&Record>, day: Day) -> R {
    // What somebody wrote under this id that is no rule rules nothing.
    let record = record.filter(|record| record.kind == "rule");
    record.and_then(|record| R::deserialize(record.value_on("data", day)).ok()).unwrap_or_default()
}

/// A rule as it holds in a world on a day: the bureau's, else the shipped one.
#[must_use]
pub fn in_force<R: Rule>(world: &World, day: Day) -> R {
    on(world.find(id(R::NAME)), day)
}
