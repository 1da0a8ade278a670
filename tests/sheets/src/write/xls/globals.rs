//! The workbook's own records: fonts, formats, the name of the sheet, the table of shared strings.

use std::collections::HashMap;

use super::record::{Fields, MAX_RECORD, Records};
use crate::book::{Book, Look};
use crate::error::SheetsError;

/// Shared strings in the order of their first use.
#[derive(Debug, Default)]
pub(super) struct Strings {
    places: HashMap<String, u32>,
    order: Vec<String>,
    uses: u32,
}

impl Strings {
    /// Its place in the table.
    pub fn place(&mut self, text: &str) -> u32 {
        self.uses += 1;
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.order.len()).unwrap_or(u32::MAX);
        self.places.insert(text.to_owned(), place);
        self.order.push(text.to_owned());
        place
    }
}

/// Sixteen formats that every file begins with: fifteen of styles, then the plain cell.
const FIRST_XF: u16 = 16;
/// The format of whole numbers, and of days.
pub(super) const WHOLE: u16 = FIRST_XF + 5;
pub(super) const DAY: u16 = FIRST_XF + 6;
/// The number of our own number format; smaller ones are built in.
const DAY_FORMAT: u16 = 164;

/// The format of a row's cells.
pub(super) fn xf(look: Look) -> u16 {
    FIRST_XF
        + match look {
            Look::Title => 0,
            Look::Subtitle => 1,
            Look::Header => 2,
            Look::Body => 3,
            Look::Total => 4,
        }
}

/// The records before the sheet's; they name the place at which that begins.
pub(super) fn write(book: &Book, strings: &Strings) -> Result<Vec<u8>, SheetsError> {
    let mut head = Records::default();
    head.push(0x0809, bof(0x0005));
    head.push(0x0042, Fields::default().u16(1200)); // CODEPAGE: UTF-16
    head.push(0x003D, Fields::default().u16(0).u16(0).u16(0x4000).u16(0x2000).u16(0x38).u16(0).u16(0).u16(1).u16(600));
    head.push(0x0022, Fields::default().u16(u16::from(book.base_1904))); // DATEMODE
    // FONT: nobody is number 4, so the fifth record is font 5.
    for (height, bold) in [(220, false), (220, false), (220, false), (220, false), (220, true), (360, true)] {
        let weight = if bold { 700 } else { 400 };
        let font = Fields::default().u16(height).u16(0).u16(0x7FFF).u16(weight).u16(0).u8(0).u8(0).u8(134).u8(0);
        head.push(0x0031, font.short_text("宋体"));
    }
    head.push(0x041E, Fields::default().u16(DAY_FORMAT).text("yyyy/m/d"));
    for _ in 0..15 {
        head.push(0x00E0, format((0, 0), 0xFFF5, 0x20, false));
    }
    head.push(0x00E0, format((0, 0), 0x0001, 0x20, false));
    // Title, subtitle, header, body, total, whole, day. Alignment: 0x10 middle, 0x02 centre, 0x08 wrap.
    let own = [(6, 0, 0x12, false), (0, 0, 0x10, false), (5, 0, 0x1A, true), (0, 0, 0x10, true), (5, 0, 0x10, true)];
    for (font, number, align, framed) in own.into_iter().chain([(0, 1, 0x10, true), (0, DAY_FORMAT, 0x10, true)]) {
        head.push(0x00E0, format((font, number), 0x0001, align, framed));
    }
    head.push(0x0293, Fields::default().u16(0x8000).u8(0).u8(0xFF)); // STYLE: the built-in one
    let tail = table(strings);
    // BOUNDSHEET and EOF stand between here and the sheet: both have a length known beforehand.
    let bound = |place| Fields::default().u32(place).u16(0).short_text(&book.name);
    let place = head.len() + 4 + bound(0).0.len() + tail.len() + 4;
    head.push(0x0085, bound(u32::try_from(place).map_err(|_| SheetsError::TooLarge)?));
    let mut end = Records::default();
    end.push(0x000A, Fields::default());
    Ok([head.into_bytes(), tail.into_bytes(), end.into_bytes()].concat())
}

/// BOF: version 8 of the records, and what follows (5 the workbook, 16 a sheet).
pub(super) fn bof(kind: u16) -> Fields {
    Fields::default().u16(0x0600).u16(kind).u16(0x0DBB).u16(0x07CC).u32(0x41).u32(0x06)
}

/// XF: font and number format, whether style or cell, alignment, thin black frame.
fn format((font, number): (u16, u16), kind: u16, align: u8, framed: bool) -> Fields {
    let (frame, colours) = if framed { (0x1111 | 8 << 16 | 8 << 23, 8 | 8 << 7) } else { (0, 0) };
    let used = if kind == 0x0001 { 0xFC } else { 0 };
    let start = Fields::default().u16(font).u16(number).u16(kind).u8(align).u8(0).u8(0).u8(used);
    start.u32(frame).u32(colours).u16(0x20C0)
}

/// SST, gone on in CONTINUE records between strings, so that none is cut.
fn table(strings: &Strings) -> Records {
    let mut records = Records::default();
    let unique = u32::try_from(strings.order.len()).unwrap_or(u32::MAX);
    let (mut kind, mut part) = (0x00FC, Fields::default().u32(strings.uses).u32(unique));
    for text in &strings.order {
        let entry = Fields::default().text(text);
        if part.0.len() + entry.0.len() > MAX_RECORD {
            records.push(kind, std::mem::take(&mut part));
            kind = 0x003C;
        }
        part = part.bytes(&entry.0);
    }
    records.push(kind, part);
    records
}
