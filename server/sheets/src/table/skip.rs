//! Rows below a header that are no records: hidden ones, totals, the header once more, who filled in.

use super::LedgerTable;
use super::header::Header;
use crate::note::{CellNote, NoteCode};
use crate::read::GridRow;
use crate::value::plain;

/// Their numbers in order; those that follow one another for one reason are one note with their count.
pub fn left_out<'g>(
    rows: impl Iterator<Item = GridRow<'g>>,
    ledger: &LedgerTable,
    header: &Header,
    epoch_1904: bool,
) -> (Vec<u32>, Vec<CellNote>) {
    let mut notes: Vec<(CellNote, u32)> = Vec::new();
    let mut numbers = Vec::new();
    let mut before = None;
    for row in rows {
        let code = if row.hidden { Some(NoteCode::HiddenRow) } else { kind(&row, ledger, header, epoch_1904) };
        if let Some(code) = code {
            numbers.push(row.number);
            let more = notes.last_mut().filter(|(note, _)| before == Some(code) && note.code == code);
            match more {
                Some((_, count)) => *count += 1,
                None => {
                    let first = row.columns().filter(|at| header.holds(*at)).min().unwrap_or(0);
                    notes.push((CellNote { at: row.address(first), code, from: None, to: None }, 1));
                }
            }
        }
        before = code;
    }
    let counted = |(note, count): (CellNote, u32)| CellNote {
        from: (count > 1).then(|| format!("{count} 行 / {count} rows")),
        ..note
    };
    (numbers, notes.into_iter().map(counted).collect())
}

fn kind(row: &GridRow<'_>, ledger: &LedgerTable, header: &Header, epoch_1904: bool) -> Option<NoteCode> {
    let text = |at| plain(&row.cell(at).value.text(epoch_1904));
    let filled: Vec<String> =
        row.columns().filter(|at| header.holds(*at)).map(text).filter(|text| !text.is_empty()).collect();
    let named = ledger.named;
    let name = header.columns.iter().find(|column| column.field.is_some_and(|field| field.key == named));
    let name = name.map(|column| text(column.at));
    let named = name.is_some_and(|name| !name.is_empty() && !total(&name) && name.parse::<f64>().is_err());
    if !named && filled.iter().any(|text| total(text)) {
        return Some(NoteCode::TotalRow);
    }
    let footer = ["填表人", "制表人", "制表", "审核人", "填报人", "负责人:", "负责人：", "注:", "注：", "填表说明"];
    if !named && filled.first().is_some_and(|text| footer.iter().any(|word| text.starts_with(word))) {
        return Some(NoteCode::FooterRow);
    }
    let again = header.texts.iter().any(|texts| {
        let own = || texts.iter().zip(0..).filter(|(wanted, at)| !wanted.is_empty() && header.holds(*at));
        let same = own().filter(|(wanted, at)| text(*at) == **wanted).count();
        let wanted = own().count();
        wanted > 1 && same * 3 >= wanted * 2
    });
    again.then_some(NoteCode::HeaderAgain)
}

fn total(text: &str) -> bool {
    let bare = text.trim_end_matches([':', '：']);
    let words = ["小计", "合计", "总计", "共计", "累计"];
    words.contains(&bare)
        || words.iter().any(|word| bare.ends_with(word) || bare.starts_with(word)) && bare.chars().count() <= 20
}
