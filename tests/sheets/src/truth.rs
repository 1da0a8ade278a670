//! What a perfect importer must conclude from a sheet alone, without the register: row by row, with each thing it put right.

use std::collections::BTreeMap;

use serde::Serialize;

/// The conclusions of one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// The first and the last row of the header, counted from 1 as Excel does.
    pub header: (u32, u32),
    /// Meaning of each column by its letters; unknown columns and columns to be dropped are not in it.
    pub columns: BTreeMap<String, &'static str>,
    /// What is said of the whole sheet: columns dropped.
    pub notes: Vec<Note>,
    /// Every row below the header that holds anything, top to bottom.
    pub rows: Vec<RowTruth>,
}

/// The conclusion of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowTruth {
    /// As Excel counts, from 1; in a CSV the number of the record.
    pub row: u32,
    /// What it is.
    pub outcome: Outcome,
    /// Normalized values by key of the column (`ledger::Column::key`); empty ones are left out. Days are `1985-03-02`, or
    /// `1985-03` where the sheet tells the month only; several phones are joined by `,`. None for totals, hidden and
    /// refused rows.
    pub values: BTreeMap<&'static str, String>,
    /// Columns nobody has a meaning for: header to text, verbatim.
    pub extra: BTreeMap<&'static str, String>,
    /// What was put right or is doubted, left to right.
    pub notes: Vec<Note>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A person, a plaque, a visit …: a record of the ledger.
    Record,
    /// 小计 or 合计.
    Total,
    /// Not shown in the sheet, so not imported. A CSV does not know of it: there it is a record.
    Hidden,
    /// Nothing can be made of it: the id number is lost, or there is no name.
    Refused,
    /// People must decide: the same id number twice, or somebody who is said to be dead.
    Doubtful,
}

/// One thing put right, or doubted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The cell: `E5`.
    pub at: String,
    /// What.
    pub code: Code,
    /// As the sheet has it. Empty for military units: what must not be kept is not repeated.
    pub from: String,
    /// As it is understood.
    pub to: String,
}

/// What was put right or is doubted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Full-width digits or letters.
    FullWidth,
    /// An apostrophe before a number.
    Apostrophe,
    /// Blanks inside a name.
    BlankInName,
    /// A look-alike of the separator inside a name.
    SeparatorInName,
    /// x, × or Ｘ for X at the end of an id number.
    IdLowerX,
    /// 15 digits of an old card, made 18.
    IdUpgraded,
    /// Stored as a number, its last digits are lost. The row is refused.
    IdRounded,
    /// The check digit does not fit. The row stays, the number is doubted (`id_state` SUSPECT).
    IdInvalid,
    /// The same number stands above: `to` is its cell. The row is doubtful.
    IdTwice,
    /// A day or month in another form.
    DateNormalized,
    /// A year of two digits.
    TwoDigitYear,
    /// Neither a day nor a month; the value is left out.
    DateInvalid,
    /// An empty cell under a merged one.
    FilledDown,
    /// 同上 or 〃.
    SameAsAbove,
    /// Several phones in a cell.
    PhonesSplit,
    /// No telephone number; the value is left out.
    PhoneInvalid,
    /// A unit designation: the column is dropped, or the text that holds one.
    MilitaryUnitDropped,
    /// A formula, read as the value it gave last.
    FormulaValue,
    /// `#N/A`; the value is left out.
    CellError,
    /// 元 after an amount.
    MoneyNormalized,
    /// The remark says that the person died. The row is doubtful.
    DeceasedListed,
    /// No name. The row is refused.
    NameMissing,
}
