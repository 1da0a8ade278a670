//! Codes of persons, households, basis persons, units and staff. Categories are two schemes, of which one person may hold
//! several codes each: the 2018 collection, and 优抚对象 of the former civil affairs system, whose two characters are its own.

use super::{ShippedTable, closed, item, open};

/// 人员类别 of the 2018 collection.
pub const CATEGORY: ShippedTable = open(
    "CATEGORY",
    "人员类别",
    "Category",
    &[
        item("TRANSFERRED_CADRE", "军队转业干部", "Officer transferred to civilian work", &["转业干部", "军转干部"]),
        item("DISCHARGED_SOLDIER", "退役士兵", "Discharged soldier", &["退伍军人", "退役军人", "自主就业退役士兵"]),
        item(
            "RETIRED_CADRE",
            "军队离退休干部和退休士官",
            "Retired officer or sergeant",
            &["军队离退休干部", "退休士官", "军休干部"],
        ),
        item(
            "RETIRED_EMPLOYEE",
            "军队无军籍离退休退职职工",
            "Retired civilian employee of the forces",
            &["无军籍职工"],
        ),
        item("RED_ARMY", "退伍红军老战士", "Red Army veteran", &[]),
        item("DEMOBILIZED", "复员军人", "Demobilized soldier", &[]),
        item("DISABLED", "残疾军人", "Disabled veteran", &["伤残军人"]),
        item("DISABLED_MILITIA", "伤残民兵民工", "Disabled militia or labourer", &[]),
        item("MARTYR_SURVIVOR", "烈士遗属", "Martyr's family", &["烈属"]),
        item("DUTY_SURVIVOR", "因公牺牲军人遗属", "Family of a soldier who died on duty", &[]),
        item("ILLNESS_SURVIVOR", "病故军人遗属", "Family of a soldier who died of illness", &[]),
        item("SERVING_FAMILY", "现役军人家属", "Family of a serving soldier", &["现役军人家庭"]),
    ],
);

/// 优抚类别
pub const PREF: ShippedTable = open(
    "PREF",
    "优抚类别",
    "Preferential treatment",
    &[
        item("11", "残疾军人", "Disabled veteran", &["伤残军人"]),
        item("12", "伤残国家机关工作人员", "Disabled civil servant", &[]),
        item("13", "伤残人民警察", "Disabled policeman", &[]),
        item("14", "伤残民兵民工", "Disabled militia or labourer", &[]),
        item("15", "因战因公伤残人员", "Disabled by war or duty", &["伤残预备役人员", "其他因公伤残人员"]),
        item("21", "烈士遗属", "Martyr's family", &["烈属"]),
        item("22", "因公牺牲军人遗属", "Family of a soldier who died on duty", &[]),
        item("23", "病故军人遗属", "Family of a soldier who died of illness", &[]),
        item("31", "在乡退伍红军老战士", "Red Army veteran", &["退伍红军老战士"]),
        item("32", "在乡西路军红军老战士", "Veteran of the Western Route Army", &["西路军红军老战士"]),
        item("33", "红军失散人员", "Separated from the Red Army", &[]),
        item("41", "在乡复员军人", "Demobilized soldier at home", &["在乡老复员军人"]),
        item("42", "带病回乡退伍军人", "Discharged ill", &[]),
        item("51", "参战退役人员", "Veteran of combat", &["参战"]),
        item("61", "参试退役人员", "Veteran of nuclear tests", &["参试", "涉核"]),
        item("71", "义务兵家庭", "Conscript's family", &[]),
        item("81", "60周岁以上农村籍退役士兵", "Rural veteran over 60", &["农村籍退役士兵", "60岁以上农村籍退役士兵"]),
        item(
            "B1",
            "部分烈士子女",
            "Martyr's child",
            &["烈士子女", "部分烈士(含错杀后被平反人员)子女", "部分烈士子女(含错杀后被平反人员子女)"],
        ),
    ],
);

