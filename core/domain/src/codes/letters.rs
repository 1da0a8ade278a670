//! Codes of merit letters.

use super::{ShippedTable, closed, item};

/// 喜报来源
pub const LETTER_SOURCE: ShippedTable = closed(
    "LETTER_SOURCE",
    "喜报来源",
    "Source",
    &[
        item("TROOPS", "部队寄送", "From the troops", &["部队"]),
        item("PAFD", "人武部转交", "Through the armed forces department", &["人武部", "武装部"]),
        item("FAMILY", "家属告知", "Told by the family", &["家属"]),
    ],
);

/// 奖励类别: it names who should deliver.
pub const LETTER_LEVEL: ShippedTable = closed(
    "LETTER_LEVEL",
    "奖励类别",
    "Merit",
    &[
        item("BAYI", "八一勋章", "August 1 Medal", &[]),
        item("TITLE", "荣誉称号", "Title of honour", &[]),
        item("FIRST", "一等功", "First class merit", &["荣立一等功", "个人一等功"]),
        item("SECOND", "二等功", "Second class merit", &["荣立二等功", "个人二等功"]),
        item("THIRD", "三等功", "Third class merit", &["荣立三等功", "个人三等功"]),
        item(
            "FOUR_HAVE",
            "四有优秀",
            "Excellent soldier",
            &["四有优秀士兵", "四有优秀军官", "四有优秀军士", "四有优秀学员", "四有", "优秀士兵"],
        ),
        item("COMMENDATION", "嘉奖", "Commendation", &["个人嘉奖"]),
    ],
);

/// 喜报办理
pub const LETTER_STEP: ShippedTable = closed(
    "LETTER_STEP",
    "喜报办理",
    "Letter",
    &[
        item("RECEIVED", "已接收", "Received", &["收到"]),
        item("REGISTERED", "已登记", "Registered", &["登记"]),
        item("VERIFIED", "已核实", "Verified", &["核实"]),
        item("DELIVERED", "已送达", "Delivered", &["送达"]),
        item("FED_BACK", "已反馈", "Fed back", &["回执", "已回执"]),
        item("TRANSFERRED", "已转递", "Transferred", &["转递", "转寄", "转外县"]),
        item("UNDELIVERABLE", "无法送达", "Undeliverable", &[]),
    ],
);

/// 送达层级
pub const DELIVERER_LEVEL: ShippedTable = closed(
    "DELIVERER_LEVEL",
    "送达层级",
    "Delivered by",
    &[
        item("PROVINCE", "省级", "Province", &["省"]),
        item("CITY", "市级", "City", &["市"]),
        item("COUNTY", "县级", "County", &["县", "区县"]),
        item("TOWNSHIP", "乡镇（街道）", "Township", &["乡镇", "街道"]),
        item("VILLAGE", "村（社区）", "Village", &["村", "社区"]),
    ],
);

/// 送达单位
pub const DELIVERER: ShippedTable = closed(
    "DELIVERER",
    "送达单位",
    "Delivered for",
    &[
        item("BUREAU", "退役军人事务部门", "Bureau", &["退役军人事务局"]),
        item("PAFD", "人武部", "Armed forces department", &["武装部", "人民武装部"]),
    ],
);
