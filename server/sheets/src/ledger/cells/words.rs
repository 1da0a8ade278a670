//! Cells whose words mean something of a list: codes by their names, categories, and places that are filled from above.

use bianfang_domain::category::Scheme;
use bianfang_domain::mask;
use bianfang_domain::term::Terms;
use serde::Serialize;

use super::Cells;
use crate::note::NoteCode;
use crate::read::GridValue;
use crate::table::SheetField;
use crate::value::plain;

/// A name and its code, where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodedName {
    /// The code.
    pub code: Option<&'static str>,
    /// As written, without blanks.
    pub name: String,
}

impl Cells<'_, '_> {
    /// A name of a list of codes. One without a code stays as written, noted.
    pub fn coded(&mut self, field: SheetField, terms: Terms) -> Option<CodedName> {
        let column = self.column(field)?;
        let text = self.text(field)?;
        Some(self.code_of(column, &text, |name| terms.code(name)))
    }

    /// Several names of a scheme of categories.
    pub fn categories(&mut self, field: SheetField, scheme: Scheme) -> Vec<CodedName> {
        self.coded_list(field, |name| scheme.code(name))
    }

    /// Several names of a list of codes in one cell.
    pub fn coded_list(&mut self, field: SheetField, code: impl Fn(&str) -> Option<&'static str>) -> Vec<CodedName> {
        let (Some(column), Some(text)) = (self.column(field), self.text(field)) else { return Vec::new() };
        if matches!(text.as_str(), "无" | "/" | "-") {
            return Vec::new();
        }
        // A name that holds a separator itself stays whole.
        let names: Vec<&str> = match code(&plain(&text)) {
            Some(_) => vec![text.as_str()],
            None => text
                .split([',', '，', ';', '；', '、', '/', '\n'])
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .collect(),
        };
        names.iter().map(|name| self.code_of(column, name, &code)).collect()
    }

    fn code_of(&mut self, column: u32, text: &str, code: impl Fn(&str) -> Option<&'static str>) -> CodedName {
        let quotes = ['“', '”', '"', '「', '」'];
        let name: String = plain(text).chars().filter(|c| !quotes.contains(c)).collect();
        let code = code(&name);
        if code.is_none() {
            self.note(column, NoteCode::CodeUnknown, Some(mask::numbers(text)), None);
        }
        CodedName { code, name: plain(text) }
    }

    /// Township and village, filled from above where the cell is empty: a new township empties the village.
    pub fn place(&mut self) -> (Option<String>, Option<String>) {
        let township = self.filled(SheetField::Township);
        let own = self.column(SheetField::Township).is_some_and(|column| {
            let cell = self.row.cell(column);
            cell.value != GridValue::Empty && !cell.from_above
        });
        let same = own && township.as_ref() == self.above.seen.get("\u{0}township");
        if let Some(column) = self.column(SheetField::Village).filter(|_| own && !same) {
            self.above.values.remove(&column);
        }
        if let Some(township) = &township {
            self.above.seen.insert("\u{0}township".to_owned(), township.clone());
        }
        (township, self.filled(SheetField::Village))
    }

    /// A name of a place, filled from above where the cell is empty.
    pub fn filled(&mut self, field: SheetField) -> Option<String> {
        let column = self.column(field)?;
        let mut value = self.value(column);
        if value == GridValue::Empty {
            value = self.above.values.get(&column).copied().unwrap_or(GridValue::Empty);
            if value != GridValue::Empty {
                self.note(column, NoteCode::FilledDown, None, Some(self.text_of(value)));
            }
        }
        let text = self.words(column, value)?;
        Some(plain(&text)).filter(|text| !text.is_empty())
    }
}