/// 标签: whom to think of first. Restricted ones are sealed.
pub const TAG: ShippedTable = open(
    "TAG",
    "标签",
    "Tag",
    &[
        item("AGED", "高龄", "Very old", &["高龄老人"]),
        item("ALONE", "独居", "Lives alone", &["空巢"]),
        item("SERIOUSLY_ILL", "重病", "Seriously ill", &["患重大疾病", "大病"]),
        item("HARDSHIP", "困难", "In hardship", &["生活困难"]),
        item("KOREA", "抗美援朝", "Korean War veteran", &["抗美援朝老战士"]),
        item("PARTY_MEMBER", "党员", "Party member", &["中共党员"]),
        item("VILLAGE_SECRETARY", "兵支书", "Veteran village secretary", &[]),
        item("VILLAGE_COMMITTEE", "村两委", "On the village committees", &["两委"]),
        item("BORDER", "边海防家庭", "Family of a border guard", &[]),
        item("LOW_INCOME", "低保", "Minimum living allowance", &["低保户"]),
        item("DESTITUTE", "特困", "Destitute", &["特困供养", "五保"]),
    ],
);

/// 性别
pub const SEX: ShippedTable = closed(
    "SEX",
    "性别",
    "Sex",
    &[item("MALE", "男", "Male", &["男性", "1", "M"]), item("FEMALE", "女", "Female", &["女性", "2", "F"])],
);

/// 生存状态, as a remark or a column of its own says it.
pub const LIFE: ShippedTable = closed(
    "LIFE",
    "生存状态",
    "Life",
    &[
        item("ALIVE", "在世", "Alive", &["健在", "正常"]),
        item(
            "DECEASED",
            "去世",
            "Deceased",
            &["已故", "已去世", "死亡", "已死亡", "病故", "亡故", "过世", "已过世", "殁"],
        ),
        item("UNREACHABLE", "失联", "Cannot be reached", &["下落不明", "联系不上"]),
        item("UNKNOWN", "待核", "To be checked", &["不详", "不明"]),
    ],
);

/// 居住情况
pub const PRESENCE: ShippedTable = closed(
    "PRESENCE",
    "居住情况",
    "Presence",
    &[
        item("HERE", "在家", "At home", &["在村", "常住"]),
        item("AWAY", "外出", "Away", &["外出务工", "在外"]),
        item("RESIDENT_ONLY", "仅居住", "Lives here, registered elsewhere", &["人户分离", "外来居住"]),
        item("MOVED", "已迁出", "Moved away", &["迁出", "搬迁"]),
    ],
);

/// 登记状态
pub const REGISTER: ShippedTable = closed(
    "REGISTER",
    "登记状态",
    "Register",
    &[
        item("DRAFT", "待建档", "Draft", &[]),
        item("REVIEWING", "审核中", "In review", &[]),
        item("REJECTED", "已退回", "Rejected", &[]),
        item("ACTIVE", "在册", "Active", &["有效"]),
        item("REMOVED", "已移出", "Removed", &["已注销", "减员"]),
        item("MERGED", "已并入", "Merged into another", &["并户"]),
    ],
);

/// 移出原因
pub const REMOVED_FOR: ShippedTable = closed(
    "REMOVED_FOR",
    "移出原因",
    "Removed for",
    &[
        item("DIED", "去世", "Died", &["死亡"]),
        item("TRANSFERRED", "迁出", "Transferred", &["迁移", "转出"]),
        item("OTHER", "其他", "Other", &[]),
    ],
);

/// 证号状态
pub const ID_STATE: ShippedTable = closed(
    "ID_STATE",
    "身份证号状态",
    "Id number",
    &[
        item("VALID", "有效", "Valid", &[]),
        item("SUSPECT", "存疑", "Suspect", &[]),
        item("MISSING", "缺失", "Missing", &[]),
    ],
);

/// 优待证种类
pub const CARD_KIND: ShippedTable = closed(
    "CARD_KIND",
    "优待证种类",
    "Card",
    &[
        item("VETERAN", "退役军人优待证", "Veteran's card", &["退役军人"]),
        item("SURVIVOR", "三属优待证", "Survivor's card", &["烈士、因公牺牲军人、病故军人遗属优待证", "三属"]),
    ],
);

