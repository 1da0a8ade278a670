//! A sheet in memory: cells row by row, 24 bytes each, texts in a pool. Merge areas are laid over when a row is looked at.

use std::borrow::Cow;

use super::pool::{FillingPool, Pool};
use super::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS};
use crate::error::ImportError;
use crate::note::CellNote;

/// What a cell was in the file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum GridValue<'a> {
    /// Nothing.
    Empty,
    /// Text, or the cell of a text file.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A number formatted as a day: days since the book's epoch.
    Date(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// `#REF!` and its like.
    Error(&'a str),
    /// A formula that nobody computed: something stands there, and nobody knows what.
    Uncomputed,
}

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridCell<'a> {
    /// Its value; of a formula the value that was computed last.
    pub value: GridValue<'a>,
    /// A formula gave the value.
    pub formula: bool,
    /// It is covered by a merge area whose first cell stands in a row above.
    pub from_above: bool,
    /// It is covered by a merge area whose first cell stands to the left.
    pub from_left: bool,
}

#[derive(Debug, Clone, Copy)]
enum Packed {
    Text(u32),
    Number(f64),
    Date(f64),
    Bool(bool),
    Error(u32),
    Uncomputed,
}

/// From the first cell to the last, row and column counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Row and column.
    pub start: (u32, u32),
    /// Row and column, inclusive.
    pub end: (u32, u32),
}

/// How a sheet is laid out.
#[derive(Debug, Default)]
pub struct Layout {
    /// Merged.
    pub areas: Vec<Area>,
    /// First and last of each stretch of hidden rows, from 0.
    pub hidden_rows: Vec<(u32, u32)>,
    /// First and last of each stretch of hidden columns, from 0.
    pub hidden_columns: Vec<(u32, u32)>,
    /// The sheet as a whole is hidden.
    pub hidden: bool,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    column: u16,
    formula: bool,
    value: Packed,
}

#[derive(Debug)]
struct RowHead {
    number: u32,
    first: u32,
    until: u32,
    hidden: bool,
}

/// A sheet.
#[derive(Debug, Default)]
pub struct Grid {
    /// Its name; that of a CSV is empty.
    pub name: String,
    /// Nobody sees it: by a click, or by a program ("very hidden").
    pub hidden: bool,
    /// Cells beyond [`MAX_COLUMNS`], which are not looked at.
    pub beyond: u64,
    /// What the reader of the file had to put right.
    pub notes: Vec<CellNote>,
    hidden_columns: Vec<(u32, u32)>,
    rows: Vec<RowHead>,
    cells: Vec<Slot>,
    areas: Vec<Area>,
    pool: Pool,
}

/// Cells of a sheet on their way in. Most programs write them in the order of rows and columns.
#[derive(Default)]
pub struct GridBuilder {
    grid: Grid,
    pool: FillingPool,
}

impl GridBuilder {
    /// Adds a value. Empty texts are nothing.
    pub fn put(&mut self, (row, column): (u32, u32), value: GridValue<'_>, formula: bool) -> Result<(), ImportError> {
        if column >= MAX_COLUMNS {
            self.grid.beyond += u64::from(value != GridValue::Empty);
            return Ok(());
        }
        let full = ImportError::TooManyCells { rows: MAX_ROWS };
        let mut keep = |text: &str| self.pool.put(text);
        let packed = match value {
            GridValue::Empty => return Ok(()),
            GridValue::Text(text) if text.trim().is_empty() => return Ok(()),
            GridValue::Text(text) => keep(text).map(Packed::Text),
            GridValue::Error(text) => keep(text).map(Packed::Error),
            GridValue::Number(number) => Some(Packed::Number(number)),
            GridValue::Date(number) => Some(Packed::Date(number)),
            GridValue::Bool(truth) => Some(Packed::Bool(truth)),
            GridValue::Uncomputed => Some(Packed::Uncomputed),
        };
        let number = row.saturating_add(1);
        let grid = &mut self.grid;
        if grid.rows.last().is_none_or(|last| last.number != number) {
            let first = u32::try_from(grid.cells.len()).unwrap_or(u32::MAX);
            grid.rows.push(RowHead { number, first, until: first, hidden: false });
        }
        let (Some(packed), Ok(column)) = (packed, u16::try_from(column)) else { return Err(full) };
        if grid.rows.len() > MAX_ROWS || grid.cells.len() >= MAX_CELLS {
            return Err(full);
        }
        grid.cells.push(Slot { column, formula, value: packed });
        if let Some(row) = grid.rows.last_mut() {
            row.until += 1;
        }
        Ok(())
    }

