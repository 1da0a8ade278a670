//! .xlsx by rust_xlsxwriter. It knows no base of 1904, so that flag is put into the finished archive.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::book::{Book, Cell, Look, NumberLook, Row};
use crate::error::SheetsError;
use crate::spoil::serial;

const WORKBOOK: &str = "xl/workbook.xml";

struct Looks {
    title: Format,
    subtitle: Format,
    header: Format,
    body: Format,
    total: Format,
    whole: Format,
    day: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = || Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter);
        let framed = || plain().set_border(FormatBorder::Thin);
        Self {
            title: plain().set_font_size(18).set_bold().set_align(FormatAlign::Center),
            subtitle: plain(),
            header: framed().set_bold().set_text_wrap().set_align(FormatAlign::Center),
            body: framed(),
            total: framed().set_bold(),
            whole: framed().set_num_format("0"),
            day: framed().set_num_format("yyyy/m/d"),
        }
    }

    fn of(&self, look: Look) -> &Format {
        match look {
            Look::Title => &self.title,
            Look::Subtitle => &self.subtitle,
            Look::Header => &self.header,
            Look::Body => &self.body,
            Look::Total => &self.total,
        }
    }
}

pub(super) fn write(book: &Book) -> Result<Vec<u8>, SheetsError> {
    let looks = Looks::new();
    let mut workbook = Workbook::new();
    // Else the present moment would stand in it.
    let created = ExcelDateTime::from_ymd(2026, 8, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name(&book.name)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    for (column, width) in (0u16..).zip(&book.widths) {
        sheet.set_column_width(column, f64::from(*width))?;
    }
    for area in &book.merges {
        let look = book.rows.get(area.top as usize).map_or(Look::Body, |row| row.look);
        sheet.merge_range(area.top, area.left, area.bottom, area.right, "", looks.of(look))?;
    }
    for (at, row) in (0u32..).zip(&book.rows) {
        if row.look == Look::Title || row.is_high() {
            sheet.set_row_height(at, 30)?;
        }
        if row.hidden.is_some() {
            sheet.set_row_hidden(at)?;
        }
        cells(sheet, at, row, book, &looks)?;
    }
    let bytes = workbook.save_to_buffer()?;
    if book.base_1904 { base_1904(bytes) } else { Ok(bytes) }
}

fn cells(sheet: &mut Worksheet, at: u32, row: &Row, book: &Book, looks: &Looks) -> Result<(), SheetsError> {
    let look = looks.of(row.look);
    for (column, cell) in (0u16..).zip(&row.cells) {
        match cell {
            Cell::Empty => drop(sheet.write_blank(at, column, look)?),
            Cell::Text(text) => drop(sheet.write_string_with_format(at, column, text, look)?),
            Cell::Number(value, NumberLook::General) => drop(sheet.write_number_with_format(at, column, *value, look)?),
            Cell::Number(value, NumberLook::Whole) => {
                sheet.write_number_with_format(at, column, *value, &looks.whole)?;
            }
            Cell::Date { ymd: (year, month, day) } => {
                let serial = serial(&format!("{year}-{month}-{day}"), book.base_1904).unwrap_or_default();
                sheet.write_number_with_format(at, column, f64::from(serial), &looks.day)?;
            }
            Cell::Formula(expression) => {
                let formula = Formula::new(expression.source()).set_result(expression.result());
                sheet.write_formula_with_format(at, column, formula, look)?;
            }
            // The writer knows error values as results only.
            Cell::Error => {
                let formula = Formula::new("=NA()").set_result("#N/A");
                sheet.write_formula_with_format(at, column, formula, look)?;
            }
        }
    }
    Ok(())
}

fn base_1904(bytes: Vec<u8>) -> Result<Vec<u8>, SheetsError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at)?;
        if file.name()? != WORKBOOK {
            written.raw_copy_file(file)?;
            continue;
        }
        let mut xml = String::new();
        file.read_to_string(&mut xml)?;
        written.start_file(WORKBOOK, SimpleFileOptions::default().last_modified_time(zip::DateTime::default()))?;
        written.write_all(xml.replacen("<workbookPr ", "<workbookPr date1904=\"1\" ", 1).as_bytes())?;
    }
    Ok(written.finish()?.into_inner())
}
