//! .ods by its XML. calamine lays out every repeated cell (a file of a kilobyte can ask for a terabyte) and knows neither rows that
//! are collapsed or filtered nor merge areas, so the sheets are read here.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive;
use super::book::{Book, BookFormat};
use super::grid::{Area, Grid, GridBuilder, GridValue};
use super::xlsx_rows::attribute;
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
    let entry = archive.by_name("content.xml").map_err(|_| ImportError::Damaged)?;
    let mut limited = {
        let said = entry.size();
        entry.take(said.saturating_add(1))
    };
    let mut reader = Reader::from_reader(BufReader::new(&mut limited));
    let mut sheets = Sheets::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| ImportError::Damaged)? {
            Event::Start(tag) => sheets.open(&tag)?,
            Event::Empty(tag) => {
                sheets.open(&tag)?;
                sheets.close(tag.local_name().as_ref())?;
            }
            Event::End(tag) => sheets.close(tag.local_name().as_ref())?,
            Event::Text(text) => sheets.text(&text.xml10_content()),
            Event::CData(text) => sheets.text(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let named = quick_xml::escape::resolve_predefined_entity(&entity).map(str::to_owned);
                let resolved = named.or_else(|| Some(entity.resolve_char_ref().ok()??.to_string()));
                sheets.text(&resolved.unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    drop(reader);
    if limited.limit() == 0 {
        return Err(ImportError::UnpacksTooLarge);
    }
    Ok(Book { format: BookFormat::Ods, epoch_1904: false, sheets: sheets.read })
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
    areas: Vec<Area>,
    hidden: Vec<Area>,
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
            "table" if self.grid.is_none() => {
                self.grid = Some((attribute(tag, "name").unwrap_or_default(), GridBuilder::default()));
                (self.row, self.areas, self.hidden) = (0, Vec::new(), Vec::new());
            }
            "table-row" => {
                (self.column, self.repeat) = (0, number("number-rows-repeated").max(1));
                if attribute(tag, "visibility").is_some_and(|how| how == "collapse" || how == "filter") {
                    let last = self.row.saturating_add(self.repeat - 1);
                    self.hidden.push(Area { start: (self.row, 0), end: (last, 0) });
                }
            }
            "table-cell" | "covered-table-cell" => {
                let (down, across) = (number("number-rows-spanned").max(1), number("number-columns-spanned").max(1));
                if down > 1 || across > 1 {
                    let end = (self.row.saturating_add(down - 1), self.column.saturating_add(across - 1));
                    self.areas.push(Area { start: (self.row, self.column), end });
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
                    let holds = cell.value.is_some() || !cell.text.is_empty();
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
                    let areas = std::mem::take(&mut self.areas);
                    self.read.push(grid.finish(name, areas, &std::mem::take(&mut self.hidden)));
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

impl Open {
    fn value(&self) -> GridValue<'_> {
        let number = || self.value.as_deref().and_then(|text| text.parse::<f64>().ok());
        match (self.kind.as_str(), number()) {
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
