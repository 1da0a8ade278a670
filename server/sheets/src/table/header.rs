//! The header of a table: one row, or two whose upper one groups columns. A sheet may hold several tables, side by side under one
//! row of headers or one below the other with headers of their own.

use std::collections::BTreeSet;

use super::segment::{NamedColumn, segments};
use super::{LedgerTable, Mapping, SheetColumn};
use crate::note::{CellNote, NoteCode};
use crate::read::{Grid, GridRow, letters};

/// Titles, who filled in, when: the first header stands below at most so many rows.
pub(super) const LAST_HEADER_ROW: usize = 40;

/// A row of headers: the tables that begin under it.
#[derive(Debug)]
pub struct Band {
    /// Its first row, from 1.
    pub first: u32,
    /// The tables, left to right.
    pub headers: Vec<Header>,
    /// What stands beside them and is no table.
    pub notes: Vec<CellNote>,
}

/// The header of one table.
#[derive(Debug)]
pub struct Header {
    /// Its last row, from 1.
    pub last: u32,
    /// Its columns, left to right; those of military units are not among them.
    pub columns: Vec<SheetColumn>,
    /// First and last column of the table, from 0.
    pub range: (u32, u32),
    /// The columns that were dropped.
    pub notes: Vec<CellNote>,
    /// Its rows as they stand: a repetition is left out.
    pub texts: Vec<Vec<String>>,
}

impl Band {
    /// One row is believed before two: a line of words above it names no column more.
    fn single(&self) -> bool {
        self.headers.iter().all(|header| header.last == self.first)
    }
}

impl Header {
    /// Whether a column is one of the table's.
    pub fn holds(&self, column: u32) -> bool {
        (self.range.0..=self.range.1).contains(&column)
    }
}

/// What a header is looked for with.
pub struct HeaderSearch<'a> {
    /// Whose columns.
    pub ledger: &'static LedgerTable,
    /// What was mapped by hand.
    pub mapping: Option<&'a Mapping>,
    /// Days are counted from 1904.
    pub epoch_1904: bool,
}

