//! The kinds there are, handed in by who knows them. A world carries them, so that a decision asks no list of its own and a new
//! kind can be tried beside the others without touching anything.

use std::collections::BTreeSet;
use std::fmt;

use crate::actor::Role;
use crate::field::Fault;
use crate::id::{AccountId, RecordId};
use crate::kind::{Flow, Kind, about_ever};
use crate::op::Op;
use crate::projection::Table;
use crate::record::Record;

/// Every kind that is known, and what holds for all of them.
#[derive(Clone, Copy)]
pub struct Kinds {
    all: &'static [&'static dyn Kind],
    forbidden: fn(&Op) -> Result<(), Fault>,
}

impl Kinds {
    /// These kinds, in the order their projections are created.
    #[must_use]
    pub const fn new(all: &'static [&'static dyn Kind]) -> Self {
        Self { all, forbidden: |_| Ok(()) }
    }

    /// No op may say this, whatever its kind, also one of tomorrow.
    #[must_use]
    pub const fn forbidding(mut self, forbidden: fn(&Op) -> Result<(), Fault>) -> Self {
        self.forbidden = forbidden;
        self
    }

    /// The same with other kinds (a new one is tried).
    #[must_use]
    pub const fn with(mut self, all: &'static [&'static dyn Kind]) -> Self {
        self.all = all;
        self
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = &'static dyn Kind> + Clone {
        self.all.iter().copied()
    }

    /// A kind by its name; None for one of a newer version.
    #[must_use]
    pub fn by_name(self, name: &str) -> Option<&'static dyn Kind> {
        self.iter().find(|kind| kind.name() == name)
    }

    /// Names of the kinds whose records also travel down to everybody below.
    pub fn down(self) -> impl Iterator<Item = &'static str> {
        self.iter().filter(|kind| kind.flow() == Flow::Down).map(|kind| kind.name())
    }

    /// Names of the kinds that do not come down to a role.
    pub fn withheld(self, role: Role) -> impl Iterator<Item = &'static str> {
        let withheld = move |kind: &&dyn Kind| matches!(kind.flow(), Flow::Desk(right) if !role.may(right));
        self.iter().filter(withheld).map(|kind| kind.name())
    }

    /// The projections of all of them, each once: several kinds may fill one.
    pub fn tables(self) -> impl Iterator<Item = &'static Table> {
        let mut seen = BTreeSet::new();
        self.iter().flat_map(|kind| kind.tables()).filter(move |table| seen.insert(table.name))
    }

    /// What a record of a known kind is found by, now and before.
    #[must_use]
    pub fn found_by(self, record: &Record) -> BTreeSet<RecordId> {
        self.by_name(&record.kind).map(|kind| about_ever(kind, record)).unwrap_or_default()
    }

    /// Whether an op may be said at all.
    ///
    /// # Errors
    /// [`Fault`] names the field that says what nobody may.
    pub fn sayable(self, op: &Op) -> Result<(), Fault> {
        (self.forbidden)(op)
    }

    /// The name of the kind whose records are cases.
    #[must_use]
    pub fn cases(self) -> Option<&'static str> {
        self.iter().find(|kind| kind.keeps_cases()).map(|kind| kind.name())
    }

    /// The records that say where an account works.
    pub(crate) fn of_account(self, account: AccountId) -> impl Iterator<Item = RecordId> {
        self.iter().filter_map(move |kind| kind.of_account(account))
    }
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(Kind::name)).finish()
    }
}
