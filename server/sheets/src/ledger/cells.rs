//! The cells of one row by their fields: what stands above is known, and each reading leaves its notes.

mod again;
mod place;
mod value;

use std::collections::BTreeMap;

use bianfang_domain::codes::Codes;
use bianfang_domain::{alike, kept_open, mask, military};

use super::{LedgerRow, Refusal};
use crate::note::{CellNote, NoteCode};
use crate::read::{BROKEN, GridRow, GridValue};
use crate::table::{Belongs, SheetColumn, SheetTable};
use crate::value::{marks, narrow, plain};

/// What the rows above left: values by column, and id numbers and logins with their cells.
#[derive(Debug, Default)]
pub(super) struct LeftAbove<'t> {
    values: BTreeMap<u32, GridValue<'t>>,
    seen: BTreeMap<String, String>,
}

/// The cells of one row.
pub struct Cells<'t, 'a> {
    table: &'t SheetTable,
    row: GridRow<'t>,
    above: &'a mut LeftAbove<'t>,
    codes: &'a Codes,
    pivot: i32,
    /// Columns whose value is in no field: kept as they are written.
    unread: Vec<u32>,
    /// The column that is read for its field, where it is not the first of it.
    reading: Option<u32>,
    notes: Vec<CellNote>,
    refused: Option<Refusal>,
}

impl<'t, 'a> Cells<'t, 'a> {
    pub(super) fn new(
        table: &'t SheetTable,
        row: GridRow<'t>,
        above: &'a mut LeftAbove<'t>,
        (codes, pivot): (&'a Codes, i32),
    ) -> Self {
        Self { table, row, above, codes, pivot, unread: Vec::new(), reading: None, notes: Vec::new(), refused: None }
    }

    /// Remembers the cells of a row that is no record, for what stands below.
    pub(super) fn pass(mut self) {
        self.place();
        let table = self.table;
        for column in &table.columns {
            self.value(column.at);
        }
    }

    pub(super) fn finish(self) -> (Vec<CellNote>, Option<Refusal>) {
        (self.notes, self.refused)
    }

    fn note(&mut self, column: u32, code: NoteCode, from: Option<String>, to: Option<String>) {
        self.notes.push(CellNote { at: self.row.address(column), code, from, to });
    }

    /// Says what was taken off or made usual, of a text that is read as it looks.
    fn tell_marks(&mut self, column: u32, from: &str, to: &str) {
        for code in marks(from) {
            self.note(column, code, Some(mask::numbers(from)), Some(mask::numbers(to)));
        }
    }

    /// Refuses the row for a field, or for its first column where the sheet has no such column.
    pub fn refuse(&mut self, field: &str, code: NoteCode) {
        let at = self.address(field);
        let value = self.column(field).map(|column| self.row.cell(column).value);
        // What is missing may stand there, and only be not computed.
        let code = if value == Some(GridValue::Uncomputed) { NoteCode::Uncomputed } else { code };
        if !self.notes.iter().any(|note| note.at == at && note.code == code) {
            self.notes.push(CellNote { at: at.clone(), code, from: None, to: None });
        }
        self.refused.get_or_insert(Refusal { at, code });
    }

    /// Marks the row as one people must decide about.
    pub fn doubt(&mut self, field: &str, code: NoteCode, text: &str) {
        let at = self.address(field);
        self.notes.push(CellNote {
            at,
            code,
            from: Some(mask::numbers(text)).filter(|text| !text.is_empty()),
            to: None,
        });
    }

    /// Whether the sheet has a column for the field.
    #[must_use]
    pub fn has_column(&self, field: &str) -> bool {
        self.column(field).is_some()
    }

    fn column(&self, field: &str) -> Option<u32> {
        if self.reading.is_some() {
            return self.reading;
        }
        let of = |column: &&SheetColumn| column.field.is_some_and(|known| known.key == field);
        self.table.columns.iter().find(of).map(|column| column.at)
    }

    fn text_of(&self, value: GridValue<'t>) -> String {
        value.text(self.table.epoch_1904).into_owned()
    }

    /// The value of a column: a formula's last value, that of a merge area, of the row above for 同上. An error is nothing.
    fn value(&mut self, column: u32) -> GridValue<'t> {
        let cell = self.row.cell(column);
        let mut value = cell.value;
        if let GridValue::Error(error) = value {
            self.note(column, NoteCode::CellError, Some(error.to_owned()), None);
            value = GridValue::Empty;
        }
        if matches!(value, GridValue::Text(text) if is_error(text.trim())) {
            self.note(column, NoteCode::CellError, Some(self.text_of(value)), None);
            value = GridValue::Empty;
        }
        if cell.from_above && value != GridValue::Empty {
            self.note(column, NoteCode::FilledDown, None, Some(mask::numbers(&self.text_of(value))));
        }
        if cell.formula && !matches!(value, GridValue::Empty | GridValue::Uncomputed) {
            let text = mask::numbers(&self.text_of(value));
            self.note(column, NoteCode::FormulaValue, Some(text.clone()), Some(text));
        }
        if matches!(value, GridValue::Text(text) if matches!(plain(text).as_str(), "同上" | "〃" | "″" | "\"")) {
            let written = self.text_of(value);
            value = self.above.values.get(&column).copied().unwrap_or(GridValue::Empty);
            self.note(column, NoteCode::SameAsAbove, Some(written), Some(mask::numbers(&self.text_of(value))));
        }
        if value == GridValue::Uncomputed {
            self.note(column, NoteCode::Uncomputed, None, None);
        }
        if matches!(value, GridValue::Text(text) if text.contains(BROKEN)) {
            self.note(column, NoteCode::BrokenCharacter, Some(mask::numbers(&self.text_of(value))), None);
        }
        if value != GridValue::Empty {
            self.above.values.insert(column, value);
        }
        value
    }

