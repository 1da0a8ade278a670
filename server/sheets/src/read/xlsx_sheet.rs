//! One sheet of an .xlsx in one pass: cells, hidden rows and columns, merge areas. calamine ends a book at the first error word it does
//! not know, at a workbook of another name and at rows without numbers, and tells nothing of what is hidden, so each sheet was
//! walked twice (ADR 9).

use std::io::BufRead;

use quick_xml::events::BytesStart;

use super::MAX_ROWS;
use super::grid::{Area, GridBuilder, GridValue, Layout, add_stretch};
use super::xlsx_styles::Styles;
use super::xlsx_texts::{TextItem, Texts, unescaped};
use super::xml::{Node, attribute, is_set, walk};
use crate::error::ImportError;

/// A sheet may merge the village over its rows, for every village; no sheet has more.
const MAX_AREAS: usize = 100_000;

/// Reads the cells of a sheet, and how it is laid out.
pub fn read(
    source: &mut dyn BufRead,
    (texts, styles): (&Texts, &Styles),
) -> Result<(GridBuilder, Layout), ImportError> {
    let mut sheet = Sheet { grid: GridBuilder::default(), layout: Layout::default(), row: 0, column: 0, cell: None };
    walk(source, |node| {
        match &node {
            Node::Open(tag) => sheet.open(tag)?,
            Node::Close("c") => {
                if let Some(cell) = sheet.cell.take() {
                    cell.put(&mut sheet.grid, (texts, styles))?;
                }
            }
            Node::Text(text) => {
                if let Some(cell) = sheet.cell.as_mut().filter(|cell| cell.in_value) {
                    cell.value.push_str(text);
                }
            }
            Node::Close(name) => {
                if let Some(cell) = sheet.cell.as_mut().filter(|_| *name == "v") {
                    cell.in_value = false;
                }
            }
        }
        if let Some(cell) = sheet.cell.as_mut().filter(|cell| cell.inline) {
            cell.item.take(&node);
        }
        Ok(())
    })?;
    Ok((sheet.grid, sheet.layout))
}

/// What is read so far; row and column are those that would follow, from 0.
struct Sheet {
    grid: GridBuilder,
    layout: Layout,
    row: u32,
    column: u32,
    cell: Option<OpenCell>,
}

/// A cell under way.
#[derive(Default)]
struct OpenCell {
    place: (u32, u32),
    kind: CellKind,
    style: usize,
    formula: bool,
    inline: bool,
    in_value: bool,
    value: String,
    item: TextItem,
}

/// What a cell says it holds (ECMA-376 part 1, 18.18.11).
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum CellKind {
    #[default]
    Number,
    Shared,
    Inline,
    Text,
    Bool,
    Error,
}

impl Sheet {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), ImportError> {
        match tag.local_name().as_ref() {
            "c" => self.cell = Some(self.cell(tag)),
            "v" => self.with_cell(|cell| cell.in_value = true),
            "f" => self.with_cell(|cell| cell.formula = true),
            "is" => self.with_cell(|cell| cell.inline = true),
            "row" => {
                let said = attribute(tag, "r").and_then(|number| number.parse::<u32>().ok()?.checked_sub(1));
                let row = said.unwrap_or(self.row);
                (self.row, self.column) = (row.saturating_add(1), 0);
                if is_set(tag, "hidden") {
                    add_stretch(&mut self.layout.hidden_rows, row);
                }
            }
            "col" if is_set(tag, "hidden") => {
                let said = |name| attribute(tag, name).and_then(|text| text.parse::<u32>().ok()?.checked_sub(1));
                if let (Some(from), Some(to)) = (said("min"), said("max")) {
                    self.layout.hidden_columns.push((from, to));
                }
            }
            "mergeCell" => {
                self.layout.areas.extend(attribute(tag, "ref").as_deref().and_then(area));
                if self.layout.areas.len() > MAX_AREAS {
                    return Err(ImportError::TooManyCells { rows: MAX_ROWS });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn with_cell(&mut self, change: impl FnOnce(&mut OpenCell)) {
        if let Some(cell) = &mut self.cell {
            change(cell);
        }
    }

    /// A cell says where it stands, or stands behind the one before.
    fn cell(&mut self, tag: &BytesStart<'_>) -> OpenCell {
        let mut cell = OpenCell { place: (self.row.saturating_sub(1), self.column), ..OpenCell::default() };
        for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
            let value = attribute.value.as_ref();
            match attribute.key.local_name().as_ref() {
                "r" => cell.place = position(value).unwrap_or(cell.place),
                "s" => cell.style = value.parse().unwrap_or(0),
                "t" => {
                    cell.kind = match value {
                        "s" => CellKind::Shared,
                        "inlineStr" => CellKind::Inline,
                        "str" | "d" => CellKind::Text,
                        "b" => CellKind::Bool,
                        "e" => CellKind::Error,
                        _ => CellKind::Number,
                    }
                }
                _ => {}
            }
        }
        self.column = cell.place.1.saturating_add(1);
        cell
    }
}

impl OpenCell {
    fn put(mut self, grid: &mut GridBuilder, (texts, styles): (&Texts, &Styles)) -> Result<(), ImportError> {
        let inline = self.item.finish();
        let written = self.value.as_str();
        let bare = written.trim();
        let text;
        let value = match self.kind {
            CellKind::Inline => GridValue::Text(&inline),
            // A text that a formula gave may be empty.
            CellKind::Text => {
                text = if written.contains("_x") { unescaped(written) } else { std::mem::take(&mut self.value) };
                GridValue::Text(&text)
            }
            // Nobody computed it.
            _ if bare.is_empty() && self.formula => GridValue::Uncomputed,
            _ if bare.is_empty() => GridValue::Empty,
            CellKind::Shared => GridValue::Text(bare.parse().ok().and_then(|number| texts.get(number)).unwrap_or("")),
            CellKind::Bool => GridValue::Bool(matches!(bare, "1" | "true")),
            CellKind::Error => GridValue::Error(bare),
            CellKind::Number => match bare.parse::<f64>() {
                Ok(number) if styles.shows_day(self.style) => GridValue::Date(number),
                Ok(number) => GridValue::Number(number),
                Err(_) => GridValue::Text(bare),
            },
        };
        grid.put(self.place, value, self.formula)
    }
}

/// `B3:D5`.
fn area(text: &str) -> Option<Area> {
    let (start, end) = text.split_once(':')?;
    let (start, end) = (position(start)?, position(end)?);
    (start.0 <= end.0 && start.1 <= end.1).then_some(Area { start, end })
}

/// `B3`, `$B$3`: row and column from 0.
fn position(text: &str) -> Option<(u32, u32)> {
    let (mut column, mut row) = (0_u32, 0_u32);
    for byte in text.bytes().filter(|byte| *byte != b'$') {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                let digit = u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                column = column.checked_mul(26)?.checked_add(digit)?;
            }
            b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
            _ => return None,
        }
    }
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}
