//! What the cells of a header row name: the field of each column, by what was mapped by hand or by the usual names.

use bianfang_domain::{kept_open, military};

use super::header::HeaderSearch;
use super::segment::NamedColumn;
use super::{LedgerTable, SheetField};
use crate::note::{CellNote, NoteCode};
use crate::read::{Grid, GridRow, letters};
use crate::value::{narrow, plain};
use crate::write::MARKS;

impl HeaderSearch<'_> {
    /// The names of the columns, those that must not be read apart.
    pub(super) fn named(
        &self,
        grid: &Grid,
        row: &GridRow<'_>,
        below: Option<&GridRow<'_>>,
    ) -> (Vec<NamedColumn>, Vec<CellNote>) {
        let width = row.width().max(below.map_or(0, GridRow::width));
        let last = below.map_or(row.number, |below| below.number);
        let (mut named, mut notes) = (Vec::new(), Vec::new());
        let mut group = String::new();
        for at in 0..width {
            let upper = self.text(row, at);
            let lower = below.map(|below| self.text(below, at)).filter(|lower| *lower != upper && !lower.is_empty());
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
            let header = match kept_open::text(&header) {
                Some((masked, _)) => {
                    let at = format!("{}{last}", letters(at));
                    notes.push(CellNote { at, code: NoteCode::NumberMasked, from: None, to: Some(masked.clone()) });
                    masked
                }
                None => header,
            };
            // What we wrote beside the sheet ourselves.
            if MARKS.contains(&header.as_str()) {
                continue;
            }
            let dropped = match () {
                () if military::designation_column(&header) => Some(NoteCode::MilitaryUnitDropped),
                () if grid.hides_column(at) => Some(NoteCode::HiddenColumn),
                () => None,
            };
            if let Some(code) = dropped {
                notes.push(CellNote { at: format!("{}{last}", letters(at)), code, from: Some(header), to: None });
                continue;
            }
            let usual = || names.iter().find_map(|name| meaning(self.ledger, name));
            let mapped = self.mapping.and_then(|mapping| mapping.get(&header, self.ledger));
            let field = mapped.unwrap_or_else(usual);
            named.push(NamedColumn { at, header, field });
        }
        (named, notes)
    }

    pub(super) fn text(&self, row: &GridRow<'_>, at: u32) -> String {
        plain(&row.cell(at).value.text(self.epoch_1904))
    }
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
