//! Views: what a screen shows. Plain data that crosses to Kotlin, Swift and Python as it is; documents never cross.

/// One line of the list "who is due".
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PersonRow {
    /// The person.
    pub id: String,
    /// 姓名
    pub name: String,
    /// Their household, for the household visit.
    pub household: Option<String>,
    /// 村
    pub village: String,
    /// Address of the household.
    pub address: String,
    /// Reached in the current window.
    pub reached: bool,
    /// Day of the last contact as `2026-01-31`.
    pub last_contact: Option<String>,
    /// Where the household's plaque stands (code).
    pub plaque: Option<String>,
    /// Something of this person still waits to be sent.
    pub waiting: bool,
}

/// A page of people in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PeoplePage {
    /// At most as many as asked for.
    pub rows: Vec<PersonRow>,
    /// Give it back for the next page; None at the end.
    pub next: Option<String>,
    /// People of the list as a whole.
    pub total: u64,
    /// Of these, not yet reached.
    pub due: u64,
}

/// One visit in a person's time line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct VisitRow {
    /// The contact.
    pub id: String,
    /// When it ended, UTC milliseconds (corrected).
    pub at_ms: i64,
    /// The time is doubtful and shown as a question.
    pub doubtful: bool,
    /// Code of the method.
    pub method: String,
    /// Code of this person's result.
    pub result: String,
    /// Codes of the work done.
    pub work_types: Vec<String>,
    /// Photos of it.
    pub photos: u32,
    /// How far it has travelled.
    pub state: RecordState,
}

/// A person's page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PersonView {
    /// As in the list.
    pub row: PersonRow,
    /// Masked: `3607**********1234`.
    pub id_number: Option<String>,
    /// Telephone numbers, in full for who must call them.
    pub phones: Vec<String>,
    /// Codes.
    pub categories: Vec<String>,
    /// ALIVE | DECEASED | …
    pub life: String,
    /// The others of the household.
    pub household: Vec<PersonRow>,
    /// Newest first.
    pub visits: Vec<VisitRow>,
    /// The household's plaque.
    pub plaque: Option<PlaqueView>,
}

/// A household's plaque.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PlaqueView {
    /// Code of the state.
    pub state: String,
    /// GATE or INDOOR while it hangs.
    pub position: Option<String>,
    /// Since when, as `2026-01-31`.
    pub hung_on: Option<String>,
}

/// How far a record has travelled. Only `Confirmed` is called synchronized.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RecordState {
    /// On this phone only.
    Saved,
    /// The server has it; photos of it still wait.
    Sent,
    /// The server has it and all evidence it asks for.
    Confirmed,
    /// The township will look at it.
    Held {
        /// 中文
        zh: String,
        /// English
        en: String,
    },
    /// It could not be accepted; it is kept here with the reason.
    Refused {
        /// 中文
        zh: String,
        /// English
        en: String,
    },
}

/// What waits, and what the server said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Status {
    /// Ops not yet acknowledged.
    pub waiting: u64,
    /// Acknowledged and held.
    pub held: u64,
    /// Refused, kept with the reason.
    pub refused: u64,
    /// Photos without receipt.
    pub photos_waiting: u64,
    /// Last complete synchronization, UTC milliseconds.
    pub last_sync_ms: Option<i64>,
    /// Whether the account must sign in again before it can synchronize.
    pub signed_out: bool,
}
