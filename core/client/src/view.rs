//! Views: what a screen shows. Plain data that crosses to Kotlin, Swift and Python as it is; documents never cross.

use serde::Serialize;

use crate::state::RecordState;

/// One line of the list "who is due".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PersonLine {
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
    /// Reached in this calendar year.
    pub reached: bool,
    /// Owed a visit by this phone's divisions this year, and not reached yet.
    pub due: bool,
    /// Day of the last contact as `2026-01-31`.
    pub last_contact: Option<String>,
    /// Where the household's plaque stands (code).
    pub plaque: Option<String>,
    /// Something of this person still waits to be sent.
    pub waiting: bool,
    /// 出生日期, as far as it is known: with the next two, what tells two of one name apart.
    pub birth: Option<String>,
    /// A telephone number, masked.
    pub phone: Option<String>,
    /// 身份证号, masked.
    pub id_number: Option<String>,
}

/// A page of people in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PersonLines {
    /// At most as many as asked for.
    pub rows: Vec<PersonLine>,
    /// Give it back for the next page; None at the end.
    pub next: Option<String>,
    /// 应访: of all people that match search and village, those who are owed a visit this year.
    pub total: u64,
    /// Of these, not yet reached.
    pub due: u64,
}

/// Which people to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PeopleQuery {
    /// Part of a name, of its pinyin, the end of a telephone number or all of it, or a whole id number. Blank finds all.
    pub search: String,
    /// Only who is owed a visit by this division or one below it.
    pub village: Option<String>,
    /// Only who is due.
    pub only_due: bool,
    /// [`PersonLines::next`] of the page before.
    pub after: Option<String>,
    /// At most so many rows; 1 to 500.
    pub limit: u32,
}

/// One visit in a person's time line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct VisitLine {
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
    /// 生产生活情况
    pub note: Option<String>,
    /// Photos of it.
    pub photos: u32,
    /// Taken back by its author or a reviewer.
    pub voided: bool,
    /// SUBMITTED | ACCEPTED | RETURNED | VOIDED
    pub review: String,
    /// What the reviewer wants mended, of one that is returned.
    pub comment: Option<String>,
    /// How far it has travelled.
    pub state: RecordState,
}

/// A person's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PersonView {
    /// As in the list.
    pub row: PersonLine,
    /// Masked: `3607************34`.
    pub id_number: Option<String>,
    /// Telephone numbers, in full for who must call them.
    pub phones: Vec<String>,
    /// Codes.
    pub categories: Vec<String>,
    /// ALIVE | DECEASED | …
    pub life: String,
    /// The others of the household.
    pub household: Vec<PersonLine>,
    /// Newest first.
    pub visits: Vec<VisitLine>,
    /// The household's plaque.
    pub plaque: Option<PlaqueScreen>,
    /// DRAFT | REVIEWING | REJECTED | ACTIVE | REMOVED
    pub register: String,
    /// VALID | SUSPECT | MISSING
    pub id_state: String,
    /// Everything else that is known, by field.
    pub fields: Vec<FieldLine>,
    /// What waits beside a field for the township.
    pub beside: Vec<WaitingLine>,
}

/// One field of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FieldLine {
    /// As documents name it.
    pub field: String,
    /// Its value as text, a list one by one; days as `2026-01-31`.
    pub values: Vec<String>,
}

/// A value beside a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct WaitingLine {
    /// The field.
    pub field: String,
    /// The value, a list one by one.
    pub values: Vec<String>,
    /// PROPOSED | CONFLICT | HELD
    pub why: String,
    /// The rule's reason, of a held one, 中文.
    pub zh: Option<String>,
    /// In English.
    pub en: Option<String>,
}

/// A household's plaque.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PlaqueScreen {
    /// Code of the state.
    pub state: String,
    /// GATE or INDOOR while it hangs.
    pub position: Option<String>,
    /// Since when, as `2026-01-31`.
    pub hung_on: Option<String>,
    /// Why the household may have one, or not (code).
    pub why: String,
    /// The same, 中文.
    pub why_zh: String,
    /// The same, English.
    pub why_en: String,
    /// PROACTIVE or APPLIED where it may have one.
    pub basis: Option<String>,
}

/// A lot of plaques.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PlaqueLotLine {
    /// The lot.
    pub id: String,
    /// The division it lies in.
    pub division: String,
    /// Its day, as `2026-01-31`.
    pub day: String,
    /// Plaques that came with it.
    pub count: i64,
    /// Left as far as this phone knows; less than none where others took more.
    pub left: i64,
}

/// A request for a plaque.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PlaqueRequestLine {
    /// The request.
    pub id: String,
    /// The household.
    pub household: String,
    /// NEW | REISSUE | REPLACE
    pub ask: String,
    /// APPLIED | VILLAGE_OK | TOWN_OK | COUNTY_OK | REJECTED | ISSUED | DONE
    pub state: String,
    /// 申请人
    pub applicant: String,
    /// Code of the reason.
    pub reason: Option<String>,
    /// As `2026-01-31`.
    pub applied_on: String,
}

/// A warning: shown, and in nobody's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct WarningLine {
    /// A stable code.
    pub code: String,
    /// The field it is about, where it is about one.
    pub field: Option<String>,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

/// A merit letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LetterLine {
    /// The letter.
    pub id: String,
    /// 军人姓名
    pub soldier: String,
    /// Code of the level.
    pub level: String,
    /// 通知书编号
    pub notice_no: Option<String>,
    /// 家属姓名
    pub family_name: Option<String>,
    /// 与军人关系
    pub relation: Option<String>,
    /// The one delivery address.
    pub address: Option<String>,
    /// RECEIVED | REGISTERED | VERIFIED | DELIVERED | FED_BACK | TRANSFERRED | UNDELIVERABLE
    pub state: String,
    /// As `2026-01-31`.
    pub delivered_on: Option<String>,
    /// About who delivered it.
    pub warnings: Vec<WarningLine>,
}

/// A household's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct HouseholdView {
    /// The household.
    pub id: String,
    /// Where they live; blank where nobody wrote it down.
    pub address: String,
    /// How to find them.
    pub note: Option<String>,
    /// Who lives here.
    pub members: Vec<PersonLine>,
    /// The plaque.
    pub plaque: PlaqueScreen,
}

/// A division.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DivisionLine {
    /// The division.
    pub id: String,
    /// Name.
    pub name: String,
    /// COUNTY | TOWNSHIP | VILLAGE
    pub level: String,
}

/// Whose phone this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ProfileView {
    /// Name of the account's owner.
    pub name: String,
    /// VILLAGE_WORKER | TOWN_REVIEWER | SECTION_CLERK | LEADER
    pub role: String,
    /// Name of the county.
    pub county: String,
    /// Their staff record gives them divisions today. While not, what was saved before is sent, and new records are held.
    pub at_work: bool,
    /// What the phone covers today, in tree order; empty before the first synchronization.
    pub divisions: Vec<DivisionLine>,
}
