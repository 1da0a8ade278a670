//! Code tables 代码表: the words for every code, in one place. What is shipped stands in the files below; a bureau renames an
//! item, hides it from forms or adds one, in a record of kind `code_table` that every phone has. An item never goes away, for
//! a code in use must stay readable, and a code that nobody knows is shown as it is.

mod fields;
mod imports;
mod letters;
mod needs;
mod people;
mod plaques;
mod review;
mod suggestions;
mod visits;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub use fields::{FIELD, items as items_of};
pub use imports::*;
pub use letters::*;
pub use needs::*;
pub use people::*;
pub use plaques::*;
pub use review::*;
pub use suggestions::*;
pub use visits::*;

use crate::id::RecordId;
use crate::record::Record;

/// A code as it is shipped.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    /// What documents hold.
    pub code: &'static str,
    /// 中文, as screens and ledgers write it.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// What sheets and paper forms also call it.
    pub also: &'static [&'static str],
}

/// A table as it is shipped.
#[derive(Debug, PartialEq, Eq)]
pub struct ShippedTable {
    /// METHOD, WORK_TYPE …
    pub name: &'static str,
    /// 中文
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// The bureau may add codes. Closed: rules read them, so only their words are the bureau's.
    pub open: bool,
    /// In the order in which forms offer them.
    pub items: &'static [Item],
}

const fn item(code: &'static str, zh: &'static str, en: &'static str, also: &'static [&'static str]) -> Item {
    Item { code, zh, en, also }
}

const fn open(name: &'static str, zh: &'static str, en: &'static str, items: &'static [Item]) -> ShippedTable {
    ShippedTable { name, zh, en, open: true, items }
}

const fn closed(name: &'static str, zh: &'static str, en: &'static str, items: &'static [Item]) -> ShippedTable {
    ShippedTable { name, zh, en, open: false, items }
}

/// Every table.
pub static ALL: LazyLock<Vec<&'static ShippedTable>> =
    LazyLock::new(|| SHIPPED.iter().copied().chain([&*FIELD]).collect());

/// Every table whose words stand in these files.
const SHIPPED: &[&ShippedTable] = &[
    &CATEGORY,
    &PREF,
    &TAG,
    &SEX,
    &LIFE,
    &PRESENCE,
    &REGISTER,
    &REMOVED_FOR,
    &ID_STATE,
    &CARD_KIND,
    &CARD_STATE,
    &RELATION,
    &DISABILITY_GRADE,
    &DISABILITY_CAUSE,
    &POLITICS,
    &EDUCATION,
    &EMPLOYMENT,
    &PLACEMENT,
    &BASIS,
    &UNIT_KIND,
    &ROLE,
    &METHOD,
    &RESULT,
    &WORK_TYPE,
    &TRIGGER,
    &DUE_CLASS,
    &PLACE_SOURCE,
    &PHOTO_KIND,
    &PLAQUE_STATE,
    &PLAQUE_EVENT,
    &PLAQUE_HANGING,
    &PLAQUE_POSITION,
    &PLAQUE_REASON,
    &PLAQUE_BASIS,
    &PLAQUE_ASK,
    &PLAQUE_REQUEST,
    &PLAQUE_STOCK,
    &LETTER_SOURCE,
    &LETTER_LEVEL,
    &LETTER_STEP,
    &NEED_TYPE,
    &URGENCY,
    &NEED_STEP,
    &SUGGESTION_TYPE,
    &SUGGESTION_STEP,
    &DELIVERER,
    &DELIVERER_LEVEL,
    &REVIEW,
    &LOOK,
    &RECORD_KIND,
    &CASE_KIND,
    &ALIKE,
    &WHY,
    &CHANGE,
    &YES_NO,
    &ASSUMED,
];

impl ShippedTable {
    /// The shipped item of a code.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<&'static Item> {
        self.items.iter().find(|item| item.code == code)
    }

    /// The shipped name of a code.
    #[must_use]
    pub fn name_of(&self, code: &str) -> Option<&'static str> {
        self.item(code).map(|item| item.zh)
    }

    /// The code of a name, of what sheets also call it, or of a code. Blanks and brackets are the caller's matter.
    #[must_use]
    pub fn code_of(&self, name: &str) -> Option<&'static str> {
        self.items
            .iter()
            .find(|item| item.code == name || item.names().any(|known| known == name))
            .map(|item| item.code)
    }
}

impl Item {
    /// The usual name, then the others.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.zh).chain(self.also.iter().copied())
    }
}

