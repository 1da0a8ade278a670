//! 送喜报登记表

use bianfang_domain::id_number::IdNumber;
use bianfang_domain::term;
use serde::Serialize;

use super::people::{masked, masked_text};
use super::{Cells, CodedName, LedgerFields};
use crate::table::{Ledger, SheetField};
use crate::value::{SheetDate, SheetPhone};

/// A merit letter of the sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetLetter {
    /// 收到时间
    pub received_at: Option<SheetDate>,
    /// 军人姓名
    pub name: String,
    /// 身份证号, of the soldier; masked when serialized.
    #[serde(serialize_with = "masked")]
    pub id_number: Option<IdNumber>,
    /// A number that fails its check, masked when serialized.
    #[serde(serialize_with = "masked_text")]
    pub id_suspect: Option<String>,
    /// 奖励类别: a code of LETTER_LEVEL.
    pub level: Option<CodedName>,
    /// 批准时间
    pub approved_at: Option<SheetDate>,
    /// 通知书编号
    pub notice_number: Option<String>,
    /// 家属姓名
    pub family_name: Option<String>,
    /// 关系
    pub relation: Option<String>,
    /// 乡镇, where the sheet has it.
    pub township: Option<String>,
    /// 村, where the sheet has it.
    pub village: Option<String>,
    /// 地址
    pub address: Option<String>,
    /// 电话
    pub phones: Vec<SheetPhone>,
    /// 送达时间
    pub delivered_at: Option<SheetDate>,
    /// 送达人
    pub delivered_by: Option<String>,
    /// 慰问品价值, fen.
    pub goods_value: Option<i64>,
    /// 奖励金, fen.
    pub award: Option<i64>,
    /// 签收
    pub signature: Option<String>,
    /// 回执
    pub receipt: Option<String>,
    /// 备注
    pub remark: Option<String>,
}

impl LedgerFields for SheetLetter {
    const LEDGER: Ledger = Ledger::Letters;

    fn read(cells: &mut Cells<'_, '_>) -> Self {
        let (township, village) = cells.place();
        let (id_number, id_suspect) = cells.id_number();
        Self {
            received_at: cells.date(SheetField::ReceivedAt),
            name: cells.needed_name(),
            id_number,
            id_suspect,
            level: cells.coded(SheetField::Level, term::LETTER_LEVEL),
            approved_at: cells.date(SheetField::ApprovedAt),
            notice_number: cells.text(SheetField::NoticeNumber),
            family_name: cells.name(SheetField::FamilyName),
            relation: cells.text(SheetField::Relation),
            township,
            village,
            address: cells.text(SheetField::Address),
            phones: cells.phones(),
            delivered_at: cells.date(SheetField::DeliveredAt),
            delivered_by: cells.text(SheetField::DeliveredBy),
            goods_value: cells.amount(SheetField::GoodsValue),
            award: cells.amount(SheetField::Award),
            signature: cells.text(SheetField::Signature),
            receipt: cells.text(SheetField::Receipt),
            remark: cells.text(SheetField::Remark),
        }
    }
}