impl HeaderSearch<'_> {
    /// How many columns the best header in the head of a sheet names.
    pub fn fits(&self, grid: &Grid) -> usize {
        let rows: Vec<GridRow<'_>> = grid.rows().filter(|row| !row.hidden).take(LAST_HEADER_ROW + 1).collect();
        let all = (0..rows.len()).filter_map(|at| self.at(grid, &rows, at));
        all.map(|(known, _)| known).max().unwrap_or(0)
    }

    /// Every row of headers in a sheet, top to bottom.
    pub fn bands(&self, grid: &Grid) -> Vec<Band> {
        let words = self.words();
        let mut bands: Vec<Band> = Vec::new();
        let mut rows = grid.rows().filter(|row| !row.hidden).enumerate().peekable();
        // The rows above one that may hold headers, for the header may begin above it.
        let mut window: Vec<GridRow<'_>> = Vec::new();
        let mut from = 0;
        while let Some((count, row)) = rows.next() {
            let seen = bands.last().is_some_and(|band| band.headers.iter().any(|header| header.last >= row.number));
            let looked_at = if bands.is_empty() { count <= LAST_HEADER_ROW } else { mentions(&row, &words) };
            if seen || !looked_at || row.number < from {
                continue;
            }
            window.clear();
            window.push(row);
            window.extend(rows.peek().map(|(_, row)| row.clone()));
            let mut ahead = rows.clone();
            ahead.next();
            window.extend(ahead.next().map(|(_, row)| row));
            let Some((known, band)) = self.at(grid, &window, 0) else { continue };
            let next = self.at(grid, &window, 1).filter(|(more, next)| (*more, next.single()) > (known, band.single()));
            let next = next.map(|(_, band)| band);
            let band = next.unwrap_or(band);
            if bands.last().is_some_and(|above| repeats(above, &band)) {
                from = band.headers.iter().map(|header| header.last).max().unwrap_or(0);
                continue;
            }
            bands.push(band);
        }
        bands
    }

    /// The headers that begin at a row, if they fit: the row alone, or it and the one below.
    fn at(&self, grid: &Grid, rows: &[GridRow<'_>], at: usize) -> Option<(usize, Band)> {
        let row = rows.get(at)?;
        let below = rows.get(at + 1).filter(|below| below.number == row.number + 1);
        let (one, two) = (self.band(grid, row, None), below.and_then(|below| self.band(grid, row, Some(below))));
        match (one, two) {
            (Some(one), Some(two)) => Some(if two.0 > one.0 { two } else { one }),
            (one, two) => one.or(two),
        }
    }

    fn band(&self, grid: &Grid, row: &GridRow<'_>, below: Option<&GridRow<'_>>) -> Option<(usize, Band)> {
        let last = below.map_or(row.number, |below| below.number);
        let (named, notes) = self.named(grid, row, below);
        let width = row.width().max(below.map_or(0, GridRow::width));
        let raw = |row: &GridRow<'_>| (0..width).map(|at| self.text(row, at)).collect::<Vec<_>>();
        let texts: Vec<Vec<String>> = std::iter::once(row).chain(below).map(raw).collect();
        let mut band = Band { first: row.number, headers: Vec::new(), notes: Vec::new() };
        let (mut known, mut unfit) = (0, Vec::new());
        for segment in segments(self.ledger, named) {
            let taken: BTreeSet<&str> = segment.iter().filter_map(|named| Some(named.field?.key)).collect();
            if !self.ledger.fits(&taken) {
                unfit.push(segment);
                continue;
            }
            known += taken.len();
            let range = (segment.first().map_or(0, |named| named.at), segment.last().map_or(0, |named| named.at));
            let (columns, notes) = (columns(segment), Vec::new());
            band.headers.push(Header { last, columns, range, notes, texts: texts.clone() });
        }
        for segment in unfit {
            self.beside(&mut band, segment, last);
        }
        match band.headers.as_mut_slice() {
            [] => return None,
            // Alone, it has the whole row: cells without a header too.
            [only] => only.range = (0, u32::MAX),
            _ => {}
        }
        if let Some(first) = band.headers.first_mut() {
            first.notes.splice(0..0, notes);
        }
        Some((known, band))
    }

    /// Columns beside a table that are none of their own: under a group of their own (家属信息/姓名) they belong to the row; a second
    /// list does not, and is named.
    fn beside(&self, band: &mut Band, segment: Vec<NamedColumn>, last: u32) {
        let Some(first) = segment.first() else { return };
        let grouped = segment.iter().all(|named| named.header.contains('/') || named.field.is_none());
        let before = band.headers.iter_mut().rfind(|header| header.range.0 < first.at);
        match before.filter(|_| grouped) {
            Some(header) => {
                let own = columns(segment).into_iter().map(|column| SheetColumn { field: None, ..column });
                header.range.1 = header.range.1.max(own.clone().map(|column| column.at).max().unwrap_or(0));
                header.columns.extend(own);
            }
            None => {
                let names: Vec<&str> = segment.iter().map(|named| named.header.as_str()).collect();
                let at = format!("{}{last}", letters(first.at));
                band.notes.push(CellNote { at, code: NoteCode::TableBeside, from: Some(names.join("、")), to: None });
            }
        }
    }

    /// The words one of which stands in each row of headers.
    fn words(&self) -> BTreeSet<&str> {
        let needed = |key: &str| self.ledger.needed.iter().flat_map(|group| group.iter()).any(|needed| *needed == key);
        let usual = self.ledger.columns.iter().filter(|column| needed(column.key));
        let mapped = self.mapping.into_iter().flat_map(|mapping| &mapping.columns).filter(|(_, key)| needed(key));
        usual
            .flat_map(|column| column.headers.iter().copied())
            .chain(mapped.map(|(header, _)| header.as_str()))
            .collect()
    }
}

fn mentions(row: &GridRow<'_>, words: &BTreeSet<&str>) -> bool {
    row.columns().any(|at| {
        let value = row.cell(at).value;
        let text = value.text(false);
        let bare = text.split(['(', '（', '[']).next().unwrap_or_default();
        words.contains(bare.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | ':' | '：')))
    })
}

/// Whether a row of headers is the one above once more.
fn repeats(above: &Band, band: &Band) -> bool {
    let keys = |band: &Band| -> Vec<(u32, Option<&str>)> {
        let columns = band.headers.iter().flat_map(|header| &header.columns);
        columns.map(|column| (column.at, column.field.map(|field| field.key))).collect()
    };
    keys(above) == keys(band)
}

/// The columns of a table; the second of one field is marked.
fn columns(segment: Vec<NamedColumn>) -> Vec<SheetColumn> {
    let mut taken = BTreeSet::new();
    let column = |named: NamedColumn| {
        let second = named.field.is_some_and(|field| !taken.insert(field.key));
        let ten_thousand = named.header.contains("万元");
        SheetColumn { at: named.at, ten_thousand, header: named.header, field: named.field, second }
    };
    segment.into_iter().map(column).collect()
}
