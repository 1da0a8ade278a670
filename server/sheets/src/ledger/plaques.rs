//! 光荣牌悬挂登记表

use bianfang_domain::id_number::IdNumber;
use bianfang_domain::term;
use serde::Serialize;

use super::people::{masked, masked_text};
use super::{Cells, CodedName, LedgerFields};
use crate::note::NoteCode;
use crate::table::{Ledger, SheetField};
use crate::value::{SheetDate, SheetPhone};

/// A plaque that was handed out or put up.
#[derive(Debug, Clone, Serialize)]
pub struct SheetPlaque {
    /// 乡镇
    pub township: Option<String>,
    /// 村
    pub village: Option<String>,
    /// 户主姓名
    pub head: Option<String>,
    /// 对象姓名
    pub name: String,
    /// 与户主关系
    pub relation: Option<String>,
    /// 身份证号码, masked when serialized.
    #[serde(serialize_with = "masked")]
    pub id_number: Option<IdNumber>,
    /// A number that fails its check, masked when serialized.
    #[serde(serialize_with = "masked_text")]
    pub id_suspect: Option<String>,
    /// 对象类别, as written.
    pub category: Option<String>,
    /// 证件名称及编号
    pub certificate: Option<String>,
    /// 家庭住址
    pub address: Option<String>,
    /// 联系电话
    pub phones: Vec<SheetPhone>,
    /// 悬挂类型: a code of PLAQUE_ACT.
    pub event: Option<CodedName>,
    /// 悬挂位置: a code of POSITION.
    pub position: Option<CodedName>,
    /// 悬挂时间
    pub hung_at: Option<SheetDate>,
    /// 悬挂人
    pub hung_by: Option<String>,
    /// 家庭成员签字
    pub signature: Option<String>,
    /// 照片编号
    pub photo_number: Option<String>,
    /// 备注
    pub remark: Option<String>,
}

impl LedgerFields for SheetPlaque {
    const LEDGER: Ledger = Ledger::Plaques;

    fn read(cells: &mut Cells<'_, '_>) -> Self {
        let (township, village) = cells.place();
        let name = cells.needed_name();
        let (id_number, id_suspect) = cells.id_number();
        let row = Self {
            township,
            village,
            name,
            head: cells.name(SheetField::Head),
            relation: cells.text(SheetField::Relation),
            id_number,
            id_suspect,
            category: cells.text(SheetField::Category),
            certificate: cells.text(SheetField::Certificate),
            address: cells.text(SheetField::Address),
            phones: cells.phones(),
            event: cells.coded(SheetField::Event, term::PLAQUE_ACT),
            position: cells.coded(SheetField::Position, term::POSITION),
            hung_at: cells.date(SheetField::HungAt),
            hung_by: cells.text(SheetField::HungBy),
            signature: cells.text(SheetField::Signature),
            photo_number: cells.text(SheetField::PhotoNumber),
            remark: cells.text(SheetField::Remark),
        };
        if cells.has_column(SheetField::Village) && row.village.is_none() {
            cells.refuse(SheetField::Village, NoteCode::PlaceMissing);
        }
        row
    }
}
