//! What a column may hold, and the names bureaus give it, for each ledger (product.md, "Sheets as they come").

use serde::{Deserialize, Serialize};

/// A ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ledger {
    /// 退役军人花名册
    People,
    /// 区划
    Divisions,
    /// 光荣牌悬挂登记表
    Plaques,
    /// 走访慰问登记表
    Visits,
    /// 送喜报登记表
    Letters,
    /// 工作人员账号
    Staff,
}

macro_rules! fields {
    ($($field:ident)*) => {
        /// What a column holds; the usual names in [`Ledger::columns`] say it in Chinese.
        #[expect(missing_docs, reason = "the usual names beside each field are its documentation")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum SheetField { $($field),* }
    };
}

fields! {
    Number Name Sex Ethnicity IdNumber Birth Politics Education RegisteredAddress Address Township Village Phones
    Enlisted Discharged Category Placement Merits Disability Combat Preferential Employment Employer Health LowIncome CardNumber
    Plaque ContactStaff Life DiedOn Remark
    Code Division ValidFrom ValidTo MergedInto
    Head Relation Certificate Event Position HungAt HungBy Signature PhotoNumber
    VisitedAt Method WorkType Visitors Companions Cash Goods GoodsValue Living Thoughts Hardship Answer Needs Result VisitResult
    ReceivedAt Level ApprovedAt NoticeNumber FamilyName DeliveredAt DeliveredBy Award Receipt
    Login Role Scope From To Successor
}

type UsualNames = (SheetField, &'static [&'static str]);

const PLACE: [UsualNames; 2] = [
    (SheetField::Township, &["乡镇", "街道", "镇乡", "乡镇街道", "所属乡镇", "所在乡镇", "镇"]),
    (SheetField::Village, &["村", "社区", "村社区", "行政村", "村居", "所属村", "所在村", "村委会", "村名"]),
];
const NUMBER: UsualNames = (SheetField::Number, &["序号", "编号", "No", "行号"]);
const REMARK: UsualNames = (SheetField::Remark, &["备注", "说明", "备考"]);
const PHONES: UsualNames =
    (SheetField::Phones, &["联系电话", "电话", "手机", "手机号码", "手机号", "联系方式", "电话号码", "联系方式电话"]);
const ID: UsualNames =
    (SheetField::IdNumber, &["身份证号码", "身份证号", "身份证", "公民身份号码", "证件号码", "居民身份证号"]);
const ADDRESS: UsualNames = (
    SheetField::Address,
    &[
        "现居住地址",
        "居住地址",
        "现住址",
        "家庭住址",
        "地址",
        "现居住地",
        "住址",
        "常住地址",
        "居住地",
        "联系方式地址",
        "家庭地址",
    ],
);
const GOODS_VALUE: UsualNames = (SheetField::GoodsValue, &["慰问品价值", "慰问品金额", "物品价值", "慰问品折价"]);

