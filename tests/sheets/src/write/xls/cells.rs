//! The sheet's records: rows with their hidden flag, cells, parsed formulas with the value they gave last, merged areas.

use super::globals::{DAY, Strings, WHOLE, bof, xf};
use super::record::{Fields, Records};
use crate::book::{Book, Cell, Expression, Look, NumberLook, Row};
use crate::spoil::serial;

/// ROW records stand before the cells of 32 rows each.
const BLOCK: usize = 32;
/// So many areas fit a MERGEDCELLS record.
const AREAS: usize = 1_027;
/// In ROW: fDyZero, the row is hidden; a height of its own; a bit that is always set with the default format.
const HIDDEN: u32 = 0x20;
const OWN_HEIGHT: u32 = 0x40;
const PLAIN_ROW: u32 = 0x0F_0100;

pub(super) fn write(sheet: &mut Records, book: &Book, strings: &mut Strings) {
    let columns = short(book.widths.len());
    sheet.push(0x0809, bof(0x0010));
    sheet.push(0x0081, Fields::default().u16(0x05C1)); // WSBOOL: the page fits the width that SETUP tells
    let page = Fields::default().u16(9).u16(100).u16(1).u16(1).u16(0).u16(0).u16(600).u16(600);
    sheet.push(0x00A1, page.f64(0.5).f64(0.5).u16(1)); // SETUP: A4, landscape, one page wide
    let rows = u32::try_from(book.rows.len()).unwrap_or(u32::MAX);
    sheet.push(0x0200, Fields::default().u32(0).u32(rows).u16(0).u16(columns).u16(0)); // DIMENSIONS
    for (at, width) in (0u16..).zip(&book.widths) {
        let column = Fields::default().u16(at).u16(at).u16(u16::from(*width) * 256);
        sheet.push(0x007D, column.u16(15).u16(0).u16(0)); // COLINFO
    }
    for (block, rows) in book.rows.chunks(BLOCK).enumerate() {
        for (at, row) in rows.iter().enumerate() {
            let hidden = if row.hidden.is_some() { HIDDEN } else { 0 };
            let (height, own) = if row.look == Look::Title || row.is_high() { (600, OWN_HEIGHT) } else { (300, 0) };
            let start = Fields::default().u16(short(block * BLOCK + at)).u16(0).u16(columns).u16(height);
            sheet.push(0x0208, start.u32(0).u32(PLAIN_ROW | hidden | own));
        }
        for (at, row) in rows.iter().enumerate() {
            cells(sheet, book, short(block * BLOCK + at), row, strings);
        }
    }
    let window = Fields::default().u16(0x06B6).u16(0).u16(0).u32(0x40).u16(0).u16(0).u32(0);
    sheet.push(0x023E, window);
    for areas in book.merges.chunks(AREAS) {
        let mut record = Fields::default().u16(short(areas.len()));
        for area in areas {
            record = record.u16(short(area.top as usize)).u16(short(area.bottom as usize));
            record = record.u16(area.left).u16(area.right);
        }
        sheet.push(0x00E5, record);
    }
    sheet.push(0x000A, Fields::default());
}

fn cells(sheet: &mut Records, book: &Book, at: u16, row: &Row, strings: &mut Strings) {
    for (column, cell) in (0u16..).zip(&row.cells) {
        let start = |format| Fields::default().u16(at).u16(column).u16(format);
        let look = xf(row.look);
        match cell {
            Cell::Empty => sheet.push(0x0201, start(look)),
            Cell::Text(text) => sheet.push(0x00FD, start(look).u32(strings.place(text))),
            Cell::Number(value, NumberLook::General) => sheet.push(0x0203, start(look).f64(*value)),
            Cell::Number(value, NumberLook::Whole) => sheet.push(0x0203, start(WHOLE).f64(*value)),
            Cell::Date { ymd: (year, month, day) } => {
                let serial = serial(&format!("{year}-{month}-{day}"), book.base_1904).unwrap_or_default();
                sheet.push(0x0203, start(DAY).f64(f64::from(serial)));
            }
            Cell::Formula(expression) => {
                let tokens = tokens(expression);
                // A text cannot stand in the eight bytes of the value: 0xFFFF says that a STRING record follows.
                let value = match expression.number() {
                    Some(number) => f64::from(number).to_le_bytes(),
                    None => [0, 0, 0, 0, 0, 0, 0xFF, 0xFF],
                };
                let start = start(look).bytes(&value).u16(0).u32(0).u16(short(tokens.0.len()));
                sheet.push(0x0006, start.bytes(&tokens.0));
                if expression.number().is_none() {
                    sheet.push(0x0207, Fields::default().text(&expression.result()));
                }
            }
            Cell::Error => sheet.push(0x0205, start(look).u8(0x2A).u8(1)),
        }
    }
}

/// The formula in reverse Polish tokens.
fn tokens(expression: &Expression) -> Fields {
    let start = Fields::default();
    match expression {
        Expression::Join(a, b) => start.u8(0x17).short_text(a).u8(0x17).short_text(b).u8(0x08),
        Expression::Product(a, b) => start.u8(0x1E).u16(*a).u8(0x1E).u16(*b).u8(0x05),
        // Both flags of a column say that it is relative; COUNTA is function 169 with one argument.
        Expression::Count { column, from, to, .. } => {
            let area = start.u8(0x25).u16(short(*from as usize)).u16(short(*to as usize));
            area.u16(column | 0xC000).u16(column | 0xC000).u8(0x42).u8(1).u16(169)
        }
    }
}

fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
