//! Words of the reviewer's queue: where a fact stands, why something waits, kinds of records, fields of the register.

use super::{Table, closed, item};

/// 审核状态
pub const REVIEW: Table = closed(
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

/// 审核关注: why a person must look at a visit, short. What to do stands with [`crate::review::LookReason`].
pub const LOOK: Table = closed(
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
pub const RECORD_KIND: Table = closed(
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
pub const CASE_KIND: Table = closed(
    "CASE_KIND",
    "核对事项",
    "Case",
    &[
        item("MERGE", "疑似同一人", "Perhaps one person", &[]),
        item("STOCK", "库存对账", "Stock", &[]),
        item("DOUBLE", "重复", "Double", &[]),
        item("DEATH", "去世核实", "Death", &[]),
        item("CONFLICT", "冲突", "Conflict", &[]),
    ],
);

/// 待核原因
pub const WHY: Table = closed(
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
pub const CHANGE: Table = closed(
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
    ],
);

/// 字段
pub const FIELD: Table = closed(
    "FIELD",
    "字段",
    "Field",
    &[
        item("name", "姓名", "Name", &[]),
        item("id_number", "身份证号", "Id number", &[]),
        item("sex", "性别", "Sex", &[]),
        item("birth", "出生日期", "Birth", &[]),
        item("phones", "电话", "Telephone", &[]),
        item("ethnicity", "民族", "Ethnicity", &[]),
        item("politics", "政治面貌", "Politics", &[]),
        item("education", "文化程度", "Education", &[]),
        item("employment_state", "就业情况", "Employment", &[]),
        item("employer", "工作单位", "Employer", &[]),
        item("placement_kind", "安置方式", "Placement", &[]),
        item("placement_year", "安置年度", "Year of placement", &[]),
        item("placement_unit", "安置单位", "Unit of placement", &[]),
        item("placement_post", "安置岗位", "Post", &[]),
        item("enlisted", "入伍时间", "Enlisted", &[]),
        item("discharged", "退役时间", "Discharged", &[]),
        item("branch", "军兵种", "Branch", &[]),
        item("rank", "军衔（职级）", "Rank", &[]),
        item("combat", "参战", "Combat", &[]),
        item("nuclear", "参试", "Nuclear tests", &[]),
        item("disability_grade", "残疾等级", "Disability grade", &[]),
        item("disability_cause", "残疾性质", "Cause of disability", &[]),
        item("merits", "立功受奖", "Merits", &[]),
        item("health", "健康状况", "Health", &[]),
        item("low_income", "低保", "Low income", &[]),
        item("presence", "居住情况", "Presence", &[]),
        item("life", "生存状态", "Life", &[]),
        item("died_on", "去世日期", "Died on", &[]),
        item("register", "登记状态", "Register", &[]),
        item("removed_for", "移出原因", "Removed for", &[]),
        item("removed_note", "移出说明", "Note on the removal", &[]),
        item("categories", "人员类别", "Categories", &[]),
        item("tags", "标签", "Tags", &[]),
        item("restricted_tags", "受限标签", "Restricted tags", &[]),
        item("key_contact", "重点对象", "Key person", &[]),
        item("key_owner", "包联人", "Owner", &[]),
        item("key_next_on", "下次联系", "Next contact", &[]),
        item("key_measures", "一人一策", "Measures", &[]),
        item("contact_staff", "联系人", "Contact staff", &[]),
        item("household", "户", "Household", &[]),
        item("relation", "与户主关系", "Relation to the head", &[]),
        item("registered_address", "户籍地址", "Registered address", &[]),
        item("address", "住址", "Address", &[]),
        item("registered_division", "户籍区划", "Registered division", &[]),
        item("living_division", "居住区划", "Living division", &[]),
        item("responsible_division", "责任区划", "Responsible division", &[]),
        item("division", "区划", "Division", &[]),
        item("card_kind", "优待证种类", "Card", &[]),
        item("card_state", "优待证状态", "Card state", &[]),
        item("card_number", "优待证号", "Card number", &[]),
        item("note", "备注", "Note", &[]),
        item("head_name", "户主", "Head", &[]),
        item("head", "户主", "Head", &["户主（人员）"]),
        item("way_note", "找路说明", "How to find it", &["怎么找"]),
        item("door_photo", "门牌照片", "Photo of the door", &[]),
        item("point", "位置", "Point", &[]),
    ],
);
