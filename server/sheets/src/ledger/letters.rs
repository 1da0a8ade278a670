//! 送喜报登记表: the letter and, where it was delivered, what its steps say.

use bianfang_domain::form::Form;
use serde_json::Value;

use super::{Cells, LedgerRow};
use crate::table::Belongs::Whom;
use crate::table::{Ledger, LedgerTable, SheetField, number, township, village};

/// Its columns. 乡镇 and 村 stand behind the bureau's own: without them the file could not be brought in again.
#[must_use]
pub fn table() -> LedgerTable {
    let own = |name| SheetField::field("letter", name);
    let step = |key, name| SheetField { field: key, key, ..SheetField::field("letter_step", name) };
    let columns = vec![
        own("received_on").usual(11.0),
        own("soldier").usual(8.0),
        own("level").usual(8.0),
        own("approved_on").usual(11.0),
        own("notice_no").usual(12.0),
        own("family_name").usual(8.0),
        own("relation").usual(6.0),
        own("address").usual(16.0),
        own("phone").usual(12.0).holds(crate::write::Holds::Digits),
        SheetField { form: Form::Day, ..step("delivered_on", "at") }.usual(11.0),
        SheetField { form: Form::Text, ..step("delivered_by", "delivered_by") }.usual(12.0),
        own("goods_fen").usual(8.0),
        own("award_fen").usual(8.0),
        step("signature", "signature").usual(8.0),
        step("receipt", "note").usual(8.0),
        own("note").usual(12.0),
        township("乡镇", 8.0),
        village("村", 9.0),
        SheetField::field("person", "id_number").belongs(Whom),
    ];
    let columns = [number()].into_iter().chain(columns).collect();
    LedgerTable { ledger: Ledger::Letters, columns, needed: &[&["soldier"], &["level", "notice_no"]], named: "soldier" }
}

/// What the cells say together. The number is the soldier's, whom the register does not serve: it is checked, and not kept.
pub(super) fn finish(cells: &mut Cells<'_, '_>, row: &mut LedgerRow) {
    cells.needs_name("soldier", row);
    row.whom.remove("id_number");
    if let Some(family) = row.fields.get("family_name").cloned() {
        row.whom.insert("name".to_owned(), family);
    }
    if let Some(phones) = row.fields.remove("phone") {
        let first = phones.as_array().and_then(|list| list.first()).cloned();
        let number = first.map(|phone| phone.get("number").cloned().unwrap_or(phone));
        row.whom.insert("phones".to_owned(), phones);
        row.fields.extend(number.map(|number| ("phone".to_owned(), number)));
    }
    if row.fields.get("signature").is_some_and(Value::is_string) {
        cells.signature(row);
    }
}
