//! A row on its way into a file: cells under a ledger's columns, and what the sheet it came from had beside them.

use std::collections::BTreeMap;

use bianfang_domain::codes::Codes;
use bianfang_domain::document::Document;
use bianfang_domain::mask::{self, Tells};
use bianfang_sheets::Ledger;
use bianfang_sheets::write::{Holds, PaperCell};
use serde_json::Value;

use super::ledger::{LedgerColumn, Veil};
use super::read;

/// One row under a ledger's columns; the first cell, 序号, is counted by whoever writes the file.
#[derive(Debug, Clone)]
pub struct LedgerLine {
    /// In the order of the ledger's columns.
    pub cells: Vec<PaperCell>,
    /// The columns of the sheet it came from that the register has no meaning for, as kept in the document.
    pub extra: BTreeMap<String, String>,
}

/// What a document keeps of a sheet's unknown columns.
#[must_use]
pub fn extra(value: Option<&Value>) -> BTreeMap<String, String> {
    let kept = value.and_then(Value::as_object).into_iter().flatten();
    kept.filter_map(|(header, value)| Some((header.clone(), read::plain(value)?))).collect()
}

/// What a document holds beyond a ledger's usual columns: fields with a column of their own, then what the sheet it came from
/// had beside them.
#[must_use]
pub fn beyond(ledger: Ledger, codes: &Codes, doc: &Document) -> BTreeMap<String, String> {
    let mut all = extra(doc.get("extra"));
    all.extend(ledger.table().beyond(codes, doc).into_iter().map(|(title, text)| (title.to_owned(), text)));
    all
}

/// A header without what sheets differ in: blanks, brackets, signs.
#[must_use]
pub fn header_key(text: &str) -> String {
    let odd = |c: char| c.is_whitespace() || "()（）、/:：\u{feff}".contains(c);
    text.chars().filter(|c| !odd(*c)).collect()
}

impl LedgerLine {
    /// The cells of the file's row: a column that the register leaves blank shows what the sheet had under this header, and
    /// unknown headers follow at the end. Masked here and nowhere else, so that no column can forget it.
    #[must_use]
    pub fn into_cells(mut self, columns: &[LedgerColumn], further: &[String], full: bool) -> Vec<PaperCell> {
        let mut by_key: BTreeMap<String, String> =
            std::mem::take(&mut self.extra).into_iter().map(|(header, text)| (header_key(&header), text)).collect();
        self.cells.resize(columns.len(), PaperCell::Blank);
        for (cell, column) in self.cells.iter_mut().zip(columns) {
            let kept = by_key.remove(&header_key(column.header));
            if *cell == PaperCell::Blank {
                *cell = kept.into();
            }
        }
        self.cells.extend(further.iter().map(|header| PaperCell::from(by_key.remove(&header_key(header)))));
        let own = columns.iter().map(|column| (column.holds, column.veil));
        let veils = own.chain(further.iter().map(|header| (Holds::Text, veil(header))));
        let shown = |(cell, (holds, veil)): (PaperCell, (Holds, Veil))| match cell {
            PaperCell::Text(text) if !full && holds != Holds::Mark => PaperCell::Text(veiled(veil, &text)),
            cell => cell,
        };
        self.cells.into_iter().zip(veils).map(shown).collect()
    }
}

/// What a sheet's own column is, by its header.
fn veil(header: &str) -> Veil {
    match mask::tells(header) {
        Tells::Name => Veil::Name,
        Tells::Birth => Veil::Birth,
        Tells::IdNumber => Veil::IdNumber,
        Tells::Other => Veil::None,
    }
}

fn veiled(veil: Veil, text: &str) -> String {
    match veil {
        Veil::Signature if text.starts_with("未签") => mask::numbers(text),
        Veil::Name | Veil::Signature => mask::names(text),
        Veil::Birth => mask::birth(text),
        Veil::IdNumber => mask::id_number(text),
        Veil::None => mask::numbers(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [LedgerColumn; 2] = [
        LedgerColumn { header: "备注", width: 9.0, holds: Holds::Text, veil: Veil::None },
        LedgerColumn { header: "慰问金(元)", width: 9.0, holds: Holds::Text, veil: Veil::None },
    ];

    #[test]
    fn what_the_sheet_had_fills_blanks_and_is_masked_like_the_rest() {
        let extra = [("慰问金（元）", "500"), ("备注", "旧"), ("开户账号", "62170000000000000")];
        let line = || LedgerLine {
            cells: vec!["电话 138 0000 8000".into()],
            extra: extra.iter().map(|(header, text)| ((*header).to_owned(), (*text).to_owned())).collect(),
        };
        let further = ["开户账号".to_owned()];
        let text = |text: &str| PaperCell::Text(text.to_owned());
        let masked = line().into_cells(&COLUMNS, &further, false);
        assert_eq!(masked, [text("电话 138******8000"), text("500"), text("6217***********00")]);
        let full = line().into_cells(&COLUMNS, &further, true);
        assert_eq!(full, [text("电话 138 0000 8000"), text("500"), text("62170000000000000")]);
    }

    #[test]
    fn names_and_births_of_any_column_are_masked() {
        let columns = [Veil::Name, Veil::Signature, Veil::Signature, Veil::Birth].map(|veil| LedgerColumn {
            header: "",
            width: 9.0,
            holds: Holds::Text,
            veil,
        });
        let extra =
            [("配偶姓名", "王小丽"), ("配偶出生日期", "1962-03-04"), ("生日", "三月5日"), ("身份证后四位", "0013")];
        let cells = ["张建国、欧阳修文", "张三", "未签：外出", "1960-01-01"].map(PaperCell::from);
        let extra = extra.iter().map(|(header, text)| ((*header).to_owned(), (*text).to_owned())).collect();
        let further = ["配偶姓名", "配偶出生日期", "生日", "身份证后四位"].map(str::to_owned);
        let shown = LedgerLine { cells: cells.into(), extra }.into_cells(&columns, &further, false);
        let expected = ["张**、欧阳**", "张*", "未签：外出", "1960-01", "王**", "1962-03", "***", "****"];
        assert_eq!(shown, expected.map(PaperCell::from));
    }
}
