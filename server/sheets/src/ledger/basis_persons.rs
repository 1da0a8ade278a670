//! 荣誉主体名册: whose service a family's plaque rests on, by the family's household where the sheet names its head.

use bianfang_domain::form::Form;

use super::{Cells, LedgerRow};
use crate::table::Belongs::Whom;
use crate::table::{Ledger, LedgerTable, SheetField, number, township, village};

/// Its columns.
#[must_use]
pub fn table() -> LedgerTable {
    let own = |name| SheetField::field("basis_person", name);
    let columns = vec![
        number(),
        township("乡镇", 8.0),
        village("村", 9.0),
        SheetField::own("head_name", Form::Name, &["户主姓名", "户主", "家属户主"]).belongs(Whom).usual(9.0),
        own("name").usual(9.0),
        own("basis").usual(10.0),
        own("certificate_no").usual(14.0),
        own("enlisted").usual(10.0),
        own("discharged").usual(10.0),
        own("died_on").usual(11.0),
    ];
    LedgerTable { ledger: Ledger::BasisPersons, columns, needed: &[&["name"], &["basis"]], named: "name" }
}

/// What the cells say together.
pub(super) fn finish(cells: &mut Cells<'_, '_>, row: &mut LedgerRow) {
    cells.needs_name("name", row);
}
