//! 退役军人花名册

use bianfang_domain::category::Scheme;
use bianfang_domain::id_number::IdNumber;
use bianfang_domain::term;
use serde::{Serialize, Serializer};

use super::{Cells, CodedName, LedgerFields};
use crate::note::NoteCode;
use crate::table::{Ledger, SheetField};
use crate::value::{SheetDate, SheetPhone};

/// A person of the sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetPerson {
    /// 姓名
    pub name: String,
    /// 男 or 女, as the sheet says.
    pub sex: Option<&'static str>,
    /// 民族
    pub ethnicity: Option<String>,
    /// 身份证号码, masked when serialized.
    #[serde(serialize_with = "masked")]
    pub id_number: Option<IdNumber>,
    /// A number that fails its check, masked when serialized.
    #[serde(serialize_with = "masked_text")]
    pub id_suspect: Option<String>,
    /// 出生年月
    pub birth: Option<SheetDate>,
    /// 政治面貌
    pub politics: Option<String>,
    /// 文化程度
    pub education: Option<String>,
    /// 户籍地址
    pub registered_address: Option<String>,
    /// 现居住地址
    pub address: Option<String>,
    /// 乡镇(街道)
    pub township: Option<String>,
    /// 村(社区)
    pub village: Option<String>,
    /// 联系电话
    pub phones: Vec<SheetPhone>,
    /// 入伍时间
    pub enlisted: Option<SheetDate>,
    /// 退役时间
    pub discharged: Option<SheetDate>,
    /// 人员类别 in COLLECT12.
    pub category: Vec<CodedName>,
    /// 安置方式
    pub placement: Option<String>,
    /// 立功受奖情况
    pub merits: Option<String>,
    /// 残疾等级
    pub disability: Option<String>,
    /// 是否参战参试
    pub combat: Option<bool>,
    /// 优抚类别 in PREF.
    pub preferential: Vec<CodedName>,
    /// 就业情况
    pub employment: Option<String>,
    /// 工作单位
    pub employer: Option<String>,
    /// 健康状况
    pub health: Option<String>,
    /// 是否低保
    pub low_income: Option<bool>,
    /// 优待证号
    pub card_number: Option<String>,
    /// 是否悬挂光荣牌
    pub plaque: Option<bool>,
    /// 联系人
    pub contact_staff: Option<String>,
    /// 生存状态: a code of the domain's LIFE.
    pub life: Option<&'static str>,
    /// 死亡时间
    pub died_on: Option<SheetDate>,
    /// 备注
    pub remark: Option<String>,
}

/// An id number leaves the reader masked.
pub(super) fn masked<S: Serializer>(number: &Option<IdNumber>, serializer: S) -> Result<S::Ok, S::Error> {
    match number {
        Some(number) => serializer.serialize_str(&bianfang_domain::mask::id_number(number.reveal())),
        None => serializer.serialize_none(),
    }
}

/// So does one that fails its check.
pub(super) fn masked_text<S: Serializer>(number: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    match number {
        Some(number) => serializer.serialize_str(&bianfang_domain::mask::id_number(number)),
        None => serializer.serialize_none(),
    }
}

impl LedgerFields for SheetPerson {
    const LEDGER: Ledger = Ledger::People;

    fn read(cells: &mut Cells<'_, '_>) -> Self {
        let (township, village) = cells.place();
        let name = cells.needed_name();
        let (id_number, id_suspect) = cells.id_number();
        let row = Self {
            name,
            sex: cells.coded(SheetField::Sex, term::SEX).and_then(|sex| sex.code),
            ethnicity: cells.text(SheetField::Ethnicity),
            id_number,
            id_suspect,
            birth: cells.date(SheetField::Birth),
            politics: cells.text(SheetField::Politics),
            education: cells.text(SheetField::Education),
            registered_address: cells.text(SheetField::RegisteredAddress),
            address: cells.text(SheetField::Address),
            township,
            village,
            phones: cells.phones(),
            enlisted: cells.date(SheetField::Enlisted),
            discharged: cells.date(SheetField::Discharged),
            category: cells.categories(SheetField::Category, Scheme::Collect12),
            placement: cells.text(SheetField::Placement),
            merits: cells.text(SheetField::Merits),
            disability: cells.text(SheetField::Disability),
            combat: cells.flag(SheetField::Combat),
            preferential: cells.categories(SheetField::Preferential, Scheme::Pref),
            employment: cells.text(SheetField::Employment),
            employer: cells.text(SheetField::Employer),
            health: cells.text(SheetField::Health),
            low_income: cells.flag(SheetField::LowIncome),
            card_number: cells.word(SheetField::CardNumber),
            plaque: cells.flag(SheetField::Plaque),
            contact_staff: cells.text(SheetField::ContactStaff),
            life: cells.coded(SheetField::Life, term::LIFE).and_then(|life| life.code),
            died_on: cells.date(SheetField::DiedOn),
            remark: cells.text(SheetField::Remark),
        };
        if row.village.is_none() {
            cells.refuse(SheetField::Village, NoteCode::PlaceMissing);
        }
        if let Some(remark) = row.remark.as_deref().filter(|remark| says_dead(remark)) {
            cells.doubt(SheetField::Remark, NoteCode::DeceasedListed, remark);
        }
        if row.life == Some("DECEASED") || row.died_on.is_some() {
            let field = if row.died_on.is_some() { SheetField::DiedOn } else { SheetField::Life };
            cells.doubt(field, NoteCode::DeceasedListed, "");
        }
        row
    }
}

/// A remark that says the person themself died: 配偶已故 says it of another.
fn says_dead(remark: &str) -> bool {
    let of_others =
        ["配偶", "妻", "夫", "父", "母", "子", "女", "兄", "弟", "姐", "妹", "遗属", "战友", "老伴", "未去世"];
    let parts = remark.split(['，', ',', '；', ';', '。', ' ', '、']);
    parts.into_iter().any(|part| {
        let dead = ["已故", "去世", "死亡", "病故", "亡故", "过世"].iter().find_map(|word| part.find(word));
        dead.is_some_and(|at| {
            !of_others.iter().any(|other| part.get(..at).is_some_and(|before| before.contains(other)))
        }) && !part.contains("军人遗属")
    })
}
