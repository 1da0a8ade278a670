//! Codes as the bureau's sheets write them. A code we do not know is shown as it is, never dropped.

use bianfang_domain::actor::Role;
use bianfang_domain::time::Day;

type Table = &'static [(&'static str, &'static str)];

/// 性别
pub const SEX: Table = &[("MALE", "男"), ("FEMALE", "女"), ("M", "男"), ("F", "女")];

/// 走访方式
pub const METHOD: Table = &[
    ("HOME", "入户"),
    ("PHONE", "电话"),
    ("VIDEO", "视频"),
    ("SEMINAR", "座谈"),
    ("STATION", "来站"),
    ("RELATIVE", "亲属转达"),
];

/// 走访结果
pub const RESULT: Table = &[
    ("MET", "见到本人"),
    ("MET_FAMILY", "见到家属"),
    ("NOT_HOME", "家中无人"),
    ("REFUSED", "拒访"),
    ("WRONG_ADDRESS", "地址不符"),
    ("AWAY", "外出"),
    ("DIED", "据称已去世"),
];

/// 工作类型
pub const WORK: Table = &[
    ("ROUND", "遍访"),
    ("HOLIDAY", "节日慰问"),
    ("HARDSHIP", "解困帮扶"),
    ("PLAQUE", "悬挂光荣牌"),
    ("MERIT", "送立功喜报"),
    ("VERIFY", "优抚核查"),
    ("COLLECT", "信息采集"),
    ("FOLLOWUP", "回访"),
    ("FORCES", "军地慰问"),
    ("POLICY", "政策宣讲"),
    ("EMPLOY", "就业服务"),
    ("CARD", "优待证"),
    ("MUST", "必访"),
];

/// 悬挂类型
pub const HANGING: Table = &[("NEW", "新发"), ("REPLACE", "更换"), ("REISSUE", "补发")];

/// 悬挂位置
pub const POSITION: Table = &[("GATE", "大门"), ("INDOOR", "室内")];

/// The word of a code.
#[must_use]
pub fn word(table: Table, code: &str) -> &str {
    table.iter().find(|(known, _)| *known == code).map_or(code, |(_, word)| word)
}

/// 角色, as it stands under a title.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::VillageWorker => "村站工作人员",
        Role::TownReviewer => "乡镇审核",
        Role::SectionClerk => "局业务科室",
        Role::Leader => "局领导",
        Role::SysAdmin | Role::SecAdmin | Role::Auditor | Role::Other => "管理员",
    }
}

/// `2026-05-09 14:05` in Shanghai: two visits of one day are two.
#[must_use]
pub fn minute(ms: i64) -> String {
    let day = Day::of(ms);
    let minutes = ms.saturating_sub(day.start_ms()) / 60_000;
    format!("{day} {:02}:{:02}", minutes / 60, minutes % 60)
}
