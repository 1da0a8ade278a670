//! A ledger as a workbook: title, who exported what and when, a header that stays, laid out for A4. Rows go to disk as they
//! come, and only their texts stay in memory; every value is written as text or number, never as a formula.

use std::borrow::Cow;
use std::fs::File;
use std::io::Seek;
use std::path::Path;

use rust_xlsxwriter::{
    ColNum, Color, Format, FormatAlign, FormatBorder, IgnoreError, RowNum, Workbook, Worksheet, XlsxError,
};

use super::{Holds, Paper, PaperCell, PaperError, PaperHead, PaperPart, on_disk};

/// Rows above the table's first: title, about, header.
const TOP: RowNum = 3;

/// UTF-16 units in a cell, a limit of the format.
const CELL: usize = 32_767;

/// Forced page breaks in a sheet, a limit of Excel.
const BREAKS: usize = 1_023;

/// Points of a line of 10-point type.
const LINE: f64 = 13.0;

/// A4 in the format's table of papers.
const A4: u8 = 9;

pub(super) fn write(
    head: &PaperHead,
    parts: impl IntoIterator<Item = PaperPart>,
    scratch: &Path,
) -> Result<(File, u64), PaperError> {
    let mut book = Workbook::new();
    book.set_tempdir(scratch)?;
    let formats = Formats::new();
    // Texts in one table, which the writer keeps: with the texts in their cells the sheet shows blank in viewers of phones.
    let sheet = book.add_worksheet_with_low_memory()?;
    lay_out(sheet, head, &formats)?;
    let width = last_column(head);
    let (mut row, mut number, mut count, mut breaks) = (TOP, 0u32, 0u64, Vec::new());
    for part in parts {
        if let Some(name) = part.begins {
            if row > TOP && breaks.len() < BREAKS {
                breaks.push(row);
            }
            sheet.set_row_height(row, 24)?;
            sheet.merge_range(row, 0, row, width, &fitting(&name), &formats.section)?;
            (row, number) = (row + 1, 0);
        }
        for cells in part.rows {
            (number, count) = (number + 1, count + 1);
            sheet.set_row_height(row, height(&cells, head))?;
            sheet.write_number_with_format(row, 0, number, &formats.number)?;
            for ((at, cell), (_, _, holds)) in (0..).zip(&cells).zip(&head.columns).skip(1) {
                let format = formats.of(*holds);
                match cell {
                    PaperCell::Blank => sheet.write_blank(row, at, format)?,
                    PaperCell::Number(value) => sheet.write_number_with_format(row, at, *value, format)?,
                    PaperCell::Text(text) => sheet.write_string_with_format(row, at, fitting(text), format)?,
                };
            }
            row += 1;
        }
    }
    sheet.set_page_breaks(&breaks)?;
    // Numbers as text are meant: no green corners.
    sheet.ignore_error_range(TOP, 0, row.max(TOP), width, IgnoreError::NumberStoredAsText)?;
    let failed = on_disk(scratch);
    let mut file = tempfile::tempfile_in(scratch).map_err(&failed)?;
    book.save_to_writer(&mut file)?;
    file.rewind().map_err(&failed)?;
    Ok((file, count))
}

fn last_column(head: &PaperHead) -> ColNum {
    ColNum::try_from(head.columns.len().saturating_sub(1)).unwrap_or(0)
}

fn lay_out(sheet: &mut Worksheet, head: &PaperHead, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(head.title)?.set_paper_size(A4).set_landscape().set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer("&C第 &P 页 共 &N 页");
    sheet.set_freeze_panes(TOP, if head.form == Paper::Register { 2 } else { 0 })?;
    for (at, (_, width, _)) in (0..).zip(&head.columns) {
        sheet.set_column_width(at, *width)?;
    }
    match head.form {
        // As many pages down as it takes. Excel heeds page breaks only without fitting, so printed lists fit by their widths.
        Paper::Register => sheet.set_print_fit_to_pages(1, 0).set_repeat_rows(TOP - 1, TOP - 1)?,
        Paper::Printed => sheet.set_print_center_horizontally(true).set_repeat_rows(0, TOP - 1)?,
    };
    let width = last_column(head);
    sheet.set_row_height(0, 30)?.merge_range(0, 0, 0, width, head.title, &formats.title)?;
    sheet.set_row_height(1, 30)?.merge_range(1, 0, 1, width, &fitting(&head.about), &formats.about)?;
    let headers: Vec<PaperCell> = head.columns.iter().map(|(header, ..)| PaperCell::Text(header.clone())).collect();
    sheet.set_row_height(2, height(&headers, head).max(30.0))?;
    for (at, (header, ..)) in (0..).zip(&head.columns) {
        sheet.write_string_with_format(TOP - 1, at, fitting(header), &formats.header)?;
    }
    Ok(())
}

/// Points that a row needs, so that no wrapped text is cut: rows written one by one have no height of their own, and not
/// every program finds one. Printed lists have room for a pen.
fn height(cells: &[PaperCell], head: &PaperHead) -> f64 {
    let lines = cells.iter().zip(&head.columns).map(|(cell, (_, width, _))| match cell {
        PaperCell::Text(text) => text.lines().map(|line| (columns(line) / (width - 1.0)).ceil().max(1.0)).sum(),
        _ => 1.0,
    });
    let least = if head.form == Paper::Printed { 30.0 } else { 16.0 };
    // 409 points is the format's highest row.
    (lines.fold(1.0, f64::max) * LINE + 3.0).clamp(least, 409.0)
}

/// The width of a text in the unit of column widths: Chinese takes two.
fn columns(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum()
}

/// What fits a cell: characters that XML cannot hold are left out, and a longer text ends with how long it was.
#[must_use]
pub fn fitting(text: &str) -> Cow<'_, str> {
    let broken = |c: char| (c < ' ' && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}');
    let text: Cow<'_, str> = if text.contains(broken) {
        text.chars().filter(|c| !broken(*c)).collect::<String>().into()
    } else {
        text.into()
    };
    if text.len() <= CELL || text.encode_utf16().count() <= CELL {
        return text;
    }
    let note = format!("……（原文共 {} 字，单元格放不下，此处截断）", text.chars().count());
    let mut room = CELL - note.encode_utf16().count();
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    });
    Cow::Owned(kept.collect::<String>() + &note)
}

struct Formats {
    title: Format,
    about: Format,
    header: Format,
    section: Format,
    number: Format,
    text: Format,
    digits: Format,
}

impl Formats {
    fn new() -> Self {
        // SimSun is what bureaus print in; where it is missing, the system's own Chinese font stands in.
        let base = || Format::new().set_font_name("宋体").set_font_size(10).set_align(FormatAlign::VerticalCenter);
        let cell = || base().set_border(FormatBorder::Thin).set_border_color(Color::Gray).set_text_wrap();
        Self {
            title: base().set_font_size(16).set_bold().set_align(FormatAlign::Center),
            about: base().set_font_size(9).set_text_wrap(),
            header: cell().set_bold().set_align(FormatAlign::Center).set_background_color(Color::RGB(0x00E9_EEF5)),
            section: cell().set_bold().set_align(FormatAlign::Left),
            number: cell().set_align(FormatAlign::Center),
            text: cell(),
            digits: cell().set_num_format("@"),
        }
    }

    fn of(&self, holds: Holds) -> &Format {
        match holds {
            Holds::Number => &self.number,
            Holds::Text => &self.text,
            Holds::Digits | Holds::Mark => &self.digits,
        }
    }
}
