//! What a row says a second time of one thing: a second column of a field, or the second row of a person whose name is merged over
//! both. Lists become one list; what differs is for people to decide.

use bianfang_domain::document::Document;
use bianfang_domain::form::Form;
use bianfang_domain::mask;
use serde_json::Value;

use super::Cells;
use crate::ledger::LedgerRow;
use crate::note::NoteCode;
use crate::read::{GridRow, GridValue};
use crate::table::{Belongs, SheetColumn, SheetField, SheetTable};
use crate::value::plain;

impl SheetTable {
    /// Whether a row goes on with the person of the row above: name and id number are merged over both, or the number is in neither.
    pub(in crate::ledger) fn goes_on(&self, row: &GridRow<'_>) -> bool {
        let of = |key: &str| {
            let column = self.columns.iter().find(|column| column.field.is_some_and(|field| field.key == key));
            column.map(|column| row.cell(column.at))
        };
        let name = of(self.ledger.named).is_some_and(|cell| cell.from_above && cell.value != GridValue::Empty);
        let number = of("id_number").is_none_or(|cell| cell.from_above || cell.value == GridValue::Empty);
        self.ledger.ledger.kind() == "person" && name && number
    }
}

impl<'t> Cells<'t, '_> {
    /// The columns of the table that repeat a field.
    pub(in crate::ledger) fn second_columns(&mut self, said: &mut LedgerRow) {
        let table = self.table;
        for column in table.columns.iter().filter(|column| column.second) {
            self.join(said, column, NoteCode::TwoColumns);
        }
    }

    /// Reads the row below as more of this one.
    pub(in crate::ledger) fn second_row(&mut self, said: &mut LedgerRow, below: GridRow<'t>) {
        let table = self.table;
        let first = std::mem::replace(&mut self.row, below);
        for column in &table.columns {
            if !self.row.cell(column.at).from_above {
                self.join(said, column, NoteCode::SecondRow);
            }
        }
        let kept = std::mem::take(&mut self.unread);
        for (header, text) in self.extra() {
            let had = said.extra.entry(header).or_default();
            if *had != text {
                *had = if had.is_empty() { text } else { format!("{had}；{text}") };
            }
        }
        self.unread = kept;
        self.note(self.column(table.ledger.named).unwrap_or(0), NoteCode::RowsOfOne, None, None);
        self.row = first;
    }

    fn join(&mut self, said: &mut LedgerRow, column: &SheetColumn, differs: NoteCode) {
        let Some(field) = column.field.filter(|field| !matches!(field.belongs, Belongs::Sheet)) else { return };
        self.reading = Some(column.at);
        let value = if field.belongs == Belongs::Place { None } else { self.read(field) };
        let place = (field.belongs == Belongs::Place).then(|| plain(&self.row.cell(column.at).value.text(false)));
        self.reading = None;
        let had = match (field.belongs, field.key) {
            (Belongs::Place, "township") => said.township.clone(),
            (Belongs::Place, _) => said.village.clone(),
            _ => None,
        };
        let other = place.is_some_and(|place| !place.is_empty() && had.is_some_and(|had| had != place));
        let document = match field.belongs {
            Belongs::Row => &mut said.fields,
            Belongs::Whom => &mut said.whom,
            _ => &mut said.beside,
        };
        let joined = value.is_none_or(|value| add(document, field, value));
        if other || !joined {
            let text = mask::numbers(&self.text_of(self.row.cell(column.at).value));
            self.note(column.at, differs, Some(text), None);
        }
    }
}

/// Adds what is said again. False where it is something else than what was said first.
fn add(said: &mut Document, field: &SheetField, value: Value) -> bool {
    match (said.get_mut(field.field), value) {
        (Some(Value::Array(list)), Value::Array(more)) => {
            let more: Vec<Value> = more.into_iter().filter(|value| !list.contains(value)).collect();
            list.extend(more);
            true
        }
        (Some(Value::String(text)), Value::String(more)) if field.form == Form::Text && *text != more => {
            *text = format!("{text}；{more}");
            field.tables.is_empty()
        }
        (Some(had), value) => *had == value,
        (None, value) => {
            said.insert(field.field.to_owned(), value);
            true
        }
    }
}
