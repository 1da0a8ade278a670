//! Drafts: what a form collects. They stay on the phone until saved, and become ops then.

use serde::{Deserialize, Serialize};

use crate::need::{NeedDraft, NeedStepDraft};
use crate::plaque_draft::PlaqueDraft;

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
