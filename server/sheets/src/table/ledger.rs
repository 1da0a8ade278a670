//! The ledgers a bureau keeps, and the columns of each.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use bianfang_domain::codes::Codes;
use bianfang_domain::document::Document;
use serde::{Deserialize, Serialize};

use super::{Belongs, SheetField};
use crate::ledger;

/// A ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ledger {
    /// 退役军人花名册
    People,
    /// 区划
    Divisions,
    /// 光荣牌悬挂登记表
    Plaques,
    /// 走访慰问登记表
    Visits,
    /// 送喜报登记表
    Letters,
    /// 单位台账
    Units,
    /// 荣誉主体名册
    BasisPersons,
    /// 工作人员账号
    Staff,
}

/// The columns of one ledger.
#[derive(Debug)]
pub struct LedgerTable {
    /// Which.
    pub ledger: Ledger,
    /// Its columns, in the order in which our own files have them.
    pub columns: Vec<SheetField>,
    /// Keys, one of each group of which must be among the columns of a header.
    pub needed: &'static [&'static [&'static str]],
    /// The column whose cell says that a row is about somebody, and no total.
    pub named: &'static str,
}

static PEOPLE: LazyLock<LedgerTable> = LazyLock::new(ledger::people::table);
static DIVISIONS: LazyLock<LedgerTable> = LazyLock::new(ledger::divisions::table);
static PLAQUES: LazyLock<LedgerTable> = LazyLock::new(ledger::plaques::table);
static VISITS: LazyLock<LedgerTable> = LazyLock::new(ledger::visits::table);
static LETTERS: LazyLock<LedgerTable> = LazyLock::new(ledger::letters::table);
static UNITS: LazyLock<LedgerTable> = LazyLock::new(ledger::units::table);
static BASIS_PERSONS: LazyLock<LedgerTable> = LazyLock::new(ledger::basis_persons::table);
static STAFF: LazyLock<LedgerTable> = LazyLock::new(ledger::staff::table);

impl Ledger {
    /// Every ledger.
    pub const ALL: [Self; 8] = [
        Self::People,
        Self::Divisions,
        Self::Plaques,
        Self::Visits,
        Self::Letters,
        Self::Units,
        Self::BasisPersons,
        Self::Staff,
    ];

    /// As commands, addresses and tables write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Divisions => "divisions",
            Self::Plaques => "plaques",
            Self::Visits => "visits",
            Self::Letters => "letters",
            Self::Units => "units",
            Self::BasisPersons => "basis_persons",
            Self::Staff => "staff",
        }
    }

    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ledger| ledger.word() == word)
    }

    /// The kind of record that a row becomes.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::People => "person",
            Self::Divisions => "division",
            Self::Plaques => "plaque_event",
            Self::Visits => "contact",
            Self::Letters => "letter",
            Self::Units => "unit",
            Self::BasisPersons => "basis_person",
            Self::Staff => "staff",
        }
    }

    /// Its columns.
    #[must_use]
    pub fn table(self) -> &'static LedgerTable {
        match self {
            Self::People => &PEOPLE,
            Self::Divisions => &DIVISIONS,
            Self::Plaques => &PLAQUES,
            Self::Visits => &VISITS,
            Self::Letters => &LETTERS,
            Self::Units => &UNITS,
            Self::BasisPersons => &BASIS_PERSONS,
            Self::Staff => &STAFF,
        }
    }
}

impl LedgerTable {
    /// The column of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&SheetField> {
        self.columns.iter().find(|column| column.key == key)
    }

    /// The column that sheets call so. A name without blanks, brackets and units.
    #[must_use]
    pub fn called(&self, name: &str) -> Option<&SheetField> {
        self.columns.iter().find(|column| column.headers.contains(&name))
    }

    /// What a document says beyond the usual columns, by our own titles: whatever a form or a sheet wrote has its column.
    #[must_use]
    pub fn beyond(&self, codes: &Codes, doc: &Document) -> Vec<(&'static str, String)> {
        let more = |column: &&SheetField| column.belongs == Belongs::Row && !column.usual && !column.read_only;
        let told = self.columns.iter().filter(more).filter_map(|column| {
            let shown = column.shown(codes, doc.get(column.field)?);
            (!shown.is_empty()).then_some((column.title, shown))
        });
        told.collect()
    }

    /// A field of a document as its column writes it, empty for none.
    #[must_use]
    pub fn cell(&self, codes: &Codes, key: &str, doc: &Document) -> String {
        let cell = self.get(key).and_then(|column| Some(column.shown(codes, doc.get(column.field)?)));
        cell.unwrap_or_default()
    }

    /// The usual names of the columns that must be there.
    #[must_use]
    pub fn needs(&self) -> Vec<&'static str> {
        let usual = |key: &str| self.get(key).and_then(|column| column.headers.first().copied());
        self.needed.iter().filter_map(|group| usual(group.first()?)).collect()
    }

    /// Whether the columns of a header are enough.
    pub(super) fn fits(&self, taken: &BTreeSet<&str>) -> bool {
        self.needed.iter().all(|group| group.iter().any(|key| taken.contains(key)))
    }
}