    fn field(&mut self, field: &str) -> (u32, GridValue<'t>) {
        self.column(field).map_or((0, GridValue::Empty), |column| (column, self.value(column)))
    }

    fn words(&mut self, column: u32, value: GridValue<'t>) -> Option<String> {
        let text = self.text_of(value);
        let text = text.trim().trim_start_matches(['\'', '’']).to_owned();
        if military::designation(&narrow(&alike::fold(&text))).is_some() {
            // What must not be kept is not repeated.
            self.note(column, NoteCode::MilitaryUnitDropped, None, None);
            return None;
        }
        let text = self.closed(column, text);
        Some(text).filter(|text| !text.is_empty())
    }

    /// A text without what must never lie open; that something was masked is told.
    fn closed(&mut self, column: u32, text: String) -> String {
        let Some((masked, _)) = kept_open::text(&text) else { return text };
        self.note(column, NoteCode::NumberMasked, None, Some(mask::numbers(&masked)));
        masked
    }

    /// The cell in which a key stood first; None for the first time.
    pub fn first(&mut self, key: &str, at: String) -> Option<String> {
        let first = self.above.seen.get(key).cloned();
        if first.is_none() {
            self.above.seen.insert(key.to_owned(), at);
        }
        first
    }

    /// The address of a field's cell, or of the row's first.
    #[must_use]
    pub fn address(&self, field: &str) -> String {
        self.row.address(self.column(field).unwrap_or(0))
    }

    /// Refuses a row that nobody is named in.
    pub fn needs_name(&mut self, field: &str, row: &LedgerRow) {
        if row.text(field).is_none() {
            self.refuse(field, NoteCode::NameMissing);
        }
    }

    /// Who signed, or why nobody did: 未签：外出.
    pub fn signature(&mut self, row: &mut LedgerRow) {
        let unsaid = || "台账未记录签字".to_owned();
        let reason = match row.text("signature") {
            None => Some(unsaid()),
            Some(text) => {
                let no = ["未签字", "未签收", "未签", "无", "否"].iter().find_map(|no| text.strip_prefix(no));
                let no = no.map(|reason| reason.trim_start_matches(['：', ':', '，', ',']).to_owned());
                no.map(|reason| if reason.is_empty() { unsaid() } else { reason })
            }
        };
        if let Some(reason) = reason {
            row.fields.remove("signature");
            row.fields.insert("no_signature".to_owned(), reason.into());
        }
    }

    /// What stays as it is written, under its header: columns without a meaning, those that the register has no kind for, and
    /// cells that could not be read. What a merged cell shows stands in its first row. Of two columns of one header the second
    /// is numbered.
    pub(super) fn extra(&mut self) -> BTreeMap<String, String> {
        let mut extra = BTreeMap::new();
        let table = self.table;
        for column in &table.columns {
            let text = match column.field {
                None => {
                    let value = self.value(column.at);
                    self.words(column.at, value)
                }
                Some(field) if field.belongs == Belongs::Beside || self.unread.contains(&column.at) => {
                    let cell = self.row.cell(column.at);
                    let text = self.text_of(cell.value).trim().trim_start_matches(['\'', '’']).to_owned();
                    let shown = !cell.from_above && military::designation(&narrow(&alike::fold(&text))).is_none();
                    Some(text).filter(|text| shown && !text.is_empty()).map(|text| self.closed(column.at, text))
                }
                Some(_) => None,
            };
            if let Some(text) = text {
                let mut key = column.header.clone();
                if extra.contains_key(&key) {
                    key = format!("{key} {}", self.row.address(column.at));
                }
                extra.insert(key, text);
            }
        }
        extra
    }
}

/// A formula's error as a text file holds it, or a number in a column too narrow for it.
fn is_error(text: &str) -> bool {
    let Some(word) = text.strip_prefix('#') else { return false };
    let named = word.trim_end_matches(['!', '?']);
    let upper = !named.is_empty() && named.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '_' | '/' | '0'));
    word.len() > 1
        && (word.chars().all(|c| c == '#') || (upper && (named != word || ["N/A", "GETTING_DATA"].contains(&named))))
}
