//! What must never lie open: id numbers and bank cards of anybody, typed into remarks, unmapped columns, names, addresses or the
//! reason of an act. They are masked before an op is kept, on the phone and at the server, in every text of every kind, so that
//! a field of tomorrow is under the rule too; what has a sealed field of its own keeps its value there.

mod card;
mod scan;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::actor::Right;
use crate::document::Document;
use crate::form::Form;
use crate::kind;
use crate::op::Act;

pub use scan::text;

/// A number that was found open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OpenNumber {
    /// 身份证号
    IdNumber,
    /// 银行卡号
    BankCard,
}

/// What was masked where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hidden {
    /// The field, or `reason` or `comment` of an act.
    pub field: String,
    /// What stood in it.
    pub number: OpenNumber,
}

impl Hidden {
    /// 中文, with the name that the kind gives the field.
    #[must_use]
    pub fn zh(&self, kind: &str) -> String {
        let field = self.named(kind).map_or_else(|| self.other().0, |field| field.0);
        match self.number {
            OpenNumber::IdNumber => format!("{field}中的身份证号已隐去：请填在“身份证号”一栏。"),
            OpenNumber::BankCard => format!("{field}中的银行卡号已隐去：这里不保存卡号。"),
        }
    }

    /// English.
    #[must_use]
    pub fn en(&self, kind: &str) -> String {
        let field = self.named(kind).map_or_else(|| self.other().1, |field| field.1);
        match self.number {
            OpenNumber::IdNumber => format!("{field}: the id number was hidden; put it into the field Id number."),
            OpenNumber::BankCard => format!("{field}: the bank card's number was hidden; none is kept here."),
        }
    }

    /// What the kind calls the field, 中文 and English; none for a kind without it.
    #[must_use]
    pub fn named(&self, kind: &str) -> Option<(&'static str, &'static str)> {
        let field = kind::field(kind::by_name(kind)?, &self.field);
        Some((field.zh, field.en)).filter(|(zh, _)| !zh.is_empty())
    }

    fn other(&self) -> (&str, &str) {
        match self.field.as_str() {
            "reason" => ("原因", "Reason"),
            "comment" => ("意见", "Comment"),
            other => (other, other),
        }
    }
}

/// Masks what lies open in what an act on a record of a kind says.
pub fn act(kind: &str, act: &mut Act) -> Vec<Hidden> {
    match act {
        Act::Record { fields: set, .. } | Act::Change { set, .. } => document(kind, set),
        Act::Amend { set, reason, .. } => {
            let mut hidden = document(kind, set);
            hidden.extend(said("reason", reason));
            hidden
        }
        Act::Void { reason } | Act::Settle { reason, .. } | Act::Unsettle { reason, .. } => said("reason", reason),
        Act::Review { comment, .. } => comment.as_mut().map(|comment| said("comment", comment)).unwrap_or_default(),
    }
}

fn said(field: &str, words: &mut String) -> Vec<Hidden> {
    let Some((masked, found)) = text(words) else { return Vec::new() };
    *words = masked;
    of(field, found)
}

fn of(field: &str, found: BTreeSet<OpenNumber>) -> Vec<Hidden> {
    found.into_iter().map(|number| Hidden { field: field.to_owned(), number }).collect()
}

/// Masks what lies open in a document of a kind, names of unknown fields too.
pub fn document(kind: &str, doc: &mut Document) -> Vec<Hidden> {
    let known = kind::by_name(kind);
    let mut hidden = Vec::new();
    for (name, value) in doc.iter_mut() {
        let field = known.map(|kind| kind::field(kind, name));
        // Telephones are sealed and yet come to phones in full; an id number among them is none.
        if field.is_some_and(|field| field.sealed.is_some_and(|right| right != Right::Phones)) {
            continue;
        }
        let counts =
            field.is_some_and(|field| matches!(field.form, Form::Number | Form::Fen | Form::Moment | Form::Day));
        if !(counts && value.is_number()) {
            hidden.extend(of(name, self::value(value)));
        }
    }
    hidden.extend(keys(doc).into_iter().map(|number| Hidden { field: "extra".to_owned(), number }));
    hidden
}

/// Masks what lies open in a value, at any depth, and tells what it was.
pub fn value(value: &mut Value) -> BTreeSet<OpenNumber> {
    let written = match &*value {
        Value::String(words) => text(words),
        Value::Number(number) => text(&number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    match (written, &mut *value) {
        (Some((masked, found)), _) => {
            *value = Value::String(masked);
            found
        }
        (None, Value::Array(list)) => list.iter_mut().flat_map(self::value).collect(),
        (None, Value::Object(map)) => {
            let mut found = keys(map);
            found.extend(map.values_mut().flat_map(self::value));
            found
        }
        (None, _) => BTreeSet::new(),
    }
}

/// Masks the names under which something stands. Two that are masked alike stay two.
fn keys(map: &mut Document) -> BTreeSet<OpenNumber> {
    let open: Vec<(String, String, BTreeSet<OpenNumber>)> =
        map.keys().filter_map(|key| text(key).map(|(masked, found)| (key.clone(), masked, found))).collect();
    let mut all = BTreeSet::new();
    for (key, masked, found) in open {
        let free = (2..).map(|n| format!("{masked} {n}")).find(|name| !map.contains_key(name));
        let name = if map.contains_key(&masked) { free.unwrap_or(masked) } else { masked };
        if let Some(value) = map.remove(&key) {
            map.insert(name, value);
        }
        all.extend(found);
    }
    all
}
