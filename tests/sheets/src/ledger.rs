//! The six ledgers and their columns, in the bureau's own words and order (product.md, "Sheets as they come").

use Kind::{
    Address, Day, Id, Login, Military, Money, Month, Name, Phones, Remark, Serial, Text, Township, Unknown, Village,
};

/// A ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ledger {
    /// 退役军人花名册
    People,
    /// 村(社区)名单: codes optional, validity, merged into.
    Divisions,
    /// 光荣牌悬挂登记表
    Plaques,
    /// 走访慰问登记表
    Visits,
    /// 送喜报登记表
    Letters,
    /// 工作人员账号表
    Staff,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the truth; for an unknown column its header.
    pub key: &'static str,
    /// In a header of one row.
    pub header: &'static str,
    /// Another usual name.
    pub synonym: Option<&'static str>,
    /// In a header of two rows: the group above and what stands below it. Read together they name the column.
    pub group: Option<(&'static str, &'static str)>,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds, which decides how it gets dirty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 序号
    Serial,
    /// The name of the one the row is about.
    Name,
    /// Id number.
    Id,
    /// Phones.
    Phones,
    /// A month.
    Month,
    /// A day.
    Day,
    /// Township.
    Township,
    /// Village.
    Village,
    /// Yuan.
    Money,
    /// Free text that may hold line breaks.
    Address,
    /// Account name.
    Login,
    /// A word.
    Text,
    /// 备注
    Remark,
    /// Unit designations.
    Military,
    /// No meaning.
    Unknown,
}

const fn c(key: &'static str, header: &'static str, kind: Kind) -> Column {
    Column { key, header, synonym: None, group: None, kind }
}

impl Column {
    const fn or(mut self, synonym: &'static str) -> Self {
        self.synonym = Some(synonym);
        self
    }

    const fn under(mut self, group: &'static str, sub: &'static str) -> Self {
        self.group = Some((group, sub));
        self
    }

    /// Its width in characters.
    #[must_use]
    pub fn width(&self) -> u8 {
        match self.kind {
            Serial => 6,
            Id => 22,
            Phones | Remark => 18,
            Address => 30,
            Month | Day | Township | Village | Military => 14,
            _ => 11,
        }
    }
}

