//! Yes and no as sheets write them.

use super::{Read, plain};
use crate::note::NoteCode;
use crate::read::GridValue;

const YES: [&str; 13] = ["是", "√", "✓", "✔", "有", "已", "Y", "y", "1", "TRUE", "true", "对", "已悬挂"];
const NO: [&str; 14] = ["否", "×", "✗", "✘", "x", "X", "无", "未", "N", "n", "0", "FALSE", "false", "未悬挂"];

/// Yes or no.
#[must_use]
pub fn flag(value: GridValue<'_>) -> Read<bool> {
    let text = match value {
        GridValue::Empty | GridValue::Error(_) | GridValue::Uncomputed => return Read::none(),
        GridValue::Bool(truth) => return Read::some(truth, Vec::new()),
        GridValue::Number(number) | GridValue::Date(number) => format!("{number}"),
        GridValue::Text(text) => text.to_owned(),
    };
    let bare = plain(&text);
    let form = |plainly: bool| if plainly { vec![] } else { vec![NoteCode::FlagForm] };
    match bare.as_str() {
        "" | "/" | "-" | "—" => Read::none(),
        yes if YES.contains(&yes) => Read::some(true, form(text == "是")),
        no if NO.contains(&no) => Read::some(false, form(text == "否")),
        _ => Read::left_out(NoteCode::FlagUnknown),
    }
}
