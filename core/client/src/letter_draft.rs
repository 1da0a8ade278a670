//! Merit letters and their steps as forms collect them.

use serde::{Deserialize, Serialize};

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