const PEOPLE: [UsualNames; 29] = [
    NUMBER,
    (SheetField::Name, &["姓名", "对象姓名", "退役军人姓名", "名字"]),
    (SheetField::Sex, &["性别"]),
    (SheetField::Ethnicity, &["民族"]),
    ID,
    (SheetField::Birth, &["出生年月", "出生日期", "出生年月日", "生日"]),
    (SheetField::Politics, &["政治面貌"]),
    (SheetField::Education, &["文化程度", "学历"]),
    (SheetField::RegisteredAddress, &["户籍地址", "户籍所在地", "户口所在地", "户籍地"]),
    ADDRESS,
    PHONES,
    (SheetField::Enlisted, &["入伍时间", "入伍年月", "入伍日期", "参军时间"]),
    (SheetField::Discharged, &["退役时间", "退伍时间", "退役年月", "退役日期", "退伍年月"]),
    (SheetField::Category, &["人员类别", "类别", "对象类别", "身份类别", "退役军人类别"]),
    (SheetField::Placement, &["安置方式", "安置类别", "安置情况"]),
    (SheetField::Merits, &["立功受奖情况", "立功受奖", "立功情况"]),
    (SheetField::Disability, &["残疾等级", "伤残等级", "残疾级别"]),
    (SheetField::Combat, &["是否参战参试", "参战参试", "是否参战", "是否两参"]),
    (SheetField::Preferential, &["优抚类别", "优抚对象类别", "享受待遇类别"]),
    (SheetField::Employment, &["就业情况", "就业状况", "就业状态"]),
    (SheetField::Employer, &["工作单位", "就业单位"]),
    (SheetField::Health, &["健康状况", "身体状况", "健康情况"]),
    (SheetField::LowIncome, &["是否低保", "是否低保特困", "低保", "是否低保/特困"]),
    (SheetField::CardNumber, &["优待证号", "优待证编号", "优待证号码"]),
    (SheetField::Plaque, &["是否悬挂光荣牌", "光荣牌", "是否挂牌", "是否悬挂"]),
    (SheetField::ContactStaff, &["联系人", "责任人", "联系人责任人", "包联人"]),
    (SheetField::Life, &["生存状态", "是否健在", "存活状态"]),
    (SheetField::DiedOn, &["死亡时间", "去世时间", "死亡日期"]),
    REMARK,
];
const DIVISIONS: [UsualNames; 9] = [
    NUMBER,
    REMARK,
    (SheetField::Code, &["区划代码", "代码", "code", "统计用区划代码", "行政区划代码"]),
    (SheetField::Division, &["名称", "区划名称", "name", "单位名称"]),
    PLACE[0],
    (SheetField::Village, &["村", "社区", "村社区", "行政村", "村居", "村委会", "村名", "社区名", "村名称"]),
    (SheetField::ValidFrom, &["有效起", "启用时间", "有效期起", "有效期启用时间", "起", "成立时间"]),
    (SheetField::ValidTo, &["有效止", "撤销时间", "有效期止", "有效期撤销时间", "止", "撤并时间"]),
    (SheetField::MergedInto, &["并入", "并入村", "并入村社区", "并入社区"]),
];
const PLAQUES: [UsualNames; 16] = [
    NUMBER,
    (SheetField::Head, &["户主姓名", "户主"]),
    (SheetField::Name, &["对象姓名", "姓名", "服务对象姓名"]),
    (SheetField::Relation, &["与户主关系", "关系"]),
    ID,
    (SheetField::Category, &["对象类别", "类别", "人员类别"]),
    (SheetField::Certificate, &["证件名称及编号", "证件编号", "证件名称"]),
    ADDRESS,
    PHONES,
    (SheetField::Event, &["悬挂类型", "类型", "悬挂类别"]),
    (SheetField::Position, &["悬挂位置", "位置"]),
    (SheetField::HungAt, &["悬挂时间", "悬挂日期", "挂牌时间"]),
    (SheetField::HungBy, &["悬挂人", "挂牌人", "悬挂悬挂人"]),
    (SheetField::Signature, &["家庭成员签字", "签字", "家属签字"]),
    (SheetField::PhotoNumber, &["照片编号", "照片"]),
    REMARK,
];
const VISITS: [UsualNames; 23] = [
    NUMBER,
    (SheetField::VisitedAt, &["走访时间", "走访日期", "慰问时间", "时间", "日期"]),
    (SheetField::Name, &["对象姓名", "姓名", "被走访人", "慰问对象"]),
    ID,
    (SheetField::Category, &["类别", "人员类别", "对象类别"]),
    PHONES,
    ADDRESS,
    (SheetField::Method, &["走访方式", "方式"]),
    (SheetField::WorkType, &["走访类型", "工作类型"]),
    (SheetField::Visitors, &["走访人", "走访人员", "慰问人"]),
    (SheetField::Companions, &["陪同人员", "陪同人"]),
    (SheetField::Cash, &["慰问金", "慰问金额", "慰问现金"]),
    (SheetField::Goods, &["慰问品名称及数量", "慰问品", "慰问品名称数量", "名称及数量"]),
    GOODS_VALUE,
    (SheetField::Living, &["生产生活情况", "生活情况"]),
    (SheetField::Thoughts, &["思想动态", "思想情况"]),
    (SheetField::Hardship, &["反映的困难问题", "反映困难", "困难问题", "反映问题"]),
    (SheetField::Answer, &["现场答复"]),
    (SheetField::Needs, &["需解决事项", "需上报事项"]),
    (SheetField::Result, &["办理结果", "处理结果"]),
    (SheetField::VisitResult, &["走访结果", "见面情况"]),
    (SheetField::Signature, &["对象签字", "签字"]),
    REMARK,
];
const LETTERS: [UsualNames; 18] = [
    NUMBER,
    (SheetField::ReceivedAt, &["收到时间", "收到日期", "接收时间"]),
    (SheetField::Name, &["军人姓名", "姓名", "立功人姓名"]),
    ID,
    (SheetField::Level, &["奖励类别", "奖励等级", "立功等级"]),
    (SheetField::ApprovedAt, &["批准时间", "批准日期"]),
    (SheetField::NoticeNumber, &["通知书编号", "喜报编号", "编号"]),
    (SheetField::FamilyName, &["家属姓名", "家属"]),
    (SheetField::Relation, &["关系", "与军人关系"]),
    ADDRESS,
    PHONES,
    (SheetField::DeliveredAt, &["送达时间", "送达日期"]),
    (SheetField::DeliveredBy, &["送达人", "送达送达人", "送达人局人武部"]),
    GOODS_VALUE,
    (SheetField::Award, &["奖励金", "奖金", "奖励金额"]),
    (SheetField::Signature, &["签收"]),
    (SheetField::Receipt, &["回执"]),
    REMARK,
];
const STAFF: [UsualNames; 9] = [
    (SheetField::Login, &["账号", "登录名", "帐号", "用户名"]),
    (SheetField::Name, &["姓名"]),
    (SheetField::Role, &["角色", "岗位"]),
    (SheetField::Scope, &["辖区", "管辖范围", "负责区划"]),
    PHONES,
    (SheetField::From, &["起", "有效期起", "开始时间", "启用时间"]),
    (SheetField::To, &["止", "有效期止", "结束时间", "停用时间"]),
    (SheetField::Successor, &["继任", "继任人", "接替人"]),
    REMARK,
];

