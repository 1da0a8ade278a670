//! 单位台账 and 荣誉主体名册: the county's own lists, each record by the columns that its sheet comes in again with.

use std::sync::LazyLock;

use bianfang_domain::document::{id_in, text_in};
use bianfang_domain::id::RecordId;
use bianfang_domain::record::Record;
use bianfang_sheets::Ledger;
use bianfang_sheets::write::PaperCell;
use futures_util::future::BoxFuture;

use super::{ExportLedger, KeyRow, LedgerColumn, WantedDays, usual};
use crate::ServerError;
use crate::db::sql::Statement;
use crate::export::line::{LedgerLine, beyond};
use crate::export::place::RowPlace;
use crate::export::read::Reading;

/// Such a ledger.
pub struct Listed {
    /// Which.
    pub ledger: Ledger,
    /// Its title.
    pub title: &'static str,
    /// Its columns.
    pub columns: fn() -> &'static [LedgerColumn],
    /// Selects its keys, in the order of names, from those that count; ends with the division's column and `=`.
    pub select: &'static str,
}

/// 单位台账
pub const UNITS: Listed = Listed {
    ledger: Ledger::Units,
    title: "单位台账",
    columns: || {
        static COLUMNS: LazyLock<Vec<LedgerColumn>> = LazyLock::new(|| usual(Ledger::Units));
        COLUMNS.as_slice()
    },
    select: "select owner as record, owner as about, name_key as a, owner as b, cast(0 as bigint) as n, '' as c from \
             (select u.county, u.owner, u.name_key, u.division from unit u where u.counts = 1) listed where county = ",
};

/// 荣誉主体名册
pub const BASIS_PERSONS: Listed = Listed {
    ledger: Ledger::BasisPersons,
    title: "荣誉主体名册",
    columns: || {
        static COLUMNS: LazyLock<Vec<LedgerColumn>> = LazyLock::new(|| usual(Ledger::BasisPersons));
        COLUMNS.as_slice()
    },
    select: "select owner as record, owner as about, name_key as a, owner as b, cast(0 as bigint) as n, '' as c from \
             (select b.county, b.owner, b.name_key, coalesce(h.division, b.division) as division from basis_person b \
             left join household h on h.county = b.county and h.owner = b.household where b.counts = 1) listed \
             where county = ",
};

impl ExportLedger for Listed {
    fn name(&self) -> &'static str {
        self.ledger.word()
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn columns(&self) -> &'static [LedgerColumn] {
        (self.columns)()
    }

    fn sheet(&self) -> Option<Ledger> {
        Some(self.ledger)
    }

    fn holds(&self) -> &'static str {
        "不含作废"
    }

    fn keys(&self, begun: Statement, county: &str, _days: WantedDays, division: RecordId) -> Statement {
        begun.then(self.select).bind(county).then(" and division = ").bind(division)
    }

    fn lines<'a>(
        &'a self,
        reading: &'a mut Reading<'_>,
        place: &'a RowPlace,
        keys: &'a [KeyRow],
    ) -> BoxFuture<'a, Result<Vec<LedgerLine>, ServerError>> {
        Box::pin(async move {
            let records = reading.records(keys.iter().map(|key| key.record)).await?;
            let homes = reading.records(records.values().filter_map(|record| id_in(&record.doc, "household"))).await?;
            let table = self.ledger.table();
            let cell = |key: &str, record: &Record| -> PaperCell {
                let told = match key {
                    "number" => return PaperCell::Blank,
                    "township" => place.township.clone(),
                    "village" => place.village.clone(),
                    "head_name" => {
                        let home = id_in(&record.doc, "household").and_then(|id| homes.get(&id));
                        home.and_then(|home| text_in(&home.doc, "head_name")).unwrap_or_default().to_owned()
                    }
                    key => table.cell(reading.codes, key, &record.doc),
                };
                Some(told).filter(|told| !told.is_empty()).into()
            };
            let keys_of: Vec<&str> =
                table.columns.iter().filter(|column| column.usual).map(|column| column.key).collect();
            let line = |record: &Record| LedgerLine {
                cells: keys_of.iter().map(|key| cell(key, record)).collect(),
                extra: beyond(self.ledger, reading.codes, &record.doc),
            };
            let lines: Vec<LedgerLine> = keys.iter().filter_map(|key| records.get(&key.record)).map(line).collect();
            Ok(lines)
        })
    }
}
