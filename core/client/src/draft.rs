//! Drafts: what a form collects. They stay on the phone until saved, and become ops then.

use serde::{Deserialize, Serialize};

/// One person of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct EntryDraft {
    /// The person.
    pub person: String,
    /// MET | MET_FAMILY | NOT_HOME | REFUSED | WRONG_ADDRESS | AWAY | DIED
    pub result: String,
}

/// Where something happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PlaceDraft {
    /// WGS-84 degrees.
    pub latitude: f64,
    /// WGS-84 degrees.
    pub longitude: f64,
    /// Metres.
    pub accuracy_m: f64,
    /// GPS | NETWORK | MANUAL
    pub source: String,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct VisitDraft {
    /// Whom, each with a result.
    pub entries: Vec<EntryDraft>,
    /// HOME | PHONE | VIDEO | SEMINAR | STATION | RELATIVE
    pub method: String,
    /// ROUND, HOLIDAY, PLAQUE … at least one.
    pub work_types: Vec<String>,
    /// Device milliseconds.
    pub started_ms: i64,
    /// Device milliseconds.
    pub ended_ms: i64,
    /// 生产生活情况
    pub note: Option<String>,
    /// None: no position, which is never an error.
    pub place: Option<PlaceDraft>,
}

/// Something that happened to a household's plaque.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PlaqueDraft {
    /// The household.
    pub household: String,
    /// NEW | REPLACE | REISSUE | TAKE_DOWN | DECLINE …
    pub event: String,
    /// Device milliseconds.
    pub at_ms: i64,
    /// GATE | INDOOR
    pub position: Option<String>,
    /// Who put it up.
    pub hanger: Option<String>,
    /// Who of the family signed.
    pub signature: Option<String>,
    /// Why nobody signed.
    pub no_signature: Option<String>,
    /// The old plaque came back.
    pub old_returned: bool,
    /// The visit it happened in.
    pub contact: Option<String>,
}

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

/// One field of a person as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FieldDraft {
    /// name, id_number, sex, birth, phones, address, presence, card_state … as documents name it.
    pub field: String,
    /// The text; days as `2026-01-31`, flags as `true`. None or blank: cleared.
    pub value: Option<String>,
    /// Of a list (phones, tags, categories): what comes.
    pub add: Vec<String>,
    /// Of a list: what goes.
    pub remove: Vec<String>,
}

/// What a worker enters or changes of a person. What is not here stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PersonDraft {
    /// Each once.
    pub fields: Vec<FieldDraft>,
    /// The day from which dated fields hold, `2026-01-31`; today unless given.
    pub since: Option<String>,
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

/// A half-filled form in the list of those to go on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DraftRow {
    /// The form.
    pub form: String,
    /// When it was last touched, device milliseconds.
    pub saved_ms: i64,
    /// Names of the people in it.
    pub people: Vec<String>,
}
