//! 工作人员账号

use bianfang_domain::term;
use serde::Serialize;

use super::{Cells, CodedName, LedgerFields};
use crate::note::NoteCode;
use crate::table::{Ledger, SheetField};
use crate::value::{SheetDate, SheetPhone};

/// An account of the sheet.
#[derive(Debug, Clone, Serialize)]
pub struct StaffRow {
    /// 账号
    pub login: String,
    /// 姓名
    pub name: String,
    /// 角色: a code of ROLE; without one the row is refused.
    pub role: Option<CodedName>,
    /// 辖区: names of divisions as written, 甲镇, 甲镇东村 or 甲镇/东村.
    pub scope: Vec<String>,
    /// 电话
    pub phones: Vec<SheetPhone>,
    /// 起
    pub from: Option<SheetDate>,
    /// 止
    pub to: Option<SheetDate>,
    /// 继任: a login or a name.
    pub successor: Option<String>,
    /// 备注
    pub remark: Option<String>,
}

impl LedgerFields for StaffRow {
    const LEDGER: Ledger = Ledger::Staff;

    fn read(cells: &mut Cells<'_, '_>) -> Self {
        let login = cells.word(SheetField::Login);
        match &login {
            None => cells.refuse(SheetField::Login, NoteCode::LoginMissing),
            Some(login) => {
                if cells.first(&login.to_lowercase(), cells.address(SheetField::Login)).is_some() {
                    cells.refuse(SheetField::Login, NoteCode::LoginTwice);
                }
            }
        }
        let name = cells.needed_name();
        let role = cells.coded(SheetField::Role, term::ROLE);
        if role.as_ref().is_none_or(|role| role.code.is_none()) {
            cells.refuse(SheetField::Role, NoteCode::RoleUnknown);
        }
        let scope = cells.text(SheetField::Scope).unwrap_or_default();
        let parts = scope.split([',', '，', ';', '；', '、', '\n']).map(|part| part.trim().to_owned());
        let row = Self {
            login: login.unwrap_or_default(),
            name,
            role,
            scope: parts.filter(|part| !part.is_empty()).collect(),
            phones: cells.phones(),
            from: cells.date_ahead(SheetField::From),
            to: cells.date_ahead(SheetField::To),
            successor: cells.text(SheetField::Successor),
            remark: cells.text(SheetField::Remark),
        };
        if row.to.is_some() && row.from.and_then(SheetDate::first_day) > row.to.and_then(SheetDate::first_day) {
            cells.refuse(SheetField::To, NoteCode::PeriodReversed);
        }
        row
    }
}
