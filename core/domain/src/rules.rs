//! The bureau's rules as data: shipped defaults, changed by the bureau from a day on, carried to every phone. A rule is a
//! plain struct with a name; what is not set in its record has the shipped value.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::coverage::CoverageRule;
use crate::id::RecordId;
use crate::kind::PlaqueRule;
use crate::time::Day;
use crate::world::World;

/// A group of settings that the bureau may change together. `Default` is what we ship.
pub trait Rule: Default + DeserializeOwned {
    /// Its name in records, a stable code.
    const NAME: &'static str;
}

/// Every rule there is, and whether a value can be read as it.
const ALL: &[(&str, Reads)] = &[(CoverageRule::NAME, reads::<CoverageRule>), (PlaqueRule::NAME, reads::<PlaqueRule>)];

/// Whether a value can be read as a rule.
type Reads = fn(&Value) -> bool;

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
    ALL.iter().map(|(name, _)| id(name))
}

/// Whether a rule of this name can hold this value; None where no such rule is known here.
#[must_use]
pub fn can_hold(name: &str, value: &Value) -> Option<bool> {
    ALL.iter().find(|(known, _)| *known == name).map(|(_, reads)| reads(value))
}

impl World {
    /// A rule as it holds on a day: the bureau's, else the shipped one.
    #[must_use]
    pub fn rule<R: Rule>(&self, day: Day) -> R {
        let record = self.find(id(R::NAME));
        record.and_then(|record| R::deserialize(record.value_on("data", day)).ok()).unwrap_or_default()
    }
}
