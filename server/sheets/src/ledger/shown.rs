//! A value of the register as a ledger writes it: what is read from a cell that was written so is the value again.

use bianfang_domain::codes::{Codes, shipped};
use bianfang_domain::form::Form;
use bianfang_domain::mask;
use bianfang_domain::time::Day;
use serde_json::Value;

use crate::table::SheetField;

impl SheetField {
    /// The cell of a value, empty for nothing and for what is kept back. Codes by a county's words; one that nobody knows as
    /// it is, never dropped.
    #[must_use]
    pub fn shown(&self, codes: &Codes, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Array(list) => {
                let parts = list.iter().filter(|part| self.has(codes, part)).map(|part| self.shown(codes, part));
                parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("、")
            }
            Value::Object(part) => {
                let text = |name: &str| part.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
                let called = text("name").or(text("number")).unwrap_or_default();
                match text("owner").or(text("relation")) {
                    Some(owner) => format!("{called}({owner})"),
                    None => called.to_owned(),
                }
            }
            Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
            Value::Number(number) => {
                let number = number.as_i64();
                let told = number.and_then(|number| match self.form {
                    Form::Day => i32::try_from(number).ok().map(|day| Day(day).to_string()),
                    Form::Moment => Some(moment(number)),
                    Form::Fen => Some(format!("{}.{:02}", number / 100, number % 100)),
                    _ => None,
                });
                told.unwrap_or_else(|| value.to_string())
            }
            Value::String(text) if text == mask::RESTRICTED => String::new(),
            Value::String(text) => {
                let word = self.tables.iter().filter_map(|name| shipped(name)).find_map(|table| {
                    codes.items(table).iter().find(|item| item.code == *text).map(|item| item.zh.clone())
                });
                word.unwrap_or_else(|| text.trim().to_owned())
            }
        }
    }

    /// Whether a part of a list stands in this column: by its table, or, what no table knows, in the field's first.
    fn has(&self, codes: &Codes, part: &Value) -> bool {
        let Some(code) = part.as_str().filter(|_| !self.others.is_empty()) else { return true };
        let knows = |tables: &[&str]| {
            let mut tables = tables.iter().filter_map(|name| shipped(name));
            tables.any(|table| codes.items(table).iter().any(|item| item.code == code))
        };
        knows(self.tables) || (self.key == self.field && !knows(self.others))
    }
}

/// `2026-05-09 14:05` in Shanghai: two visits of one day are two. A day alone, where no time was given, is its first instant.
fn moment(ms: i64) -> String {
    let day = Day::of(ms);
    match ms.saturating_sub(day.start_ms()) / 60_000 {
        0 => day.to_string(),
        minutes => format!("{day} {:02}:{:02}", minutes / 60, minutes % 60),
    }
}
