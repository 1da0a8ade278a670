//! The columns of a file as they stand, for who maps them by hand: its headers, what each is taken for, and its first cells. A sheet
//! whose header nobody knows shows the row that looks most like one.

use std::collections::BTreeSet;

use bianfang_domain::mask;

use super::header::{HeaderSearch, LAST_HEADER_ROW};
use super::segment::NamedColumn;
use super::{LedgerTable, Mapping, SheetReading};
use crate::error::ImportError;
use crate::read::{Grid, GridRow, letters};

/// Cells of a column that are shown.
const SAMPLES: usize = 3;
/// Characters of a cell that are shown.
const SAMPLE_CHARS: usize = 20;
/// A number of more digits is masked.
const YEAR_DIGITS: usize = 4;
/// Digits of a masked number that are shown.
const SHOWN_DIGITS: usize = 3;

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundColumn {
    /// The sheet's name; empty for a CSV.
    pub sheet: String,
    /// Its header: `D3`.
    pub at: String,
    /// As it stands, of two rows joined by `/`.
    pub header: String,
    /// The key of what it is taken for.
    pub key: Option<&'static str>,
    /// Its first cells, long numbers masked.
    pub samples: Vec<String>,
}

impl SheetReading {
    /// The columns of a file, sheet by sheet; hidden sheets and columns, and those of military units, are not among them.
    ///
    /// # Errors
    /// Those of [`crate::read_book`].
    pub fn columns(
        file: (&str, &[u8]),
        ledger: &'static LedgerTable,
        mapping: Option<&Mapping>,
    ) -> Result<Vec<FoundColumn>, ImportError> {
        let book = Self::book(file, ledger, mapping)?;
        let search = HeaderSearch { ledger, mapping, epoch_1904: book.epoch_1904 };
        let shown = book.sheets.iter().filter(|grid| !grid.hidden && !grid.is_empty());
        Ok(shown.flat_map(|grid| search.columns(grid)).collect())
    }
}

impl HeaderSearch<'_> {
    fn columns(&self, grid: &Grid) -> Vec<FoundColumn> {
        let mut found = Vec::new();
        for header in self.bands(grid).into_iter().flat_map(|band| band.headers) {
            let named = header.columns.into_iter();
            let named = named.map(|column| NamedColumn { at: column.at, header: column.header, field: column.field });
            self.take(grid, header.last, named, &mut found);
        }
        if found.is_empty()
            && let Some(row) = self.likeliest(grid)
        {
            self.take(grid, row.number, self.named(grid, &row, None).0, &mut found);
        }
        found
    }

    fn take(&self, grid: &Grid, row: u32, named: impl IntoIterator<Item = NamedColumn>, found: &mut Vec<FoundColumn>) {
        for NamedColumn { at, header, field } in named {
            let below = grid.rows().filter(|below| !below.hidden && below.number > row);
            let cells = below.map(|below| self.text(&below, at)).filter(|text| !text.is_empty());
            found.push(FoundColumn {
                sheet: mask::id_numbers(&grid.name),
                at: format!("{}{row}", letters(at)),
                header,
                key: field.map(|field| field.key),
                samples: cells.take(SAMPLES).map(|text| sample(&text)).collect(),
            });
        }
    }

    /// The row that holds the most different words; the first of several.
    fn likeliest<'g>(&self, grid: &'g Grid) -> Option<GridRow<'g>> {
        let words = |row: &GridRow<'_>| {
            let texts = row.columns().map(|at| self.text(row, at));
            texts
                .filter(|text| !text.is_empty() && !text.contains(|c: char| c.is_ascii_digit()))
                .collect::<BTreeSet<_>>()
        };
        let rows = grid.rows().filter(|row| !row.hidden).take(LAST_HEADER_ROW + 1);
        rows.enumerate().max_by_key(|(n, row)| (words(row).len(), std::cmp::Reverse(*n))).map(|(_, row)| row)
    }
}

/// The beginning of a cell; of a number longer than a year the first digits, for a sample says what a column holds and not whose.
fn sample(text: &str) -> String {
    let shown: Vec<char> = text.chars().take(SAMPLE_CHARS).collect();
    let runs = shown.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
    let digits = |run: &[char]| run.len() > YEAR_DIGITS && run.iter().all(char::is_ascii_digit);
    let masked = runs.flat_map(|run| {
        let from = if digits(run) { SHOWN_DIGITS } else { usize::MAX };
        run.iter().enumerate().map(move |(n, c)| if n < from { *c } else { '*' })
    });
    masked.collect()
}

#[cfg(test)]
mod tests {
    use super::sample;

    #[test]
    fn a_sample_says_what_a_column_holds_and_not_whose() {
        assert_eq!(sample("1985年3月"), "1985年3月");
        assert_eq!(sample("138 0000 13800000000"), "138 0000 138********");
        assert_eq!(sample("150426196203024437"), "150***************");
        assert_eq!(sample("一二三四五六七八九十一二三四五六七八九十末"), "一二三四五六七八九十一二三四五六七八九十");
    }
}
