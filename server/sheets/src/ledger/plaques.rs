//! 光荣牌悬挂登记表

use bianfang_domain::form::Form;

use super::{Cells, LedgerRow};
use crate::note::NoteCode;
use crate::table::Belongs::Whom;
use crate::table::{Ledger, LedgerTable, SheetField, number, township, village};
use crate::write::Holds;

/// Its columns.
#[must_use]
pub fn table() -> LedgerTable {
    let whom = |name| SheetField::field("person", name).belongs(Whom);
    let own = |name| SheetField::field("plaque_event", name);
    let columns = vec![
        number(),
        township("乡镇", 10.0),
        village("村", 10.0),
        SheetField::field("household", "head_name").belongs(Whom).usual(9.0),
        whom("name").usual(9.0).title("对象姓名"),
        whom("relation").usual(8.0),
        whom("id_number").usual(20.0),
        // Whose category the register knows better; what the ledger wrote is kept with the event.
        SheetField::own("category_text", Form::Text, &["对象类别", "类别", "人员类别"]).usual(13.0),
        own("certificate").usual(14.0),
        whom("address").usual(24.0).title("家庭住址"),
        whom("phones").usual(13.0),
        own("event").codes(&["PLAQUE_HANGING"]).usual(10.0).title("悬挂类型(新发/更换/补发)"),
        own("position").usual(10.0).title("悬挂位置(大门/室内)"),
        own("at").usual(11.0),
        own("hanger").usual(9.0),
        own("signature").usual(10.0),
        own("photo_number").usual(16.0).holds(Holds::Mark),
        own("note").usual(14.0),
        own("old_returned"),
        own("assumed"),
    ];
    LedgerTable { ledger: Ledger::Plaques, columns, needed: &[&["name"], &["event", "at"]], named: "name" }
}

/// What the cells say together.
pub(super) fn finish(cells: &mut Cells<'_, '_>, row: &mut LedgerRow) {
    // A family of which nobody is served is named by its head alone; who has a number or a telephone has a name too.
    let somebody = ["id_number", "relation", "category_text"].iter().any(|field| row.text(field).is_some());
    if somebody || row.whom.contains_key("phones") || row.text("head_name").is_none() {
        cells.needs_name("name", row);
    }
    if cells.has_column("village") && row.village.is_none() {
        cells.refuse("village", NoteCode::PlaceMissing);
    }
    cells.signature(row);
    // A column of what was done to the plaque, left empty, means the first one.
    row.fields.entry("event").or_insert_with(|| "NEW".into());
}
