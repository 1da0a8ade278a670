//! Codes by the names that sheets and paper forms use for them: one table for each list, the usual name first.

/// A list of codes with their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms(&'static [(&'static str, &'static [&'static str])]);

impl Terms {
    /// The code of a name, or of a code. Blanks and brackets of the text are the caller's matter.
    #[must_use]
    pub fn code(self, name: &str) -> Option<&'static str> {
        self.0.iter().find(|(code, names)| *code == name || names.contains(&name)).map(|(code, _)| *code)
    }

    /// The usual name of a code.
    #[must_use]
    pub fn name(self, code: &str) -> Option<&'static str> {
        self.0.iter().find(|(known, _)| *known == code).and_then(|(_, names)| names.first().copied())
    }

    /// Codes with their names.
    #[must_use]
    pub fn all(self) -> &'static [(&'static str, &'static [&'static str])] {
        self.0
    }
}

/// 性别 (GB/T 2261.1).
pub const SEX: Terms = Terms(&[("男", &["男", "男性", "1", "M"]), ("女", &["女", "女性", "2", "F"])]);

/// 生存状态, as a remark or a column of its own says it.
pub const LIFE: Terms = Terms(&[
    ("ALIVE", &["在世", "健在", "正常"]),
    ("DECEASED", &["去世", "已故", "已去世", "死亡", "已死亡", "病故", "亡故", "过世", "已过世", "殁"]),
    ("UNREACHABLE", &["失联", "下落不明", "联系不上"]),
    ("UNKNOWN", &["待核", "不详", "不明"]),
]);

/// 悬挂类型
pub const PLAQUE_ACT: Terms = Terms(&[
    ("NEW", &["新发", "新挂", "首次悬挂", "新增"]),
    ("REPLACE", &["更换", "换发", "换挂"]),
    ("REISSUE", &["补发", "补挂"]),
]);

/// 悬挂位置
pub const POSITION: Terms = Terms(&[
    ("GATE", &["大门", "大门口", "门口", "门头", "门上"]),
    ("INDOOR", &["室内", "屋内", "客厅", "堂屋", "厅堂"]),
]);

/// 走访方式
pub const METHOD: Terms = Terms(&[
    ("HOME", &["入户", "入户走访", "上门", "上门走访", "实地走访", "走访"]),
    ("PHONE", &["电话", "电话走访", "电话联系", "电话回访"]),
    ("VIDEO", &["视频", "微信", "微信视频", "视频走访"]),
    ("SEMINAR", &["座谈", "座谈会", "集中座谈"]),
    ("STATION", &["来站", "到站", "来访"]),
    ("RELATIVE", &["亲属", "亲属转达", "代访"]),
]);

/// 工作类型
pub const WORK_TYPE: Terms = Terms(&[
    ("ROUND", &["遍访", "走访", "日常走访", "常态化走访", "定期走访"]),
    ("HOLIDAY", &["节日慰问", "走访慰问", "慰问", "春节慰问", "八一慰问"]),
    ("HARDSHIP", &["解困帮扶", "困难帮扶", "困难救助"]),
    ("PLAQUE", &["悬挂光荣牌", "光荣牌悬挂", "挂牌"]),
    ("MERIT", &["送立功喜报", "送喜报"]),
    ("VERIFY", &["优抚核查", "核查", "年度确认"]),
    ("COLLECT", &["信息采集", "采集"]),
    ("FOLLOWUP", &["回访"]),
    ("FORCES", &["军地慰问", "走访部队"]),
    ("POLICY", &["政策宣讲", "政策宣传"]),
    ("EMPLOY", &["就业服务"]),
    ("CARD", &["优待证"]),
    ("MUST", &["必访"]),
]);

/// 奖励类别 of a merit letter.
pub const LETTER_LEVEL: Terms = Terms(&[
    ("BAYI", &["八一勋章"]),
    ("TITLE", &["荣誉称号"]),
    ("FIRST", &["一等功", "荣立一等功", "个人一等功"]),
    ("SECOND", &["二等功", "荣立二等功", "个人二等功"]),
    ("THIRD", &["三等功", "荣立三等功", "个人三等功"]),
    ("FOUR_HAVE", &["四有优秀士兵", "四有优秀军官", "四有优秀军士", "四有优秀学员", "四有", "优秀士兵", "四有优秀"]),
    ("COMMENDATION", &["嘉奖", "个人嘉奖"]),
]);

/// 角色 of a staff account.
pub const ROLE: Terms = Terms(&[
    (
        "VILLAGE_WORKER",
        &["村站人员", "村级工作人员", "村(社区)工作人员", "村工作人员", "社区工作人员", "村干部", "走访员"],
    ),
    ("TOWN_REVIEWER", &["乡镇审核", "乡镇审核员", "乡镇工作人员", "街道审核员", "乡镇(街道)审核员"]),
    ("SECTION_CLERK", &["局业务", "局业务人员", "业务科室", "股室人员", "科室人员", "局科室"]),
    ("LEADER", &["局领导", "领导"]),
    ("SYS_ADMIN", &["系统管理员"]),
    ("SEC_ADMIN", &["安全管理员", "安全保密管理员"]),
    ("AUDITOR", &["审计员", "安全审计员", "审计管理员"]),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_one_code() {
        for terms in [SEX, LIFE, PLAQUE_ACT, POSITION, METHOD, WORK_TYPE, LETTER_LEVEL, ROLE] {
            for (code, names) in terms.all() {
                assert!(names.iter().all(|name| terms.code(name) == Some(code)), "{code}");
                assert!(terms.name(code).is_some());
            }
        }
        assert_eq!(METHOD.code("飞鸽传书"), None);
    }
}
