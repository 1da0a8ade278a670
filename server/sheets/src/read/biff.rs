//! The raw records of an .xls that calamine does not show: the hidden bits of ROW and COLINFO records ([MS-XLS] 2.4.221, 2.4.53),
//! formulas that nobody computed, FILEPASS, and how large a table the cells span, since calamine lays out the whole of it.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Layout, add_stretch};
use crate::error::ImportError;

const BOF: [u16; 4] = [0x0809, 0x0409, 0x0209, 0x0009];
const FILEPASS: u16 = 0x002f;
const BOUNDSHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const COLINFO: u16 = 0x007d;
const FORMULA: [u16; 2] = [0x0006, 0x0206];
/// NUMBER, LABEL, LABELSST, RK, FORMULA, BOOLERR, MULRK, RSTRING.
const CELLS: [u16; 8] = [0x0203, 0x0204, 0x00fd, 0x027e, 0x0006, 0x0205, 0x00bd, 0x00d6];
const MAX_XLS_ROWS: u32 = 65_536;
const MAX_XLS_COLUMNS: u16 = 256;
/// Rows times columns that calamine may lay out, at 24 bytes.
const MAX_SPAN: u64 = 6_000_000;

/// What is hidden in a sheet, and the formulas in it that have no value.
#[derive(Debug, Default)]
pub struct XlsHidden {
    /// Rows and columns.
    pub layout: Layout,
    /// Row and column, from 0.
    pub uncomputed: BTreeSet<(u32, u32)>,
}

/// What is hidden, by the number of the sheet.
pub fn hidden(stream: &[u8]) -> Result<BTreeMap<usize, XlsHidden>, ImportError> {
    let mut sheets = Vec::new();
    let mut found: BTreeMap<usize, XlsHidden> = BTreeMap::new();
    let mut spans: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    let mut current = None;
    let mut begun = BTreeSet::new();
    let mut at = 0_usize;
    while let (Some(kind), Some(length)) = (word(stream, at), word(stream, at.saturating_add(2))) {
        let data = at.saturating_add(4);
        match kind {
            FILEPASS => return Err(ImportError::Encrypted),
            BOUNDSHEET => sheets.push(usize::try_from(long(stream, data).unwrap_or(0)).unwrap_or(0)),
            kind if BOF.contains(&kind) => {
                begun.insert(at);
                current = sheets.iter().position(|start| *start == at).or(current);
            }
            DIMENSIONS if !is_possible(stream, (data, length)) => return Err(ImportError::Damaged),
            ROW => {
                // The flag fDyZero: the height is zero, which is how a row is hidden.
                let flags = word(stream, data.saturating_add(12)).unwrap_or(0);
                if let (Some(sheet), Some(row), true) = (current, word(stream, data), flags & 0x20 != 0) {
                    add_stretch(&mut found.entry(sheet).or_default().layout.hidden_rows, u32::from(row));
                }
            }
            COLINFO => {
                let hides = word(stream, data.saturating_add(8)).unwrap_or(0) & 1 != 0;
                let (from, to) = (word(stream, data), word(stream, data.saturating_add(2)));
                if let (Some(sheet), Some(from), Some(to), true) = (current, from, to, hides) {
                    let columns = &mut found.entry(sheet).or_default().layout.hidden_columns;
                    columns.push((u32::from(from), u32::from(to)));
                }
            }
            kind if CELLS.contains(&kind) => {
                let row = u64::from(word(stream, data).unwrap_or(0)) + 1;
                let column = u64::from(word(stream, data.saturating_add(2)).unwrap_or(0)) + 1;
                let several = if kind == 0x00bd { u64::from(length) / 6 } else { 0 };
                let span = spans.entry(current.unwrap_or(0)).or_default();
                *span = (span.0.max(row), span.1.max(column + several));
                if let (Some(sheet), true) = (current, FORMULA.contains(&kind) && is_uncomputed(stream, data)) {
                    let place = |number: u64| u32::try_from(number - 1).unwrap_or(u32::MAX);
                    found.entry(sheet).or_default().uncomputed.insert((place(row), place(column)));
                }
            }
            _ => {}
        }
        at = data.saturating_add(usize::from(length));
    }
    // A sheet that begins within a record would be read as other records than these.
    if sheets.iter().any(|start| !begun.contains(start)) {
        return Err(ImportError::Damaged);
    }
    if spans.values().map(|(rows, columns)| rows * columns).sum::<u64>() > MAX_SPAN {
        return Err(ImportError::TooManyCells { rows: super::MAX_ROWS });
    }
    Ok(found)
}

/// Whether a sheet says a size that an .xls can have ([MS-XLS] 2.4.90): calamine makes room for all of it before it reads a cell,
/// and a process that asks for more than there is ends.
fn is_possible(stream: &[u8], (data, length): (usize, u16)) -> bool {
    let old = length == 10;
    let row = |at: usize| {
        let at = data.saturating_add(at);
        if old { word(stream, at).map(u32::from) } else { long(stream, at) }
    };
    let (Some(first), Some(end)) = (row(0), row(if old { 2 } else { 4 })) else { return false };
    let columns = word(stream, data.saturating_add(if old { 6 } else { 10 })).unwrap_or(0);
    end <= MAX_XLS_ROWS && columns <= MAX_XLS_COLUMNS && (first < end || end == 0)
}

/// Libraries that compute nothing write zero as the result and ask the program to compute it when the book is opened
/// (fAlwaysCalc, [MS-XLS] 2.4.127).
fn is_uncomputed(stream: &[u8], data: usize) -> bool {
    let result = stream.get(data.saturating_add(6)..data.saturating_add(14));
    let asks = word(stream, data.saturating_add(14)).unwrap_or(0) & 1 != 0;
    asks && result.is_some_and(|bytes| bytes.iter().all(|byte| *byte == 0))
}

fn word(stream: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*stream.get(at)?, *stream.get(at.checked_add(1)?)?]))
}

fn long(stream: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(word(stream, at)?) | u32::from(word(stream, at.checked_add(2)?)?) << 16)
}
