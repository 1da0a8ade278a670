//! Options in, a sheet with its truth out.

use std::collections::{BTreeMap, BTreeSet};

use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::book::Book;
use crate::dirt::Dirt;
use crate::entries::entries;
use crate::error::SheetsError;
use crate::ledger::Ledger;
use crate::rows;
use crate::truth::{Code, Note, Outcome, RowTruth, Truth};
use crate::write::{self, Format};

/// What to make. The same options make the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where everything invented comes from.
    pub seed: u64,
    /// Rows of records; totals and empty rows come on top. A list of divisions ends with the county's villages.
    pub rows: usize,
    /// Which dirt; each kind that the ledger's columns can show appears at least once in about fifty rows.
    pub dirt: BTreeSet<Dirt>,
}

impl Options {
    /// A clean sheet.
    #[must_use]
    pub fn new(seed: u64, rows: usize) -> Self {
        Self { seed, rows, dirt: BTreeSet::new() }
    }

    /// With this dirt besides.
    #[must_use]
    pub fn with(mut self, dirt: &[Dirt]) -> Self {
        self.dirt.extend(dirt);
        self
    }

    /// With every kind of dirt at once.
    #[must_use]
    pub fn all_dirt(self) -> Self {
        self.with(&Dirt::ALL)
    }

    pub(crate) fn has(&self, dirt: Dirt) -> bool {
        self.dirt.contains(&dirt)
    }
}

/// A sheet and what is true of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// The sheet.
    pub book: Book,
    pub(crate) ledger: Ledger,
    pub(crate) header: (u32, u32),
    pub(crate) columns: BTreeMap<String, &'static str>,
    pub(crate) notes: Vec<Note>,
    pub(crate) drafts: Vec<Draft>,
}

/// A row's truth as far as all formats agree.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    pub truth: RowTruth,
    pub hidden: bool,
    /// By column from 0, with the formats that show the cause.
    pub notes: Vec<(usize, Seen, Note)>,
}

/// Where the cause of a note can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    Everywhere,
    /// A CSV holds the value of a formula only.
    Workbook,
    /// A CSV holds a date cell as text.
    Csv,
}

/// Makes a sheet of the ledger.
///
/// # Errors
/// [`SheetsError::Places`] when the place names are damaged.
pub fn make(ledger: Ledger, options: &Options) -> Result<Made, SheetsError> {
    // Each ledger of one seed has its own people.
    let mut rng = StdRng::seed_from_u64(options.seed.wrapping_mul(31).wrapping_add(ledger as u64));
    let entries = entries(ledger, options.rows, options.seed, &mut rng)?;
    Ok(rows::build(ledger, entries, options, &mut rng))
}

impl Made {
    /// The sheet as a file.
    ///
    /// # Errors
    /// [`SheetsError`] of the format's writer.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>, SheetsError> {
        write::bytes(&self.book, format)
    }

    /// Which ledger it is.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.ledger
    }

    /// What is true of the sheet as this format shows it.
    #[must_use]
    pub fn truth(&self, format: Format) -> Truth {
        let csv = matches!(format, Format::Csv(_));
        let rows = self.drafts.iter().map(|draft| draft.seen(csv)).collect();
        Truth { header: self.header, columns: self.columns.clone(), notes: self.notes.clone(), rows }
    }
}

impl Draft {
    fn seen(&self, csv: bool) -> RowTruth {
        let outcome = if self.hidden && !csv { Outcome::Hidden } else { self.truth.outcome };
        let bare = RowTruth {
            row: self.truth.row,
            outcome,
            values: BTreeMap::new(),
            extra: BTreeMap::new(),
            notes: Vec::new(),
        };
        if matches!(outcome, Outcome::Hidden | Outcome::Total) {
            return bare;
        }
        let unseen = if csv { Seen::Workbook } else { Seen::Csv };
        let mut notes: Vec<&(usize, Seen, Note)> = self.notes.iter().filter(|(_, seen, _)| *seen != unseen).collect();
        notes.sort_by_key(|(column, ..)| *column);
        let notes = notes.into_iter().map(|(.., note)| note.clone()).collect();
        if outcome == Outcome::Refused {
            return RowTruth { notes, ..bare };
        }
        RowTruth { outcome, notes, ..self.truth.clone() }
    }
}

impl Note {
    pub(crate) fn new(at: String, code: Code, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { at, code, from: from.into(), to: to.into() }
    }
}
