//! What fields are called: the words stand with the fields ([`crate::kind::Kind::fields`]), and here become a table like all
//! others, so that a bureau may use its own.

use std::sync::LazyLock;

use super::{Item, ShippedTable};
use crate::kind::{self, Field, Kind};

/// 字段: by the field's name. Where a kind means something else by a name than a person does, it has an item of its own,
/// `kind.field`.
pub static FIELD: LazyLock<ShippedTable> = LazyLock::new(|| ShippedTable {
    name: "FIELD",
    zh: "字段",
    en: "Field",
    open: false,
    items: items(kind::ALL).leak(),
});

/// The words of all fields; what a person's are called comes first.
#[must_use]
pub fn items(kinds: &[&dyn Kind]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for kind in kind::people_first(kinds) {
        for field in kind.fields() {
            match items.iter().find(|item| item.code == field.name) {
                None => items.push(word(field.name, field)),
                Some(item) if (item.zh, item.en) == (field.zh, field.en) => {}
                Some(_) => items.push(word(String::leak(format!("{}.{}", kind.name(), field.name)), field)),
            }
        }
    }
    items
}

fn word(code: &'static str, field: &Field) -> Item {
    Item { code, zh: field.zh, en: field.en, also: &[] }
}
