//! A paper form as a workbook of one page, so that a station fills it in by hand or on a screen and prints it.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook};

use super::{PaperError, fitting};

/// A4 in the format's table of papers.
const A4: u8 = 9;

/// Points of a line, and of the room for an opinion with its seal.
const LINE: f64 = 30.0;
const OPINION: f64 = 78.0;

/// A line of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormLine {
    /// What is asked.
    pub name: &'static str,
    /// What is known of it.
    pub known: String,
    /// With room for an opinion and its seal.
    pub tall: bool,
}

/// The workbook: its name, the title, two columns, and where one signs below.
///
/// # Errors
/// [`PaperError::Workbook`].
pub fn form((name, title): (&str, &str), lines: &[FormLine], sign: &str) -> Result<Vec<u8>, PaperError> {
    let plain = Format::new().set_font_name("宋体").set_font_size(12).set_align(FormatAlign::VerticalCenter);
    let boxed = plain.clone().set_border(FormatBorder::Thin).set_text_wrap();
    // Id numbers and days are text: a spreadsheet must not turn them into numbers when somebody types in them.
    let value = boxed.clone().set_num_format("@");
    let heading = plain.clone().set_bold().set_font_size(18).set_align(FormatAlign::Center);
    let signed = plain.set_align(FormatAlign::Right);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name)?.set_paper_size(A4).set_portrait().set_margins(0.8, 0.8, 0.8, 0.8, 0.3, 0.3);
    sheet.set_print_fit_to_pages(1, 1).set_print_center_horizontally(true);
    sheet.set_column_width(0, 24)?.set_column_width(1, 56)?;
    sheet.set_row_height(0, 44)?.merge_range(0, 0, 0, 1, title, &heading)?;
    let mut row = 1;
    for line in lines {
        sheet.set_row_height(row, if line.tall { OPINION } else { LINE })?;
        sheet.write_string_with_format(row, 0, line.name, &boxed)?;
        sheet.write_string_with_format(row, 1, fitting(&line.known), &value)?;
        row += 1;
    }
    sheet.set_row_height(row, 44)?.merge_range(row, 0, row, 1, sign, &signed)?;
    Ok(book.save_to_buffer()?)
}