const PEOPLE: [Column; 27] = [
    c("number", "序号", Serial),
    c("name", "姓名", Name),
    c("sex", "性别", Text),
    c("ethnicity", "民族", Text),
    c("id_number", "身份证号码", Id).or("公民身份号码"),
    c("birth", "出生年月", Month).or("出生日期"),
    c("politics", "政治面貌", Text),
    c("registered_address", "户籍地址", Address).or("户籍所在地"),
    c("address", "现居住地址", Address).or("现住址"),
    c("township", "乡镇(街道)", Township).under("所属区划", "乡镇（街道）").or("乡镇"),
    c("village", "村(社区)", Village).under("所属区划", "村（社区）").or("村"),
    c("phones", "联系电话", Phones).or("联系方式"),
    c("enlisted", "入伍时间", Month).under("服役情况", "入伍时间").or("入伍年月"),
    c("discharged", "退役时间", Month).under("服役情况", "退役时间").or("退伍时间"),
    c("category", "人员类别", Text).under("服役情况", "人员类别"),
    c("placement", "安置方式", Text),
    c("merits", "立功受奖情况", Text),
    c("disability", "残疾等级", Text).under("优抚情况", "残疾等级"),
    c("combat", "是否参战参试", Text).under("优抚情况", "是否参战参试"),
    c("preferential", "优抚类别", Text).under("优抚情况", "优抚类别"),
    c("employment", "就业情况", Text),
    c("health", "健康状况", Text),
    c("low_income", "是否低保", Text),
    c("card_number", "优待证号", Text),
    c("plaque", "是否悬挂光荣牌", Text),
    c("contact_staff", "联系人", Text).or("责任人"),
    c("remark", "备注", Remark),
];
const DIVISIONS: [Column; 8] = [
    c("number", "序号", Serial),
    c("code", "区划代码", Text).or("代码"),
    c("township", "乡镇(街道)", Township).or("乡镇"),
    c("village", "村(社区)", Village).or("村名"),
    c("valid_from", "启用时间", Day).under("有效期", "启用时间"),
    c("valid_to", "撤销时间", Day).under("有效期", "撤销时间"),
    c("merged_into", "并入村(社区)", Text).or("并入"),
    c("remark", "备注", Remark),
];
const PLAQUES: [Column; 18] = [
    c("number", "序号", Serial),
    c("township", "乡镇", Township).or("乡镇(街道)"),
    c("village", "村", Village).or("村(社区)"),
    c("head", "户主姓名", Text).or("户主"),
    c("name", "对象姓名", Name).or("姓名"),
    c("relation", "与户主关系", Text),
    c("id_number", "身份证号码", Id).or("身份证号"),
    c("category", "对象类别", Text).or("类别"),
    c("certificate", "证件名称及编号", Text),
    c("address", "家庭住址", Address).or("住址"),
    c("phones", "联系电话", Phones).or("电话"),
    c("event", "悬挂类型(新发/更换/补发)", Text).under("悬挂", "类型").or("悬挂类型"),
    c("position", "悬挂位置(大门/室内)", Text).under("悬挂", "位置").or("悬挂位置"),
    c("hung_at", "悬挂时间", Day).under("悬挂", "时间").or("悬挂日期"),
    c("hung_by", "悬挂人", Text).under("悬挂", "悬挂人"),
    c("signature", "家庭成员签字", Text),
    c("photo_number", "照片编号", Text),
    c("remark", "备注", Remark),
];
const VISITS: [Column; 21] = [
    c("number", "序号", Serial),
    c("visited_at", "走访时间", Day).or("走访日期"),
    c("township", "乡镇", Township).or("乡镇(街道)"),
    c("village", "村", Village).or("村(社区)"),
    c("name", "对象姓名", Name).or("姓名"),
    c("category", "类别", Text).or("人员类别"),
    c("phones", "电话", Phones).or("联系电话"),
    c("method", "走访方式", Text),
    c("visitors", "走访人", Text),
    c("companions", "陪同人员", Text),
    c("cash", "慰问金(元)", Money).or("慰问金"),
    c("goods", "慰问品名称及数量", Text).under("慰问品", "名称及数量"),
    c("goods_value", "慰问品价值(元)", Money).under("慰问品", "价值(元)").or("慰问品价值"),
    c("living", "生产生活情况", Address),
    c("thoughts", "思想动态", Text),
    c("hardship", "反映的困难问题", Text).or("反映困难"),
    c("answer", "现场答复", Text),
    c("needs", "需解决事项", Text),
    c("result", "办理结果", Text),
    c("signature", "对象签字", Text),
    c("remark", "备注", Remark),
];
const LETTERS: [Column; 17] = [
    c("number", "序号", Serial),
    c("received_at", "收到时间", Day).or("收到日期"),
    c("name", "军人姓名", Name).or("姓名"),
    c("level", "奖励类别", Text),
    c("approved_at", "批准时间", Month),
    c("notice_number", "通知书编号", Text).or("喜报编号"),
    c("family_name", "家属姓名", Text),
    c("relation", "关系", Text).or("与军人关系"),
    c("address", "地址", Address).or("家庭住址"),
    c("phones", "电话", Phones).or("联系电话"),
    c("delivered_at", "送达时间", Day).under("送达", "时间"),
    c("delivered_by", "送达人", Text).under("送达", "送达人"),
    c("goods_value", "慰问品价值", Money).or("慰问品价值(元)"),
    c("award", "奖励金", Money).or("奖励金(元)"),
    c("signature", "签收", Text),
    c("receipt", "回执", Text),
    c("remark", "备注", Remark),
];
const STAFF: [Column; 7] = [
    c("login", "账号", Login).or("登录名"),
    c("name", "姓名", Name),
    c("role", "角色", Text),
    c("scope", "辖区", Text).or("管辖范围"),
    c("phones", "电话", Phones).or("联系电话"),
    c("from", "起", Day).under("有效期", "起"),
    c("to", "止", Day).under("有效期", "止"),
];

/// The column of unit designations that some ledgers bring.
pub(crate) const MILITARY: [Column; 2] = [c("", "服役部队(代号)", Military), c("", "部队番号", Military)];
/// Columns nobody has a meaning for.
pub(crate) const UNKNOWN: [Column; 2] = [c("血型", "血型", Unknown), c("微信昵称", "微信昵称", Unknown)];

impl Ledger {
    /// Every ledger.
    pub const ALL: [Ledger; 6] =
        [Self::People, Self::Divisions, Self::Plaques, Self::Visits, Self::Letters, Self::Staff];

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::People => "退役军人花名册",
            Self::Divisions => "村(社区)名单",
            Self::Plaques => "光荣牌悬挂登记表",
            Self::Visits => "走访慰问登记表",
            Self::Letters => "送喜报登记表",
            Self::Staff => "工作人员账号表",
        }
    }

    /// As the importer's command names it.
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

    /// Its columns in the usual order.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::People => &PEOPLE,
            Self::Divisions => &DIVISIONS,
            Self::Plaques => &PLAQUES,
            Self::Visits => &VISITS,
            Self::Letters => &LETTERS,
            Self::Staff => &STAFF,
        }
    }
}
