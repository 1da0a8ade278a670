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
        pub enum Field { $($field),* }
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

type Names = (Field, &'static [&'static str]);

const PLACE: [Names; 2] = [
    (Field::Township, &["乡镇", "街道", "镇乡", "乡镇街道", "所属乡镇", "所在乡镇", "镇"]),
    (Field::Village, &["村", "社区", "村社区", "行政村", "村居", "所属村", "所在村", "村委会", "村名"]),
];
const NUMBER: Names = (Field::Number, &["序号", "编号", "No", "行号"]);
const REMARK: Names = (Field::Remark, &["备注", "说明", "备考"]);
const PHONES: Names =
    (Field::Phones, &["联系电话", "电话", "手机", "手机号码", "手机号", "联系方式", "电话号码", "联系方式电话"]);
const ID: Names = (Field::IdNumber, &["身份证号码", "身份证号", "身份证", "公民身份号码", "证件号码", "居民身份证号"]);
const ADDRESS: Names = (
    Field::Address,
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
const GOODS_VALUE: Names = (Field::GoodsValue, &["慰问品价值", "慰问品金额", "物品价值", "慰问品折价"]);

const PEOPLE: [Names; 29] = [
    NUMBER,
    (Field::Name, &["姓名", "对象姓名", "退役军人姓名", "名字"]),
    (Field::Sex, &["性别"]),
    (Field::Ethnicity, &["民族"]),
    ID,
    (Field::Birth, &["出生年月", "出生日期", "出生年月日", "生日"]),
    (Field::Politics, &["政治面貌"]),
    (Field::Education, &["文化程度", "学历"]),
    (Field::RegisteredAddress, &["户籍地址", "户籍所在地", "户口所在地", "户籍地"]),
    ADDRESS,
    PHONES,
    (Field::Enlisted, &["入伍时间", "入伍年月", "入伍日期", "参军时间"]),
    (Field::Discharged, &["退役时间", "退伍时间", "退役年月", "退役日期", "退伍年月"]),
    (Field::Category, &["人员类别", "类别", "对象类别", "身份类别", "退役军人类别"]),
    (Field::Placement, &["安置方式", "安置类别", "安置情况"]),
    (Field::Merits, &["立功受奖情况", "立功受奖", "立功情况"]),
    (Field::Disability, &["残疾等级", "伤残等级", "残疾级别"]),
    (Field::Combat, &["是否参战参试", "参战参试", "是否参战", "是否两参"]),
    (Field::Preferential, &["优抚类别", "优抚对象类别", "享受待遇类别"]),
    (Field::Employment, &["就业情况", "就业状况", "就业状态"]),
    (Field::Employer, &["工作单位", "就业单位"]),
    (Field::Health, &["健康状况", "身体状况", "健康情况"]),
    (Field::LowIncome, &["是否低保", "是否低保特困", "低保", "是否低保/特困"]),
    (Field::CardNumber, &["优待证号", "优待证编号", "优待证号码"]),
    (Field::Plaque, &["是否悬挂光荣牌", "光荣牌", "是否挂牌", "是否悬挂"]),
    (Field::ContactStaff, &["联系人", "责任人", "联系人责任人", "包联人"]),
    (Field::Life, &["生存状态", "是否健在", "存活状态"]),
    (Field::DiedOn, &["死亡时间", "去世时间", "死亡日期"]),
    REMARK,
];
const DIVISIONS: [Names; 9] = [
    NUMBER,
    REMARK,
    (Field::Code, &["区划代码", "代码", "code", "统计用区划代码", "行政区划代码"]),
    (Field::Division, &["名称", "区划名称", "name", "单位名称"]),
    PLACE[0],
    (Field::Village, &["村", "社区", "村社区", "行政村", "村居", "村委会", "村名", "社区名", "村名称"]),
    (Field::ValidFrom, &["有效起", "启用时间", "有效期起", "有效期启用时间", "起", "成立时间"]),
    (Field::ValidTo, &["有效止", "撤销时间", "有效期止", "有效期撤销时间", "止", "撤并时间"]),
    (Field::MergedInto, &["并入", "并入村", "并入村社区", "并入社区"]),
];
const PLAQUES: [Names; 16] = [
    NUMBER,
    (Field::Head, &["户主姓名", "户主"]),
    (Field::Name, &["对象姓名", "姓名", "服务对象姓名"]),
    (Field::Relation, &["与户主关系", "关系"]),
    ID,
    (Field::Category, &["对象类别", "类别", "人员类别"]),
    (Field::Certificate, &["证件名称及编号", "证件编号", "证件名称"]),
    ADDRESS,
    PHONES,
    (Field::Event, &["悬挂类型", "类型", "悬挂类别"]),
    (Field::Position, &["悬挂位置", "位置"]),
    (Field::HungAt, &["悬挂时间", "悬挂日期", "挂牌时间"]),
    (Field::HungBy, &["悬挂人", "挂牌人", "悬挂悬挂人"]),
    (Field::Signature, &["家庭成员签字", "签字", "家属签字"]),
    (Field::PhotoNumber, &["照片编号", "照片"]),
    REMARK,
];
const VISITS: [Names; 23] = [
    NUMBER,
    (Field::VisitedAt, &["走访时间", "走访日期", "慰问时间", "时间", "日期"]),
    (Field::Name, &["对象姓名", "姓名", "被走访人", "慰问对象"]),
    ID,
    (Field::Category, &["类别", "人员类别", "对象类别"]),
    PHONES,
    ADDRESS,
    (Field::Method, &["走访方式", "方式"]),
    (Field::WorkType, &["走访类型", "工作类型"]),
    (Field::Visitors, &["走访人", "走访人员", "慰问人"]),
    (Field::Companions, &["陪同人员", "陪同人"]),
    (Field::Cash, &["慰问金", "慰问金额", "慰问现金"]),
    (Field::Goods, &["慰问品名称及数量", "慰问品", "慰问品名称数量", "名称及数量"]),
    GOODS_VALUE,
    (Field::Living, &["生产生活情况", "生活情况"]),
    (Field::Thoughts, &["思想动态", "思想情况"]),
    (Field::Hardship, &["反映的困难问题", "反映困难", "困难问题", "反映问题"]),
    (Field::Answer, &["现场答复"]),
    (Field::Needs, &["需解决事项", "需上报事项"]),
    (Field::Result, &["办理结果", "处理结果"]),
    (Field::VisitResult, &["走访结果", "见面情况"]),
    (Field::Signature, &["对象签字", "签字"]),
    REMARK,
];
const LETTERS: [Names; 18] = [
    NUMBER,
    (Field::ReceivedAt, &["收到时间", "收到日期", "接收时间"]),
    (Field::Name, &["军人姓名", "姓名", "立功人姓名"]),
    ID,
    (Field::Level, &["奖励类别", "奖励等级", "立功等级"]),
    (Field::ApprovedAt, &["批准时间", "批准日期"]),
    (Field::NoticeNumber, &["通知书编号", "喜报编号", "编号"]),
    (Field::FamilyName, &["家属姓名", "家属"]),
    (Field::Relation, &["关系", "与军人关系"]),
    ADDRESS,
    PHONES,
    (Field::DeliveredAt, &["送达时间", "送达日期"]),
    (Field::DeliveredBy, &["送达人", "送达送达人", "送达人局人武部"]),
    GOODS_VALUE,
    (Field::Award, &["奖励金", "奖金", "奖励金额"]),
    (Field::Signature, &["签收"]),
    (Field::Receipt, &["回执"]),
    REMARK,
];
const STAFF: [Names; 9] = [
    (Field::Login, &["账号", "登录名", "帐号", "用户名"]),
    (Field::Name, &["姓名"]),
    (Field::Role, &["角色", "岗位"]),
    (Field::Scope, &["辖区", "管辖范围", "负责区划"]),
    PHONES,
    (Field::From, &["起", "有效期起", "开始时间", "启用时间"]),
    (Field::To, &["止", "有效期止", "结束时间", "停用时间"]),
    (Field::Successor, &["继任", "继任人", "接替人"]),
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
    pub fn columns(self) -> impl Iterator<Item = (Field, &'static [&'static str])> {
        let (own, places): (&'static [Names], &'static [Names]) = match self {
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
    pub fn field(self, name: &str) -> Option<Field> {
        self.columns().find(|(_, names)| names.contains(&name)).map(|(field, _)| field)
    }

    /// One of each group must be among the columns of a header.
    pub(super) fn needed(self) -> &'static [&'static [Field]] {
        match self {
            Self::People => &[&[Field::Name], &[Field::Village]],
            Self::Divisions => &[&[Field::Division, Field::Village], &[Field::Code, Field::Township]],
            Self::Plaques => &[&[Field::Name], &[Field::Event, Field::HungAt]],
            Self::Visits => &[&[Field::Name], &[Field::VisitedAt]],
            Self::Letters => &[&[Field::Name], &[Field::Level, Field::NoticeNumber]],
            Self::Staff => &[&[Field::Login], &[Field::Role]],
        }
    }

    /// The usual names of the columns that must be there.
    #[must_use]
    pub fn needs(self) -> Vec<&'static str> {
        let usual = |field: Field| {
            self.columns().find(|(known, _)| *known == field).and_then(|(_, names)| names.first().copied())
        };
        self.needed().iter().filter_map(|group| usual(*group.first()?)).collect()
    }
}
