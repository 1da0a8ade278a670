//! 走访慰问登记表. Money, goods and needs are read and kept with the visit.

use bianfang_domain::form::Form;
use serde_json::Value;

use super::{Cells, LedgerRow};
use crate::table::Belongs::{Beside, Whom};
use crate::table::{Ledger, LedgerTable, SheetField, number, township, village};

/// Its columns. 走访结果 and 工作类型 stand behind the bureau's own: without them a row does not say whether anybody was met.
#[must_use]
pub fn table() -> LedgerTable {
    let whom = |name| SheetField::field("person", name).belongs(Whom);
    let own = |name| SheetField::field("contact", name);
    let beside = |key, form, headers| SheetField::own(key, form, headers).belongs(Beside);
    let columns = vec![
        number(),
        own("at").usual(11.0),
        township("乡镇", 8.0),
        village("村", 9.0),
        whom("name").usual(8.0).headers(&["对象姓名", "姓名", "被走访人", "慰问对象"]),
        beside("category", Form::Text, &["类别", "人员类别", "对象类别"]).usual(9.0),
        whom("phones").usual(12.0).title("电话"),
        own("method").usual(6.0),
        own("visitors").usual(8.0),
        own("companions").usual(8.0),
        beside("cash", Form::Fen, &["慰问金", "慰问金额", "慰问现金"]).usual(7.0).title("慰问金(元)"),
        beside("goods", Form::Text, &["慰问品名称及数量", "慰问品", "慰问品名称数量", "名称及数量"]).usual(10.0),
        beside("goods_value", Form::Fen, &["慰问品价值", "慰问品金额", "物品价值", "慰问品折价"])
            .usual(7.0)
            .title("慰问品价值(元)"),
        own("situation").usual(18.0),
        own("thoughts").usual(10.0),
        own("difficulties").usual(14.0),
        own("answered").usual(12.0),
        own("to_solve").usual(12.0),
        beside("outcome", Form::Text, &["办理结果", "处理结果"]).usual(10.0),
        own("signature").usual(7.0),
        own("note").usual(11.0),
        own("result").usual(8.0),
        own("work_types").usual(9.0),
        own("cause"),
        own("measures"),
        own("follow_up_on").ahead(),
        own("assumed"),
        // Most sheets have neither.
        whom("id_number"),
        whom("address").title("家庭住址"),
    ];
    LedgerTable { ledger: Ledger::Visits, columns, needed: &[&["name"], &["at"]], named: "name" }
}

/// What the cells say together. A visit without a day is read all the same: whether it can be recorded is decided with the
/// register.
pub(super) fn finish(cells: &mut Cells<'_, '_>, row: &mut LedgerRow) {
    cells.needs_name("name", row);
    let yuan = |fen: i64| format!("{}.{:02}元", fen / 100, fen % 100);
    let fen = |key: &str| row.beside.get(key).and_then(Value::as_i64).map(yuan);
    let text = |key: &str| row.beside.get(key).and_then(Value::as_str).map(str::to_owned);
    let gifts = [fen("cash").map(|cash| format!("慰问金 {cash}")), text("goods"), fen("goods_value")];
    let gifts: Vec<String> = gifts.into_iter().flatten().collect();
    let needs = [row.text("to_solve").map(str::to_owned), text("outcome")];
    let needs: Vec<String> = needs.into_iter().flatten().collect();
    for (field, parts) in [("gifts_text", gifts), ("needs_text", needs)] {
        if !parts.is_empty() {
            row.fields.insert(field.to_owned(), parts.join("；").into());
        }
    }
    cells.signature(row);
}
