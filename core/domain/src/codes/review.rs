//! Words of the reviewer's queue: where a fact stands, why something waits, kinds of records, fields of the register.

use super::{ShippedTable, closed, item};

/// 审核状态
pub const REVIEW: ShippedTable = closed(
    "REVIEW",
    "审核状态",
    "Review",
    &[
        item("SUBMITTED", "未审", "Not reviewed", &[]),
        item("ACCEPTED", "已审", "Accepted", &[]),
        item("ACCEPTED_AUTO", "自动通过", "Accepted by itself", &[]),
        item("RETURNED", "已退回", "Returned", &[]),
        item("VOIDED", "已作废", "Voided", &[]),
    ],
);

/// 审核关注: why a person must look at a visit, short. What to do stands with [`crate::look::LookReason`].
pub const LOOK: ShippedTable = closed(
    "LOOK",
    "审核关注",
    "Look",
    &[
        item("HELD", "待核", "Held", &[]),
        item("CONFLICT", "两处改动不同", "Conflict", &[]),
        item("DOUBTFUL_TIME", "时间存疑", "Doubtful time", &[]),
        item("DEATH", "去世", "Death", &[]),
        item("MOVE", "迁移", "Move", &[]),
        item("MONEY", "慰问金", "Money", &[]),
        item("PLAQUE", "光荣牌", "Plaque", &[]),
        item("LETTER", "喜报", "Merit letter", &[]),
        item("NEED", "诉求", "Need", &[]),
        item("AMENDED", "有更正", "Amended", &[]),
        item("PHOTO_HINT", "照片相同", "Same photo", &[]),
    ],
);

/// 记录种类
pub const RECORD_KIND: ShippedTable = closed(
    "RECORD_KIND",
    "记录种类",
    "Record",
    &[
        item("person", "人员", "Person", &["服务对象"]),
        item("household", "户", "Household", &[]),
        item("basis_person", "荣誉主体", "Basis person", &[]),
        item("unit", "单位", "Unit", &[]),
        item("contact", "走访", "Visit", &["联系走访"]),
        item("plaque_event", "光荣牌", "Plaque", &["光荣牌记录"]),
        item("plaque_stock", "光荣牌库存", "Plaque stock", &[]),
        item("plaque_request", "光荣牌申请", "Plaque request", &[]),
        item("plaque_request_step", "申请意见", "Opinion", &[]),
        item("letter", "立功喜报", "Merit letter", &["喜报"]),
        item("letter_step", "喜报办理", "Step of a letter", &[]),
        item("need", "诉求", "Need", &[]),
        item("need_step", "诉求办理", "Step of a need", &[]),
        item("suggestion", "投诉建议", "Suggestion", &[]),
        item("suggestion_step", "投诉建议办理", "Step of a suggestion", &[]),
        item("photo", "影像", "Photo", &[]),
        item("division", "区划", "Division", &[]),
        item("case", "核对事项", "Case", &[]),
        item("staff", "工作人员", "Staff", &[]),
        item("same_as", "同一人", "Same as", &[]),
        item("assignment", "指派", "Assignment", &[]),
        item("snooze", "暂缓", "Snooze", &[]),
        item("rule", "规则", "Rule", &[]),
        item("question_set", "问卷", "Question set", &[]),
        item("code_table", "代码表", "Code table", &[]),
    ],
);

/// 核对事项种类
pub const CASE_KIND: ShippedTable = closed(
    "CASE_KIND",
    "核对事项",
    "Case",
    &[
        item("MERGE", "疑似同一人", "Perhaps one person", &[]),
        item("STOCK", "库存对账", "Stock", &[]),
        item("DOUBLE", "重复", "Double", &[]),
        item("DEATH", "去世核实", "Death", &[]),
        item("CONFLICT", "冲突", "Conflict", &[]),
        item("GROUND", "悬挂资格", "Entitlement", &[]),
    ],
);

/// 相像之处: why two records may be one person.
pub const ALIKE: ShippedTable = closed(
    "ALIKE",
    "相像之处",
    "Alike",
    &[
        item("CASE", "有待核对事项", "An open case", &[]),
        item("NUMBER", "证件号码掩码相同", "Same masked number", &[]),
        item("BIRTH", "同名同生日", "Same name and birth", &[]),
        item("VILLAGE", "同村同名", "Same name and village", &[]),
    ],
);

/// 待核原因
pub const WHY: ShippedTable = closed(
    "WHY",
    "待核原因",
    "Why it waits",
    &[
        item("HELD", "待核", "Held", &[]),
        item("PROPOSED", "提议", "Proposed", &[]),
        item("CONFLICT", "两处改动不同", "Conflict", &[]),
    ],
);

/// 改动方式, as a field's history says it.
pub const CHANGE: ShippedTable = closed(
    "CHANGE",
    "改动方式",
    "Change",
    &[
        item("SET", "写入", "Set", &[]),
        item("PROPOSED", "提议", "Proposed", &[]),
        item("HELD", "待核", "Held", &[]),
        item("CONFLICT", "写入，另一值保留", "Set, the other value kept", &[]),
        item("CHOSEN", "审核采用", "Chosen", &[]),
        item("TURNED_DOWN", "审核不采用", "Turned down", &[]),
        item("AMENDED", "更正", "Amended", &[]),
        item("VOIDED", "作废", "Voided", &[]),
        item("LET_COUNT", "准予计入", "Let count", &[]),
        item("NOT_COUNTED", "不予计入", "Not counted", &[]),
        item("REOPENED", "撤回核定", "Settlement taken back", &[]),
        item("ACCEPTED", "复核通过", "Accepted", &[]),
        item("RETURNED", "复核退回", "Returned", &[]),
    ],
);
