//! Who acts: account, role and the divisions of their work. Goes into every decision.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, InstallationId, RecordId};

/// Roles of a bureau. The three administrators (三员) are apart from the work and from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// 村站人员
    VillageWorker,
    /// 乡镇审核
    TownReviewer,
    /// 局业务
    SectionClerk,
    /// 局领导: reads, and may carry a phone
    Leader,
    /// 系统管理员
    SysAdmin,
    /// 安全管理员
    SecAdmin,
    /// 审计员
    Auditor,
    /// A role of a newer version: its records are kept and shown, and it may do nothing here.
    #[serde(other)]
    Other,
}

/// What a role may do. One table, [`Role::may`]; everything not in it is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// Record facts at the door and propose changes.
    Record,
    /// Accept proposals, settle held work, make a person ACTIVE.
    Review,
    /// What only the county decides: CANCEL, RESTORE, divisions.
    County,
    /// See people and figures of one's divisions.
    Read,
    /// See telephone numbers in full.
    Phones,
    /// See an id number in full, one by one, audited.
    Reveal,
    /// Take ledgers out with id and telephone numbers in full, with a reason, audited.
    ExportFull,
    /// See what is restricted: 思想动态, restricted tags, measures for key people.
    Restricted,
    /// Import sheets.
    Import,
    /// Accounts and devices.
    Accounts,
    /// The audit log.
    Audit,
}

impl Actor {
    /// Whether they have divisions to work in. Who has none may still send what was written before, for that was judged by
    /// the divisions of its day.
    #[must_use]
    pub fn is_at_work(&self) -> bool {
        !self.scope.is_empty()
    }

    /// Where lies what is theirs alone to follow ([`crate::kind::Flow::Author`]): nobody else's, and no division.
    #[must_use]
    pub fn place(&self) -> RecordId {
        RecordId::place_of(self.account)
    }
}

impl Role {
    /// The three administrators (三员): their accounts are made by hand, never by a sheet.
    #[must_use]
    pub fn is_administrator(self) -> bool {
        matches!(self, Self::SysAdmin | Self::SecAdmin | Self::Auditor)
    }

    /// The table of rights.
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        use Right::{Accounts, Audit, County, ExportFull, Import, Phones, Read, Record, Restricted, Reveal, Review};
        match self {
            Self::VillageWorker => matches!(right, Record | Read | Phones),
            Self::TownReviewer => matches!(right, Record | Review | Read | Phones | Restricted | Reveal),
            Self::SectionClerk => {
                matches!(right, Record | Review | County | Read | Phones | Restricted | Reveal | ExportFull | Import)
            }
            Self::Leader => matches!(right, Record | Read | Phones | Restricted),
            Self::SysAdmin => matches!(right, Accounts),
            Self::SecAdmin | Self::Auditor => matches!(right, Audit),
            Self::Other => false,
        }
    }
}

/// The author of an op as the server knows them (on the phone: the enrolled account).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// Its role.
    pub role: Role,
    /// Granted divisions; each covers everything below it.
    pub scope: Vec<RecordId>,
    /// Phone, console session or import batch.
    pub installation: InstallationId,
}
