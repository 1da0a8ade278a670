//! .ods by its XML. calamine lays out every repeated cell (a file of a kilobyte can ask for a terabyte) and knows neither rows that
//! are collapsed or filtered nor merge areas, so the sheets are read here.

use std::collections::BTreeSet;
use std::io::Read;

use quick_xml::events::BytesStart;

use super::archive;
use super::book::{Book, BookFormat};
use super::grid::{Area, Grid, GridBuilder, GridValue, Layout};
use super::package::read_part;
use super::xml::{Node, attribute, walk};
use super::{MAX_COLUMNS, MAX_ROWS};
use crate::error::ImportError;

/// Reads a document.
pub fn read(bytes: &[u8]) -> Result<Book, ImportError> {
    let mut archive = archive::open(bytes)?;
    if let Ok(manifest) = archive.by_name("META-INF/manifest.xml") {
        let mut text = Vec::new();
        manifest.take(1_000_000).read_to_end(&mut text).map_err(|_| ImportError::Damaged)?;
        if String::from_utf8_lossy(&text).contains("encryption-data") {
            return Err(ImportError::Encrypted);
        }
    }
    let mut sheets = Sheets::default();
    let read = read_part(&mut archive, "content.xml", |source| {
        walk(source, |node| match node {
            Node::Open(tag) => sheets.open(tag),
            Node::Close(name) => sheets.close(name),
            Node::Text(text) => {
                sheets.text(text);
                Ok(())
            }
        })
    });
    read?.ok_or(ImportError::Damaged)?;
    Ok(Book { format: BookFormat::Ods, epoch_1904: false, sheets: sheets.read, unread: Vec::new() })
}

/// A cell under way.
#[derive(Default)]
struct Open {
    kind: String,
    value: Option<String>,
    text: String,
    paragraphs: usize,
    repeat: u32,
    formula: bool,
}

#[derive(Default)]
struct Sheets {
    read: Vec<Grid>,
    grid: Option<(String, GridBuilder)>,
    layout: Layout,
    /// Names of the styles under which a sheet is not displayed, and the one that is being read.
    undisplayed: BTreeSet<String>,
    style: String,
    row: u32,
    column: u32,
    repeat: u32,
    cell: Option<Open>,
    cells: Vec<(u32, Open)>,
    in_text: usize,
    in_note: usize,
}

impl Sheets {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), ImportError> {
        let number = |name: &str| attribute(tag, name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
        match tag.local_name().as_ref() {
            "style" => self.style = attribute(tag, "name").unwrap_or_default(),
            "table-properties" if attribute(tag, "display").is_some_and(|display| display == "false") => {
                self.undisplayed.insert(std::mem::take(&mut self.style));
            }
            "table" if self.grid.is_none() => {
                self.grid = Some((attribute(tag, "name").unwrap_or_default(), GridBuilder::default()));
                let hidden = attribute(tag, "style-name").is_some_and(|style| self.undisplayed.contains(&style));
                (self.row, self.column, self.layout) = (0, 0, Layout { hidden, ..Layout::default() });
            }
            "table-column" => {
                let (first, repeat) = (self.column, number("number-columns-repeated").max(1));
                self.column = first.saturating_add(repeat);
                if is_unseen(tag) {
                    self.layout.hidden_columns.push((first, self.column.saturating_sub(1)));
                }
            }
            "table-row" => {
                (self.column, self.repeat) = (0, number("number-rows-repeated").max(1));
                if is_unseen(tag) {
                    let last = self.row.saturating_add(self.repeat - 1);
                    self.layout.hidden_rows.push((self.row, last));
                }
            }
            "table-cell" | "covered-table-cell" => {
                let (down, across) = (number("number-rows-spanned").max(1), number("number-columns-spanned").max(1));
                if down > 1 || across > 1 {
                    let end = (self.row.saturating_add(down - 1), self.column.saturating_add(across - 1));
                    self.layout.areas.push(Area { start: (self.row, self.column), end });
                }
                let kind = attribute(tag, "value-type").unwrap_or_default();
                let value = ["value", "date-value", "boolean-value"].iter().find_map(|name| attribute(tag, name));
                let repeat = number("number-columns-repeated").max(1);
                self.cell =
                    Some(Open { kind, value, repeat, formula: attribute(tag, "formula").is_some(), ..Open::default() });
            }
            "annotation" => self.in_note += 1,
            "p" if self.in_note == 0 => {
                self.in_text += 1;
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "s" => self.text(&" ".repeat(number("c").min(100) as usize)),
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let (Some(cell), true, 0) = (&mut self.cell, self.in_text > 0, self.in_note) {
            cell.text.push_str(text);
        }
    }

    fn close(&mut self, tag: &str) -> Result<(), ImportError> {
        match tag {
            "table-cell" | "covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    let (column, repeat) = (self.column, cell.repeat);
                    let holds = cell.value.is_some() || cell.formula || !cell.text.is_empty();
                    if holds && column < MAX_COLUMNS {
                        self.cells.push((column, cell));
                    }
                    self.column = column.saturating_add(repeat);
                }
            }
            "table-row" => self.close_row()?,
            "annotation" => self.in_note = self.in_note.saturating_sub(1),
            "p" if self.in_note == 0 => self.in_text = self.in_text.saturating_sub(1),
            "table" => {
                if let Some((name, grid)) = self.grid.take() {
                    self.read.push(grid.finish(name, std::mem::take(&mut self.layout)));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), ImportError> {
        let cells = std::mem::take(&mut self.cells);
        let (first, repeat) = (self.row, self.repeat);
        self.row = first.saturating_add(repeat);
        let Some((_, grid)) = &mut self.grid else { return Ok(()) };
        if cells.is_empty() {
            return Ok(());
        }
        if repeat as usize > MAX_ROWS {
            return Err(ImportError::TooManyCells { rows: MAX_ROWS });
        }
        for row in first..first.saturating_add(repeat) {
            for (column, cell) in &cells {
                for column in *column..column.saturating_add(cell.repeat).min(MAX_COLUMNS) {
                    grid.put((row, column), cell.value(), cell.formula)?;
                }
            }
        }
        Ok(())
    }
}

/// Collapsed by hand, or kept back by a filter.
fn is_unseen(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "visibility").is_some_and(|how| how == "collapse" || how == "filter")
}

impl Open {
    fn value(&self) -> GridValue<'_> {
        let number = || self.value.as_deref().and_then(|text| text.parse::<f64>().ok());
        match (self.kind.as_str(), number()) {
            // A text that a formula gave says that it is one, even an empty one.
            ("", _) if self.formula && self.text.is_empty() => GridValue::Uncomputed,
            ("float" | "currency" | "percentage", Some(number)) => GridValue::Number(number),
            ("boolean", _) => GridValue::Bool(self.value.as_deref() == Some("true")),
            // The day itself, without the time that may follow.
            ("date", _) => {
                GridValue::Text(self.value.as_deref().map_or("", |date| date.split('T').next().unwrap_or(date)))
            }
            _ => GridValue::Text(&self.text),
        }
    }
}