impl Ledger {
    /// Every ledger.
    pub const ALL: [Self; 6] = [Self::People, Self::Divisions, Self::Plaques, Self::Visits, Self::Letters, Self::Staff];

    /// As commands, addresses and tables write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Divisions => "divisions",
            Self::Plaques => "plaques",
            Self::Visits => "visits",
            Self::Letters => "letters",
            Self::Staff => "staff",
        }
    }

    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ledger| ledger.word() == word)
    }

    /// The kind of record that a row becomes.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::People => "person",
            Self::Divisions => "division",
            Self::Plaques => "plaque_event",
            Self::Visits => "contact",
            Self::Letters => "letter",
            Self::Staff => "staff",
        }
    }

    /// Fields with the names of their columns, the usual name first. Brackets, blanks and units are not in the names.
    pub fn columns(self) -> impl Iterator<Item = (SheetField, &'static [&'static str])> {
        let (own, places): (&'static [UsualNames], &'static [UsualNames]) = match self {
            Self::People => (&PEOPLE, &PLACE),
            Self::Divisions => (&DIVISIONS, &[]),
            Self::Plaques => (&PLAQUES, &PLACE),
            Self::Visits => (&VISITS, &PLACE),
            Self::Letters => (&LETTERS, &PLACE),
            Self::Staff => (&STAFF, &[]),
        };
        own.iter().chain(places).copied()
    }

    /// What a column of this name holds.
    #[must_use]
    pub fn field(self, name: &str) -> Option<SheetField> {
        self.columns().find(|(_, names)| names.contains(&name)).map(|(field, _)| field)
    }

    /// One of each group must be among the columns of a header.
    pub(super) fn needed(self) -> &'static [&'static [SheetField]] {
        match self {
            Self::People => &[&[SheetField::Name], &[SheetField::Village]],
            Self::Divisions => {
                &[&[SheetField::Division, SheetField::Village], &[SheetField::Code, SheetField::Township]]
            }
            Self::Plaques => &[&[SheetField::Name], &[SheetField::Event, SheetField::HungAt]],
            Self::Visits => &[&[SheetField::Name], &[SheetField::VisitedAt]],
            Self::Letters => &[&[SheetField::Name], &[SheetField::Level, SheetField::NoticeNumber]],
            Self::Staff => &[&[SheetField::Login], &[SheetField::Role]],
        }
    }

    /// The usual names of the columns that must be there.
    #[must_use]
    pub fn needs(self) -> Vec<&'static str> {
        let usual = |field: SheetField| {
            self.columns().find(|(known, _)| *known == field).and_then(|(_, names)| names.first().copied())
        };
        self.needed().iter().filter_map(|group| usual(*group.first()?)).collect()
    }
}
