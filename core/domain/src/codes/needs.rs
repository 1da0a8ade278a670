//! Codes of needs 诉求 (product.md, Need).

use super::{ShippedTable, closed, item, open};

/// 诉求类型
pub const NEED_TYPE: ShippedTable = open(
    "NEED_TYPE",
    "诉求类型",
    "Kind of need",
    &[
        item("POLICY", "政策咨询", "Policy question", &["政策落实", "咨询"]),
        item("BENEFIT", "优抚待遇", "Benefits", &["待遇", "优抚"]),
        item("LIVELIHOOD", "生活困难", "Hardship", &["困难救助", "生活"]),
        item("MEDICAL", "就医看病", "Medical care", &["医疗", "看病"]),
        item("HOUSING", "住房", "Housing", &["住房困难"]),
        item("EMPLOYMENT", "就业创业", "Employment", &["就业", "创业"]),
        item("INSURANCE", "社会保险", "Social insurance", &["社保", "社保接续"]),
        item("EDUCATION", "子女教育", "Children's schooling", &["子女入学", "教育"]),
        item("CARD", "优待证", "Card", &[]),
        item("PLAQUE", "光荣牌", "Plaque", &[]),
        item("RIGHTS", "权益维护", "Rights", &["维权", "矛盾纠纷", "法律援助"]),
        item("OTHER", "其他", "Other", &[]),
    ],
);

/// 紧急程度: how needs are marked in three colours.
pub const URGENCY: ShippedTable = closed(
    "URGENCY",
    "紧急程度",
    "Urgency",
    &[
        item("RED", "红（紧急）", "Red: urgent", &["红", "红色", "紧急"]),
        item("YELLOW", "黄（关注）", "Yellow: watch", &["黄", "黄色", "关注"]),
        item("BLUE", "蓝（一般）", "Blue: usual", &["蓝", "蓝色", "一般"]),
    ],
);

/// 诉求办理: where a need stands.
pub const NEED_STEP: ShippedTable = closed(
    "NEED_STEP",
    "诉求办理",
    "Step of a need",
    &[
        item("FOUND", "已发现", "Found", &["发现"]),
        item("REGISTERED", "已登记", "Registered", &["登记"]),
        item("HANDLING", "办理中", "Being handled", &["办理"]),
        item("REFERRED", "已转办", "Referred", &["转办"]),
        item("RESOLVED", "已办结", "Resolved", &["办结", "已解决"]),
        item("ANSWERED_ON_SPOT", "当场答复", "Answered on the spot", &["现场答复"]),
        item("REVISITED", "已回访", "Revisited", &["回访"]),
    ],
);
