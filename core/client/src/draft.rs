//! Drafts: what a form collects. They stay on the phone until saved, and become ops then.

/// One person of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct EntryDraft {
    /// The person.
    pub person: String,
    /// MET | MET_FAMILY | NOT_HOME | REFUSED | WRONG_ADDRESS | AWAY | DIED
    pub result: String,
}

/// Where something happened.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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
