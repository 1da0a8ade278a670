//! One row of a sheet as the reader understood it: typed fields in the words of the register, where each came from, and
//! what was put right on the way. What it means for the register is not known yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use bianfang_domain::document::Document;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How much a note weighs for its row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Put right, or left out: the row goes on.
    #[default]
    Note,
    /// People must decide.
    Doubt,
    /// Nothing can be made of the row.
    Refusal,
}

/// What is said of one cell. Personal values are masked in `from` and `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The cell: `E5`.
    pub at: String,
    /// A stable code.
    pub code: String,
    /// 中文 / English
    pub message: String,
    /// As the sheet has it, or as the register has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// As it is understood, or as the sheet has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What it does to the row.
    #[serde(default, skip_serializing_if = "is_note")]
    pub weight: Weight,
}

fn is_first(table: &u16) -> bool {
    *table == 0
}

fn is_note(weight: &Weight) -> bool {
    *weight == Weight::Note
}

/// One row. Protected values (`id_number`, `phones`) are in the clear here and nowhere else.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The name of the sheet in the workbook; empty for a CSV.
    pub sheet: String,
    /// The sheet's own row number, from 1.
    pub row: u32,
    /// Which of the sheet's tables, from 0.
    #[serde(default, skip_serializing_if = "is_first")]
    pub table: u16,
    /// 乡镇, as the sheet names it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub township: String,
    /// 村, as the sheet names it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub village: String,
    /// Fields by the names of the register's documents.
    pub fields: Document,
    /// Of a fact: whom the sheet names, in the words of a person's document.
    #[serde(default, skip_serializing_if = "Document::is_empty")]
    pub subject: Document,
    /// What was put right on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Field to the letters of its column; one map for all rows of a sheet.
    #[serde(skip)]
    pub columns: Arc<BTreeMap<String, String>>,
}

impl Line {
    /// The cell of a field, or the row's first cell.
    #[must_use]
    pub fn at(&self, field: &str) -> String {
        let field = field.split('.').next().unwrap_or(field);
        format!("{}{}", self.columns.get(field).map_or("A", String::as_str), self.row)
    }

    /// The name of its table: that of its sheet, and behind it which one, where there are several.
    #[must_use]
    pub fn table_name(&self) -> String {
        if self.table == 0 { self.sheet.clone() } else { format!("{} #{}", self.sheet, self.table + 1) }
    }

    /// The text of a field.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// A text of whom the sheet names: the row itself is somebody, or speaks of them.
    #[must_use]
    pub fn who(&self, field: &str) -> Option<&str> {
        let of = if self.subject.is_empty() { &self.fields } else { &self.subject };
        of.get(field).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// Whether the reader already refuses or doubts the row so much.
    #[must_use]
    pub fn weighs(&self, weight: Weight) -> bool {
        self.notes.iter().any(|note| note.weight == weight)
    }
}
