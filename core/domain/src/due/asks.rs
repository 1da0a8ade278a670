//! What a record asks for by itself: each kind that makes somebody due writes such rows, and the due list reads them without
//! knowing the kind.

use serde::Deserialize as _;
use serde::de::IntoDeserializer;
use serde::de::value::Error;

use super::DueWhy;
use crate::id::RecordId;
use crate::projection::{Table, int, text};
use crate::time::Day;

/// The projection; its owner is the record that asks. A row stands as long as it asks.
pub const ASKS: Table = Table {
    name: "asks",
    columns: &[text("person"), text("household"), text("why"), text("code"), int("since_day"), int("by_day")],
    indexes: &[("person", "person"), ("household", "household")],
    unique: &[],
};

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueAsk {
    /// The record that asks.
    pub record: RecordId,
    /// Of whom,
    pub person: Option<RecordId>,
    /// or of whose household.
    pub household: Option<RecordId>,
    /// Why they are due.
    pub why: DueWhy,
    /// More of it, as the kind of a need.
    pub code: Option<String>,
    /// Since when.
    pub since: Day,
    /// By when.
    pub by: Option<Day>,
}

impl DueWhy {
    /// Of a code; None for one of a newer version.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        Self::deserialize(IntoDeserializer::<Error>::into_deserializer(code)).ok()
    }
}
