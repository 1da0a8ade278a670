//! 工作人员账号

use bianfang_domain::codes::ROLE;
use bianfang_domain::document::int_in;
use bianfang_domain::form::Form;

use super::{Cells, LedgerRow};
use crate::note::NoteCode;
use crate::table::{Ledger, LedgerTable, SheetField};

/// Its columns.
#[must_use]
pub fn table() -> LedgerTable {
    let own = |name| SheetField::field("staff", name);
    let columns = vec![
        SheetField::own("login", Form::Text, &["账号", "登录名", "帐号", "用户名"]).word(),
        own("name"),
        own("role"),
        // Names of divisions as written, 甲镇, 甲镇东村 or 甲镇/东村.
        SheetField { list: true, ..SheetField::own("scope", Form::Text, &["辖区", "管辖范围", "负责区划"]) },
        own("phones"),
        own("from").ahead(),
        own("to").ahead(),
        own("successor"),
        own("note"),
    ];
    LedgerTable { ledger: Ledger::Staff, columns, needed: &[&["login"], &["role"]], named: "name" }
}

/// What the cells say together.
pub(super) fn finish(cells: &mut Cells<'_, '_>, row: &mut LedgerRow) {
    match row.text("login").map(str::to_lowercase) {
        None => cells.refuse("login", NoteCode::LoginMissing),
        Some(login) => {
            if cells.first(&login, cells.address("login")).is_some() {
                cells.refuse("login", NoteCode::LoginTwice);
            }
        }
    }
    cells.needs_name("name", row);
    if row.text("role").is_none_or(|role| ROLE.item(role).is_none()) {
        cells.refuse("role", NoteCode::RoleUnknown);
    }
    let (from, to) = (int_in(&row.fields, "from"), int_in(&row.fields, "to"));
    if to.is_some() && from > to {
        cells.refuse("to", NoteCode::PeriodReversed);
    }
}