/// 优待证状态
pub const CARD_STATE: ShippedTable = closed(
    "CARD_STATE",
    "优待证状态",
    "Card state",
    &[
        item("NOT_APPLIED", "未申领", "Not applied for", &["未办理"]),
        item("APPLIED", "已申领", "Applied for", &["办理中"]),
        item("MADE", "已制卡", "Made", &[]),
        item("HANDED_OVER", "已发放", "Handed over", &["已领取", "已办理"]),
        item("LOST", "遗失", "Lost", &["已挂失"]),
        item("REPLACING", "补办中", "Being replaced", &["补换中"]),
    ],
);

/// 与户主关系 (GB/T 4761 in its first digits' words)
pub const RELATION: ShippedTable = open(
    "RELATION",
    "与户主关系",
    "Relation to the head",
    &[
        item("HEAD", "户主", "Head", &["本人"]),
        item("SPOUSE", "配偶", "Spouse", &["妻", "夫", "妻子", "丈夫", "老伴"]),
        item("SON", "子", "Son", &["儿子", "长子", "次子"]),
        item("DAUGHTER", "女", "Daughter", &["女儿", "长女", "次女"]),
        item("GRANDCHILD", "孙子女", "Grandchild", &["孙子", "孙女", "外孙", "外孙女"]),
        item("FATHER", "父亲", "Father", &["父"]),
        item("MOTHER", "母亲", "Mother", &["母"]),
        item("GRANDPARENT", "祖父母", "Grandparent", &["祖父", "祖母", "外祖父", "外祖母"]),
        item("SIBLING", "兄弟姐妹", "Brother or sister", &["兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹"]),
        item("DAUGHTER_IN_LAW", "儿媳", "Daughter-in-law", &["媳妇"]),
        item("SON_IN_LAW", "女婿", "Son-in-law", &[]),
        item("OTHER", "其他", "Other", &["其他亲属"]),
    ],
);

/// 残疾等级
pub const DISABILITY_GRADE: ShippedTable = closed(
    "DISABILITY_GRADE",
    "残疾等级",
    "Disability grade",
    &[
        item("1", "一级", "Grade 1", &["壹级", "1级", "一等"]),
        item("2", "二级", "Grade 2", &["2级"]),
        item("3", "三级", "Grade 3", &["3级"]),
        item("4", "四级", "Grade 4", &["4级"]),
        item("5", "五级", "Grade 5", &["5级"]),
        item("6", "六级", "Grade 6", &["6级"]),
        item("7", "七级", "Grade 7", &["7级"]),
        item("8", "八级", "Grade 8", &["8级"]),
        item("9", "九级", "Grade 9", &["9级"]),
        item("10", "十级", "Grade 10", &["10级"]),
    ],
);

/// 残疾性质
pub const DISABILITY_CAUSE: ShippedTable = closed(
    "DISABILITY_CAUSE",
    "残疾性质",
    "Cause of disability",
    &[
        item("WAR", "因战", "War", &["战"]),
        item("DUTY", "因公", "Duty", &["公"]),
        item("ILLNESS", "因病", "Illness", &["病"]),
    ],
);

/// 政治面貌
pub const POLITICS: ShippedTable = open(
    "POLITICS",
    "政治面貌",
    "Politics",
    &[
        item("PARTY", "中共党员", "Party member", &["党员", "中国共产党党员"]),
        item("PROBATIONARY", "中共预备党员", "Probationary member", &["预备党员"]),
        item("LEAGUE", "共青团员", "League member", &["团员"]),
        item("DEMOCRATIC", "民主党派", "Democratic party", &[]),
        item("MASSES", "群众", "None", &["普通群众", "无"]),
    ],
);

/// 文化程度
pub const EDUCATION: ShippedTable = open(
    "EDUCATION",
    "文化程度",
    "Education",
    &[
        item("ILLITERATE", "文盲", "None", &["不识字"]),
        item("PRIMARY", "小学", "Primary school", &[]),
        item("JUNIOR", "初中", "Junior middle school", &["初级中学"]),
        item("SENIOR", "高中", "Senior middle school", &["高级中学"]),
        item("VOCATIONAL", "中专", "Vocational school", &["中技", "职高", "技校"]),
        item("COLLEGE", "大专", "College", &["专科", "大学专科"]),
        item("BACHELOR", "本科", "Bachelor", &["大学本科", "大学"]),
        item("MASTER", "研究生", "Postgraduate", &["硕士", "博士", "硕士研究生", "博士研究生"]),
    ],
);

