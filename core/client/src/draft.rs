//! Drafts: what a form collects. They stay on the phone until saved, and become ops then.

use serde::{Deserialize, Serialize};

use crate::need::{NeedDraft, NeedStepDraft};

/// One person of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct EntryDraft {
    /// The person.
    pub person: String,
    /// MET | MET_FAMILY | NOT_HOME | REFUSED | WRONG_ADDRESS | AWAY | DIED
    pub result: String,
    /// With DIED: the day, `2026-01-31`, where the family told it.
    #[serde(default)]
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub died_on: Option<String>,
}

/// Who went along: an account or a plain name (武装部, 书记, 志愿者).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct VisitorDraft {
    /// An account.
    pub account: Option<String>,
    /// A name.
    pub name: Option<String>,
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AnswerDraft {
    /// Its name in the set.
    pub question: String,
    /// The option's code, the number, the day or the words.
    pub value: String,
}

/// A filled question set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AnswersDraft {
    /// Its code.
    pub set: String,
    /// Its version.
    pub version: i64,
    /// Whose answers.
    pub person: Option<String>,
    /// As far as answered.
    pub values: Vec<AnswerDraft>,
}

/// The further lines of a visit's form, blank until somebody fills them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct VisitMore {
    /// The unit visited; then perhaps nobody of those served.
    pub unit: Option<String>,
    /// 必访事由: with work type MUST.
    pub must_trigger: Option<String>,
    /// 走访人
    pub visitors: Vec<VisitorDraft>,
    /// 陪同人员
    pub companions: Option<String>,
    /// 其他在场人员: who is in no register.
    #[cfg_attr(feature = "uniffi", uniffi(default = []))]
    pub others: Vec<String>,
    /// 思想动态: shown only to who has the right.
    pub thoughts: Option<String>,
    /// 反映困难
    pub difficulties: Option<String>,
    /// 困难原因
    pub cause: Option<String>,
    /// 帮扶措施
    pub measures: Option<String>,
    /// 现场答复
    pub answered: Option<String>,
    /// 需解决事项
    pub to_solve: Option<String>,
    /// 约定回访日期, `2026-01-31`
    pub follow_up_on: Option<String>,
    /// SHA-256 of the signature.
    pub signature: Option<String>,
    /// Why nobody signed.
    pub no_signature: Option<String>,
    /// Why there is no photo.
    pub no_photo: Option<String>,
    /// Why there is no position.
    pub no_place: Option<String>,
    /// Entered at a desk, from paper: by whom it was told.
    pub entered_by: Option<String>,
    /// 慰问金和慰问品, in words.
    pub gifts_text: Option<String>,
    /// 诉求, in words.
    pub needs_text: Option<String>,
    /// 问卷
    pub answers: Vec<AnswersDraft>,
    /// 诉求 that were heard in it.
    #[cfg_attr(feature = "uniffi", uniffi(default = []))]
    pub needs: Vec<NeedDraft>,
    /// What was done in it about needs of before.
    #[cfg_attr(feature = "uniffi", uniffi(default = []))]
    pub need_steps: Vec<NeedStepDraft>,
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
    /// The further lines of the form.
    #[serde(default)]
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub more: Option<VisitMore>,
    /// The saved visit that this form mends; None: a new one.
    #[serde(default)]
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub amends: Option<String>,
    /// Why it is mended.
    #[serde(default)]
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub amend_reason: Option<String>,
    /// What happened to the household's plaque in this visit: saved with it, in one write.
    #[serde(default)]
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub plaque: Option<PlaqueDraft>,
}

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

/// Somebody who delivered a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DelivererDraft {
    /// 姓名
    pub name: String,
    /// BUREAU | PAFD, where it is known.
    pub of: Option<String>,
    /// PROVINCE | CITY | COUNTY | TOWNSHIP | VILLAGE, where it is known.
    pub level: Option<String>,
}

/// A merit letter as the family shows it, or as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LetterDraft {
    /// TROOPS | PAFD | FAMILY; a village worker enters what the family shows.
    pub source: String,
    /// BAYI | TITLE | FIRST | SECOND | THIRD | FOUR_HAVE | COMMENDATION
    pub level: String,
    /// 军人姓名
    pub soldier: String,
    /// The soldier's record, where there is one.
    pub basis_person: Option<String>,
    /// The family's household, where it is known.
    pub household: Option<String>,
    /// The village of the address; that of the household unless given.
    pub division: Option<String>,
    /// 通知书编号
    pub notice_no: Option<String>,
    /// 家属姓名
    pub family_name: Option<String>,
    /// 与军人关系
    pub relation: Option<String>,
    /// The one delivery address.
    pub address: Option<String>,
    /// 联系电话, sealed to the county.
    pub phone: Option<String>,
    /// 批准日期, `2026-01-31`
    pub approved_on: Option<String>,
    /// 收到日期, `2026-01-31`
    pub received_on: Option<String>,
    /// 义务兵
    pub conscript: bool,
    /// 文职人员
    pub civilian: bool,
    /// 追授
    pub posthumous: bool,
    /// 奖励金, fen.
    pub award_fen: Option<i64>,
    /// 慰问品价值, fen.
    pub goods_fen: Option<i64>,
}

/// A step of a merit letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LetterStepDraft {
    /// The letter.
    pub letter: String,
    /// REGISTERED | VERIFIED | DELIVERED | FED_BACK | TRANSFERRED | UNDELIVERABLE
    pub step: String,
    /// Device milliseconds.
    pub at_ms: i64,
    /// Who delivered it.
    pub delivered_by: Vec<DelivererDraft>,
    /// Who of the family signed.
    pub signature: Option<String>,
    /// Why nobody signed.
    pub no_signature: Option<String>,
    /// 奖励金, fen.
    pub award_fen: Option<i64>,
    /// 慰问品价值, fen.
    pub goods_fen: Option<i64>,
    /// Why it is transferred or cannot be delivered.
    pub reason: Option<String>,
    /// The county it goes to.
    pub to_county: Option<String>,
    /// 备注
    pub note: Option<String>,
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
pub struct DraftLine {
    /// The form.
    pub form: String,
    /// When it was last touched, device milliseconds.
    pub saved_ms: i64,
    /// Names of the people in it.
    pub people: Vec<String>,
}
