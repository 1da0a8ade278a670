//! What a decision may read. On the server everything asked for is Known; on a phone much is Elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::actor::Actor;
use crate::id::RecordId;
use crate::kind;
use crate::record::Record;

/// The answer to a question about a record.
#[derive(Debug, Clone, Copy)]
pub enum Input<T> {
    /// Here.
    Known(T),
    /// It may exist, not on this phone.
    Elsewhere,
}

/// What must be loaded before an op can be decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A record.
    Record(RecordId),
    /// All facts about a subject.
    Facts(RecordId),
    /// Who holds a unique value: (field with its kind, fingerprint).
    Holder(String, String),
}

/// The records at hand, indexed by what rules ask.
#[derive(Debug, Clone, Default)]
pub struct World {
    complete: bool,
    records: BTreeMap<RecordId, Record>,
    facts: BTreeMap<RecordId, BTreeSet<RecordId>>,
    holders: BTreeMap<(String, String), RecordId>,
    answered: BTreeSet<Need>,
    touched: BTreeSet<RecordId>,
}

impl World {
    /// The server's: what was asked for and is not here does not exist.
    #[must_use]
    pub fn complete() -> Self {
        Self { complete: true, ..Self::default() }
    }

    /// A phone's: what is not here may be elsewhere.
    #[must_use]
    pub fn partial() -> Self {
        Self::default()
    }

    /// Whether a need was already answered.
    #[must_use]
    pub fn has(&self, need: &Need) -> bool {
        self.answered.contains(need)
    }

    /// Marks a need as answered, whether or not something was found.
    pub fn answered(&mut self, need: Need) {
        self.answered.insert(need);
    }

    /// Puts a loaded record in. An already present one (perhaps changed since) stays.
    pub fn load(&mut self, record: Record) {
        if !self.records.contains_key(&record.id) {
            self.index(record);
        }
    }

    /// Puts a written record in and remembers that it must be stored.
    pub fn put(&mut self, record: Record) {
        self.touched.insert(record.id);
        self.index(record);
    }

    fn index(&mut self, record: Record) {
        if let Some(kind) = kind::by_name(&record.kind) {
            for subject in kind.subjects(&record.doc) {
                self.facts.entry(subject).or_default().insert(record.id);
            }
        }
        for (field, print) in &record.meta.fingerprints {
            self.holders.insert((format!("{}.{field}", record.kind), print.clone()), record.id);
        }
        self.answered.insert(Need::Record(record.id));
        self.records.insert(record.id, record);
    }

    /// Takes a record out to change it; `put` brings it back.
    #[must_use]
    pub fn copy_of(&self, id: RecordId) -> Option<Record> {
        self.records.get(&id).cloned()
    }

    /// A record, whether it is known not to exist, or Elsewhere.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Input<Option<&Record>> {
        match self.records.get(&id) {
            Some(record) => Input::Known(Some(record)),
            None if self.complete => Input::Known(None),
            None => Input::Elsewhere,
        }
    }

    /// A record if it is here.
    #[must_use]
    pub fn find(&self, id: RecordId) -> Option<&Record> {
        self.records.get(&id)
    }

    /// Facts of one kind about a subject, in fold order.
    #[must_use]
    pub fn facts(&self, subject: RecordId, kind: &str) -> Vec<&Record> {
        let ids = self.facts.get(&subject).into_iter().flatten();
        let mut facts: Vec<&Record> = ids.filter_map(|id| self.records.get(id)).filter(|r| r.kind == kind).collect();
        facts.sort_by_key(|record| record.fold_key());
        facts
    }

    /// Who holds a unique value.
    #[must_use]
    pub fn holder(&self, index: &str, print: &str) -> Input<Option<RecordId>> {
        match self.holders.get(&(index.to_owned(), print.to_owned())) {
            Some(id) => Input::Known(Some(*id)),
            None if self.complete => Input::Known(None),
            None => Input::Elsewhere,
        }
    }

    /// Tells who holds a unique value.
    pub fn load_holder(&mut self, index: String, print: String, holder: RecordId) {
        self.holders.insert((index, print), holder);
    }

    /// The divisions a record lies in: its own, or those of what it speaks of.
    #[must_use]
    pub fn divisions(&self, id: RecordId) -> BTreeSet<RecordId> {
        let mut found = BTreeSet::new();
        self.collect_divisions(id, &mut found, 0);
        found
    }

    fn collect_divisions(&self, id: RecordId, found: &mut BTreeSet<RecordId>, depth: u8) {
        let Some(record) = self.records.get(&id) else { return };
        let Some(kind) = kind::by_name(&record.kind) else { return };
        found.extend(kind.divisions(record));
        if depth < 3 {
            for subject in kind.subjects(&record.doc) {
                self.collect_divisions(subject, found, depth + 1);
            }
        }
    }

    /// Whether a division is one of the granted ones or below one. Works up the tree of division records.
    #[must_use]
    pub fn covers(&self, actor: &Actor, division: RecordId) -> bool {
        let mut here = Some(division);
        for _ in 0..8 {
            let Some(id) = here else { return false };
            if actor.scope.contains(&id) {
                return true;
            }
            here = self.records.get(&id).and_then(|record| crate::document::id_in(&record.doc, "parent"));
        }
        false
    }

    /// Whether an actor sees a record: one of its divisions is covered. A record of no division is nobody's here.
    #[must_use]
    pub fn sees(&self, actor: &Actor, id: RecordId) -> bool {
        self.divisions(id).iter().any(|division| self.covers(actor, *division))
    }

    /// What was written since the last call, for the store.
    pub fn take_touched(&mut self) -> BTreeSet<RecordId> {
        std::mem::take(&mut self.touched)
    }

    /// All records at hand.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }
}
