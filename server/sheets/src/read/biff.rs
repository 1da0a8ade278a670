//! The raw records of an .xls that calamine does not show: the hidden bit of ROW records ([MS-XLS] 2.4.221), FILEPASS, and how
//! large a table the cells span, since calamine lays out the whole of it.

use std::collections::BTreeMap;

use super::grid::Area;
use super::xlsx_rows::add_row;
use crate::error::ImportError;

const BOF: [u16; 4] = [0x0809, 0x0409, 0x0209, 0x0009];
const FILEPASS: u16 = 0x002f;
const BOUNDSHEET: u16 = 0x0085;
const ROW: u16 = 0x0208;
/// NUMBER, LABEL, LABELSST, RK, FORMULA, BOOLERR, MULRK, RSTRING.
const CELLS: [u16; 8] = [0x0203, 0x0204, 0x00fd, 0x027e, 0x0006, 0x0205, 0x00bd, 0x00d6];
/// Rows times columns that calamine may lay out, at 24 bytes.
const MAX_SPAN: u64 = 6_000_000;

/// Hidden rows by the number of the sheet.
pub fn hidden_rows(stream: &[u8]) -> Result<BTreeMap<usize, Vec<Area>>, ImportError> {
    let mut sheets = Vec::new();
    let mut found: BTreeMap<usize, Vec<Area>> = BTreeMap::new();
    let mut spans: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    let mut current = None;
    let mut at = 0_usize;
    while let (Some(kind), Some(length)) = (word(stream, at), word(stream, at.saturating_add(2))) {
        let data = at.saturating_add(4);
        match kind {
            FILEPASS => return Err(ImportError::Encrypted),
            BOUNDSHEET => sheets.push(usize::try_from(long(stream, data).unwrap_or(0)).unwrap_or(0)),
            kind if BOF.contains(&kind) => current = sheets.iter().position(|start| *start == at).or(current),
            ROW => {
                // The flag fDyZero: the height is zero, which is how a row is hidden.
                let flags = word(stream, data.saturating_add(12)).unwrap_or(0);
                if let (Some(sheet), Some(row), true) = (current, word(stream, data), flags & 0x20 != 0) {
                    add_row(found.entry(sheet).or_default(), u32::from(row));
                }
            }
            kind if CELLS.contains(&kind) => {
                let row = u64::from(word(stream, data).unwrap_or(0)) + 1;
                let column = u64::from(word(stream, data.saturating_add(2)).unwrap_or(0)) + 1;
                let several = if kind == 0x00bd { u64::from(length) / 6 } else { 0 };
                let span = spans.entry(current.unwrap_or(0)).or_default();
                *span = (span.0.max(row), span.1.max(column + several));
            }
            _ => {}
        }
        at = data.saturating_add(usize::from(length));
    }
    if spans.values().map(|(rows, columns)| rows * columns).sum::<u64>() > MAX_SPAN {
        return Err(ImportError::TooManyCells { rows: super::MAX_ROWS });
    }
    Ok(found)
}

fn word(stream: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*stream.get(at)?, *stream.get(at.checked_add(1)?)?]))
}

fn long(stream: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(word(stream, at)?) | u32::from(word(stream, at.checked_add(2)?)?) << 16)
}