/// A shipped table by its name.
#[must_use]
pub fn shipped(table: &str) -> Option<&'static ShippedTable> {
    ALL.iter().copied().find(|known| known.name == table)
}

/// The code of a name in a shipped table: `code_of("CATEGORY", "烈属")`.
#[must_use]
pub fn code_of(table: &str, name: &str) -> Option<&'static str> {
    shipped(table)?.code_of(name)
}

/// The shipped word of a value that serializes as its code; 其他 for one of a newer version.
#[must_use]
pub fn word(table: &ShippedTable, value: impl Serialize) -> &'static str {
    let code = serde_json::to_value(value).unwrap_or_default();
    code.as_str().and_then(|code| table.name_of(code)).unwrap_or("其他")
}

/// The record of a table: each county has at most one.
#[must_use]
pub fn id(table: &str) -> RecordId {
    RecordId::derived(&["code_table", table])
}

/// The records of all tables.
pub fn ids() -> impl Iterator<Item = RecordId> {
    ALL.iter().map(|table| id(table.name))
}

/// The field of a table's record that holds one item: each merges by itself.
#[must_use]
pub fn field(code: &str) -> String {
    format!("items/{code}")
}

/// What a bureau says of a code. What is left out is as shipped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeSaid {
    /// 中文
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// Forms do not offer it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// A code as a county has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeItem {
    /// What documents hold.
    pub code: String,
    /// 中文
    pub zh: String,
    /// English; the Chinese where a bureau gave none.
    pub en: String,
    /// Not offered in forms.
    pub hidden: bool,
}

/// What a bureau's record says, by code.
#[must_use]
pub fn said(record: &Record) -> BTreeMap<&str, CodeSaid> {
    let items = record.doc.iter().filter_map(|(name, value)| Some((name.strip_prefix("items/")?, value)));
    items.filter_map(|(code, value)| Some((code, CodeSaid::deserialize(value).ok()?))).collect()
}

/// A county's items over the shipped ones: these in their order, then the bureau's own by code.
#[must_use]
pub fn items(table: &ShippedTable, record: Option<&Record>) -> Vec<CodeItem> {
    let mut said = record.map(said).unwrap_or_default();
    let over = |code: &str, said: CodeSaid, shipped: Option<&Item>| {
        let zh = said.name.unwrap_or_else(|| shipped.map_or(code, |item| item.zh).to_owned());
        // A renamed item keeps its English only where the bureau gave one: the shipped word may mean something else now.
        let renamed = shipped.is_none_or(|item| item.zh != zh);
        let en = said.en.unwrap_or_else(|| shipped.filter(|_| !renamed).map_or(zh.clone(), |item| item.en.to_owned()));
        CodeItem { code: code.to_owned(), zh, en, hidden: said.hidden }
    };
    let mut all: Vec<CodeItem> = table
        .items
        .iter()
        .map(|item| over(item.code, said.remove(item.code).unwrap_or_default(), Some(item)))
        .collect();
    all.extend(said.into_iter().map(|(code, said)| over(code, said, None)));
    all
}

/// The words of one county; by default as they are shipped.
#[derive(Debug, Clone)]
pub struct Codes {
    tables: BTreeMap<&'static str, Vec<CodeItem>>,
}

impl Default for Codes {
    fn default() -> Self {
        Self::read(|_| None)
    }
}

impl Codes {
    /// The shipped words, with those of the records of kind `code_table` over them.
    #[must_use]
    pub fn read<'a>(record: impl Fn(RecordId) -> Option<&'a Record>) -> Self {
        Self { tables: ALL.iter().map(|table| (table.name, items(table, record(id(table.name))))).collect() }
    }

    /// The items of a table.
    #[must_use]
    pub fn items(&self, table: &ShippedTable) -> &[CodeItem] {
        self.tables.get(table.name).map_or(&[], Vec::as_slice)
    }

    /// The word of a code; a code that nobody knows stays as it is.
    #[must_use]
    pub fn word<'a>(&'a self, table: &ShippedTable, code: &'a str) -> &'a str {
        self.items(table).iter().find(|item| item.code == code).map_or(code, |item| &item.zh)
    }

    /// The code of a name: the bureau's words first, then what is shipped.
    #[must_use]
    pub fn code_of(&self, table: &ShippedTable, name: &str) -> Option<&str> {
        let own = self.items(table).iter().find(|item| item.zh == name || item.code == name);
        own.map(|item| item.code.as_str()).or_else(|| table.code_of(name))
    }
}
