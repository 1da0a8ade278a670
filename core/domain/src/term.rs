//! Codes by the names that sheets and paper forms use for them: the shipped tables ([`crate::codes`]) as an import reads them.

use crate::codes::{self, ShippedTable};

/// A list of codes with their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms(&'static ShippedTable);

impl Terms {
    /// The code of a name, or of a code. Blanks and brackets of the text are the caller's matter.
    #[must_use]
    pub fn code(self, name: &str) -> Option<&'static str> {
        self.0.code_of(name)
    }

    /// The usual name of a code.
    #[must_use]
    pub fn name(self, code: &str) -> Option<&'static str> {
        self.0.name_of(code)
    }

    /// The table behind it.
    #[must_use]
    pub fn table(self) -> &'static ShippedTable {
        self.0
    }
}

/// 性别
pub const SEX: Terms = Terms(&codes::SEX);
/// 生存状态
pub const LIFE: Terms = Terms(&codes::LIFE);
/// 悬挂类型
pub const PLAQUE_ACT: Terms = Terms(&codes::PLAQUE_HANGING);
/// 悬挂位置
pub const POSITION: Terms = Terms(&codes::PLAQUE_POSITION);
/// 走访方式
pub const METHOD: Terms = Terms(&codes::METHOD);
/// 走访结果
pub const VISIT_RESULT: Terms = Terms(&codes::RESULT);
/// 工作类型
pub const WORK_TYPE: Terms = Terms(&codes::WORK_TYPE);
/// 奖励类别
pub const LETTER_LEVEL: Terms = Terms(&codes::LETTER_LEVEL);
/// 角色
pub const ROLE: Terms = Terms(&codes::ROLE);
