//! The form as a workbook of one page, so that a station fills it in by hand or on a screen and prints it.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::{Filled, SIGN};
use crate::export::fitting;

/// A4 in the format's table of papers.
const A4: u8 = 9;

/// Points of a line, and of the room for an opinion with its seal.
const LINE: f64 = 30.0;
const OPINION: f64 = 78.0;

/// The workbook.
pub(super) fn bytes(form: &Filled) -> Result<Vec<u8>, XlsxError> {
    let plain = Format::new().set_font_name("宋体").set_font_size(12).set_align(FormatAlign::VerticalCenter);
    let boxed = plain.clone().set_border(FormatBorder::Thin).set_text_wrap();
    // Id numbers and days are text: a spreadsheet must not turn them into numbers when somebody types in them.
    let value = boxed.clone().set_num_format("@");
    let title = plain.clone().set_bold().set_font_size(18).set_align(FormatAlign::Center);
    let sign = plain.set_align(FormatAlign::Right);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("申请表")?.set_paper_size(A4).set_portrait().set_margins(0.8, 0.8, 0.8, 0.8, 0.3, 0.3);
    sheet.set_print_fit_to_pages(1, 1).set_print_center_horizontally(true);
    sheet.set_column_width(0, 24)?.set_column_width(1, 56)?;
    sheet.set_row_height(0, 44)?.merge_range(0, 0, 0, 1, &form.title, &title)?;
    let mut row = 1;
    for (name, known, opinion) in &form.lines {
        sheet.set_row_height(row, if *opinion { OPINION } else { LINE })?;
        sheet.write_string_with_format(row, 0, *name, &boxed)?;
        sheet.write_string_with_format(row, 1, fitting(known), &value)?;
        row += 1;
    }
    sheet.set_row_height(row, 44)?.merge_range(row, 0, row, 1, SIGN, &sign)?;
    book.save_to_buffer()
}