    /// The sheet, laid out. Rows that stood in another order are put in theirs.
    pub fn finish(mut self, name: String, mut layout: Layout) -> Grid {
        self.grid.rows.sort_by_key(|row| row.number);
        layout.hidden_rows.sort_unstable();
        for row in &mut self.grid.rows {
            let at = row.number.saturating_sub(1);
            let until = layout.hidden_rows.partition_point(|(from, _)| *from <= at);
            let last = until.checked_sub(1).and_then(|last| layout.hidden_rows.get(last));
            row.hidden = last.is_some_and(|(_, to)| *to >= at);
        }
        self.grid.cells.shrink_to_fit();
        let (areas, hidden_columns) = (apart(layout.areas), layout.hidden_columns);
        Grid { name, areas, hidden_columns, hidden: layout.hidden, pool: self.pool.finish(), ..self.grid }
    }
}

/// Adds a row to the stretches of those that are hidden.
pub fn add_stretch(hidden: &mut Vec<(u32, u32)>, row: u32) {
    match hidden.last_mut().filter(|(_, last)| last.checked_add(1) == Some(row)) {
        Some((_, last)) => *last = row,
        None => hidden.push((row, row)),
    }
}

/// The areas that lie apart, top to bottom: no program lets two overlap, and a row under a thousand of them has no end.
fn apart(mut areas: Vec<Area>) -> Vec<Area> {
    areas.retain(|area| area.end != area.start && area.start.1 < MAX_COLUMNS);
    areas.sort_by_key(|area| area.start);
    let mut free = [0_u32; MAX_COLUMNS as usize];
    areas.retain_mut(|area| {
        area.end.1 = area.end.1.min(MAX_COLUMNS - 1);
        let columns = area.start.1 as usize..=area.end.1 as usize;
        let Some(free) = free.get_mut(columns) else { return false };
        let alone = free.iter().all(|from| *from <= area.start.0);
        if alone {
            free.fill(area.end.0.saturating_add(1));
        }
        alone
    });
    areas
}

/// A row that holds something.
#[derive(Debug, Clone)]
pub struct GridRow<'a> {
    grid: &'a Grid,
    /// As a spreadsheet counts, from 1.
    pub number: u32,
    /// By hand or by a filter.
    pub hidden: bool,
    cells: &'a [Slot],
    covering: Vec<Area>,
}

impl Grid {
    /// Rows that hold something, top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = GridRow<'_>> + Clone {
        let mut coming = self.areas.iter().peekable();
        let mut open: Vec<Area> = Vec::new();
        self.rows.iter().map(move |head| {
            let at = head.number.saturating_sub(1);
            while let Some(area) = coming.next_if(|area| area.start.0 <= at) {
                open.push(*area);
            }
            open.retain(|area| area.end.0 >= at);
            GridRow {
                grid: self,
                number: head.number,
                hidden: head.hidden,
                cells: self.cells.get(head.first as usize..head.until as usize).unwrap_or_default(),
                covering: open.clone(),
            }
        })
    }

    /// First and last of each stretch of hidden columns, from 0.
    #[must_use]
    pub fn hidden_columns(&self) -> &[(u32, u32)] {
        &self.hidden_columns
    }

    /// What is merged, top to bottom; no two overlap.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// Whether nobody sees a column.
    #[must_use]
    pub fn hides_column(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(from, to)| (*from..=*to).contains(&column))
    }

    /// Rows that hold something.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn value(&self, packed: Packed) -> GridValue<'_> {
        match packed {
            Packed::Text(text) => GridValue::Text(self.pool.get(text)),
            Packed::Error(text) => GridValue::Error(self.pool.get(text)),
            Packed::Number(number) => GridValue::Number(number),
            Packed::Date(number) => GridValue::Date(number),
            Packed::Bool(truth) => GridValue::Bool(truth),
            Packed::Uncomputed => GridValue::Uncomputed,
        }
    }

    fn at(&self, row: u32, column: u32) -> Option<(GridValue<'_>, bool)> {
        let index = self.rows.binary_search_by_key(&row.saturating_add(1), |head| head.number).ok()?;
        let head = self.rows.get(index)?;
        let cells = self.cells.get(head.first as usize..head.until as usize)?;
        find(cells, column).map(|slot| (self.value(slot.value), slot.formula))
    }
}

