//! A sheet as it was sent, with what became of each row: two more columns, cells coloured and commented, so that it can be mended in
//! a spreadsheet program and sent again. Whatever format it came in, it goes back as .xlsx.

use std::collections::BTreeMap;

use bianfang_domain::mask;
use rust_xlsxwriter::{Color, DocProperties, Format, Note as Comment, Workbook, Worksheet, XlsxError};

use super::{PaperError, fitting};
use crate::line::Weight;
use crate::read::{Book, Grid, GridValue, letters};

/// The columns that are added: the reader leaves them out when the sheet comes back.
pub const MARKS: [&str; 2] = ["导入结果", "导入说明"];

/// What became of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowMark {
    /// In one word: 新增, 待核.
    pub outcome: String,
    /// What is said of its cells: address, weight, words.
    pub cells: Vec<(String, Weight, String)>,
}

/// Marks by the name of the sheet and the number of the row.
pub type Marks = BTreeMap<(String, u32), RowMark>;

/// Comments in a book: each is a drawing, and more of them than this make it slow to open. The column says everything anyway.
const COMMENTS: usize = 2_000;

/// How a day is shown.
const DAY: &str = "yyyy-mm-dd";

/// Days from the first day of 1900 to that of 1904, as the two epochs count.
const EPOCHS: f64 = 1_462.0;

/// Writes the book with its marks.
///
/// # Errors
/// [`PaperError`] where the writer fails.
pub fn marked(book: &Book, marks: &Marks) -> Result<Vec<u8>, PaperError> {
    let mut file = Workbook::new();
    file.set_properties(&DocProperties::new().set_title("导入结果"));
    let inks = Inks::new();
    let (mut comments, mut shown) = (0, false);
    for grid in &book.sheets {
        let sheet = file.add_worksheet();
        sheet.set_name(if grid.name.is_empty() { "Sheet1" } else { &grid.name })?;
        // A book opens at a sheet that is seen.
        if !grid.hidden && !std::mem::replace(&mut shown, true) {
            sheet.set_active(true);
        }
        write(sheet, (grid, book.epoch_1904), (marks, &inks), &mut comments)?;
    }
    Ok(file.save_to_buffer()?)
}

struct Inks([Format; 3]);

impl Inks {
    fn new() -> Self {
        let fill = |color: u32| Format::new().set_background_color(Color::RGB(color));
        Self([fill(0x00E6_F4FF), fill(0x00FF_E7BA), fill(0x00FF_CCC7)])
    }

    fn of(&self, weight: Weight) -> &Format {
        let [note, doubt, refusal] = &self.0;
        match weight {
            Weight::Note => note,
            Weight::Doubt => doubt,
            Weight::Refusal => refusal,
        }
    }
}

fn write(
    sheet: &mut Worksheet,
    (grid, epoch_1904): (&Grid, bool),
    (marks, inks): (&Marks, &Inks),
    comments: &mut usize,
) -> Result<(), XlsxError> {
    let column = |at: u32| u16::try_from(at).unwrap_or(u16::MAX);
    let right = column(grid.rows().map(|row| row.width()).max().unwrap_or(0));
    sheet.set_hidden(grid.hidden);
    for (from, to) in grid.hidden_columns() {
        for at in *from..=(*to).min(u32::from(right)) {
            sheet.set_column_hidden(column(at))?;
        }
    }
    for area in grid.areas() {
        // Two rows of which the second begins before the first ends would end the book; the reader keeps none.
        sheet.merge_range(area.start.0, column(area.start.1), area.end.0, column(area.end.1), "", &Format::new())?;
    }
    // As it was named when it was read.
    let name = mask::id_numbers(&grid.name);
    let mut headed = false;
    for row in grid.rows() {
        let at = row.number.saturating_sub(1);
        if row.hidden {
            sheet.set_row_hidden(at)?;
        }
        let mark = marks.get(&(name.clone(), row.number));
        for index in row.columns() {
            let address = format!("{}{}", letters(index), row.number);
            let cells = mark.iter().flat_map(|mark| &mark.cells).filter(|(cell, ..)| *cell == address);
            let (weights, words): (Vec<Weight>, Vec<&str>) =
                cells.map(|(_, weight, words)| (*weight, words.as_str())).unzip();
            let weight = weights.into_iter().max();
            let ink = weight.map(|weight| inks.of(weight));
            put(sheet, (at, column(index)), (row.own(index), epoch_1904), ink)?;
            if weight.is_some_and(|weight| weight > Weight::Note) && *comments < COMMENTS {
                *comments += 1;
                sheet.insert_note(at, column(index), &Comment::new(words.join("\n")))?;
            }
        }
        let Some(mark) = mark else { continue };
        if !headed {
            headed = true;
            for (more, title) in (0..).zip(MARKS) {
                sheet.write_string(at.saturating_sub(1), right.saturating_add(more), title)?;
            }
        }
        let heaviest = mark.cells.iter().map(|(_, weight, _)| *weight).max().unwrap_or_default();
        sheet.write_string_with_format(at, right, &mark.outcome, inks.of(heaviest))?;
        let words: Vec<String> = mark.cells.iter().map(|(cell, _, words)| format!("{cell} {words}")).collect();
        sheet.write_string(at, right.saturating_add(1), fitting(&words.join("\n")))?;
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    (value, epoch_1904): (GridValue<'_>, bool),
    ink: Option<&Format>,
) -> Result<(), XlsxError> {
    let plain = Format::new();
    let ink = ink.unwrap_or(&plain);
    match value {
        GridValue::Empty => sheet.write_blank(row, column, ink)?,
        GridValue::Uncomputed => sheet.write_string_with_format(row, column, "#N/A", ink)?,
        GridValue::Text(text) | GridValue::Error(text) => {
            sheet.write_string_with_format(row, column, fitting(text), ink)?
        }
        GridValue::Number(number) => sheet.write_number_with_format(row, column, number, ink)?,
        GridValue::Date(serial) => {
            let serial = if epoch_1904 { serial + EPOCHS } else { serial };
            sheet.write_number_with_format(row, column, serial, &ink.clone().set_num_format(DAY))?
        }
        GridValue::Bool(truth) => sheet.write_boolean_with_format(row, column, truth, ink)?,
    };
    Ok(())
}
