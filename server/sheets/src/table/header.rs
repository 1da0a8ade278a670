//! The header under its titles: one row, or two whose upper one groups columns.

use std::collections::BTreeSet;

use bianfang_domain::military;

use super::{LedgerTable, Mapping, SheetColumn, SheetField};
use crate::note::{CellNote, NoteCode};
use crate::read::{Grid, GridRow};
use crate::value::{narrow, plain};

/// Titles, who filled in, when: a header stands below at most so many rows.
const LAST_HEADER_ROW: usize = 40;

/// A header that was found.
#[derive(Debug)]
pub struct Header {
    /// Its last row, from 1.
    pub last: u32,
    /// Its columns, left to right; those of military units are not among them.
    pub columns: Vec<SheetColumn>,
    /// The columns that were dropped.
    pub notes: Vec<CellNote>,
    /// Its rows as they stand: a repetition is left out.
    pub texts: Vec<Vec<String>>,
}

/// The header of a sheet, if one of the first rows fits: the one that names most columns.
pub fn find(grid: &Grid, ledger: &'static LedgerTable, mapping: Option<&Mapping>, epoch_1904: bool) -> Option<Header> {
    let rows: Vec<GridRow<'_>> = grid.rows().filter(|row| !row.hidden).take(LAST_HEADER_ROW + 1).collect();
    let mut best: Option<((usize, bool), Header)> = None;
    for (at, row) in rows.iter().enumerate() {
        let below = rows.get(at + 1).filter(|below| below.number == row.number + 1);
        for below in [None, below] {
            let Some((known, header)) = header(ledger, mapping, row, below, epoch_1904) else { continue };
            // A single row is believed before two (a line of words above it names no column more), and the upper before a
            // repetition further down.
            let weight = (known, below.is_none());
            if best.as_ref().is_none_or(|(most, _)| weight > *most) {
                best = Some((weight, header));
            }
        }
    }
    best.map(|(_, header)| header)
}

fn header(
    ledger: &'static LedgerTable,
    mapping: Option<&Mapping>,
    row: &GridRow<'_>,
    below: Option<&GridRow<'_>>,
    epoch_1904: bool,
) -> Option<(usize, Header)> {
    let width = row.width().max(below.map_or(0, GridRow::width));
    let text = |row: &GridRow<'_>, at| plain(&row.cell(at).value.text(epoch_1904));
    let (mut columns, mut notes, mut taken) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut group = String::new();
    let last = below.map_or(row.number, |below| below.number);
    for at in 0..width {
        let upper = text(row, at);
        let lower = below.map(|below| text(below, at)).filter(|lower| *lower != upper && !lower.is_empty());
        if !upper.is_empty() {
            group.clone_from(&upper);
        }
        let (header, names) = match &lower {
            None if upper.is_empty() => continue,
            None => (upper.clone(), vec![upper.clone()]),
            Some(lower) => {
                // The group of a merged upper row stands over every column it covers; in a CSV over the first only.
                let whole = format!("{group}/{lower}");
                (whole, vec![format!("{group}{lower}"), lower.clone()])
            }
        };
        let address = || format!("{}{last}", crate::read::letters(at));
        if military::designation_column(&header) {
            let from = Some(header);
            notes.push(CellNote { at: address(), code: NoteCode::MilitaryUnitDropped, from, to: None });
            continue;
        }
        let usual = || names.iter().find_map(|name| meaning(ledger, name));
        let field = mapping.and_then(|mapping| mapping.get(&header, ledger)).or_else(usual);
        let field = field.filter(|field| taken.insert(field.key));
        columns.push(SheetColumn { at, ten_thousand: header.contains("万元"), header, field });
    }
    let fits = ledger.fits(&taken);
    let raw = |row: &GridRow<'_>| (0..width).map(|at| text(row, at)).collect::<Vec<_>>();
    let texts = std::iter::once(row).chain(below).map(raw).collect();
    fits.then_some((taken.len(), Header { last, columns, notes, texts }))
}

/// By the name without what stands in brackets, then with it but without the brackets.
fn meaning(ledger: &'static LedgerTable, name: &str) -> Option<&'static SheetField> {
    let narrowed = narrow(name).replace(['*', ':', '※'], "");
    let mut outside = String::new();
    let mut depth = 0_usize;
    for c in narrowed.chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let within: String = narrowed.chars().filter(|c| !"()[]【】、/".contains(*c)).collect();
    let bare: String = outside.chars().filter(|c| !"、/".contains(*c)).collect();
    [outside, bare, within].iter().find_map(|name| ledger.called(name))
}
