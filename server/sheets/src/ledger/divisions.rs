//! The bureau's list of villages: with codes, or by township and name.

use bianfang_domain::document::int_in;
use bianfang_domain::form::Form;

use super::{Cells, LedgerRow};
use crate::note::NoteCode;
use crate::table::{Ledger, LedgerTable, SheetField, number, township};

/// Its columns.
#[must_use]
pub fn table() -> LedgerTable {
    let own = |name| SheetField::field("division", name);
    let villages = &["村", "社区", "村社区", "行政村", "村居", "村委会", "村名", "社区名", "村名称"];
    let columns = vec![
        number(),
        own("code12").word(),
        own("name").word(),
        township("乡镇", 10.0),
        SheetField::own("village", Form::Text, villages).word(),
        own("valid_from").ahead(),
        own("valid_to").ahead(),
        SheetField { form: Form::Text, ..own("merged_into") }.word(),
        own("note"),
    ];
    let needed: &[&[&str]] = &[&["name", "village"], &["code12", "township"]];
    LedgerTable { ledger: Ledger::Divisions, columns, needed, named: "" }
}

/// What the cells say together. Level and parent follow from the code's length: 6, 9 or 12 digits (GB/T 2260, GB/T 10114).
pub(super) fn finish(cells: &mut Cells<'_, '_>, row: &mut LedgerRow) {
    row.township = cells.filled("township");
    row.village = row.fields.remove("village").and_then(|name| name.as_str().map(str::to_owned));
    let code = cells.division_code(row.text("code12").map(str::to_owned));
    let digits = |code: &String| code.bytes().all(|byte| byte.is_ascii_digit()) && matches!(code.len(), 6 | 9 | 12);
    if code.as_ref().is_some_and(|code| !digits(code)) {
        cells.refuse("code12", NoteCode::DivisionCode);
    }
    let unnamed = row.text("name").is_none() && row.village.is_none();
    if unnamed && (row.township.is_none() || code.is_none()) {
        cells.refuse(if cells.has_column("name") { "name" } else { "village" }, NoteCode::NameMissing);
    } else if code.is_none() && row.township.is_none() {
        cells.refuse("township", NoteCode::TownshipMissing);
    }
    let (from, to) = (int_in(&row.fields, "valid_from"), int_in(&row.fields, "valid_to"));
    if to.is_some() && from > to {
        cells.refuse("valid_to", NoteCode::PeriodReversed);
    }
    row.fields.extend(code.map(|code| ("code12".to_owned(), code.into())));
    // A village stands in its own column, or under 名称 in a list of codes and names.
    if row.village.is_none() {
        row.village = row.text("name").map(str::to_owned);
    }
    row.fields.remove("name");
    row.fields.extend(row.village.clone().map(|name| ("name".to_owned(), name.into())));
}
