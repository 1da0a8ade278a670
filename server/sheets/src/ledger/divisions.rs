//! The bureau's list of villages: with codes, or by township and name.

use serde::Serialize;

use super::{Cells, LedgerFields};
use crate::note::NoteCode;
use crate::table::{Ledger, SheetField};
use crate::value::SheetDate;

/// A division of the sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetDivision {
    /// 区划代码: 6, 9 or 12 digits (GB/T 2260, GB/T 10114), a township's without the zeros that fill it up. Level and parent
    /// follow from its length.
    pub code: Option<String>,
    /// 乡镇(街道)
    pub township: Option<String>,
    /// 村(社区); None in a row that only names a township.
    pub village: Option<String>,
    /// 名称, in lists of code and name.
    pub name: Option<String>,
    /// 有效起
    pub valid_from: Option<SheetDate>,
    /// 有效止
    pub valid_to: Option<SheetDate>,
    /// 并入: the name of the village that took it over.
    pub merged_into: Option<String>,
    /// 备注
    pub remark: Option<String>,
}

impl LedgerFields for SheetDivision {
    const LEDGER: Ledger = Ledger::Divisions;

    fn read(cells: &mut Cells<'_, '_>) -> Self {
        let code = cells.division_code();
        let row = Self {
            township: cells.filled(SheetField::Township),
            village: cells.word(SheetField::Village),
            name: cells.word(SheetField::Division),
            valid_from: cells.date_ahead(SheetField::ValidFrom),
            valid_to: cells.date_ahead(SheetField::ValidTo),
            merged_into: cells.word(SheetField::MergedInto),
            remark: cells.text(SheetField::Remark),
            code,
        };
        let digits = |code: &String| code.bytes().all(|byte| byte.is_ascii_digit()) && matches!(code.len(), 6 | 9 | 12);
        if row.code.as_ref().is_some_and(|code| !digits(code)) {
            cells.refuse(SheetField::Code, NoteCode::DivisionCode);
        }
        if row.name.is_none() && row.village.is_none() && (row.township.is_none() || row.code.is_none()) {
            let named = if cells.has_column(SheetField::Division) { SheetField::Division } else { SheetField::Village };
            cells.refuse(named, NoteCode::NameMissing);
        } else if row.code.is_none() && row.township.is_none() {
            cells.refuse(SheetField::Township, NoteCode::TownshipMissing);
        }
        if row.valid_from.and_then(SheetDate::first_day) > row.valid_to.and_then(SheetDate::first_day)
            && row.valid_to.is_some()
        {
            cells.refuse(SheetField::ValidTo, NoteCode::PeriodReversed);
        }
        row
    }
}
