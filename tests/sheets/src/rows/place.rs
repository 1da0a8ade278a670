//! Township and village as sheets have them: written once in a merged cell, or 同上 below.

use std::collections::BTreeMap;

use super::plan::{Plan, Slot};
use crate::book::{Cell, Merge};
use crate::dirt::Dirt;
use crate::entries::Entry;
use crate::ledger::{Column, Kind};
use crate::made::Options;
use crate::spoil::Spoiled;
use crate::truth::Code;

/// The cells of these columns that are not written out.
pub(super) struct Places {
    cells: BTreeMap<(usize, u32), Spoiled>,
    pub merges: Vec<Merge>,
}

impl Places {
    /// The cell at this column and row (from 0), unless it is written out.
    pub fn at(&self, column: usize, row: u32) -> Option<&Spoiled> {
        self.cells.get(&(column, row))
    }
}

/// Spells the place columns of the rows from `top` on. With both kinds of dirt, runs take turns.
pub(super) fn spell(columns: &[Column], entries: &[Entry], plan: &Plan, top: u32, options: &Options) -> Places {
    let mut places = Places { cells: BTreeMap::new(), merges: Vec::new() };
    let kinds: Vec<Dirt> =
        [Dirt::MergedPlaces, Dirt::SameAsAbove].into_iter().filter(|dirt| options.has(*dirt)).collect();
    if kinds.is_empty() {
        return places;
    }
    for (column, meaning) in columns.iter().enumerate() {
        if !matches!(meaning.kind, Kind::Township | Kind::Village) {
            continue;
        }
        for (turn, run) in runs(meaning, entries, plan, top).into_iter().enumerate() {
            let (first, last, value) = run;
            let merged = kinds.get(turn % kinds.len()) == Some(&Dirt::MergedPlaces);
            for row in first + 1..=last {
                places.cells.insert((column, row), if merged { filled(value) } else { same(value, row) });
            }
            let at = u16::try_from(column).unwrap_or(u16::MAX);
            if merged && last > first {
                places.merges.push(Merge { top: first, left: at, bottom: last, right: at });
            }
        }
    }
    places
}

/// First row, last row and value of each run of rows that follow each other and share the value, and the village's township.
fn runs<'a>(meaning: &Column, entries: &'a [Entry], plan: &Plan, top: u32) -> Vec<(u32, u32, &'a str)> {
    let mut runs: Vec<(u32, u32, &str)> = Vec::new();
    let mut township = "";
    for (row, slot) in (top..).zip(&plan.slots) {
        let Slot::Entry(at) = *slot else { continue };
        let value = |key| entries.get(at).and_then(|entry| entry.get(key)).map_or("", String::as_str);
        let (here, of) = (value(meaning.key), value("township"));
        match runs.last_mut() {
            Some(run) if run.1 + 1 == row && run.2 == here && township == of => run.1 = row,
            _ => runs.push((row, row, here)),
        }
        township = of;
    }
    runs
}

fn filled(value: &str) -> Spoiled {
    let mut spoiled = Spoiled::noted("", value, Code::FilledDown);
    spoiled.cell = Cell::Empty;
    spoiled
}

fn same(value: &str, row: u32) -> Spoiled {
    Spoiled::noted(if row.is_multiple_of(2) { "同上" } else { "〃" }, value, Code::SameAsAbove)
}
