//! Township and village, filled from above where a cell is empty; and codes of divisions.

use super::Cells;
use crate::note::NoteCode;
use crate::read::GridValue;
use crate::value::plain;

impl Cells<'_, '_> {
    /// Township and village, filled from above where the cell is empty: a new township empties the village.
    pub fn place(&mut self) -> (Option<String>, Option<String>) {
        let township = self.filled("township");
        let own = self.column("township").is_some_and(|column| {
            let cell = self.row.cell(column);
            cell.value != GridValue::Empty && !cell.from_above
        });
        let same = own && township.as_ref() == self.above.seen.get("\u{0}township");
        if let Some(column) = self.column("village").filter(|_| own && !same) {
            self.above.values.remove(&column);
        }
        if let Some(township) = &township {
            self.above.seen.insert("\u{0}township".to_owned(), township.clone());
        }
        (township, self.filled("village"))
    }

    /// A name of a place, filled from above where the cell is empty.
    pub fn filled(&mut self, field: &str) -> Option<String> {
        let column = self.column(field)?;
        let mut value = self.value(column);
        let own = value != GridValue::Empty;
        if !own {
            value = self.above.values.get(&column).copied().unwrap_or(GridValue::Empty);
            if value != GridValue::Empty {
                self.note(column, NoteCode::FilledDown, None, Some(self.text_of(value)));
            }
        }
        let text = self.words(column, value)?;
        if own {
            self.tell_marks(column, &text, &plain(&text));
        }
        Some(plain(&text)).filter(|text| !text.is_empty())
    }

    /// 区划代码. Statistics write every level with twelve digits; a township's end in three zeros (国家统计局 统计用区划代码).
    pub fn division_code(&mut self, code: Option<String>) -> Option<String> {
        let code = code?;
        let township = code.strip_suffix("000").filter(|short| code.len() == 12 && !short.ends_with("000"));
        let Some(township) = township.map(str::to_owned) else { return Some(code) };
        let column = self.column("code12").unwrap_or(0);
        self.note(column, NoteCode::DivisionCodePadded, Some(code), Some(township.clone()));
        Some(township)
    }
}
