//! Which entry stands in which row, what stands between them, who is hidden and who stands twice.

use std::collections::BTreeSet;

use rand::RngExt;
use rand::rngs::StdRng;

use crate::dirt::Dirt;
use crate::entries::Entry;
use crate::ledger::Ledger;
use crate::made::Options;

/// One row below the header.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    Entry(usize),
    Blank,
    /// Over the rows `from` to `to`, counted from the first below the header.
    Total {
        label: &'static str,
        from: u32,
        to: u32,
    },
}

/// The rows below the header.
pub(super) struct Plan {
    pub slots: Vec<Slot>,
    hidden: Option<usize>,
    twins: BTreeSet<usize>,
}

const EVERY_HIDDEN: usize = 11;
const EVERY_BLANK: usize = 13;
const EVERY_TWIN: usize = 17;

impl Plan {
    /// Makes some entries twins of earlier ones, then lays all out.
    pub fn new(ledger: Ledger, entries: &mut [Entry], options: &Options, rng: &mut StdRng) -> Self {
        let hidden = options.has(Dirt::HiddenRows).then(|| rng.random_range(0..EVERY_HIDDEN));
        let blank = options.has(Dirt::BlankRows).then(|| rng.random_range(1..EVERY_BLANK));
        let mut plan = Self { slots: Vec::new(), hidden, twins: BTreeSet::new() };
        if ledger == Ledger::People && options.has(Dirt::IdTwice) {
            plan.twins = plan.make_twins(entries);
        }
        let subtotals =
            options.has(Dirt::Totals) && matches!(ledger, Ledger::People | Ledger::Plaques | Ledger::Visits);
        let mut from = 0;
        for at in 0..entries.len() {
            if at > 0 && blank.is_some_and(|phase| at % EVERY_BLANK == phase) {
                plan.slots.push(Slot::Blank);
            }
            plan.slots.push(Slot::Entry(at));
            let township = |at: usize| entries.get(at).and_then(|entry: &Entry| entry.get("township"));
            if subtotals && township(at) != township(at + 1) {
                let to = u32::try_from(plan.slots.len().saturating_sub(1)).unwrap_or(u32::MAX);
                plan.slots.push(Slot::Total { label: "小计", from, to });
                from = to + 2;
            }
        }
        if options.has(Dirt::Totals) && !plan.slots.is_empty() {
            let to = u32::try_from(plan.slots.len() - 1).unwrap_or(u32::MAX);
            plan.slots.push(Slot::Total { label: "合  计", from: 0, to });
        }
        plan
    }

    /// Not shown.
    pub fn is_hidden(&self, at: usize) -> bool {
        self.hidden.is_some_and(|phase| at % EVERY_HIDDEN == phase)
    }

    /// Stands twice, here or above.
    pub fn is_twin(&self, at: usize) -> bool {
        self.twins.contains(&at)
    }

    /// The same person listed by two villages: everything but the place is copied.
    fn make_twins(&self, entries: &mut [Entry]) -> BTreeSet<usize> {
        let mut twins = BTreeSet::new();
        for at in (EVERY_TWIN..entries.len()).step_by(EVERY_TWIN).map(|at| if self.is_hidden(at) { at - 1 } else { at })
        {
            let elsewhere = |above: &usize| {
                let village = |at: usize| entries.get(at).and_then(|entry| entry.get("village"));
                !self.is_hidden(*above) && !twins.contains(above) && village(*above) != village(at)
            };
            let Some(above) = (0..at).rev().find(elsewhere) else { continue };
            let Some(mut copy) = entries.get(above).cloned() else { continue };
            if let Some(entry) = entries.get_mut(at) {
                for key in ["number", "township", "village", "address"] {
                    if let Some(value) = entry.get(key) {
                        copy.insert(key, value.clone());
                    }
                }
                *entry = copy;
                twins.extend([above, at]);
            }
        }
        twins
    }
}
