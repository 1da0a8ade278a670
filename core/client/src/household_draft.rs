//! What a worker changes of a household.

use serde::{Deserialize, Serialize};

/// What a worker may change of a household at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct HouseholdDraft {
    /// The household.
    pub household: String,
    /// Where they live. None: as it is; blank: cleared.
    pub address: Option<String>,
    /// How to find them (红门, 有狗). None: as it is; blank: cleared.
    pub way_note: Option<String>,
}

/// Some of a household become one of their own; the old one stays, with its plaque.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SplitDraft {
    /// The old household.
    pub household: String,
    /// The new one's head.
    pub head_name: String,
    /// Where it lives.
    pub address: Option<String>,
    /// Who goes with it.
    pub members: Vec<String>,
}

/// Two households become one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct MergeDraft {
    /// The one that ends.
    pub household: String,
    /// The one that stays.
    pub into: String,
}

/// A household moves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct MoveDraft {
    /// The household.
    pub household: String,
    /// The village it moves to.
    pub village: String,
    /// The new address.
    pub address: String,
    /// Since when, `2026-01-31`; today unless given.
    pub since: Option<String>,
}
