//! The cells of one row by their fields: what stands above is known, and each reading leaves its notes.

mod words;

use std::collections::BTreeMap;

use bianfang_domain::id_number::IdNumber;
use bianfang_domain::mask;
use bianfang_domain::military;
pub use words::CodedName;

use super::Refusal;
use crate::note::{CellNote, NoteCode};
use crate::read::{GridRow, GridValue};
use crate::table::{SheetColumn, SheetField, SheetTable};
use crate::value::{self, Read, SheetDate, SheetPhone, narrow, plain};

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
    pivot: i32,
    notes: Vec<CellNote>,
    refused: Option<Refusal>,
}

impl<'t, 'a> Cells<'t, 'a> {
    pub(super) fn new(table: &'t SheetTable, row: GridRow<'t>, above: &'a mut LeftAbove<'t>, pivot: i32) -> Self {
        Self { table, row, above, pivot, notes: Vec::new(), refused: None }
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

    /// Refuses the row for a field, or for its first column where the sheet has no such column.
    pub fn refuse(&mut self, field: SheetField, code: NoteCode) {
        let at = self.row.address(self.column(field).unwrap_or(0));
        if !self.notes.iter().any(|note| note.at == at && note.code == code) {
            self.notes.push(CellNote { at: at.clone(), code, from: None, to: None });
        }
        self.refused.get_or_insert(Refusal { at, code });
    }

    /// Marks the row as one people must decide about.
    pub fn doubt(&mut self, field: SheetField, code: NoteCode, text: &str) {
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
    pub fn has_column(&self, field: SheetField) -> bool {
        self.column(field).is_some()
    }

    fn column(&self, field: SheetField) -> Option<u32> {
        self.table.columns.iter().find(|column| column.field == Some(field)).map(|column| column.at)
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
        if matches!(value, GridValue::Text(text) if text.trim_start().starts_with('#') && ERRORS.contains(&text.trim()))
        {
            self.note(column, NoteCode::CellError, Some(self.text_of(value)), None);
            value = GridValue::Empty;
        }
        if cell.from_above && value != GridValue::Empty {
            self.note(column, NoteCode::FilledDown, None, Some(mask::numbers(&self.text_of(value))));
        }
        if cell.formula && value != GridValue::Empty {
            let text = mask::numbers(&self.text_of(value));
            self.note(column, NoteCode::FormulaValue, Some(text.clone()), Some(text));
        }
        if matches!(value, GridValue::Text(text) if matches!(plain(text).as_str(), "同上" | "〃" | "″" | "\"")) {
            let written = self.text_of(value);
            value = self.above.values.get(&column).copied().unwrap_or(GridValue::Empty);
            self.note(column, NoteCode::SameAsAbove, Some(written), Some(mask::numbers(&self.text_of(value))));
        }
        if value != GridValue::Empty {
            self.above.values.insert(column, value);
        }
        value
    }

    fn field(&mut self, field: SheetField) -> (u32, GridValue<'t>) {
        self.column(field).map_or((0, GridValue::Empty), |column| (column, self.value(column)))
    }

    /// Notes every change of a reading; `masked` hides numbers of persons.
    fn take<T>(
        &mut self,
        (column, value): (u32, GridValue<'t>),
        read: Read<T>,
        show: impl Fn(&T) -> String,
    ) -> Option<T> {
        let to = read.value.as_ref().map(|value| mask::numbers(&show(value)));
        for code in read.codes {
            let from = mask::numbers(&self.text_of(value));
            let to = to.clone().filter(|_| code.is_change() || code == NoteCode::TwoDigitYear);
            self.note(column, code, Some(from), to);
        }
        read.value
    }

    /// Words, trimmed; None for nothing. A unit designation drops them.
    pub fn text(&mut self, field: SheetField) -> Option<String> {
        let (column, value) = self.field(field);
        self.words(column, value)
    }

    fn words(&mut self, column: u32, value: GridValue<'t>) -> Option<String> {
        let text = self.text_of(value);
        let text = text.trim().trim_start_matches(['\'', '’']).to_owned();
        if military::designation(&narrow(&text)).is_some() {
            // What must not be kept is not repeated.
            self.note(column, NoteCode::MilitaryUnitDropped, None, None);
            return None;
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// A word without blanks, narrowed: a code, a login, a number of a paper.
    pub fn word(&mut self, field: SheetField) -> Option<String> {
        let (column, value) = self.field(field);
        let text = self.words(column, value)?;
        let word = plain(&text);
        if word.chars().count() != text.chars().count() {
            self.note(column, NoteCode::BlankInName, Some(mask::numbers(&text)), Some(mask::numbers(&word)));
        } else if word != text {
            self.note(column, NoteCode::FullWidth, Some(mask::numbers(&text)), Some(mask::numbers(&word)));
        }
        Some(word).filter(|word| !word.is_empty())
    }

    /// 区划代码. Statistics write every level with twelve digits; a township's end in three zeros (国家统计局 统计用区划代码).
    pub fn division_code(&mut self) -> Option<String> {
        let code = self.word(SheetField::Code)?;
        let township = code.strip_suffix("000").filter(|short| code.len() == 12 && !short.ends_with("000"));
        let Some(township) = township.map(str::to_owned) else { return Some(code) };
        let (column, _) = self.field(SheetField::Code);
        self.note(column, NoteCode::DivisionCodePadded, Some(code), Some(township.clone()));
        Some(township)
    }

    /// 姓名 by the domain's rule.
    pub fn name(&mut self, field: SheetField) -> Option<String> {
        let (column, value) = self.field(field);
        let text = self.words(column, value)?;
        let read = value::person_name(&text);
        self.take((column, value), read, Clone::clone)
    }

    /// 姓名 that the row cannot do without.
    pub fn needed_name(&mut self) -> String {
        let name = self.name(SheetField::Name);
        if name.is_none() {
            self.refuse(SheetField::Name, NoteCode::NameMissing);
        }
        name.unwrap_or_default()
    }

    /// 身份证号码. A number that lost its end refuses the row: nobody can say who it is. One that stands above makes it doubtful.
    /// One that fails its check is kept beside, as a doubt.
    pub fn id_number(&mut self) -> (Option<IdNumber>, Option<String>) {
        let (column, value) = self.field(SheetField::IdNumber);
        let read = value::id_number(value, self.table.typed);
        let rounded = read.codes.contains(&NoteCode::IdRounded);
        let number = self.take((column, value), read, |number| number.reveal().to_owned());
        if rounded {
            self.refuse(SheetField::IdNumber, NoteCode::IdRounded);
        }
        if let Some(number) = &number {
            let (at, masked) = (self.row.address(column), mask::numbers(number.reveal()));
            if let Some(first) = self.first(number.reveal(), at) {
                self.note(column, NoteCode::IdTwice, Some(masked), Some(first));
            }
        }
        let suspect = if number.is_none() && !rounded { value::suspect_number(value) } else { None };
        (number, suspect)
    }

    /// The cell in which a key stood first; None for the first time.
    pub fn first(&mut self, key: &str, at: String) -> Option<String> {
        let first = self.above.seen.get(key).cloned();
        if first.is_none() {
            self.above.seen.insert(key.to_owned(), at);
        }
        first
    }

    /// The address of a field's cell.
    #[must_use]
    pub fn address(&self, field: SheetField) -> String {
        self.row.address(self.column(field).unwrap_or(0))
    }

    /// A day, month or year that has passed.
    pub fn date(&mut self, field: SheetField) -> Option<SheetDate> {
        self.date_until(field, self.pivot)
    }

    /// A day that may lie ahead, as the end of a term of office: years of two digits may lie twenty years ahead.
    pub fn date_ahead(&mut self, field: SheetField) -> Option<SheetDate> {
        self.date_until(field, self.pivot.saturating_add(20))
    }

    fn date_until(&mut self, field: SheetField, pivot: i32) -> Option<SheetDate> {
        let cell = self.field(field);
        let read = value::date(cell.1, self.table.epoch_1904, pivot);
        self.take(cell, read, ToString::to_string)
    }

    /// Fen. Of an amount merged over rows only the first row has it.
    pub fn amount(&mut self, field: SheetField) -> Option<i64> {
        let column = self.table.columns.iter().find(|column| column.field == Some(field))?.clone();
        let cell = self.row.cell(column.at);
        if cell.from_above && cell.value != GridValue::Empty {
            self.note(column.at, NoteCode::MergedAmount, None, None);
            return None;
        }
        let value = self.value(column.at);
        let read = value::amount(value, column.ten_thousand);
        self.take((column.at, value), read, |fen| format!("{}.{:02}", fen / 100, fen % 100))
    }

    /// Yes or no.
    pub fn flag(&mut self, field: SheetField) -> Option<bool> {
        let cell = self.field(field);
        let read = value::flag(cell.1);
        self.take(cell, read, |flag| if *flag { "是" } else { "否" }.to_owned())
    }

    /// Telephone numbers with their owners.
    pub fn phones(&mut self) -> Vec<SheetPhone> {
        let cell = self.field(SheetField::Phones);
        let read = value::phones(cell.1);
        let show = |phones: &Vec<SheetPhone>| {
            let shown = phones.iter().map(|phone| match &phone.owner {
                Some(owner) => format!("{}({owner})", phone.number),
                None => phone.number.clone(),
            });
            shown.collect::<Vec<_>>().join(",")
        };
        self.take(cell, read, show).unwrap_or_default()
    }

    /// Some columns as they are written, under their headers: what a merged cell shows stands in its first row.
    pub(super) fn verbatim(&self, fields: &[SheetField]) -> BTreeMap<String, String> {
        let columns =
            self.table.columns.iter().filter(|column| column.field.is_some_and(|field| fields.contains(&field)));
        let text = |column: &SheetColumn| {
            let cell = self.row.cell(column.at);
            let text = self.text_of(cell.value).trim().trim_start_matches(['\'', '’']).to_owned();
            let shown = !cell.from_above && !text.is_empty() && military::designation(&narrow(&text)).is_none();
            shown.then(|| (column.header.clone(), text))
        };
        columns.filter_map(text).collect()
    }

    /// Columns without a meaning, verbatim under their headers. Of two columns of one header the second is numbered.
    pub(super) fn extra(&mut self) -> BTreeMap<String, String> {
        let mut extra = BTreeMap::new();
        let table = self.table;
        for column in table.columns.iter().filter(|column| column.field.is_none()) {
            let value = self.value(column.at);
            if let Some(text) = self.words(column.at, value) {
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

const ERRORS: [&str; 8] = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#####"];
