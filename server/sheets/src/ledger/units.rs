//! 单位台账: employers, garrisons under the bureau's alias, trainers.

use super::{Cells, LedgerRow};
use crate::table::{Ledger, LedgerTable, SheetField, number, township, village};

/// Its columns.
#[must_use]
pub fn table() -> LedgerTable {
    let own = |name| SheetField::field("unit", name);
    let columns = vec![
        number(),
        township("乡镇", 8.0),
        village("村", 9.0),
        own("name").usual(18.0),
        own("unit_kind").usual(9.0),
        own("contact_name").usual(8.0),
        own("contact_phone").usual(13.0),
        own("hiring").usual(18.0),
        own("note").usual(14.0),
    ];
    LedgerTable { ledger: Ledger::Units, columns, needed: &[&["name"], &["unit_kind"]], named: "name" }
}

/// What the cells say together.
pub(super) fn finish(cells: &mut Cells<'_, '_>, row: &mut LedgerRow) {
    cells.needs_name("name", row);
}
