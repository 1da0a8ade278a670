//! Codes of visits and their photos.

use super::{ShippedTable, closed, item, open};

/// 走访方式: whether one counts as reached hangs on it.
pub const METHOD: ShippedTable = closed(
    "METHOD",
    "走访方式",
    "Method",
    &[
        item("HOME", "入户", "Home visit", &["入户走访", "上门", "上门走访", "实地走访", "走访"]),
        item("PHONE", "电话", "Phone call", &["电话走访", "电话联系", "电话回访"]),
        item("VIDEO", "视频", "Video call", &["微信", "微信视频", "视频走访"]),
        item("SEMINAR", "座谈", "Seminar", &["座谈会", "集中座谈"]),
        item("STATION", "来站", "At the station", &["到站", "来访"]),
        item("RELATIVE", "亲属转达", "Through relatives", &["亲属", "代访"]),
    ],
);

/// 走访结果
pub const RESULT: ShippedTable = closed(
    "RESULT",
    "走访结果",
    "Result",
    &[
        item("MET", "见到本人", "Met", &["见面", "已见", "在家"]),
        item("MET_FAMILY", "见到家属", "Met the family", &["见家属", "家属在家"]),
        item("NOT_HOME", "家中无人", "Nobody home", &["不在家", "未遇"]),
        item("AWAY", "外出", "Away", &["外出务工", "在外"]),
        item("REFUSED", "拒访", "Refused", &["拒绝"]),
        item("WRONG_ADDRESS", "地址不符", "Wrong address", &["查无此人", "地址错误"]),
        item("DIED", "据称已去世", "Said to have died", &["已去世", "去世"]),
    ],
);

/// 工作类型
pub const WORK_TYPE: ShippedTable = open(
    "WORK_TYPE",
    "工作类型",
    "Kind of work",
    &[
        item("ROUND", "遍访", "Round of visits", &["走访", "日常走访", "常态化走访", "定期走访"]),
        item("HOLIDAY", "节日慰问", "Holiday visit", &["走访慰问", "慰问", "春节慰问", "八一慰问"]),
        item("HARDSHIP", "解困帮扶", "Help in hardship", &["困难帮扶", "困难救助"]),
        item("PLAQUE", "悬挂光荣牌", "Plaque", &["光荣牌悬挂", "挂牌"]),
        item("MERIT", "送立功喜报", "Merit letter", &["送喜报"]),
        item("VERIFY", "优抚核查", "Verification", &["核查", "年度确认"]),
        item("COLLECT", "信息采集", "Collecting data", &["采集"]),
        item("FOLLOWUP", "回访", "Follow-up", &[]),
        item("FORCES", "军地慰问", "Forces and civilians", &["走访部队"]),
        item("POLICY", "政策宣讲", "Explaining policy", &["政策宣传"]),
        item("EMPLOY", "就业服务", "Employment service", &[]),
        item("CARD", "优待证", "Card", &[]),
        item("MUST", "必访", "Must-visit", &[]),
        item("NEED", "诉求办理", "Needs", &["收集诉求", "诉求收集"]),
    ],
);

/// 必访事由: what asks for a visit by itself.
pub const TRIGGER: ShippedTable = open(
    "TRIGGER",
    "必访事由",
    "What asks for a visit",
    &[
        item("RETURNED_HOME", "返乡", "Returned home", &["退役返乡"]),
        item("MERIT", "立功", "Merit", &["立功受奖"]),
        item("SPRING_FESTIVAL", "春节", "Spring Festival", &[]),
        item("ARMY_DAY", "八一", "1 August", &["建军节"]),
        item("HOSPITAL", "住院", "In hospital", &["患病住院"]),
        item("HARDSHIP", "变故困难", "Hardship", &["家庭变故", "困难"]),
        item("CONFLICT", "矛盾", "Conflict", &["矛盾纠纷"]),
        item("DIED", "去世", "A death", &["丧葬"]),
    ],
);

/// 联系类别: whose regular contact is due.
pub const DUE_CLASS: ShippedTable = open(
    "DUE_CLASS",
    "联系类别",
    "Class of contacts",
    &[item("ALL", "普遍联系", "Everybody", &[]), item("KEY", "重点对象", "Key people", &[])],
);

/// 定位方式
pub const PLACE_SOURCE: ShippedTable = closed(
    "PLACE_SOURCE",
    "定位方式",
    "Source of the place",
    &[
        item("GPS", "卫星定位", "Satellite", &[]),
        item("NETWORK", "网络定位", "Network", &[]),
        item("MANUAL", "手工标注", "By hand", &[]),
        item("NONE", "未定位", "None", &[]),
    ],
);

/// 影像种类
pub const PHOTO_KIND: ShippedTable = open(
    "PHOTO_KIND",
    "影像种类",
    "Photo",
    &[
        item("SCENE", "现场照片", "Scene", &["现场"]),
        item("RECEIPT", "签收凭证", "Receipt", &["收据"]),
        item("SHARED_SHEET", "签收表", "Signed list", &["发放花名册"]),
        item("DOCUMENT", "证明材料", "Document", &["证件"]),
        item("SIGNATURE", "签名", "Signature", &["签字"]),
    ],
);