/// 就业情况
pub const EMPLOYMENT: ShippedTable = open(
    "EMPLOYMENT",
    "就业情况",
    "Employment",
    &[
        item("EMPLOYED", "在职", "Employed", &["已就业", "就业"]),
        item("FLEXIBLE", "灵活就业", "Casual work", &["打零工", "零工"]),
        item("SELF_EMPLOYED", "自主创业", "Own business", &["创业", "个体", "个体经营"]),
        item("FARMING", "务农", "Farming", &["在家务农", "农业"]),
        item("UNEMPLOYED", "待业", "Looking for work", &["失业", "未就业"]),
        item("RETIRED", "退休", "Retired", &["已退休", "离退休"]),
        item("UNABLE", "无劳动能力", "Unable to work", &["丧失劳动能力"]),
        item("STUDYING", "在学", "Studying", &["上学", "复学"]),
    ],
);

/// 安置方式
pub const PLACEMENT: ShippedTable = open(
    "PLACEMENT",
    "安置方式",
    "Placement",
    &[
        item("SELF", "自主就业", "On one's own", &["自主择业", "自谋职业"]),
        item("ASSIGNED", "政府安排工作", "Assigned work", &["安排工作", "转业", "计划安置"]),
        item("STAGED", "逐月领取退役金", "Monthly retirement pay", &["逐月领取"]),
        item("RETIRED", "退休", "Retired", &[]),
        item("SUPPORTED", "国家供养", "Supported by the state", &["供养"]),
        item("DEMOBILIZED", "复员", "Demobilized", &[]),
    ],
);

/// 荣誉主体: whose service a plaque or letter rests on.
pub const BASIS: ShippedTable = closed(
    "BASIS",
    "荣誉主体",
    "Basis person",
    &[
        item("SERVING", "现役军人", "Serving", &["现役"]),
        item("VETERAN", "退役军人", "Veteran", &["退役"]),
        item("MARTYR", "烈士", "Martyr", &[]),
        item("ON_DUTY", "因公牺牲军人", "Died on duty", &["因公牺牲"]),
        item("ILLNESS", "病故军人", "Died of illness in service", &["病故"]),
    ],
);

/// 单位类别
pub const UNIT_KIND: ShippedTable = closed(
    "UNIT_KIND",
    "单位类别",
    "Unit",
    &[
        item("EMPLOYER", "用人单位", "Employer", &["企业"]),
        item("FORCES", "驻军", "Garrison", &["部队"]),
        item("TRAINER", "培训机构", "Trainer", &[]),
    ],
);

/// 角色 of a staff account.
pub const ROLE: ShippedTable = closed(
    "ROLE",
    "角色",
    "Role",
    &[
        item(
            "VILLAGE_WORKER",
            "村站工作人员",
            "Village worker",
            &["村站人员", "村级工作人员", "村(社区)工作人员", "村工作人员", "社区工作人员", "村干部", "走访员"],
        ),
        item(
            "TOWN_REVIEWER",
            "乡镇审核",
            "Township reviewer",
            &["乡镇审核员", "乡镇工作人员", "街道审核员", "乡镇(街道)审核员"],
        ),
        item(
            "SECTION_CLERK",
            "局业务科室",
            "Section clerk",
            &["局业务", "局业务人员", "业务科室", "股室人员", "科室人员", "局科室"],
        ),
        item("LEADER", "局领导", "Leader", &["领导"]),
        item("SYS_ADMIN", "系统管理员", "System administrator", &[]),
        item("SEC_ADMIN", "安全管理员", "Security administrator", &["安全保密管理员"]),
        item("AUDITOR", "审计员", "Auditor", &["安全审计员", "审计管理员"]),
    ],
);
