//! What is asked for and by whom, and why it is refused.

use bianfang_domain::actor::{Right, Role};
use bianfang_domain::coverage::Window;
use bianfang_domain::id::{AccountId, RecordId};
use bianfang_domain::time::Day;
use serde::Deserialize;

use super::ledger::{self, ExportLedger, Paper, WantedDays};
use crate::error::AskError;

/// The longest reason that is kept.
const REASON: usize = 200;

/// The file's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// For people and paper.
    Xlsx,
    /// For machines: UTF-8 with BOM, the same columns under one header row.
    Csv,
}

impl Format {
    /// The ending of a file's name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// Who exports.
#[derive(Debug, Clone)]
pub struct Exporter {
    /// The account, for the audit log.
    pub account: AccountId,
    /// Printed under the title.
    pub name: String,
    /// Printed too; says whether full data may leave.
    pub role: Role,
    /// Granted divisions: nothing outside them is exported.
    pub scope: Vec<RecordId>,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Ask {
    /// A ledger's name: people, plaques, visits, letters, visit_list, issue_list.
    pub ledger: String,
    /// The file's form.
    pub format: Format,
    /// This division with all below it; else all of the exporter's.
    pub division: Option<RecordId>,
    /// First day, for ledgers of what happened; else from the beginning.
    pub from: Option<Day>,
    /// Last day; else without end.
    pub to: Option<Day>,
    /// A category's code: only people of it.
    pub category: Option<String>,
    /// Id and telephone numbers in full.
    pub full: bool,
    /// Why they are needed in full; kept in the audit log.
    pub reason: Option<String>,
}

/// What was asked, found to be allowed. The division is judged against the tree (`place::ordered`).
pub(super) struct Order {
    pub ledger: &'static dyn ExportLedger,
    pub format: Format,
    pub window: Option<Window>,
    pub category: Option<String>,
    pub full: bool,
    pub reason: Option<String>,
}

impl Order {
    pub fn of(ask: &Ask, exporter: &Exporter) -> Result<Self, AskError> {
        let ledger = ledger::by_name(&ask.ledger).ok_or(AskError::Ledger)?;
        if ledger.form() == Paper::Printed && ask.format != Format::Xlsx {
            return Err(AskError::Format);
        }
        let window = match (ask.from, ask.to) {
            (None, None) => None,
            (from, to) => Some(Window { from: from.unwrap_or(Day::MIN), to: to.unwrap_or(Day::MAX) }),
        };
        if window.is_some_and(|window| window.from > window.to || !ledger.windowed()) {
            return Err(AskError::Window);
        }
        let reason = ask.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        if ask.full && !exporter.role.may(Right::ExportFull) {
            return Err(AskError::FullRight);
        }
        if reason.map_or(ask.full, |reason| reason.chars().count() > REASON) {
            return Err(AskError::Reason);
        }
        let text = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        Ok(Self {
            ledger,
            format: ask.format,
            window,
            category: text(ask.category.as_deref()),
            full: ask.full,
            reason: text(reason),
        })
    }

    /// First and last day for a query.
    pub fn days(&self) -> WantedDays {
        let window = self.window.unwrap_or(Window { from: Day::MIN, to: Day::MAX });
        WantedDays { from: i64::from(window.from.0), to: i64::from(window.to.0) }
    }
}
