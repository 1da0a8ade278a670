//! Plaque 光荣牌: what happened to a household's plaque, who may have one, where the plaques come from and how a new one is
//! asked for. Rules: 国办发〔2018〕72号 and the trial rules of 2020 (product.md, "Plaque rules"; invariants 2 to 6).

pub mod eligibility;
pub mod event;
pub mod figures;
pub mod folded;
pub mod offer;
pub mod request;
pub mod stock;
pub mod table;

use serde::{Deserialize, Serialize};

use crate::codes as tables;
use crate::id::RecordId;
use crate::rules::Rule;
use crate::time::Day;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum $name { $($(#[$vdoc])* $variant),* }
    };
}
pub(crate) use codes;

codes! {
    /// What was done to the plaque.
    PlaqueAct {
        /// 发放 handed out, not yet on the wall
        Issue,
        /// 新挂
        New,
        /// 补发
        Reissue,
        /// 更换
        Replace,
        /// 收回
        TakeBack,
        /// 取下暂存
        TakeDown,
        /// 报失
        ReportLost,
        /// 不愿悬挂
        Decline,
        /// 待更换
        MarkDue,
        /// 取消
        Cancel,
        /// 恢复
        Restore,
        /// 巡查
        Inspect,
        /// 销毁 of one that came back
        Destroy,
        /// A code of a newer version: held until this version knows it.
        #[serde(other)]
        Other,
    }
}

codes! {
    /// Where a household's plaque stands.
    PlaqueState {
        /// 待悬挂
        Pending,
        /// 已悬挂
        Hung,
        /// 已领未挂
        IssuedNotHung,
        /// 暂存家中
        TakenDownKept,
        /// 待更换
        ReplaceDue,
        /// 遗失
        Lost,
        /// 已收回
        Returned,
        /// 已取消
        Cancelled,
        /// 保留不再更换: it hangs, and whom it honoured has died (invariant 4). Never stored: it follows from the register.
        KeptNoRenew,
        /// 不愿悬挂
        Declined,
        /// 不符合条件. Never stored: it follows from the register.
        NotEligible,
    }
}

impl PlaqueState {
    /// Every state.
    pub const ALL: [Self; 11] = [
        Self::Pending,
        Self::Hung,
        Self::IssuedNotHung,
        Self::TakenDownKept,
        Self::ReplaceDue,
        Self::Lost,
        Self::Returned,
        Self::Cancelled,
        Self::KeptNoRenew,
        Self::Declined,
        Self::NotEligible,
    ];

    /// HUNG, REPLACE_DUE and KEPT_NO_RENEW hang on the wall and count as hung (figure S18b).
    #[must_use]
    pub fn on_wall(self) -> bool {
        matches!(self, Self::Hung | Self::ReplaceDue | Self::KeptNoRenew)
    }

    /// 中文, as ledgers write it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        tables::word(&tables::PLAQUE_STATE, self)
    }
}

/// The folded plaque of a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plaque {
    /// Its state.
    pub state: PlaqueState,
    /// GATE or INDOOR while it hangs.
    pub position: Option<String>,
    /// Since when it hangs.
    pub hung_on: Option<Day>,
    /// The event that put it up.
    pub hung_by: Option<RecordId>,
    /// How often it was reissued.
    pub reissued: u32,
    /// Why it was cancelled.
    pub cancelled_for: Option<String>,
    /// What the cancellation found: there a restoration goes back to.
    pub cancelled_from: Option<PlaqueState>,
    /// Plaques that came back and were not destroyed yet.
    pub returned: u32,
    /// The household had one before, whatever became of it.
    pub had: bool,
}

impl Default for Plaque {
    fn default() -> Self {
        Self {
            state: PlaqueState::Pending,
            position: None,
            hung_on: None,
            hung_by: None,
            reissued: 0,
            cancelled_for: None,
            cancelled_from: None,
            returned: 0,
            had: false,
        }
    }
}

/// The bureau's switches about plaques.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaqueRule {
    /// Families of those who died before the notice of 2018-07-29 get a plaque too. Shipped: no (河南 2019).
    pub died_before_notice: bool,
    /// 补发 without the county's word: in principle at most twice (trial rules of 2020).
    pub free_reissues: u32,
}

impl Default for PlaqueRule {
    fn default() -> Self {
        Self { died_before_notice: false, free_reissues: 2 }
    }
}

impl Rule for PlaqueRule {
    const NAME: &'static str = "PLAQUE";
}

/// The day of the notice, 2018-07-29.
pub const NOTICE: Day = Day(17_741);

/// The code of a unit variant, as it is written in documents.
pub(crate) fn code(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
