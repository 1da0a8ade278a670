//! What happened to a plaque, and what was asked for one, as forms collect it.

use serde::{Deserialize, Serialize};

/// Something that happened to a household's plaque.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
    /// The visit it happened in; of one that is saved with its visit, that one.
    pub contact: Option<String>,
    /// MOVED_HOME, AGED, BROKEN … : why it was replaced, taken back, cancelled.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub reason: Option<String>,
    /// The county's exception, with its reason.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub exception: Option<String>,
    /// The county's document, for CANCEL and RESTORE.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub document: Option<String>,
    /// What is left of a burnt or broken one.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub remained: Option<String>,
    /// The lot the plaque came from.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub lot: Option<String>,
    /// The request it fulfils.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub request: Option<String>,
    /// PROACTIVE | APPLIED
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub basis: Option<String>,
    /// Who of the family took it.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub receiver: Option<String>,
    /// Those of the form's photos that show it before, by their SHA-256; the others show it after.
    #[cfg_attr(feature = "uniffi", uniffi(default = []))]
    pub photos_before: Vec<String>,
}

/// A family's request for another plaque, or for a first one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PlaqueRequestDraft {
    /// The household.
    pub household: String,
    /// NEW | REISSUE | REPLACE
    pub ask: String,
    /// Device milliseconds.
    pub at_ms: i64,
    /// 申请人
    pub applicant: String,
    /// MOVED_HOME, AGED, LOST …
    pub reason: Option<String>,
    /// Whom the plaque honours.
    pub person: Option<String>,
    /// The old one is handed in already.
    pub old_returned: bool,
}

/// An opinion on a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PlaqueOpinionDraft {
    /// The request.
    pub request: String,
    /// VILLAGE_OK | TOWN_OK | COUNTY_OK | REJECTED
    pub step: String,
    /// 意见
    pub opinion: String,
    /// Who signed on paper, where that is somebody else.
    pub by: Option<String>,
    /// Device milliseconds.
    pub at_ms: i64,
}
