//! A ledger, in one file each: its title, columns, rows. To add one, write a file here and name it in [`ALL`]; paging,
//! scope, masking, both file forms, audit, route and command line know ledgers only through [`ExportLedger`].

mod issue_list;
mod letters;
mod listed;
mod needs;
mod people;
mod plaques;
mod visit_list;
mod visits;

use bianfang_domain::form::Form;
use bianfang_domain::id::RecordId;
use bianfang_sheets::Ledger;
use bianfang_sheets::table::SheetField;
pub use bianfang_sheets::write::{Holds, Paper};
use futures_util::future::BoxFuture;

use super::line::LedgerLine;
use super::place::RowPlace;
use super::read::Reading;
use crate::ServerError;
use crate::db::sql::Statement;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LedgerColumn {
    /// Exactly as product.md, "Sheets as they come", has it: the importer maps it back.
    pub header: &'static str,
    /// In characters of the default font; a Chinese one takes two.
    pub width: f64,
    /// What it holds.
    pub holds: Holds,
    /// Whom it names, which a masked file does not.
    pub veil: Veil,
}

/// What a masked file does to a column, beside hiding the numbers in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veil {
    /// Nothing: staff are named, for what they did is what the file is of.
    None,
    /// 张*: whom the bureau serves, and their families.
    Name,
    /// A name, or the reason why there is none.
    Signature,
    /// To the month.
    Birth,
    /// By its ends; a part of one not at all.
    IdNumber,
}

const fn text(header: &'static str, width: f64) -> LedgerColumn {
    LedgerColumn { header, width, holds: Holds::Text, veil: Veil::None }
}

const fn name(header: &'static str, width: f64) -> LedgerColumn {
    LedgerColumn { veil: Veil::Name, ..text(header, width) }
}

const fn digits(header: &'static str, width: f64) -> LedgerColumn {
    LedgerColumn { holds: Holds::Digits, ..text(header, width) }
}

/// The usual columns of a ledger, as its import reads them.
fn usual(ledger: Ledger) -> Vec<LedgerColumn> {
    let veil = |column: &SheetField| match (column.key, column.form) {
        // Elsewhere the cell only says that somebody signed.
        ("signature", _) if ledger == Ledger::Letters => Veil::Signature,
        ("birth", _) => Veil::Birth,
        (_, Form::Name) => Veil::Name,
        _ => Veil::None,
    };
    let usual = ledger.table().columns.iter().filter(|column| column.usual);
    let column = |column: &SheetField| LedgerColumn {
        header: column.title,
        width: column.width,
        holds: column.holds,
        veil: veil(column),
    };
    usual.map(column).collect()
}

const NUMBER: LedgerColumn = LedgerColumn { holds: Holds::Number, ..text("序号", 5.0) };

/// A row of a ledger before it is read: what its key query found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// The record that the row is of.
    pub record: RecordId,
    /// Whom or whose household it is about.
    pub about: RecordId,
}

/// One ledger.
pub trait ExportLedger: Sync {
    /// Its name in routes and on the command line.
    fn name(&self) -> &'static str;
    /// Its title, on the sheet and in the file's name.
    fn title(&self) -> &'static str;
    /// Its columns, 序号 first.
    fn columns(&self) -> &'static [LedgerColumn];
    /// The sheet that it comes in again as: its further columns stand at the end, where somebody has a value.
    fn sheet(&self) -> Option<Ledger> {
        None
    }
    /// How it lies on paper.
    fn form(&self) -> Paper {
        Paper::Register
    }
    /// Whether it is of what happened, and so can be asked for by days.
    fn windowed(&self) -> bool {
        false
    }
    /// Which rows are in it, said under the title.
    fn holds(&self) -> &'static str;
    /// Goes on with `select … from (`: a select of `record`, `about` and the four keys `a` text, `b` text, `n` bigint,
    /// `c` text by which the rows of one division are ordered, each row's together unique.
    fn keys(&self, begun: Statement, county: &str, days: WantedDays, division: RecordId) -> Statement;
    /// Goes on with a select of `record`, one row for each fact that a rule holds back, so that the sheet says how many.
    fn held(&self, _begun: Statement, _county: &str, _days: WantedDays, _within: &[RecordId]) -> Option<Statement> {
        None
    }
    /// The rows of some keys, in their order; fewer where the order does not want somebody.
    fn lines<'a>(
        &'a self,
        reading: &'a mut Reading<'_>,
        place: &'a RowPlace,
        keys: &'a [KeyRow],
    ) -> BoxFuture<'a, Result<Vec<LedgerLine>, ServerError>>;
}

/// The days that are wanted, counted from 1970, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedDays {
    /// First day.
    pub from: i64,
    /// Last day.
    pub to: i64,
}

/// Every ledger.
pub const ALL: &[&dyn ExportLedger] = &[
    &people::People,
    &plaques::Plaques,
    &visits::Visits,
    &letters::LettersLedger,
    &needs::NeedsLedger,
    &listed::UNITS,
    &listed::BASIS_PERSONS,
    &visit_list::VisitList,
    &issue_list::IssueList,
];

/// A ledger by its name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static dyn ExportLedger> {
    ALL.iter().copied().find(|ledger| ledger.name() == name)
}