impl<'a> GridRow<'a> {
    /// A cell by its column, counted from 0.
    #[must_use]
    pub fn cell(&self, column: u32) -> GridCell<'a> {
        let at = self.number.saturating_sub(1);
        let inside = |area: &&Area| (area.start.1..=area.end.1).contains(&column);
        if let Some(area) = self.covering.iter().find(inside).filter(|area| area.start != (at, column)) {
            let (value, formula) = self.grid.at(area.start.0, area.start.1).unwrap_or((GridValue::Empty, false));
            return GridCell { value, formula, from_above: area.start.0 < at, from_left: area.start.1 < column };
        }
        let own = find(self.cells, column);
        let value = own.map_or(GridValue::Empty, |slot| self.grid.value(slot.value));
        GridCell { value, formula: own.is_some_and(|slot| slot.formula), from_above: false, from_left: false }
    }

    /// The value that stands in a cell itself, whatever covers it.
    #[must_use]
    pub fn own(&self, column: u32) -> GridValue<'a> {
        find(self.cells, column).map_or(GridValue::Empty, |slot| self.grid.value(slot.value))
    }

    /// Columns that hold something themselves.
    pub fn columns(&self) -> impl Iterator<Item = u32> {
        self.cells.iter().map(|slot| u32::from(slot.column))
    }

    /// One past the last column that holds something, or is covered by a merge area.
    #[must_use]
    pub fn width(&self) -> u32 {
        let own = self.cells.iter().map(|slot| u32::from(slot.column) + 1).max().unwrap_or(0);
        let covered = self.covering.iter().map(|area| area.end.1.saturating_add(1)).max().unwrap_or(0);
        own.max(covered.min(MAX_COLUMNS))
    }

    /// The address of a column in this row: `E5`.
    #[must_use]
    pub fn address(&self, column: u32) -> String {
        format!("{}{}", letters(column), self.number)
    }
}

fn find(cells: &[Slot], column: u32) -> Option<&Slot> {
    // Nearly always the cells of a row are whole: the column's own place is looked at first.
    let own = |slot: &&Slot| u32::from(slot.column) == column;
    cells.get(column as usize).filter(own).or_else(|| cells.iter().find(own))
}

/// A column as a spreadsheet names it: 0 is `A`.
#[must_use]
pub fn letters(column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column.saturating_add(1);
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters
}

impl GridValue<'_> {
    /// The text as a person sees it; a day as `1985-03-02`.
    #[must_use]
    pub fn text(&self, epoch_1904: bool) -> Cow<'_, str> {
        match self {
            Self::Empty | Self::Uncomputed => Cow::Borrowed(""),
            Self::Text(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Bool(true) => Cow::Borrowed("TRUE"),
            Self::Bool(false) => Cow::Borrowed("FALSE"),
            Self::Number(number) => Cow::Owned(number_text(*number)),
            Self::Date(serial) => {
                let day = crate::value::serial_day(*serial, epoch_1904);
                Cow::Owned(day.map_or_else(|| number_text(*serial), |day| day.to_string()))
            }
        }
    }
}

/// Spreadsheets show fifteen digits; a whole number beyond that has lost its end, and shows it by its exponent.
fn number_text(number: f64) -> String {
    if number.abs() < 1e15 { format!("{number}") } else { format!("{number:.5E}").replace('E', "E+") }
}
