//! What a change reaches though nothing links it to the record that changed: whoever lies below a border that moved, what
//! happened since a setting changed. It is judged and told again as if the change had come first.

use std::collections::BTreeSet;

use super::{Need, World};
use crate::id::RecordId;
use crate::kind::Kind;
use crate::link;
use crate::projection::{Cell, Row};
use crate::record::Record;
use crate::time::Day;

/// Records that a change reaches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// All that lies or ever lay in a division, or in one that ever lay below it.
    Below(RecordId),
    /// The owners of rows of a table whose `day` is this one or a later one.
    From(&'static str, Day),
    /// The owners of rows of a table that show a text: (table, column, text).
    Shown(&'static str, &'static str, &'static str),
}

impl World {
    /// The records that a change reaches. A phone judges nobody else's: what it shows of them the server says.
    #[must_use]
    pub fn reached(&self, reach: &Reach) -> BTreeSet<RecordId> {
        if !self.complete {
            return BTreeSet::new();
        }
        if self.all_at_hand {
            return self.search(reach, &self.records.keys().copied().collect());
        }
        self.ask(Need::Reached(reach.clone()));
        // What this push wrote is not stored yet.
        let mut reached = self.search(reach, &self.touched);
        reached.extend(self.reached.get(reach).into_iter().flatten());
        reached
    }

    /// Tells which they are.
    pub fn load_reached(&mut self, reach: Reach, ids: BTreeSet<RecordId>) {
        self.reached.insert(reach, ids);
    }

    /// What is to be told again though nothing of it changed, since the last call.
    pub fn take_retold(&mut self) -> BTreeSet<RecordId> {
        std::mem::take(&mut self.retold)
    }

    pub(crate) fn retell(&mut self, ids: impl IntoIterator<Item = RecordId>) {
        self.retold.extend(ids);
    }

    fn search(&self, reach: &Reach, among: &BTreeSet<RecordId>) -> BTreeSet<RecordId> {
        match reach {
            Reach::Below(division) => {
                let below = self.ever_below(*division);
                let lies = |id: &&RecordId| !self.divisions_ever(**id).is_disjoint(&below);
                among.iter().filter(lies).copied().collect()
            }
            Reach::From(table, day) => {
                let since = |cell: &Cell| matches!(cell, Cell::Int(of) if *of >= i64::from(day.0));
                self.owners(table, among, |row| self.shows(row, "day", since))
            }
            Reach::Shown(table, column, text) => {
                let shown = |cell: &Cell| matches!(cell, Cell::Text(shown) if shown == text);
                self.owners(table, among, |row| self.shows(row, column, shown))
            }
        }
    }

    /// A division and all that ever lay below it.
    fn ever_below(&self, division: RecordId) -> BTreeSet<RecordId> {
        let mut below = BTreeSet::from([division]);
        loop {
            let lay = |record: &&Record| {
                let kind = self.kind(&record.kind);
                kind.is_some_and(|kind| link::above_ever(kind, record).iter().any(|id| below.contains(id)))
            };
            let more: Vec<RecordId> = self.records().filter(lay).map(|record| record.id).collect();
            let before = below.len();
            below.extend(more);
            if below.len() == before {
                return below;
            }
        }
    }

    fn owners(&self, table: &str, among: &BTreeSet<RecordId>, of: impl Fn(&Row) -> bool) -> BTreeSet<RecordId> {
        let makes = |kind: &&'static dyn Kind| kind.tables().iter().any(|made| made.name == table);
        let kinds: Vec<&dyn Kind> = self.kinds().iter().filter(makes).collect();
        let owns = |id: &&RecordId| {
            let Some(record) = self.find(**id) else { return false };
            let rows = kinds.iter().flat_map(|kind| {
                if record.kind == kind.name() { kind.rows(record) } else { kind.fold_rows(record.id, self) }
            });
            rows.filter(|row| row.table == table).any(|row| of(&row))
        };
        among.iter().filter(owns).copied().collect()
    }

    fn shows(&self, row: &Row, column: &str, is: impl Fn(&Cell) -> bool) -> bool {
        let mut tables = self.kinds().iter().flat_map(|kind| kind.tables());
        let columns = tables.find(|table| table.name == row.table).map(|table| table.columns).unwrap_or_default();
        columns.iter().zip(&row.cells).any(|(at, cell)| at.name == column && is(cell))
    }
}
