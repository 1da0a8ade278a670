//! 走访慰问登记表. Money, goods and needs are read and kept with the visit.

use bianfang_domain::id_number::IdNumber;
use bianfang_domain::term;
use serde::Serialize;

use super::people::{masked, masked_text};
use super::{Cells, CodedName, LedgerFields};
use crate::table::{Ledger, SheetField};
use crate::value::{SheetDate, SheetPhone};

/// A visit of the sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetVisit {
    /// 走访时间. A visit without a day is read all the same: whether it can be recorded is decided with the register.
    pub visited_at: Option<SheetDate>,
    /// 乡镇
    pub township: Option<String>,
    /// 村
    pub village: Option<String>,
    /// 对象姓名
    pub name: String,
    /// 身份证号码, masked when serialized; most sheets have none.
    #[serde(serialize_with = "masked")]
    pub id_number: Option<IdNumber>,
    /// A number that fails its check, masked when serialized.
    #[serde(serialize_with = "masked_text")]
    pub id_suspect: Option<String>,
    /// 类别, as written.
    pub category: Option<String>,
    /// 电话
    pub phones: Vec<SheetPhone>,
    /// 家庭住址
    pub address: Option<String>,
    /// 走访方式: a code of METHOD.
    pub method: Option<CodedName>,
    /// 走访类型: codes of WORK_TYPE.
    pub work_types: Vec<CodedName>,
    /// 走访结果: a code of VISIT_RESULT; most sheets list only who was met.
    pub visit_result: Option<CodedName>,
    /// 走访人
    pub visitors: Vec<String>,
    /// 陪同人员
    pub companions: Vec<String>,
    /// 慰问金, fen.
    pub cash: Option<i64>,
    /// 慰问品名称及数量
    pub goods: Option<String>,
    /// 慰问品价值, fen.
    pub goods_value: Option<i64>,
    /// 生产生活情况
    pub living: Option<String>,
    /// 思想动态
    pub thoughts: Option<String>,
    /// 反映的困难问题
    pub hardship: Option<String>,
    /// 现场答复
    pub answer: Option<String>,
    /// 需解决事项
    pub needs: Option<String>,
    /// 办理结果
    pub result: Option<String>,
    /// 对象签字
    pub signature: Option<String>,
    /// 备注
    pub remark: Option<String>,
}

impl LedgerFields for SheetVisit {
    const LEDGER: Ledger = Ledger::Visits;
    const KEPT: &'static [SheetField] =
        &[SheetField::Cash, SheetField::Goods, SheetField::GoodsValue, SheetField::Result];

    fn read(cells: &mut Cells<'_, '_>) -> Self {
        let visited_at = cells.date(SheetField::VisitedAt);
        let (township, village) = cells.place();
        let (id_number, id_suspect) = cells.id_number();
        Self {
            visited_at,
            township,
            village,
            name: cells.needed_name(),
            id_number,
            id_suspect,
            category: cells.text(SheetField::Category),
            phones: cells.phones(),
            address: cells.text(SheetField::Address),
            method: cells.coded(SheetField::Method, term::METHOD),
            work_types: cells.coded_list(SheetField::WorkType, |name| term::WORK_TYPE.code(name)),
            visit_result: cells.coded(SheetField::VisitResult, term::VISIT_RESULT),
            visitors: names(cells.text(SheetField::Visitors)),
            companions: names(cells.text(SheetField::Companions)),
            cash: cells.amount(SheetField::Cash),
            goods: cells.text(SheetField::Goods),
            goods_value: cells.amount(SheetField::GoodsValue),
            living: cells.text(SheetField::Living),
            thoughts: cells.text(SheetField::Thoughts),
            hardship: cells.text(SheetField::Hardship),
            answer: cells.text(SheetField::Answer),
            needs: cells.text(SheetField::Needs),
            result: cells.text(SheetField::Result),
            signature: cells.text(SheetField::Signature),
            remark: cells.text(SheetField::Remark),
        }
    }
}

/// Several people of one cell.
fn names(cell: Option<String>) -> Vec<String> {
    let cell = cell.unwrap_or_default();
    let names = cell.split([',', '，', ';', '；', '、', '/', '\n']).map(|name| name.trim().to_owned());
    names.filter(|name| !name.is_empty()).collect()
}
