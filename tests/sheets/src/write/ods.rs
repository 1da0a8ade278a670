//! .ods as LibreOffice writes it: equal neighbours folded into one element that repeats, covered cells under merged ones,
//! hidden rows as collapsed or filtered.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::book::{Book, Cell, Hidden, Look, Merge, NumberLook, Row};
use crate::error::SheetsError;

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Rows of a sheet; LibreOffice repeats the empty rest.
const ROWS: usize = 1_048_576;

pub(super) fn write(book: &Book) -> Result<Vec<u8>, SheetsError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    // The type stands first and unpacked, so that it can be told by the file's first bytes.
    archive.start_file("mimetype", plain.compression_method(CompressionMethod::Stored))?;
    archive.write_all(MIME.as_bytes())?;
    let files = [
        ("META-INF/manifest.xml", manifest()),
        ("styles.xml", include_str!("ods/styles.xml").to_owned()),
        ("content.xml", content(book)),
    ];
    for (name, text) in files {
        archive.start_file(name, plain.compression_method(CompressionMethod::Deflated))?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn manifest() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"{MIME}\"/>\
         <manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    )
}

fn content(book: &Book) -> String {
    let mut xml = String::from(include_str!("ods/head.xml"));
    for (at, width) in book.widths.iter().enumerate() {
        let centimetres = f64::from(*width) * 0.21;
        let _ = write!(
            xml,
            "<style:style style:name=\"co{at}\" style:family=\"table-column\">\
             <style:table-column-properties style:column-width=\"{centimetres:.2}cm\"/></style:style>"
        );
    }
    xml.push_str("</office:automatic-styles><office:body><office:spreadsheet>");
    if book.base_1904 {
        xml.push_str("<table:calculation-settings><table:null-date table:date-value=\"1904-01-01\"/></table:calculation-settings>");
    }
    let _ = write!(xml, "<table:table table:style-name=\"ta1\" table:name=\"{}\">", escape(&book.name));
    for at in 0..book.widths.len() {
        let _ = write!(xml, "<table:table-column table:style-name=\"co{at}\"/>");
    }
    let mut areas: Vec<Vec<&Merge>> = vec![Vec::new(); book.rows.len()];
    for area in &book.merges {
        for row in areas.iter_mut().take(area.bottom as usize + 1).skip(area.top as usize) {
            row.push(area);
        }
    }
    for (at, areas) in areas.iter().enumerate() {
        let Some(row) = book.rows.get(at) else { continue };
        let visibility = match row.hidden {
            None => "",
            Some(Hidden::Hand) => " table:visibility=\"collapse\"",
            Some(Hidden::Filter) => " table:visibility=\"filter\"",
        };
        let _ = write!(xml, "<table:table-row table:style-name=\"ro1\"{visibility}>");
        row_cells(&mut xml, book, at, row, areas);
        xml.push_str("</table:table-row>");
    }
    let (wide, rest) = (book.widths.len().max(1), ROWS.saturating_sub(book.rows.len()));
    let _ = write!(
        xml,
        "<table:table-row table:style-name=\"ro1\" table:number-rows-repeated=\"{rest}\">\
         <table:table-cell table:number-columns-repeated=\"{wide}\"/></table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    xml
}

fn row_cells(xml: &mut String, book: &Book, at: usize, row: &Row, areas: &[&Merge]) {
    let number = u32::try_from(at).unwrap_or(u32::MAX);
    let element = |column: usize| {
        let position = u16::try_from(column).unwrap_or(u16::MAX);
        let area = areas.iter().find(|area| (area.left..=area.right).contains(&position));
        let cell = row.cells.get(column).unwrap_or(&Cell::Empty);
        match area {
            Some(area) if (area.top, area.left) != (number, position) => Element::covered(),
            Some(area) => Element::of(cell, row.look, Some(area)),
            None => Element::of(cell, row.look, None),
        }
    };
    let mut column = 0;
    while column < book.widths.len() {
        let here = element(column);
        let equal = (column + 1..book.widths.len()).take_while(|next| !here.spans && element(*next) == here).count();
        here.write(xml, equal + 1);
        column += equal + 1;
    }
}

#[derive(PartialEq)]
struct Element {
    name: &'static str,
    attributes: String,
    text: String,
    spans: bool,
}

impl Element {
    fn covered() -> Self {
        Self { name: "covered-table-cell", attributes: String::new(), text: String::new(), spans: false }
    }

    fn of(cell: &Cell, look: Look, area: Option<&Merge>) -> Self {
        let style = match (look, cell) {
            (Look::Body, Cell::Date { .. }) => "day",
            (Look::Body, Cell::Number(_, NumberLook::Whole)) => "whole",
            (Look::Title, _) => "title",
            (Look::Subtitle, _) => "subtitle",
            (Look::Header, _) => "header",
            (Look::Body, _) => "body",
            (Look::Total, _) => "total",
        };
        let mut attributes = String::new();
        if !style.is_empty() {
            let _ = write!(attributes, " table:style-name=\"{style}\"");
        }
        if let Some(area) = area {
            let (wide, high) = (area.right - area.left + 1, area.bottom - area.top + 1);
            let _ = write!(attributes, " table:number-columns-spanned=\"{wide}\" table:number-rows-spanned=\"{high}\"");
        }
        attributes.push_str(&value(cell));
        Self { name: "table-cell", attributes, text: paragraphs(&cell.shown()), spans: area.is_some() }
    }

    fn write(&self, xml: &mut String, times: usize) {
        let Self { name, attributes, text, .. } = self;
        let _ = write!(xml, "<table:{name}{attributes}");
        if times > 1 {
            let _ = write!(xml, " table:number-columns-repeated=\"{times}\"");
        }
        let _ = match text.is_empty() {
            true => write!(xml, "/>"),
            false => write!(xml, ">{text}</table:{name}>"),
        };
    }
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(_) => " office:value-type=\"string\"".to_owned(),
        Cell::Number(number, _) => format!(" office:value-type=\"float\" office:value=\"{number}\""),
        Cell::Date { ymd: (year, month, day) } => {
            format!(" office:value-type=\"date\" office:date-value=\"{year:04}-{month:02}-{day:02}\"")
        }
        Cell::Formula(expression) => {
            let result = match expression.number() {
                Some(number) => format!("office:value-type=\"float\" office:value=\"{number}\""),
                None => {
                    format!("office:value-type=\"string\" office:string-value=\"{}\"", escape(&expression.result()))
                }
            };
            // Areas stand in brackets, their cells after a full stop.
            let source = expression.source().replace("COUNTA(", "COUNTA([.").replace(':', ":.");
            let source = if source.contains("[.") { source.replace(')', "])") } else { source };
            format!(" table:formula=\"of:{}\" {result}", escape(&source))
        }
        Cell::Error => " table:formula=\"of:=NA()\" office:value-type=\"string\" office:string-value=\"\" \
                        calcext:value-type=\"error\""
            .to_owned(),
    }
}

/// One paragraph a line; blanks that follow each other would become one.
fn paragraphs(text: &str) -> String {
    let mut xml = String::new();
    for line in text.split('\n').filter(|_| !text.is_empty()) {
        xml.push_str("<text:p>");
        let mut blanks = 0;
        for c in line.chars() {
            blanks = if c == ' ' { blanks + 1 } else { 0 };
            if blanks > 1 { xml.push_str("<text:s/>") } else { xml.push_str(&escape(&c.to_string())) }
        }
        xml.push_str("</text:p>");
    }
    xml
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
