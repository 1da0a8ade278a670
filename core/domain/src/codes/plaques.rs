//! Codes of plaques, their requests and their stock.

use super::{ShippedTable, closed, item, open};

/// 光荣牌状态
pub const PLAQUE_STATE: ShippedTable = closed(
    "PLAQUE_STATE",
    "光荣牌状态",
    "Plaque",
    &[
        item("PENDING", "待悬挂", "To be hung", &["未悬挂"]),
        item("HUNG", "已悬挂", "Hung", &[]),
        item("ISSUED_NOT_HUNG", "已领未挂", "Issued, not hung", &[]),
        item("TAKEN_DOWN_KEPT", "暂存家中", "Kept at home", &[]),
        item("REPLACE_DUE", "待更换", "To be replaced", &[]),
        item("LOST", "遗失", "Lost", &[]),
        item("RETURNED", "已收回", "Returned", &[]),
        item("CANCELLED", "已取消", "Cancelled", &[]),
        item("KEPT_NO_RENEW", "保留不再更换", "Kept, not renewed", &["保留不更换"]),
        item("DECLINED", "不愿悬挂", "Declined", &[]),
        item("NOT_ELIGIBLE", "不符合条件", "Not eligible", &["不属悬挂对象"]),
    ],
);

/// 光荣牌事项: what was done to it, as a timeline says it.
pub const PLAQUE_EVENT: ShippedTable = closed(
    "PLAQUE_EVENT",
    "光荣牌事项",
    "What was done",
    &[
        item("ISSUE", "发放光荣牌", "Issued", &["发放"]),
        item("NEW", "悬挂光荣牌", "Hung", &["新发", "新挂"]),
        item("REISSUE", "补发光荣牌", "Reissued", &["补发"]),
        item("REPLACE", "更换光荣牌", "Replaced", &["更换"]),
        item("TAKE_BACK", "收回光荣牌", "Taken back", &["收回"]),
        item("TAKE_DOWN", "取下暂存", "Taken down", &[]),
        item("REPORT_LOST", "报失", "Reported lost", &["遗失"]),
        item("DECLINE", "不愿悬挂", "Declined", &[]),
        item("MARK_DUE", "登记待更换", "Marked for replacement", &["待更换"]),
        item("CANCEL", "取消", "Cancelled", &[]),
        item("RESTORE", "恢复", "Restored", &[]),
        item("INSPECT", "巡查", "Inspected", &[]),
        item("DESTROY", "销毁", "Destroyed", &[]),
    ],
);

/// 悬挂类型, as the ledger of plaques and the request call it.
pub const PLAQUE_HANGING: ShippedTable = closed(
    "PLAQUE_HANGING",
    "悬挂类型",
    "Kind of hanging",
    &[
        item("NEW", "新发", "New", &["新挂", "首次悬挂", "新增"]),
        item("REPLACE", "更换", "Replacement", &["换发", "换挂"]),
        item("REISSUE", "补发", "Reissue", &["补挂"]),
    ],
);

/// 悬挂位置
pub const PLAQUE_POSITION: ShippedTable = closed(
    "PLAQUE_POSITION",
    "悬挂位置",
    "Position",
    &[
        item("GATE", "大门", "At the gate", &["大门口", "门口", "门头", "门上"]),
        item("INDOOR", "室内", "Indoors", &["屋内", "客厅", "堂屋", "厅堂"]),
    ],
);

/// 事由 that forms offer; another is kept as it is written.
pub const PLAQUE_REASON: ShippedTable = open(
    "PLAQUE_REASON",
    "光荣牌事由",
    "Reason",
    &[
        item("MOVED_HOME", "居住地变更", "Moved home", &["搬家"]),
        item("MOVED_HUKOU", "户籍变更", "Moved registration", &["户口迁移"]),
        item("AGED", "老化", "Aged", &["褪色"]),
        item("BROKEN", "破损", "Broken", &["损坏"]),
        item("LOST", "遗失", "Lost", &["丢失"]),
        item("CRIMINAL", "刑事处罚", "Criminal punishment", &[]),
        item("PUBLIC_ORDER", "治安处罚且影响恶劣", "Public-order punishment", &["治安处罚"]),
        item("DISMISSED", "除名、开除军籍", "Dismissed", &["开除军籍", "除名"]),
        item("CORRECTED", "已改正并消除影响", "Corrected", &[]),
    ],
);

/// 悬挂依据
pub const PLAQUE_BASIS: ShippedTable = closed(
    "PLAQUE_BASIS",
    "悬挂依据",
    "Ground",
    &[item("PROACTIVE", "主动悬挂", "By the bureau", &[]), item("APPLIED", "依申请悬挂", "On application", &["申请"])],
);

/// 申请办理情况
pub const PLAQUE_REQUEST: ShippedTable = closed(
    "PLAQUE_REQUEST",
    "申请办理情况",
    "Request",
    &[
        item("APPLIED", "已申请", "Applied", &[]),
        item("VILLAGE_OK", "村（社区）已同意", "Village agrees", &[]),
        item("TOWN_OK", "乡镇（街道）已同意", "Township agrees", &[]),
        item("COUNTY_OK", "县局已批准", "County agrees", &[]),
        item("REJECTED", "已退回", "Rejected", &[]),
        item("ISSUED", "新牌已发放", "New plaque issued", &[]),
        item("DONE", "已办结", "Done", &[]),
    ],
);

/// 库存变动
pub const PLAQUE_STOCK: ShippedTable = closed(
    "PLAQUE_STOCK",
    "库存变动",
    "Stock",
    &[
        item("RECEIVED", "入库", "Received", &["接收"]),
        item("TRANSFERRED", "下发", "Transferred", &["下拨", "调拨"]),
        item("DESTROYED", "销毁", "Destroyed", &[]),
        item("RETURNED", "退回", "Returned", &[]),
    ],
);

/// 申请事项
pub const PLAQUE_ASK: ShippedTable = closed(
    "PLAQUE_ASK",
    "申请事项",
    "Asked for",
    &[
        item("NEW", "申请悬挂", "A plaque", &[]),
        item("REISSUE", "申请补发", "A reissue", &[]),
        item("REPLACE", "申请更换", "A replacement", &[]),
    ],
);
